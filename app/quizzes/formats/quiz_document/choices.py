"""Questions answered by picking, from and to the neutral question."""

from fractions import Fraction
from typing import Any

from app.quizzes import questions as types
from app.quizzes.formats.model import FULL, NONE, Option, Question
from app.quizzes.formats.quiz_document.fitting import Fitted, Says, Unfit, credit

MOST_OPTIONS = 12


def from_single(question: types.SingleQuestion) -> dict[str, Any]:
    """Each option earns its credit, else all or nothing."""
    options = (
        Option(each.text, Fraction(each.credit) if each.credit else Fraction(each.right), each.feedback)
        for each in question.options
    )
    return {"options": tuple(options), "shuffle": question.shuffle}


def from_multiple(question: types.MultipleQuestion) -> dict[str, Any]:
    """Each option earns or costs its share."""
    options = (
        Option(each.text, share, each.feedback) for each, share in zip(question.options, question.shares, strict=True)
    )
    return {"options": tuple(options), "shuffle": question.shuffle}


def from_true_false(question: types.TrueFalseQuestion) -> dict[str, Any]:
    """True, then false."""
    true, false = Fraction(question.answer), Fraction(not question.answer)
    return {"options": (Option("true", true, question.if_true), Option("false", false, question.if_false))}


def single(question: Question, says: Says, fitted: Fitted) -> None:
    """One option that earns all; others may earn a part."""
    right = [each for each in question.options if each.fraction == FULL]
    if len(right) != 1:
        raise Unfit(f"{len(right)} right options to a question with one right answer")
    credits = [credit(each.fraction, fitted) if each.fraction not in (NONE, FULL) else "" for each in question.options]
    _options(question, [each.fraction == FULL for each in question.options], credits, says, fitted)


def multiple(question: Question, says: Says, fitted: Fitted) -> None:
    """The weights as they are; none are written where they are those that a quiz gives by itself."""
    shares = [each.fraction for each in question.options]
    right = [share > NONE for share in shares]
    if all(right):
        raise Unfit("no wrong option among several right ones")
    total = sum((share for share in shares if share > NONE), NONE)
    if total != FULL:
        fitted.losses.append(f"its weights add up to {float(total) * 100:g} %, and are brought to 100 %")
        shares = [share / total if share > NONE else share for share in shares]
    usual = Fraction(1, sum(right)), Fraction(-1, len(right) - sum(right))
    if all(share == usual[not is_right] for share, is_right in zip(shares, right, strict=True)):
        credits = [""] * len(shares)
    else:
        credits = [credit(share, fitted) if share else "" for share in shares]
    _options(question, right, credits, says, fitted)


def _options(question: Question, right: list[bool], credits: list[str], says: Says, fitted: Fitted) -> None:
    if len(question.options) > MOST_OPTIONS:
        raise Unfit(f"{len(question.options)} options, expected at most {MOST_OPTIONS}")
    rows = []
    for each, is_right, earns in zip(question.options, right, credits, strict=True):
        row: dict[str, Any] = {"text": each.text}
        if is_right:
            row["right"] = True
        if earns:
            row["credit"] = earns
        row["feedback"] = says.of(each.feedback, is_right)
        rows.append(row)
    if not question.shuffle:
        fitted.values["shuffle"] = False
    fitted.values["options"] = rows


def true_false(question: Question, says: Says, fitted: Fitted) -> None:
    """Which of the two is right."""
    by_text = {each.text: each for each in question.options}
    answer = by_text["true"].fraction == FULL
    if min(each.fraction for each in question.options) != NONE:
        fitted.losses.append("the wrong answer earns nothing")
    fitted.values["answer"] = answer
    fitted.values["if_true"] = says.of(by_text["true"].feedback, answer)
    fitted.values["if_false"] = says.of(by_text["false"].feedback, not answer)
