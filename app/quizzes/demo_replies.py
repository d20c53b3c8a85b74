"""What people of the demonstration answer: rightly, or so wrongly that it earns nothing."""

import random
from collections.abc import Iterable, Sequence
from fractions import Fraction

from app.quizzes.questions import (
    CategoriesQuestion,
    FreeTextQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)

_FORGOTTEN = "je ne sais plus"


def right(question: Question) -> list[str]:
    """The values of a form that earn all the points; a written reply is as good as the author's own."""
    match question:
        case SingleQuestion() | MultipleQuestion():
            return [str(place) for place in sorted(question.right)]
        case TrueFalseQuestion():
            return ["true" if question.answer else "false"]
        case NumericQuestion():
            return [str(question.value).replace(".", ",")]
        case ShortAnswerQuestion():
            return [question.accepted[0]]
        case GapsQuestion(choose=True):
            return _placed([min(places) for places in question.right_words])
        case GapsQuestion():
            return [f"{number}:{gap.accepted[0]}" for number, gap in enumerate(question.gaps)]
        case MatchingQuestion() | CategoriesQuestion():
            return _placed(question.right_places)
        case OrderingQuestion():
            return _placed(range(len(question.items)))
        case FreeTextQuestion():
            return [question.model_answer]
        case _:  # a calculation is asked as the number that its values make
            raise AssertionError(question.key)


def wrong(question: Question, chance: random.Random) -> list[str]:
    """The values of a form that earn nothing."""
    match question:
        case SingleQuestion() | MultipleQuestion():
            least = min(question.shares)
            return [str(chance.choice([place for place, share in enumerate(question.shares) if share == least]))]
        case TrueFalseQuestion():
            return ["false" if question.answer else "true"]
        case NumericQuestion():
            within = max(
                Fraction(question.tolerance),
                abs(Fraction(question.value)) * Fraction(question.relative_tolerance) / 100,
            )
            missed = Fraction(question.value) + within + chance.randint(2, 9)
            return [f"{float(missed):.10g}".replace(".", ",")]
        case GapsQuestion(choose=True):
            words = range(len(question.words))
            others = [[word for word in words if word not in places] for places in question.right_words]
            return [f"{gap}:{chance.choice(left)}" for gap, left in enumerate(others) if left]
        case GapsQuestion():
            return [f"{number}:{_FORGOTTEN}" for number in range(len(question.gaps))]
        case MatchingQuestion():
            return _elsewhere(question.right_places, len(question.matches), chance)
        case CategoriesQuestion():
            return _elsewhere(question.right_places, len(question.categories), chance)
        case OrderingQuestion():
            return _placed(reversed(range(len(question.items))))
        case FreeTextQuestion() | ShortAnswerQuestion():
            return [_FORGOTTEN]
        case _:
            raise AssertionError(question.key)


def _placed(places: Iterable[int]) -> list[str]:
    return [f"{thing}:{place}" for thing, place in enumerate(places)]


def _elsewhere(places: Sequence[int], several: int, chance: random.Random) -> list[str]:
    """Each thing in a place that is not its own."""
    return _placed([(place + chance.randint(1, several - 1)) % several for place in places])
