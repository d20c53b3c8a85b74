"""Questions answered by putting things where they belong, from and to the neutral question."""

from typing import Any

from app.quizzes import questions as types
from app.quizzes.formats.model import FULL, Option, Pair, Question
from app.quizzes.formats.quiz_document.fitting import Fitted, Says, Unfit


def _told(question: Any) -> dict[str, Any]:
    return {"if_right": question.if_right, "if_wrong": question.if_wrong}


def from_gaps(question: types.GapsQuestion) -> dict[str, Any]:
    """A pair for each word that a gap accepts."""
    pairs = (
        Pair(str(number), word, (gap.feedback or "") if place == 0 else "")
        for number, gap in enumerate(question.gaps, start=1)
        for place, word in enumerate(gap.accepted)
    )
    return {
        "pairs": tuple(pairs),
        "options": tuple(Option(each) for each in question.wrong),
        "chosen": question.choose,
        "case_counts": question.case_counts,
        "accents_count": question.accents_count,
        **_told(question),
    }


def from_matching(question: types.MatchingQuestion) -> dict[str, Any]:
    """The pairs, then the matches that belong to none."""
    pairs = (Pair(each.prompt, each.match, each.feedback or "") for each in question.pairs)
    return {"pairs": (*pairs, *(Pair("", each) for each in question.wrong)), **_told(question)}


def from_ordering(question: types.OrderingQuestion) -> dict[str, Any]:
    """The items in their order."""
    return {"options": tuple(Option(each, FULL) for each in question.items), **_told(question)}


def from_categories(question: types.CategoriesQuestion) -> dict[str, Any]:
    """A pair for each item and its category."""
    pairs = (Pair(item, category.name) for category in question.categories for item in category.items)
    return {"pairs": tuple(pairs), **_told(question)}


def _said(question: Question, says: Says, fitted: Fitted) -> None:
    fitted.values["if_right"] = says.of(question.if_right, True)
    fitted.values["if_wrong"] = says.of(question.if_wrong, False)


def gaps(question: Question, says: Says, fitted: Fitted) -> None:
    """The words of each gap, in the order of the gaps."""
    rows: dict[str, dict[str, Any]] = {}
    for each in question.pairs:
        row = rows.setdefault(each.prompt, {"accepted": []})
        row["accepted"].append(each.match)
        if each.feedback:
            row.setdefault("feedback", each.feedback)
    if any(not number.isdecimal() for number in rows):
        raise Unfit("a gap without a number")
    fitted.values["gaps"] = [rows[number] for number in sorted(rows, key=int)]
    if question.chosen:
        fitted.values["choose"] = True
    if question.options:
        fitted.values["wrong"] = [each.text for each in question.options]
    for name in ("case_counts", "accents_count"):
        if getattr(question, name):
            fitted.values[name] = True
    _said(question, says, fitted)


def matching(question: Question, says: Says, fitted: Fitted) -> None:
    """The pairs, and the matches that belong to none."""
    pairs = [each for each in question.pairs if each.prompt]
    if len({each.prompt for each in pairs}) < len(pairs):
        raise Unfit("a prompt that stands twice")
    fitted.values["pairs"] = [
        {"prompt": each.prompt, "match": each.match} | ({"feedback": each.feedback} if each.feedback else {})
        for each in pairs
    ]
    wrong = [each.match for each in question.pairs if not each.prompt]
    if wrong:
        fitted.values["wrong"] = wrong
    _said(question, says, fitted)


def ordering(question: Question, says: Says, fitted: Fitted) -> None:
    """The items in their order."""
    fitted.values["items"] = [each.text for each in question.options]
    _said(question, says, fitted)


def categories(question: Question, says: Says, fitted: Fitted) -> None:
    """The items under their category."""
    found: dict[str, list[str]] = {}
    for each in question.pairs:
        if each.prompt:
            found.setdefault(each.match, []).append(each.prompt)
    for each in question.pairs:
        if each.match not in found:
            fitted.losses.append(f"the category “{each.match[:40]}”, in which nothing belongs")
    fitted.values["categories"] = [{"name": name, "items": items} for name, items in found.items()]
    _said(question, says, fitted)
