"""Calculated questions: numbers drawn for an attempt, and the question about a number that they make."""

import math
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product
from typing import Any

from app.quizzes import calculation, numbers
from app.quizzes.calculation import Formula, WrongFormula
from app.quizzes.questions import CalculatedQuestion, NumericQuestion
from app.quizzes.questions.placeholders import PLACEHOLDER
from app.quizzes.questions.typed import Variable

# The texts in which `{name}` stands for a number, besides the hints.
SAID = ("title", "text", "if_right", "if_wrong")
TRIES = 100
MOST_DECIMALS = 9
MOST_CORNERS, DRAWS_TRIED = 64, 20

_TOO_BIG = 10**15
_ALIKE = (
    *("key", "read_again", "points", "tags", "picture", "picture_alt", "made_from"),
    *("tolerance", "relative_tolerance", "unit", "other_units"),
)


def draw(question: CalculatedQuestion, chance: random.Random) -> dict[str, Decimal]:
    """A value for each variable, any of its range with its decimals being as likely.

    Values with which the formula cannot be computed are drawn again. Raises WrongFormula after a hundred times.
    """
    for _ in range(TRIES):
        values = {variable.name: _drawn(variable, chance) for variable in question.variables}
        try:
            result(question, values)
        except WrongFormula as wrong:
            last = wrong
        else:
            return values
    raise last


def resolve(question: CalculatedQuestion, values: Mapping[str, Decimal], language: str) -> NumericQuestion:
    """The question that these values make: `{name}` in its texts is the number, written as in the language.

    Raises WrongFormula: a value is missing, or they cannot be computed with.
    """
    shown = {name: numbers.written(value, language) for name, value in values.items()}

    def say(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: shown.get(found[1], found[0]), text)

    parts: dict[str, Any] = {name: getattr(question, name) for name in _ALIKE}
    said: dict[str, Any] = {name: say(getattr(question, name)) for name in SAID}
    hints = [say(hint) for hint in question.hints]
    return NumericQuestion(**parts, **said, hints=hints, type="numeric", value=_decimal(result(question, values)))


def result(question: CalculatedQuestion, values: Mapping[str, Decimal]) -> Fraction:
    """The right number: rounded half-up to the question's decimals, else to nine. Raises WrongFormula."""
    exact = _formula(question.formula).value(values)
    rounded = calculation.half_up(exact, MOST_DECIMALS if question.decimals is None else question.decimals)
    if abs(rounded) >= _TOO_BIG:
        raise WrongFormula("a result out of bounds", "at most 15 digits")
    return rounded


def what_fails(question: CalculatedQuestion) -> tuple[WrongFormula, Mapping[str, Decimal]] | None:
    """The first values with which the formula cannot be computed, and why: of the ends of the ranges, with each other
    (at most 64 of them), then of twenty draws, always the same. None when all can."""
    for values in _tried(question):
        try:
            result(question, values)
        except WrongFormula as wrong:
            return wrong, values
    return None


def grid(variable: Variable) -> range:
    """The values of a variable, as whole numbers of its last decimal; empty when none lies in its range."""
    scale = 10**variable.decimals
    return range(math.ceil(Fraction(variable.low) * scale), math.floor(Fraction(variable.high) * scale) + 1)


def _tried(question: CalculatedQuestion) -> Iterator[dict[str, Decimal]]:
    names = [variable.name for variable in question.variables]
    ends = [_ends(variable) for variable in question.variables]
    for corner in islice(product(*ends), MOST_CORNERS):
        yield dict(zip(names, corner, strict=True))
    chance = random.Random(question.formula)  # noqa: S311 - nothing secret: always the same draws
    for _ in range(DRAWS_TRIED):
        yield {variable.name: _drawn(variable, chance) for variable in question.variables}


def _ends(variable: Variable) -> list[Decimal]:
    values = grid(variable)
    return sorted({_on(variable, values[0]), _on(variable, values[-1])}) if values else []


def _drawn(variable: Variable, chance: random.Random) -> Decimal:
    values = grid(variable)
    if not values:
        raise WrongFormula(f"no value for “{variable.name}”", "a range with a number of its decimals in it")
    return _on(variable, chance.randint(values[0], values[-1]))


def _on(variable: Variable, steps: int) -> Decimal:
    return Decimal(steps).scaleb(-variable.decimals)


def _decimal(value: Fraction) -> Decimal:
    """A value with at most nine decimals, exactly, without zeros at its end."""
    if value.denominator == 1:
        return Decimal(int(value))
    return Decimal(int(value * 10**MOST_DECIMALS)).scaleb(-MOST_DECIMALS).normalize()


@lru_cache(maxsize=512)
def _formula(text: str) -> Formula:
    return calculation.read(text)
