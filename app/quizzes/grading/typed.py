"""Questions answered by typing."""

from fractions import Fraction

from app.quizzes import numbers
from app.quizzes.questions import NumericQuestion, ShortAnswerQuestion
from app.quizzes.questions.parts import ALL, NOTHING
from app.quizzes.replies import Typed
from app.quizzes.wording import essence


def numeric(question: NumericQuestion, reply: Typed) -> Fraction:
    """All when the number is within a tolerance of the right one, bounds included, else the most that a fitting one of
    the other numbers earns. The tolerance is the larger of the absolute and the relative one.

    A number that may be read in two ways (`1,026`) counts as the better one. In another unit, it counts as so many of
    the question's.
    """
    earned = NOTHING
    for number in numbers.readings(reply.text, question.unit, question.units):
        for low, high, credit in question.bounds:
            if low <= number <= high:
                if credit is ALL:
                    return ALL
                earned = max(earned, credit)
    return earned


def short_answer(question: ShortAnswerQuestion, reply: Typed) -> Fraction:
    """All when the words are among the accepted ones, compared by `essence`; else the most that fitting other words
    earn; else, one typing error away, the near miss credit."""
    words = _essence(question, reply)
    if question.acceptable.holds(words):
        return ALL
    fitting = [credit for other, credit in question.others if other.holds(words)]
    if fitting:
        return max(fitting)
    credit = question.near_share
    return credit if credit and question.acceptable.misses_by_one(words) else NOTHING


def near_word(question: ShortAnswerQuestion, reply: Typed) -> bool:
    """Whether the words are one typing error away from accepted ones, and none that the author has a word for."""
    words = _essence(question, reply)
    return question.acceptable.misses_by_one(words) and not any(other.holds(words) for other, _ in question.others)


def _essence(question: ShortAnswerQuestion, reply: Typed) -> str:
    return essence(reply.text, case=question.case_counts, accents=question.accents_count)
