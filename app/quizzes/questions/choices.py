"""Questions answered by picking: one option, several, true or false."""

import math
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from app.library.kinds import Words
from app.quizzes.questions.parts import ALL, NOTHING, Base, Part, Share


class Option(Part):
    """A reply to choose, whether it is right, and what to say to the one who chose it.

    `credit` is the share of the points that choosing it earns or costs; without it, see the question's `shares`.
    """

    text: Words
    right: bool = False
    feedback: Words
    credit: Share | None = None


class _WithOptions(Base):
    options: list[Option] = Field(min_length=2, max_length=12)
    shuffle: bool = True

    @cached_property
    def right(self) -> frozenset[int]:
        """The places of the right options, from 0."""
        return frozenset(place for place, option in enumerate(self.options) if option.right)


class SingleQuestion(_WithOptions):
    """One option is right. Another may earn a part of the points."""

    type: Literal["single"]

    @cached_property
    def shares(self) -> tuple[Fraction, ...]:
        """What each option earns, from 0 to 1: its credit, else 1 for the right one and 0."""
        return tuple(
            max(NOTHING, Fraction(each.credit)) if each.credit else (ALL if each.right else NOTHING)
            for each in self.options
        )

    @model_validator(mode="after")
    def _exactly_one_right(self) -> "SingleQuestion":
        if len(self.right) != 1:
            raise ValueError(f"{len(self.right)} right options in “{self.key}”; expected exactly one “right: true”")
        for option in self.options:
            if option.credit and (Fraction(option.credit) == ALL) != option.right:
                raise ValueError(f"the credit {option.credit} in “{self.key}”; expected 1 for the right option alone")
        return self


class MultipleQuestion(_WithOptions):
    """Several options may be right; credit is partial."""

    type: Literal["multiple"]

    @cached_property
    def shares(self) -> tuple[Fraction, ...]:
        """What each option earns or costs: its credit; where none has one, 1/R for a right one and −1/W for a wrong
        one (R right, W wrong); else 0."""
        if any(option.credit for option in self.options):
            return tuple(Fraction(option.credit or 0) for option in self.options)
        gain, cost = Fraction(1, len(self.right)), Fraction(-1, len(self.options) - len(self.right))
        return tuple(gain if option.right else cost for option in self.options)

    @cached_property
    def weights(self) -> tuple[tuple[int, ...], int]:
        """The shares as whole numbers, and how many of these make all the points."""
        whole = math.lcm(*(share.denominator for share in self.shares))
        return tuple(int(share * whole) for share in self.shares), whole

    @model_validator(mode="after")
    def _some_right_some_wrong(self) -> "MultipleQuestion":
        if len(self.right) in (0, len(self.options)):
            raise ValueError(
                f"{len(self.right)} right options in “{self.key}”; expected at least one right and one wrong"
            )
        for option, share in zip(self.options, self.shares, strict=True):
            if (share > NOTHING) != option.right:
                raise ValueError(f"the credit {option.credit} in “{self.key}”; expected more than 0 for right options")
        if sum(self.shares[place] for place in self.right) != ALL:
            raise ValueError(f"the credits of “{self.key}”; expected those of the right options to add up to 1")
        return self


class TrueFalseQuestion(Base):
    """True or false."""

    type: Literal["true_false"]
    answer: bool
    if_true: Words
    if_false: Words
