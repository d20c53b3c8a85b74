"""Which module knows a type; and whether what it made can stand in a quiz."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.library import mistakes
from app.quizzes import questions as types
from app.quizzes.formats.losses import tidy
from app.quizzes.formats.model import Question, Type
from app.quizzes.formats.quiz_document import arranged, choices, numbers, words
from app.quizzes.formats.quiz_document.fitting import Fitted, Says, Unfit, as_markdown, begun, ended
from app.quizzes.questions.checks import check_questions

_QUESTION: TypeAdapter[types.Question] = TypeAdapter(types.Question)
_LEAVING: dict[str, Callable[[Any], dict[str, Any]]] = {
    Type.SINGLE: choices.from_single,
    Type.MULTIPLE: choices.from_multiple,
    Type.TRUE_FALSE: choices.from_true_false,
    Type.NUMERIC: numbers.from_numeric,
    Type.CALCULATED: numbers.from_calculated,
    Type.SHORT_ANSWER: words.from_short_answer,
    Type.GAPS: arranged.from_gaps,
    Type.MATCHING: arranged.from_matching,
    Type.ORDERING: arranged.from_ordering,
    Type.CATEGORIES: arranged.from_categories,
    Type.FREE_TEXT: words.from_free_text,
}
_FITTING: dict[str, Callable[[Question, Says, Fitted], None]] = {
    Type.SINGLE: choices.single,
    Type.MULTIPLE: choices.multiple,
    Type.TRUE_FALSE: choices.true_false,
    Type.NUMERIC: numbers.numeric,
    Type.CALCULATED: numbers.calculated,
    Type.SHORT_ANSWER: words.short_answer,
    Type.GAPS: arranged.gaps,
    Type.MATCHING: arranged.matching,
    Type.ORDERING: arranged.ordering,
    Type.CATEGORIES: arranged.categories,
    Type.FREE_TEXT: words.free_text,
}


def from_quiz(question: types.Question, line: int = 1) -> Question:
    """A question of a quiz as a neutral one. A share of several right options is as Palier marks them."""
    return Question(
        key=question.key,
        type=Type(question.type),
        title=question.title,
        text=question.text,
        line=line,
        points=Fraction(question.points),
        read_again=question.read_again,
        tags=tuple(question.tags),
        hints=tuple(question.hints),
        picture=question.picture or "",
        picture_alt=question.picture_alt or "",
        made_from=question.made_from or "",
        **_LEAVING[question.type](question),
    )


def fit(question: Question, *, read_again: str, language: str) -> Fitted:
    """A question as a quiz file holds it. Where it has no feedback, it says right or wrong in the quiz's language.

    Raises Unfit.
    """
    known = tidy(question)
    if known.is_plain:
        known = as_markdown(known)
    fitted = begun(known, read_again)
    _FITTING[known.type](known, Says(known, fitted, language), fitted)
    ended(known, fitted)
    _require_good(fitted.values)
    return fitted


def _require_good(values: dict[str, Any]) -> None:
    """Raise Unfit for what a quiz file may not hold: too many options, words without letters…"""
    try:
        made = _QUESTION.validate_python(values)
    except ValidationError as wrong:
        what, expected = mistakes.explain(wrong.errors(include_url=False)[0])
        raise Unfit(f"{what}, expected {expected}") from None
    finding = next(iter(check_questions([made])), None)
    if finding is not None:
        raise Unfit(f"{finding.what}, expected {finding.expected}")
