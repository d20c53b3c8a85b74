"""Questions answered by typing: a number, the result of a calculation, a few words."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from app.library.kinds import Line, Words
from app.playbook.documents import Exact
from app.quizzes import wording
from app.quizzes.questions.parts import ALL, NOTHING, Part, Share, Told
from app.quizzes.wording import Accepted


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise ValueError(f"the tolerance {value}; expected zero or more")
    return value


Tolerance = Annotated[Exact, AfterValidator(_not_negative)]


class OtherUnit(Part):
    """Another unit that a reply may be in: `factor` of the question's unit make one of it (k€: 1000)."""

    unit: Line = Field(min_length=1, max_length=20)
    factor: Exact = Field(gt=0)


class OtherNumber(Part):
    """Another number that earns a part of the points, or none but words of its own."""

    value: Exact
    tolerance: Tolerance = Decimal(0)
    credit: Share = "0"
    feedback: Words


class _Number(Told):
    """`tolerance` is absolute, `relative_tolerance` in percent of the value: a reply is right within either."""

    tolerance: Tolerance = Decimal(0)
    relative_tolerance: Tolerance = Decimal(0)
    unit: str | None = None
    other_units: list[OtherUnit] = Field(default=[], max_length=10)

    @cached_property
    def units(self) -> tuple[tuple[str, Fraction], ...]:
        """The other units that a reply may name, with how many of the question's unit make one of each."""
        return tuple((each.unit, Fraction(each.factor)) for each in self.other_units)


class NumericQuestion(_Number):
    """A number, within a tolerance."""

    type: Literal["numeric"]
    value: Exact
    also: list[OtherNumber] = Field(default=[], max_length=12)

    @cached_property
    def bounds(self) -> tuple[tuple[Fraction, Fraction, Fraction], ...]:
        """From what to what, both included, a number earns which share: the right ones, then the others."""
        value = Fraction(self.value)
        near = max(Fraction(self.tolerance), abs(value) * Fraction(self.relative_tolerance) / 100)
        rows = [(value, near, ALL)]
        rows += [(Fraction(each.value), Fraction(each.tolerance), Fraction(each.credit)) for each in self.also]
        return tuple((value - near, value + near, max(NOTHING, credit)) for value, near, credit in rows)


class Variable(Part):
    """A number drawn for each attempt: from `low` to `high`, with so many decimals."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")
    low: Exact
    high: Exact
    decimals: int = Field(default=0, ge=0, le=6)

    @model_validator(mode="after")
    def _from_low_to_high(self) -> "Variable":
        if self.low > self.high:
            raise ValueError(f"“{self.name}” from {self.low} to {self.high}; expected the lower one first")
        return self


class CalculatedQuestion(_Number):
    """A number that follows from others: `{name}` in the texts stands for a variable, whose value each attempt draws.

    `formula` gives the right number (`calculation.py` says what it may hold), rounded half-up to `decimals` when given.
    """

    type: Literal["calculated"]
    variables: list[Variable] = Field(min_length=1, max_length=12)
    formula: str = Field(min_length=1, max_length=300)
    decimals: int | None = Field(default=None, ge=0, le=6)


class OtherWords(Part):
    """Other words that earn a part of the points, or none but words of their own; `*` stands for any letters."""

    text: Words = Field(max_length=200)
    credit: Share = "0"
    feedback: Words


class ShortAnswerQuestion(Told):
    """A few words. `*` among the accepted ones stands for any letters, `\\*` for a star.

    `near_miss_credit` is earned by a reply that is one typing error away, and is told so.
    """

    type: Literal["short_answer"]
    accepted: list[str] = Field(min_length=1)
    also: list[OtherWords] = Field(default=[], max_length=30)
    case_counts: bool = False
    accents_count: bool = False
    near_miss_credit: Share = "0"

    @cached_property
    def acceptable(self) -> Accepted:
        """The accepted words, ready to be compared."""
        return wording.accepted(self.accepted, case=self.case_counts, accents=self.accents_count)

    @cached_property
    def others(self) -> tuple[tuple[Accepted, Fraction], ...]:
        """The other words, ready to be compared, and what they earn."""
        return tuple(
            (
                wording.accepted([each.text], case=self.case_counts, accents=self.accents_count),
                max(NOTHING, Fraction(each.credit)),
            )
            for each in self.also
        )

    @cached_property
    def near_share(self) -> Fraction:
        """What a near miss earns."""
        return Fraction(self.near_miss_credit)

    @model_validator(mode="after")
    def _a_near_miss_earns_no_more_than_all(self) -> "ShortAnswerQuestion":
        if self.near_miss_credit.startswith("-"):
            raise ValueError(f"the near miss credit {self.near_miss_credit}; expected zero or more")
        return self
