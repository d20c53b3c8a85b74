"""Grading: an exact mark for each reply, by the table in docs/authoring.md."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from app.core.folding import fold
from app.quizzes import numbers
from app.quizzes.documents import QuizFacts
from app.quizzes.questions import (
    MultipleQuestion,
    NumericQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.replies import Chosen, Judged, Reply, Typed

NOTHING, ALL = Fraction(0), Fraction(1)

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´ʹ", "'"))


class Verdict(Enum):
    """A mark in words."""

    RIGHT = "right"
    PARTLY = "partly"
    TO_REVIEW = "to review"


@dataclass(frozen=True)
class Result:
    """A whole attempt: the mark of each question by key, their sum, the most it could be, and whether it passes."""

    marks: Mapping[str, Fraction]
    maximum: Fraction
    pass_mark: int

    @property
    def mark(self) -> Fraction:
        """The sum of the marks."""
        return sum(self.marks.values(), NOTHING)

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


def grade_all(facts: QuizFacts, replies: Mapping[str, Reply | None]) -> Result:
    """The result of an attempt; a question without a reply gets nothing."""
    marks = {question.key: grade(question, replies.get(question.key)) for question in facts.questions}
    return Result(marks, Fraction(sum(question.points for question in facts.questions)), facts.pass_mark)


def grade(question: Question, reply: Reply | None) -> Fraction:
    """The mark of a reply, from 0 to the question's points. A reply of another type than the question's gets 0."""
    return question.points * share(question, reply)


def share(question: Question, reply: Reply | None) -> Fraction:
    """The part of the points that a reply earns, from 0 to 1."""
    match question, reply:
        case SingleQuestion(), Chosen():
            return single(question, reply)
        case MultipleQuestion(), Chosen():
            return multiple(question, reply)
        case TrueFalseQuestion(), Judged():
            return true_false(question, reply)
        case NumericQuestion(), Typed():
            return numeric(question, reply)
        case ShortAnswerQuestion(), Typed():
            return short_answer(question, reply)
        case _:
            return NOTHING


def verdict(question: Question, mark: Fraction) -> Verdict:
    """A mark in words."""
    if mark == question.points:
        return Verdict.RIGHT
    return Verdict.PARTLY if mark else Verdict.TO_REVIEW


def single(question: SingleQuestion, reply: Chosen) -> Fraction:
    """All when the one right option is picked, and it alone."""
    return ALL if reply.options == right_options(question) else NOTHING


def multiple(question: MultipleQuestion, reply: Chosen) -> Fraction:
    """Each right option picked adds 1/R, each wrong one takes 1/W away; never below 0 (R right, W wrong options).

    So picking everything earns nothing, and one wrong pick among many costs little.
    """
    right = right_options(question)
    wrong = frozenset(range(len(question.options))) - right
    earned = Fraction(len(reply.options & right), len(right)) - Fraction(len(reply.options & wrong), len(wrong))
    return max(NOTHING, earned)


def is_readable(question: Question, reply: Reply | None) -> bool:
    """Whether there is a reply, and a number where a number is asked for."""
    if isinstance(question, NumericQuestion) and isinstance(reply, Typed):
        return bool(numbers.readings(reply.text, question.unit))
    return reply is not None


def right_options(question: SingleQuestion | MultipleQuestion) -> frozenset[int]:
    """The places of the right options."""
    return frozenset(place for place, option in enumerate(question.options) if option.right)


def true_false(question: TrueFalseQuestion, reply: Judged) -> Fraction:
    """All when the judgement is the right one."""
    return ALL if reply.answer is question.answer else NOTHING


def numeric(question: NumericQuestion, reply: Typed) -> Fraction:
    """All when the number is within the tolerance, bounds included. A number that may be read in two ways (`1,026`)
    counts when one of them is right."""
    value, tolerance = Fraction(question.value), Fraction(question.tolerance)
    near = (abs(read - value) <= tolerance for read in numbers.readings(reply.text, question.unit))
    return ALL if any(near) else NOTHING


def short_answer(question: ShortAnswerQuestion, reply: Typed) -> Fraction:
    """All when the words are among the accepted ones, compared by `essence`."""
    words = essence(reply.text)
    return ALL if words and words in {essence(accepted) for accepted in question.accepted} else NOTHING


def essence(words: str) -> str:
    """What counts of a short answer: no case, accents, doubled spaces, nor punctuation at its ends; one apostrophe.

    >>> essence(" « L’Écoute  active ! » ")
    "l'ecoute active"
    """
    folded = fold(words.translate(_APOSTROPHES))
    start, end = 0, len(folded)
    while start < end and _is_edge(folded[start]):
        start += 1
    while end > start and _is_edge(folded[end - 1]):
        end -= 1
    return folded[start:end]


def _is_edge(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter).startswith("P")
