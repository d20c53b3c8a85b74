"""What the marks of a quiz say of each question. Definitions and their source: Moodle, “Quiz statistics calculations”
(docs.moodle.org/dev/Quiz_statistics_calculations), with its notation: S attempts, x the mark of a question, T the sum.

Sums are exact (`marks.py`), and only the result is a float.
"""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.quizzes.questions import (
    CategoriesQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    OrderingQuestion,
    Question,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.statistics.marks import Mark, Marks, marks_of
from app.quizzes.statistics.pair_sums import Sums

__all__ = ["FEWEST_ATTEMPTS", "ItemStatistics", "Mark", "Marks", "analyse", "marks_of", "random_guess_score"]

FEWEST_ATTEMPTS = 10  # below, a figure would say more of the people than of the question


@dataclass(frozen=True)
class ItemStatistics:
    """The figures of one question; None where one is undefined, or where fewer than 10 attempts were asked it.

    `facility` and `random_guess_score` are from 0 to 1, `sd` in marks, the others in percent.
    """

    facility: float | None = None
    sd: float | None = None
    random_guess_score: float | None = None
    intended_weight: float | None = None
    effective_weight: float | None = None
    discrimination_index: float | None = None
    discriminative_efficiency: float | None = None


def analyse(marks: Marks, guesses: Mapping[str, Fraction | None] | None = None) -> dict[str, ItemStatistics]:
    """The figures of each question. `guesses` are the random guess scores, where the questions are known.

    A drawn question counts over the attempts that were asked it (Moodle: S_i). It has no effective weight, which is
    about the spread of all sums. Where attempts are worth different sums, nothing is compared with the sum.
    """
    weights = effective_weights({key: sums for key, (_, sums) in marks.parts.items()})
    found = {}
    for key, each in marks.sums.items():
        if each.size < FEWEST_ATTEMPTS:
            found[key] = ItemStatistics()
            continue
        own = ItemStatistics(
            facility=facility(each.total, each.size * marks.scale, marks.maxima[key]),
            sd=math.sqrt(each.own / (each.size * (each.size - 1) * marks.scale**2)),
            random_guess_score=_number((guesses or {}).get(key)),
        )
        found[key] = own if marks.whole is None else _compared(own, each, marks, key, weights.get(key))
    return found


def _compared(own: ItemStatistics, each: Sums, marks: Marks, key: str, weight: float | None) -> ItemStatistics:
    """The figures of a question with those that compare it with the sum of its attempts."""
    return ItemStatistics(
        facility=own.facility,
        sd=own.sd,
        random_guess_score=own.random_guess_score,
        intended_weight=intended_weight(marks.maxima[key], marks.whole or Fraction(0)),
        effective_weight=weight,
        discrimination_index=discrimination_index(each.with_rest, each.own, each.rest),
        discriminative_efficiency=discriminative_efficiency(each.with_rest, each.greatest),
    )


def facility(total: int, parts: int, maximum: Fraction) -> float | None:
    """Facility index: the mean mark over the maximum, from 0 (nobody) to 1 (everybody). None without a mark to earn.

    Source: Moodle, “Quiz statistics calculations”, “Facility index”.
    """
    return float(Fraction(total, parts) / maximum) if maximum else None


def intended_weight(maximum: Fraction, whole: Fraction) -> float | None:
    """Intended question weight: the maximum over the most that an attempt can earn, in percent.

    Source: Moodle, “Quiz statistics calculations”, “Intended question weight”.
    """
    return float(100 * maximum / whole) if whole else None


def effective_weights(sums: Mapping[Hashable, Sums]) -> dict[Hashable, float | None]:
    """Effective question weight: √cov(x, T) over the sum of those roots, in percent: how much of the spread of the
    sums is due to the question. None where the covariance is negative (its root is left out of the sum), and
    everywhere when no sum differs.

    Source: Moodle, “Quiz statistics calculations”, “Effective question weight”.
    """
    largest = max((each.with_sum for each in sums.values()), default=0)
    if largest <= 0:
        return dict.fromkeys(sums, None)
    roots = {key: math.sqrt(each.with_sum / largest) for key, each in sums.items() if each.with_sum >= 0}
    whole = math.fsum(roots.values())
    return {key: 100 * roots[key] / whole if key in roots else None for key in sums}


def discrimination_index(with_rest: int, own: int, rest: int) -> float | None:
    """Discrimination index: Pearson correlation, in percent, between the mark of a question and the sum of the other
    marks. None when either does not vary.

    Source: Moodle, “Quiz statistics calculations”, “Discrimination index”.
    """
    if not own * rest:
        return None
    return 100 * math.copysign(math.sqrt(with_rest * with_rest / (own * rest)), with_rest)


def discriminative_efficiency(with_rest: int, greatest: int) -> float | None:
    """Discriminative efficiency: the covariance with the rest over the greatest that these marks could have (both
    sorted), in percent: how well it tells apart, given how hard it is. None when that greatest is 0.

    Source: Moodle, “Quiz statistics calculations”, “Discriminative efficiency”.
    """
    return 100 * with_rest / greatest if greatest else None


def random_guess_score(question: Question) -> Fraction | None:
    """Random guess score: what someone earns on average who replies by chance, from 0 to 1.

    Of a single choice, the mean of what its options earn; true/false ½; what is typed 0; an ordering ½ (of two items in
    a random order, one order of two is right); a matching, a sorting, gaps to choose for: the mean share of places that
    are right. None where several options may be picked, since nobody knows how many would be.
    Source: Moodle, “Quiz statistics calculations”, “Random guess score”; the types that Moodle does not define by the
    same expectation.
    """
    match question:
        case SingleQuestion():
            return sum(question.shares, Fraction(0)) / len(question.options)
        case TrueFalseQuestion() | OrderingQuestion():
            return Fraction(1, 2)
        case MultipleQuestion():
            return None
        case MatchingQuestion():
            return Fraction(1, len(question.matches))
        case CategoriesQuestion():
            return Fraction(1, len(question.categories))
        case GapsQuestion(choose=True):
            right = sum(len(each) for each in question.right_words)
            return Fraction(right, len(question.gaps) * len(question.words))
        case _:
            return Fraction(0)


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
