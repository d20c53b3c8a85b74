"""Questions answered by picking."""

from fractions import Fraction

from app.quizzes.grading.exact import part
from app.quizzes.questions import MultipleQuestion, SingleQuestion
from app.quizzes.questions.parts import NOTHING
from app.quizzes.replies import Chosen


def single(question: SingleQuestion, reply: Chosen) -> Fraction:
    """What the one option picked earns: all for the right one, its credit for another; nothing for several."""
    if len(reply.options) != 1:
        return NOTHING
    (picked,) = reply.options
    return question.shares[picked] if picked < len(question.shares) else NOTHING


def multiple(question: MultipleQuestion, reply: Chosen) -> Fraction:
    """The sum of what the options picked earn and cost, never below 0 nor above 1. Where no option has a credit of its
    own, each right one adds 1/R and each wrong one takes 1/W away (R right, W wrong options).

    So picking everything earns nothing, and one wrong pick among many costs little.
    """
    weights, whole = question.weights
    known = len(weights)
    return part(sum(weights[picked] for picked in reply.options if picked < known), whole)
