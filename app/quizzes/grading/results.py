"""From shares to marks: what a question pays, what hints cost, and the result of a whole attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from app.quizzes.grading.shares import share
from app.quizzes.questions import FreeTextQuestion, Question
from app.quizzes.questions.parts import ALL, NOTHING
from app.quizzes.replies import Reply


class Verdict(Enum):
    """A mark in words."""

    RIGHT = "right"
    PARTLY = "partly"
    TO_REVIEW = "to review"


@dataclass(frozen=True)
class Result:
    """A whole attempt: the mark of each question by key, their sum, the most it could be, and whether it passes.

    `unscored` are the keys of the free texts that wait for a manager; their marks stand at 0 until then.
    """

    marks: Mapping[str, Fraction]
    maximum: Fraction
    pass_mark: int
    unscored: tuple[str, ...] = ()

    @cached_property
    def mark(self) -> Fraction:
        """The sum of the marks."""
        return sum((mark for mark in self.marks.values() if mark), NOTHING)

    @property
    def percent(self) -> int:
        """Rounded down."""
        return percent(self.mark, self.maximum)

    @property
    def passed(self) -> bool:
        """Whether the exact share reaches the pass mark."""
        return self.mark * 100 >= self.pass_mark * self.maximum


def percent(mark: Fraction, maximum: Fraction) -> int:
    """A share in whole percent, rounded down, so that 79.9 does not pass at 80.

    >>> percent(Fraction(799, 100), Fraction(10))
    79
    """
    return int(mark * 100 / maximum)


def grade_all(
    questions: Sequence[Question],
    replies: Mapping[str, Reply | None],
    pass_mark: int,
    *,
    hints: Mapping[str, int] | None = None,
    hint_cost: int = 0,
    scores: Mapping[str, Fraction] | None = None,
) -> Result:
    """The result of an attempt; a question without a reply gets nothing.

    `hints` are how many were taken, and `scores` the shares that a manager gave to free texts, both by key of question;
    `pass_mark` and `hint_cost` in percent.
    """
    taken, given = hints or {}, scores or {}
    marks: dict[str, Fraction] = {}
    unscored = []
    for question in questions:
        key = question.key
        reply = replies.get(key)
        if reply is None:
            marks[key] = NOTHING
        elif isinstance(question, FreeTextQuestion):
            if key not in given:
                unscored.append(key)
            marks[key] = _mark(question, given.get(key, NOTHING), taken.get(key, 0), hint_cost)
        else:
            marks[key] = _mark(question, share(question, reply), taken.get(key, 0), hint_cost)
    maximum = Fraction(sum(question.points for question in questions))
    return Result(marks, maximum, pass_mark, tuple(unscored))


def grade(question: Question, reply: Reply | None, *, hints: int = 0, hint_cost: int = 0) -> Fraction:
    """The mark of a reply, from 0 to the question's points: its share, less `hint_cost` percent for each hint taken. A
    reply of another type than the question's gets 0."""
    return _mark(question, share(question, reply), hints, hint_cost)


def _mark(question: Question, earned: Fraction, hints: int, hint_cost: int) -> Fraction:
    if hints and hint_cost and earned:
        earned = max(NOTHING, earned - Fraction(hints * hint_cost, 100))
    if not earned:
        return NOTHING
    if question.points == 1:
        return earned
    return Fraction(question.points) if earned is ALL else question.points * earned


def verdict(question: Question, mark: Fraction) -> Verdict:
    """A mark in words."""
    if mark == question.points:
        return Verdict.RIGHT
    return Verdict.PARTLY if mark else Verdict.TO_REVIEW
