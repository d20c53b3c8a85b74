"""What the marks of a quiz say of each question. Definitions and their source: Moodle, “Quiz statistics calculations”
(docs.moodle.org/dev/Quiz_statistics_calculations), with its notation: S attempts, x the mark of a question, T the sum.

Sums are exact: marks are whole numbers of the smallest share that occurs, and only the result is a float.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from app.quizzes.questions import MultipleQuestion, Question, SingleQuestion, TrueFalseQuestion

FEWEST_ATTEMPTS = 10  # below, a figure would say more of the people than of the question

Mark = int | float | Decimal | Fraction


@dataclass(frozen=True)
class Marks:
    """The marks of a quiz: a column a question, a row an attempt, in `scale` parts of a mark.

    `maxima` are in marks; a maximum of 0 is that of an item without a mark.
    """

    maxima: Mapping[str, Fraction]
    columns: Mapping[str, Sequence[int]]
    totals: Sequence[int]
    scale: int

    @property
    def attempts(self) -> int:
        """How many."""
        return len(self.totals)


@dataclass(frozen=True)
class ItemStatistics:
    """The figures of one question; None where one is undefined, or where there are fewer than 10 attempts.

    `facility` and `random_guess_score` are from 0 to 1, `sd` in marks, the others in percent.
    """

    facility: float | None = None
    sd: float | None = None
    random_guess_score: float | None = None
    intended_weight: float | None = None
    effective_weight: float | None = None
    discrimination_index: float | None = None
    discriminative_efficiency: float | None = None


@dataclass(frozen=True)
class _Sums:
    """S² times the (co)variances of a question with divisor S: of its marks, with the sum, with the rest of the sum,
    of the rest, and the greatest that the covariance with the rest could be."""

    total: int
    own: int
    with_sum: int
    with_rest: int
    rest: int
    greatest: int


def marks_of(maxima: Mapping[str, Fraction], rows: Iterable[Sequence[Mark]]) -> Marks:
    """The marks of attempts; a row has one mark a question, in the order of `maxima`."""
    given = list(zip(*rows, strict=True)) or [()] * len(maxima)
    exact = [{mark: Fraction(mark) for mark in set(column)} for column in given]
    scale = math.lcm(*(share.denominator for each in exact for share in each.values()))
    columns = {key: _scaled(column, known, scale) for key, column, known in zip(maxima, given, exact, strict=True)}
    totals = list(map(sum, zip(*columns.values(), strict=True)))
    return Marks(maxima, columns, totals, scale)


_Any = TypeVar("_Any", bound=Hashable)


def _scaled(column: Sequence[_Any], known: Mapping[_Any, Fraction], scale: int) -> Sequence[int]:
    whole = {mark: int(share * scale) for mark, share in known.items()}
    return list(map(whole.__getitem__, column))


def analyse(marks: Marks, guesses: Mapping[str, Fraction | None] | None = None) -> dict[str, ItemStatistics]:
    """The figures of each question. `guesses` are the random guess scores, where the questions are known."""
    if marks.attempts < FEWEST_ATTEMPTS:
        return {key: ItemStatistics() for key in marks.maxima}
    sums = {key: _sums(column, marks.totals) for key, column in marks.columns.items()}
    weights = effective_weights(sums)
    return {
        key: ItemStatistics(
            facility=facility(each.total, marks.attempts * marks.scale, marks.maxima[key]),
            sd=math.sqrt(each.own / (marks.attempts * (marks.attempts - 1) * marks.scale**2)),
            random_guess_score=_number((guesses or {}).get(key)),
            intended_weight=intended_weight(marks.maxima[key], marks.maxima.values()),
            effective_weight=weights[key],
            discrimination_index=discrimination_index(each.with_rest, each.own, each.rest),
            discriminative_efficiency=discriminative_efficiency(each.with_rest, each.greatest),
        )
        for key, each in sums.items()
    }


def variances(marks: Marks) -> dict[str, Fraction]:
    """The variance of each question's marks with divisor S−1, in marks squared. Needs two attempts."""
    found = {}
    for key, column in marks.columns.items():
        count = Counter(column)
        own = marks.attempts * _sum_of(count, 2) - _sum_of(count, 1) ** 2
        found[key] = Fraction(own, marks.attempts * (marks.attempts - 1) * marks.scale**2)
    return found


def facility(total: int, parts: int, maximum: Fraction) -> float | None:
    """Facility index: the mean mark over the maximum, from 0 (nobody) to 1 (everybody). None without a mark to earn.

    Source: Moodle, “Quiz statistics calculations”, “Facility index”.
    """
    return float(Fraction(total, parts) / maximum) if maximum else None


def intended_weight(maximum: Fraction, maxima: Iterable[Fraction]) -> float | None:
    """Intended question weight: the maximum over the sum of the maxima, in percent.

    Source: Moodle, “Quiz statistics calculations”, “Intended question weight”.
    """
    whole = sum(maxima, Fraction(0))
    return float(100 * maximum / whole) if whole else None


def effective_weights(sums: Mapping[str, _Sums]) -> dict[str, float | None]:
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
    """Random guess score: what someone earns on average who replies by chance, from 0 to 1. 0 for what is typed; None
    where several options may be picked, since nobody knows how many would be.

    Source: Moodle, “Quiz statistics calculations”, “Random guess score”; for a single choice, 1 over the options.
    """
    match question:
        case SingleQuestion():
            return Fraction(1, len(question.options))
        case TrueFalseQuestion():
            return Fraction(1, 2)
        case MultipleQuestion():
            return None
        case _:
            return Fraction(0)


def _sums(column: Sequence[int], totals: Sequence[int]) -> _Sums:
    """Counted by pairs of mark and sum: there are few different ones, however many attempts."""
    pairs = Counter(zip(column, totals, strict=True))
    marks: Counter[int] = Counter()
    rests: Counter[int] = Counter()
    product = 0
    for (mark, total), count in pairs.items():
        marks[mark] += count
        rests[total - mark] += count
        product += mark * total * count
    size, own, rest = len(column), _sum_of(marks, 1), _sum_of(rests, 1)
    own_spread = size * _sum_of(marks, 2) - own * own
    with_sum = size * product - own * (own + rest)
    return _Sums(
        total=own,
        own=own_spread,
        with_sum=with_sum,
        with_rest=with_sum - own_spread,
        rest=size * _sum_of(rests, 2) - rest * rest,
        greatest=size * _sorted_product(marks, rests) - own * rest,
    )


def _sum_of(count: Mapping[int, int], power: int) -> int:
    return sum(value**power * times for value, times in count.items())


def _sorted_product(one: Mapping[int, int], other: Mapping[int, int]) -> int:
    """The sum of the products of two sorted columns, from how often each value stands in them."""
    product = 0
    waiting = sorted(other.items(), reverse=True)
    for value, times in sorted(one.items()):
        while times:
            facing, left = waiting.pop()
            taken = min(times, left)
            product += value * facing * taken
            times -= taken
            if left > taken:
                waiting.append((facing, left - taken))
    return product


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
