"""Between the neutral question and a question of a Palier quiz, for the types that quizzes play today."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.quizzes import questions as types
from app.quizzes.formats import weights
from app.quizzes.formats.losses import tidy
from app.quizzes.formats.markup import escaped
from app.quizzes.formats.model import ANYTHING, FULL, NONE, Option, Question, Type
from app.quizzes.formats.numbers_of import answers_of, option_of, parts_of

LONGEST_TITLE = 120
MOST_OPTIONS = 12
_RIGHT = {"fr": "C’est la bonne réponse.", "en": "That is the right answer."}
_WRONG = {"fr": "Ce n’est pas la bonne réponse.", "en": "That is not the right answer."}


class NotPlayed(Exception):
    """A question that a quiz cannot ask today; the message says why."""


@dataclass
class Fitted:
    """A question as a quiz file holds it. `losses` change what is asked or earned; `notes` do not."""

    values: dict[str, Any]
    losses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def from_quiz(question: types.Question, line: int = 1) -> Question:
    """A question of a quiz as a neutral one. A share of several right options is as Palier marks them."""
    options, more = _from(question)
    return Question(
        key=question.key,
        type=Type(question.type),
        title=question.title,
        text=question.text,
        options=options,
        line=line,
        points=Fraction(question.points),
        read_again=question.read_again,
        **more,
    )


def _from(question: types.Question) -> tuple[tuple[Option, ...], dict[str, Any]]:
    match question:
        case types.SingleQuestion():
            return tuple(Option(each.text, Fraction(each.right), each.feedback) for each in question.options), {}
        case types.MultipleQuestion():
            gain, loss = shares([each.right for each in question.options])
            return tuple(
                Option(each.text, gain if each.right else loss, each.feedback) for each in question.options
            ), {}
        case types.TrueFalseQuestion():
            true, false = Fraction(question.answer), Fraction(not question.answer)
            return (Option("true", true, question.if_true), Option("false", false, question.if_false)), {}
        case types.NumericQuestion():
            value, width = weights.decimal_text(question.value), weights.decimal_text(question.tolerance)
            answers = (
                Option(option_of(value, width) or value, FULL, question.if_right),
                Option(ANYTHING, NONE, question.if_wrong),
            )
            return answers, {"value": question.value, "tolerance": question.tolerance, "unit": question.unit or ""}
        case types.ShortAnswerQuestion():
            accepted = (Option(each, FULL, question.if_right) for each in question.accepted)
            return (*accepted, Option(ANYTHING, NONE, question.if_wrong)), {}


def shares(right: list[bool]) -> tuple[Fraction, Fraction]:
    """What a right option earns and a wrong one takes away where several are right: 1/R and −1/W."""
    return Fraction(1, max(1, sum(right))), Fraction(-1, max(1, len(right) - sum(right)))


def fit(question: Question, *, read_again: str, language: str) -> Fitted:
    """A question as a quiz file holds it. Where it has no feedback, it says right or wrong in the quiz's language.

    Raises NotPlayed.
    """
    known = tidy(question)
    fitting = _FITTING.get(known.type)
    if fitting is None:
        raise NotPlayed(f"the type {known.type.value}, which quizzes do not ask yet")
    if known.is_plain:
        known = _as_markdown(known)
    fitted = Fitted({"key": known.key, "type": known.type.value})
    fitted.values["title"] = _title(known, fitted)
    fitted.values["text"] = known.text
    fitted.values["read_again"] = known.read_again or read_again
    if known.points != FULL:
        fitted.values["points"] = _points(known.points, fitted)
    fitting(known, _Says(known, fitted, language), fitted)
    for name in ("tags", "category"):
        if getattr(known, name):
            fitted.notes.append(f"its {name} cannot stand in a quiz yet: left out")
    return fitted


def _as_markdown(question: Question) -> Question:
    shown = question.type in (Type.SINGLE, Type.MULTIPLE)
    return question.with_texts(
        text=escaped(question.text),
        feedback=escaped(question.feedback),
        options=tuple(
            Option(escaped(each.text) if shown else each.text, each.fraction, escaped(each.feedback))
            for each in question.options
        ),
    )


def _title(question: Question, fitted: Fitted) -> str:
    title = question.title or " ".join(question.text.split())
    if len(title) <= LONGEST_TITLE:
        return title
    if question.title:
        fitted.losses.append(f"the end of its title, past {LONGEST_TITLE} characters")
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _points(points: Fraction, fitted: Fitted) -> int:
    whole = min(100, max(1, round(points)))
    if whole != points:
        fitted.losses.append(f"its {float(points):g} points become {whole}")
    return whole


@dataclass
class _Says:
    """The feedback of a question, which the general one follows; never empty, as quizzes want it."""

    question: Question
    fitted: Fitted
    language: str

    def of(self, feedback: str, is_right: bool) -> str:
        parts = [each for each in (feedback, self.question.feedback) if each]
        if parts:
            return "\n\n".join(parts)
        self.fitted.notes.append("without feedback: it says right or wrong")
        sentences = _RIGHT if is_right else _WRONG
        return sentences.get(self.language, sentences["en"])


def _single(question: Question, says: _Says, fitted: Fitted) -> None:
    right = [each for each in question.options if each.fraction == FULL]
    if len(right) != 1:
        raise NotPlayed(f"{len(right)} right options to a question with one right answer")
    if any(each.fraction not in (NONE, FULL) for each in question.options):
        fitted.losses.append("options that earn a part, or cost something, earn nothing")
    _options(question, [each.fraction == FULL for each in question.options], says, fitted)


def _multiple(question: Question, says: _Says, fitted: Fitted) -> None:
    right = [each.fraction > NONE for each in question.options]
    if all(right):
        raise NotPlayed("no wrong option among several right ones")
    gain, loss = shares(right)
    if any(
        each.fraction != (gain if is_right else loss) for each, is_right in zip(question.options, right, strict=True)
    ):
        fitted.losses.append(
            "its weights: in a quiz each right option earns the same, and wrong ones take as much away"
        )
    _options(question, right, says, fitted)


def _options(question: Question, right: list[bool], says: _Says, fitted: Fitted) -> None:
    if len(question.options) > MOST_OPTIONS:
        raise NotPlayed(f"{len(question.options)} options, expected at most {MOST_OPTIONS}")
    rows = []
    for each, is_right in zip(question.options, right, strict=True):
        row: dict[str, Any] = {"text": each.text}
        if is_right:
            row["right"] = True
        row["feedback"] = says.of(each.feedback, is_right)
        rows.append(row)
    fitted.values["options"] = rows


def _true_false(question: Question, says: _Says, fitted: Fitted) -> None:
    by_text = {each.text: each for each in question.options}
    answer = by_text["true"].fraction == FULL
    if min(each.fraction for each in question.options) != NONE:
        fitted.losses.append("the wrong answer earns nothing")
    fitted.values["answer"] = answer
    fitted.values["if_true"] = says.of(by_text["true"].feedback, answer)
    fitted.values["if_false"] = says.of(by_text["false"].feedback, not answer)


def _numeric(question: Question, says: _Says, fitted: Fitted) -> None:
    answers = answers_of(question)
    full = [each for each in answers if each.fraction == FULL and each.text != ANYTHING]
    if not full:
        raise NotPlayed("a numeric question in which any number is right")
    others = [each for each in answers if each is not full[0] and each.text != ANYTHING]
    if others:
        fitted.losses.append("its other numeric answers, and what is said to them")
    value, tolerance = parts_of(full[0].text) or (Decimal(0), Decimal(0))
    # The writing of the question is kept where it is the same number: 1026.00 and not 1026.
    shown = question.value if question.value == value and question.value is not None else value
    fitted.values["value"] = format(shown, "f")
    if tolerance:
        shown = question.tolerance if question.tolerance == tolerance and question.tolerance else tolerance
        fitted.values["tolerance"] = format(shown, "f")
    if question.unit:
        fitted.values["unit"] = question.unit
    _said(full, answers, says, fitted)


def _short_answer(question: Question, says: _Says, fitted: Fitted) -> None:
    full = [each for each in question.options if each.fraction == FULL and each.text != ANYTHING]
    if not full:
        raise NotPlayed("a short answer in which anything is right")
    if any("*" in each.text for each in full):
        raise NotPlayed("a short answer with the wildcard *")
    if any(each.fraction != FULL and each.text != ANYTHING for each in question.options):
        fitted.losses.append("its answers that earn a part or nothing, and what is said to them")
    if question.case_counts:
        fitted.losses.append("that capitals count")
    if len({each.feedback for each in full}) > 1:
        fitted.losses.append("the feedback of its other accepted answers")
    fitted.values["accepted"] = [each.text for each in full]
    _said(full, question.options, says, fitted)


def _said(full: list[Option], answers: tuple[Option, ...], says: _Says, fitted: Fitted) -> None:
    others = next((each for each in answers if each.text == ANYTHING), Option(ANYTHING))
    if others.fraction != NONE:
        fitted.losses.append("any other answer earns nothing")
    fitted.values["if_right"] = says.of(full[0].feedback, True)
    fitted.values["if_wrong"] = says.of(others.feedback, False)


_FITTING: dict[Type, Callable[[Question, _Says, Fitted], None]] = {
    Type.SINGLE: _single,
    Type.MULTIPLE: _multiple,
    Type.TRUE_FALSE: _true_false,
    Type.NUMERIC: _numeric,
    Type.SHORT_ANSWER: _short_answer,
}
