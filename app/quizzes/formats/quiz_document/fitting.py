"""What every type of question asks of a neutral one that is to stand in a quiz: words for each reply, credits, tags."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.quizzes.formats.lines import one_line
from app.quizzes.formats.markup import escaped
from app.quizzes.formats.model import FULL, Option, Pair, Question, Type

LONGEST_TITLE, LONGEST_TAG, MOST_TAGS, MOST_HINTS = 120, 60, 20, 5
LARGEST_PART = 9999  # of a fraction, as a file writes it
_RIGHT = {"fr": "C’est la bonne réponse.", "en": "That is the right answer."}
_WRONG = {"fr": "Ce n’est pas la bonne réponse.", "en": "That is not the right answer."}
_GAP = re.compile(r"\[\[\d{1,4}\]\]")
_COURSE = re.compile(r"\$[a-z]+\$|top")  # where Moodle's paths begin


class Unfit(Exception):
    """A question that cannot stand in a quiz; the message says why."""


@dataclass
class Fitted:
    """A question as a quiz file holds it. `losses` change what is asked or earned; `notes` do not."""

    values: dict[str, Any]
    losses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Says:
    """The feedback of a question, which the general one follows; never empty, as quizzes want it."""

    question: Question
    fitted: Fitted
    language: str

    def of(self, feedback: str, is_right: bool) -> str:
        """What is said to a reply."""
        parts = [each for each in (feedback, self.question.feedback) if each]
        if parts:
            return "\n\n".join(parts)
        self.fitted.notes.append("without feedback: it says right or wrong")
        return self.words(_RIGHT if is_right else _WRONG)

    def words(self, sentences: dict[str, str]) -> str:
        """A sentence in the quiz's language."""
        return sentences.get(self.language, sentences["en"])


def begun(question: Question, read_again: str) -> Fitted:
    """What a question of any type begins with."""
    fitted = Fitted({"key": question.key, "type": question.type.value})
    values = fitted.values
    values["title"] = _title(question, fitted)
    values["text"] = question.text
    if question.picture:
        values["picture"], values["picture_alt"] = question.picture, question.picture_alt or values["title"]
    values["read_again"] = question.read_again or read_again
    if question.points != FULL:
        values["points"] = _points(question.points, fitted)
    tags = _tags(question, fitted)
    if tags:
        values["tags"] = tags
    return fitted


def ended(question: Question, fitted: Fitted) -> None:
    """What it ends with."""
    hints = list(question.hints)
    if len(hints) > MOST_HINTS:
        fitted.losses.append(f"{len(hints)} hints, of which the first {MOST_HINTS} are kept")
    if hints:
        fitted.values["hints"] = hints[:MOST_HINTS]
    if question.made_from:
        fitted.values["made_from"] = question.made_from


def as_markdown(question: Question) -> Question:
    """A plain question as Markdown: what is shown is escaped, what is typed or compared stays."""
    shown = question.type in (Type.SINGLE, Type.MULTIPLE, Type.ORDERING)
    matches = question.type is Type.MATCHING
    return question.with_texts(
        text=escaped(question.text),
        feedback=escaped(question.feedback),
        if_right=escaped(question.if_right),
        if_wrong=escaped(question.if_wrong),
        hints=tuple(map(escaped, question.hints)),
        options=tuple(
            Option(escaped(each.text) if shown else each.text, each.fraction, escaped(each.feedback))
            for each in question.options
        ),
        pairs=tuple(
            Pair(
                each.prompt if question.type is Type.GAPS else escaped(each.prompt),
                escaped(each.match) if matches else each.match,
                escaped(each.feedback),
            )
            for each in question.pairs
        ),
        is_plain=False,
    )


def credit(share: Fraction, fitted: Fitted) -> str:
    """A share as a file writes it: a short decimal, else a fraction.

    >>> fitted = Fitted({})
    >>> [credit(Fraction(each), fitted) for each in ("1/2", "1/3", "-1", "0.05")]
    ['0.5', '1/3', '-1', '0.05']
    """
    if (share * 100).denominator == 1:
        return f"{float(share):g}"
    if share.denominator > LARGEST_PART or abs(share.numerator) > LARGEST_PART:
        fitted.losses.append("the exact weights of its answers")
        share = share.limit_denominator(LARGEST_PART)
    return str(share)


def _title(question: Question, fitted: Fitted) -> str:
    title = question.title or one_line(_GAP.sub("…", question.text))
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


def _tags(question: Question, fitted: Fitted) -> list[str]:
    """Its tags, and the parts of its category."""
    found: list[str] = []
    for tag in (*question.tags, *parts_of(question.category)):
        plain = one_line(tag.replace(",", " "))[:LONGEST_TAG].strip()
        if not any(letter.isalnum() for letter in plain):
            fitted.notes.append(f"its tag “{tag[:40]}” is left out")
            continue
        if plain != tag:
            fitted.notes.append(f"its tag “{tag[:40]}” becomes “{plain}”")
        found.append(plain)
    found = list(dict.fromkeys(found))
    if len(found) > MOST_TAGS:
        fitted.notes.append(f"{len(found)} tags, of which the first {MOST_TAGS} are kept")
    return found[:MOST_TAGS]


def parts_of(category: str) -> list[str]:
    """The words of a category's path, without the course that it begins with.

    >>> parts_of("$course$/top/Ventes/Prix et TVA//HT")
    ['Ventes', 'Prix et TVA/HT']
    """
    parts = (each.replace("\0", "/").strip() for each in category.replace("//", "\0").split("/"))
    return [each for each in parts if each and not _COURSE.fullmatch(each)]
