"""Numeric answers: `value`, `value:tolerance` or `lowest..highest`, exactly, and the one that stands for a question."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import weights
from app.quizzes.formats.model import ANYTHING, FULL, Option, Question, Type


def numeric_option(text: str) -> str | None:
    """An answer as `value` or `value:tolerance`; None when it is none.

    >>> numeric_option("1..5"), numeric_option("3:0"), numeric_option("3,5 : 0.1"), numeric_option("*")
    ('3:2', '3', '3.5:0.1', '*')
    """
    if text == ANYTHING:
        return text
    low, dots, high = text.partition("..")
    if dots:
        lowest, highest = weights.number(low), weights.number(high)
        if lowest is None or highest is None or lowest > highest:
            return None
        middle = (Fraction(lowest) + Fraction(highest)) / 2
        return option_of(weights.decimal_text(middle), weights.decimal_text(Fraction(highest) - middle))
    value, _, tolerance = text.partition(":")
    return option_of(value, tolerance)


def option_of(value: str, tolerance: str) -> str | None:
    """`value` or `value:tolerance`, in plain digits; None when either is no number, or the tolerance negative."""
    number, width = weights.number(value), weights.number(tolerance or "0")
    if number is None or width is None or width < 0:
        return None
    written = weights.decimal_text(number)
    return f"{written}:{weights.decimal_text(width)}" if width else written


def parts_of(option: str) -> tuple[Decimal, Decimal] | None:
    """The value and the tolerance of an answer written by `option_of`; None for ANYTHING."""
    value, _, tolerance = option.partition(":")
    number, width = weights.number(value), weights.number(tolerance or "0")
    return None if number is None or width is None else (number, width)


def with_best_number(question: Question) -> Question:
    """The question with the value and tolerance of the answer that earns most. One answer alone, that earns all and has
    no feedback, is said by these, and needs no option."""
    numbers = [(each, parts) for each in question.options if (parts := parts_of(each.text))]
    if not numbers:
        return question
    _, (value, tolerance) = max(numbers, key=lambda each: each[0].fraction)
    alone = question.options == (Option(question.options[0].text, FULL),)
    return replace(question, value=value, tolerance=tolerance, options=() if alone else question.options)


def with_absolute_tolerance(question: Question) -> Question:
    """The question with the width that its relative tolerance gives around its value: the same numbers are right."""
    if question.relative_tolerance is None or question.value is None or question.type is not Type.NUMERIC:
        return question
    width = max(
        Fraction(question.tolerance or 0), abs(Fraction(question.value)) * Fraction(question.relative_tolerance) / 100
    )
    before, after = (
        option_of(weights.decimal_text(question.value), weights.decimal_text(each))
        for each in (question.tolerance or Decimal(0), width)
    )
    options = tuple(
        replace(each, text=after or "") if each.text == before and each.fraction == FULL else each
        for each in question.options
    )
    tolerance = Decimal(weights.decimal_text(width))
    return replace(question, options=options, tolerance=tolerance, relative_tolerance=None)


def answers_of(question: Question) -> tuple[Option, ...]:
    """All the numeric answers of a question, the lone one included."""
    if question.options or question.value is None:
        return question.options
    option = option_of(weights.decimal_text(question.value), weights.decimal_text(question.tolerance or Decimal(0)))
    return (Option(option or "", FULL),)
