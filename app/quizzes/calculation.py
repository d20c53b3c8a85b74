"""Formulas of calculated questions: read by a small grammar of our own, computed exactly, never run as code.

Numbers with a decimal point, variables (also as `{ht}`), `+ - * / ^ **`, parentheses, `min max abs round floor ceil`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class WrongFormula(ValueError):
    """A formula that cannot be read or computed: what is wrong, and what is expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(f"{what}, expected {expected}")
        self.what, self.expected = what, expected


@dataclass(frozen=True)
class Formula:
    """A formula that was read: the names of its variables."""

    text: str
    names: frozenset[str]

    def value(self, values: Mapping[str, Decimal | Fraction]) -> Fraction:
        """The exact result. Raises WrongFormula: a division by zero, a result out of bounds."""
        raise NotImplementedError


def read(text: str) -> Formula:
    """Raises WrongFormula."""
    raise NotImplementedError
