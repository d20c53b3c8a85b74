"""How well a person masters a step, as a figure that can be explained in a sentence."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

READING_SHARE = Fraction(2, 5)
QUIZ_SHARE = 1 - READING_SHARE


@dataclass(frozen=True)
class StepMastery:
    """A step's figure and what it is made of.

    `percent` is rounded down, None when the step has nothing to learn. `quiz_percents` holds the best result of each
    quiz, None for one that was never submitted (it counts as 0).
    """

    percent: int | None
    plays_read: int
    plays: int
    quiz_percents: tuple[int | None, ...]

    @property
    def quizzes(self) -> int:
        """How many quizzes the step has."""
        return len(self.quiz_percents)

    @property
    def quiz_percent(self) -> int:
        """The mean of the best results, rounded down."""
        return int(_mean(self.quiz_percents)) if self.quiz_percents else 0

    @property
    def quiz_weight(self) -> int:
        """How many percent of the figure the quizzes make; reading makes the rest."""
        if not self.quiz_percents:
            return 0
        return int(QUIZ_SHARE * 100) if self.plays else 100


def of_step(
    plays: Collection[str], quizzes: Collection[str], read: Container[str], best: Mapping[str, int]
) -> StepMastery:
    """The mastery of a step: 40 % the share of its plays that are read, 60 % the mean of its quizzes' best results.

    A step that has only plays, or only quizzes, is measured by these alone. `read` holds the plays whose
    acknowledgement still stands, `best` the best percent of each quiz that was submitted.
    """
    done = sum(play in read for play in plays)
    percents = tuple(best.get(quiz) for quiz in quizzes)
    reading = Fraction(100 * done, len(plays)) if plays else None
    quiz = _mean(percents) if percents else None
    return StepMastery(_percent(reading, quiz), done, len(plays), percents)


def overall(steps: Iterable[StepMastery]) -> int | None:
    """The mean of the steps' printed figures, rounded down, so that whoever adds them up finds the same."""
    percents = [step.percent for step in steps if step.percent is not None]
    return sum(percents) // len(percents) if percents else None


def _percent(reading: Fraction | None, quiz: Fraction | None) -> int | None:
    if reading is None or quiz is None:
        alone = quiz if reading is None else reading
        return None if alone is None else int(alone)
    return int(READING_SHARE * reading + QUIZ_SHARE * quiz)


def _mean(percents: Collection[int | None]) -> Fraction:
    return Fraction(sum(percent or 0 for percent in percents), len(percents))
