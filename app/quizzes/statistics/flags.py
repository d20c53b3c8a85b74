"""What the figures of a quiz ask its author to look at, in plain language.

Nothing is flagged below 10 attempts at the question. Thresholds have a name and a source below. Sources: Moodle, “Quiz
report statistics” (docs.moodle.org/dev/Quiz_report_statistics) and its quiz statistics report; for options, Haladyna
and Downing, “How many options is enough for a multiple-choice test item?” (1993).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from app.quizzes.statistics.answer_counts import Counts, Tally
from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS, ItemStatistics
from app.quizzes.statistics.quiz_statistics import Report
from app.quizzes.statistics.thirds import UPPER

TOO_EASY = 0.95  # Moodle: from 95 % on “extremely easy”: it tells nobody apart
TOO_HARD = 0.25  # Moodle: “difficult” from 20 % down, “moderately difficult” to 34 %; a quiz of training sits between
NEAR_A_GUESS = 0.05  # above the random guess score by less than this is no better than guessing
WEAK_INDEX = 20  # Moodle: a discrimination index below 20 % is “very weak”, a negative one “probably invalid”
WEAK_EFFICIENCY = 15  # Moodle's report marks a question as dubious below this discriminative efficiency
WEIGHT_APART = 2  # our own: an effective weight of less than half the intended one, or more than twice
ALPHA_TOO_LOW = 64  # Moodle: below 64 % a test as a whole is unsatisfactory
PREFERRED_BY = 3  # our own: one or two people of the upper third are no preference


class Kind(Enum):
    """What is wrong, the most serious first."""

    GOOD_ONES_WRONG = "the good ones get it wrong"
    WRONG_PREFERRED = "the upper third prefers a wrong option"
    NOBODY_RIGHT = "nobody picks a right option"
    GUESSED = "no better than guessing"
    TOO_HARD = "hardly anybody gets it right"
    TELLS_NOBODY_APART = "it hardly tells good and weak apart"
    UNPICKED = "nobody picks some wrong options"
    WEIGHT = "it weighs more or less than intended"
    TOO_EASY = "nearly everybody gets it right"
    UNRELIABLE = "the quiz as a whole is a matter of luck"


@dataclass(frozen=True)
class Flag:
    """One thing to look at. `key` is the question, None for the quiz; `attempts` how many it stands on; `value` the
    figure that is out of bounds and `other` what it is compared with; `options` the options it is about, by place.

    `is_firm`: chance alone would hardly do this with so many attempts (one standard error away, at least)."""

    kind: Kind
    key: str | None
    attempts: int
    value: float = 0
    other: float = 0
    options: tuple[int | bool, ...] = ()
    is_firm: bool = True


def of_report(report: Report, asked: Mapping[str, int], counts: Mapping[str, Counts]) -> list[Flag]:
    """All flags of a quiz, the most serious first, then in the order of its questions. `asked` says how many attempts
    were asked each question; `counts` are the replies to those that are choices."""
    found = [
        flag
        for key, figures in report.questions.items()
        for flag in of_question(key, figures, asked.get(key, report.attempts), counts.get(key))
    ]
    serious = list(Kind)
    return sorted([*found, *of_quiz(report)], key=lambda flag: (not flag.is_firm, serious.index(flag.kind)))


def of_quiz(report: Report) -> Iterable[Flag]:
    """What is to be said of the quiz as a whole."""
    alpha = report.quiz.alpha
    if alpha is not None and alpha < ALPHA_TOO_LOW:
        yield Flag(Kind.UNRELIABLE, None, report.attempts, alpha, ALPHA_TOO_LOW)


def of_question(key: str, figures: ItemStatistics, attempts: int, counts: Counts | None = None) -> Iterable[Flag]:
    """What is to be said of one question."""
    if attempts < FEWEST_ATTEMPTS or figures.facility is None:
        return
    index, efficiency = figures.discrimination_index, figures.discriminative_efficiency
    if index is not None and index < 0:
        yield Flag(Kind.GOOD_ONES_WRONG, key, attempts, index, is_firm=index + _chance(attempts) < 0)
    if counts is not None:
        yield from _of_options(key, counts)
    yield from _of_facility(key, figures, attempts)
    if figures.facility > TOO_EASY:
        return  # there is no room left to tell anybody apart, nor to weigh
    if index is not None and efficiency is not None and 0 <= index < WEAK_INDEX and efficiency < WEAK_EFFICIENCY:
        yield Flag(
            Kind.TELLS_NOBODY_APART, key, attempts, index, WEAK_INDEX, is_firm=index + _chance(attempts) < WEAK_INDEX
        )
    intended, effective = figures.intended_weight, figures.effective_weight
    if intended and effective is not None and not intended / WEIGHT_APART <= effective <= intended * WEIGHT_APART:
        yield Flag(Kind.WEIGHT, key, attempts, effective, intended)


def _of_facility(key: str, figures: ItemStatistics, attempts: int) -> Iterable[Flag]:
    facility, guess = figures.facility or 0.0, figures.random_guess_score
    if facility > TOO_EASY:
        yield Flag(Kind.TOO_EASY, key, attempts, facility, TOO_EASY)
    elif guess and facility < guess + NEAR_A_GUESS:
        yield Flag(Kind.GUESSED, key, attempts, facility, guess)
    elif facility < TOO_HARD:
        yield Flag(Kind.TOO_HARD, key, attempts, facility, TOO_HARD)


def _of_options(key: str, counts: Counts) -> Iterable[Flag]:
    """What the replies to a choice say of its options."""
    right = [tally for tally in counts.tallies if tally.share > 0]
    wrong = [tally for tally in counts.tallies if tally.share <= 0]
    if missed := _never(right):
        yield Flag(Kind.NOBODY_RIGHT, key, counts.attempts, options=missed)
    best = max((tally.thirds[UPPER] for tally in right if tally.share == 1), default=None)
    if best is not None:  # of several right options none is the one to be preferred
        preferred = max(wrong, key=lambda tally: tally.thirds[UPPER], default=None)
        if preferred is not None and preferred.thirds[UPPER] > max(best, PREFERRED_BY - 1):
            value, asked = preferred.thirds[UPPER], counts.asked[UPPER]
            yield Flag(Kind.WRONG_PREFERRED, key, asked, value, best, options=(_place(preferred),))
    if unpicked := _never(wrong):
        yield Flag(Kind.UNPICKED, key, counts.attempts, options=unpicked)


def _never(tallies: Iterable[Tally]) -> tuple[int | bool, ...]:
    return tuple(_place(tally) for tally in tallies if not tally.total)


def _place(tally: Tally) -> int | bool:
    return tally.value if isinstance(tally.value, int) else 0


def _chance(attempts: int) -> float:
    """One standard error of a correlation that is none, in percent: 100 / √(S − 1)."""
    return 100 / math.sqrt(attempts - 1)
