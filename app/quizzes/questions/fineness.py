"""How fine the marks of a quiz are: every one is a whole number of 1/n of a point, for the least such n."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from app.quizzes.questions import (
    CategoriesQuestion,
    FreeTextQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    OrderingQuestion,
    Question,
    SingleQuestion,
)

# Marks are kept as written fractions of at most 40 characters; a quiz and a bank that it draws from stay below that.
FINEST = 10**14


def parts_of_a_point(questions: Sequence[Question], hint_cost: int = 1) -> int:
    """The least n such that every mark, and so every sum of marks, is a whole number of 1/n of a point."""
    whole = lcm(*(_parts(question) for question in questions))
    return whole * (100 // gcd(100, hint_cost)) if any(question.hints for question in questions) else whole


def _parts(question: Question) -> int:
    match question:
        case SingleQuestion() | MultipleQuestion():
            return lcm(*(share.denominator for share in question.shares))
        case GapsQuestion():
            return len(question.gaps)
        case MatchingQuestion():
            return len(question.pairs)
        case OrderingQuestion():
            return len(question.items) * (len(question.items) - 1) // 2
        case CategoriesQuestion():
            return sum(len(category.items) for category in question.categories)
        case FreeTextQuestion():
            return sum(criterion.points for criterion in question.rubric)
        case _:
            return lcm(*(Fraction(credit).denominator for credit in _credits(question)))


def _credits(question: Any) -> Iterator[str]:
    yield from (other.credit for other in getattr(question, "also", ()))
    yield getattr(question, "near_miss_credit", "0")
