"""What the marks of a quiz say of it as a whole. Source of the definitions: Moodle, “Quiz statistics calculations”,
“Test statistics” (docs.moodle.org/dev/Quiz_statistics_calculations)."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from app.quizzes.statistics import item_statistics
from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS, ItemStatistics
from app.quizzes.statistics.marks import Marks


@dataclass(frozen=True)
class QuizStatistics:
    """The figures of a quiz; None where one is undefined, or where there are fewer than 10 attempts.

    `mean`, `median`, `sd` and `standard_error` are in marks, `alpha` and `error_ratio` in percent.
    """

    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    alpha: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None


@dataclass(frozen=True)
class Report:
    """All the figures of a quiz and its questions, and on how many attempts they stand."""

    attempts: int
    questions: Mapping[str, ItemStatistics]
    quiz: QuizStatistics


@dataclass(frozen=True)
class _Moments:
    """k-statistics of the sums: unbiased estimates of the cumulants, in parts of a mark."""

    k2: Fraction
    k3: Fraction
    k4: Fraction


def report(marks: Marks, guesses: Mapping[str, Fraction | None] | None = None) -> Report:
    """The figures of a quiz. `guesses` are the random guess scores of its questions, where they are known."""
    return Report(marks.attempts, item_statistics.analyse(marks, guesses), analyse(marks))


def as_json(found: Report) -> dict[str, Any]:
    """The one JSON document of a report."""
    return {
        "attempts": found.attempts,
        "questions": {key: asdict(each) for key, each in found.questions.items()},
        "quiz": asdict(found.quiz),
    }


def analyse(marks: Marks) -> QuizStatistics:
    """The figures of the quiz as a whole; none where attempts are worth different sums, which do not compare."""
    if marks.attempts < FEWEST_ATTEMPTS or not marks.columns or marks.whole is None:
        return QuizStatistics()
    count = Counter(marks.totals)
    moments = _moments(count, marks.attempts)
    spread = math.sqrt(moments.k2 / marks.scale**2)
    consistency = alpha(marks, moments.k2 / marks.scale**2)
    ratio = error_ratio(consistency)
    return QuizStatistics(
        mean=float(Fraction(sum(marks.totals), marks.attempts * marks.scale)),
        median=float(median(marks.totals) / marks.scale),
        sd=spread,
        skewness=skewness(moments),
        kurtosis=kurtosis(moments),
        alpha=None if consistency is None else float(consistency),
        error_ratio=ratio,
        standard_error=standard_error(ratio, spread),
    )


def median(totals: list[int] | Any) -> Fraction:
    """Half the attempts have less; of an even number, the mean of the two in the middle."""
    ordered = sorted(totals)
    middle, is_odd = divmod(len(ordered), 2)
    return Fraction(ordered[middle]) if is_odd else Fraction(ordered[middle - 1] + ordered[middle], 2)


def skewness(moments: _Moments) -> float | None:
    """Skewness of the sums: k₃ / k₂^(3/2); negative when there is a tail of low ones. None when no sum differs.

    Source: Moodle, “Quiz statistics calculations”, “Skewness and Kurtosis”.
    """
    if not moments.k2:
        return None
    return math.copysign(math.sqrt(moments.k3**2 / moments.k2**3), moments.k3)


def kurtosis(moments: _Moments) -> float | None:
    """Excess kurtosis of the sums: k₄ / k₂²; 0 for a normal distribution. None when no sum differs.

    Source: Moodle, “Quiz statistics calculations”, “Skewness and Kurtosis”.
    """
    return float(moments.k4 / moments.k2**2) if moments.k2 else None


def alpha(marks: Marks, spread: Fraction) -> Fraction | None:
    """Coefficient of internal consistency (Cronbach's alpha), in percent: p/(p−1) · (1 − Σ var(x) / var(T)), over the p
    parts that have a mark: the questions, or the places where questions were drawn, so that the luck of the draw counts
    as chance. None for fewer than two, or when no sum differs.

    Source: Moodle, “Quiz statistics calculations”, “Coefficient of internal consistency”.
    """
    own = [sums.own for maximum, sums in marks.parts.values() if maximum]
    if len(own) < 2 or not spread:
        return None
    parts = Fraction(sum(own), marks.attempts * (marks.attempts - 1) * marks.scale**2)
    return Fraction(100 * len(own), len(own) - 1) * (1 - parts / spread)


def error_ratio(consistency: Fraction | None) -> float | None:
    """Error ratio, in percent: 100 · √(1 − alpha/100): how much of the spread is chance rather than knowledge.

    Source: Moodle, “Quiz statistics calculations”, “Error ratio”.
    """
    return None if consistency is None else 100 * math.sqrt(max(Fraction(0), 1 - consistency / 100))


def standard_error(ratio: float | None, spread: float) -> float | None:
    """Standard error, in marks: error ratio · sd / 100: a mark stands for the knowledge behind it give or take as much.

    Source: Moodle, “Quiz statistics calculations”, “Standard error”.
    """
    return None if ratio is None else ratio * spread / 100


def _moments(count: Mapping[int, int], size: int) -> _Moments:
    whole = sum(total * times for total, times in count.items())
    # Powers of S times the distance from the mean, so that they are whole numbers.
    powers = {
        power: sum((size * total - whole) ** power * times for total, times in count.items()) for power in (2, 3, 4)
    }
    m2, m3, m4 = (Fraction(powers[power], size ** (power + 1)) for power in (2, 3, 4))
    return _Moments(
        k2=size * m2 / (size - 1),
        k3=size**2 * m3 / ((size - 1) * (size - 2)),
        k4=size**2 * ((size + 1) * m4 - 3 * (size - 1) * m2**2) / ((size - 1) * (size - 2) * (size - 3)),
    )
