"""Shares that come up again and again, made once."""

from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=4096)
def part(right: int, of: int) -> Fraction:
    """So many of so many, kept between 0 and 1."""
    return Fraction(min(max(right, 0), of), of)
