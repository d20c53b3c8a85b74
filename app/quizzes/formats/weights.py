"""Shares of the points as other platforms write them: percentages with five decimals, standing for exact fractions."""

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

_NEAR, _NEARER = Fraction(5, 100_000), Fraction(6, 100_000_000)
_TYPED = (3, 6, 7, 9)  # shares that people write with two decimals; others are taken for one only with five
_LARGEST = 20  # denominator
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}(?:[.,][0-9]{0,30})?|[.,][0-9]{1,30})(?:[eE][+-]?[0-9]{1,2})?")


def number(text: str) -> Decimal | None:
    """A number with a point or a comma; None for anything else.

    >>> number(" 3,5 "), number("1e400"), number("abc")
    (Decimal('3.5'), None, None)
    """
    plain = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def fraction_of(percent: str) -> Fraction | None:
    """The share that a percentage stands for: 33.33333 is a third. None when it is no number from −100 to 100.

    >>> fraction_of("33.33333"), fraction_of("-50"), fraction_of("12.5"), fraction_of("101")
    (Fraction(1, 3), Fraction(-1, 2), Fraction(1, 8), None)
    """
    found = number(percent)
    if found is None or abs(found) > 100:
        return None
    return _exact(Fraction(found) / 100)


def share_of(value: Decimal) -> Fraction:
    """The share that a decimal stands for, where it was rounded: 0.33333 is a third."""
    return _exact(Fraction(value))


def _exact(share: Fraction) -> Fraction:
    if share.denominator <= 10_000 and (share * 1000).denominator == 1:
        return share
    near = share.limit_denominator(_LARGEST)
    within = _NEAR if near.denominator in _TYPED else _NEARER
    return near if abs(near - share) <= within else share


def percent_of(share: Fraction) -> str:
    """A share in percent with at most five decimals, as Moodle writes it.

    >>> percent_of(Fraction(1, 3)), percent_of(Fraction(-1, 2))
    ('33.33333', '-50')
    """
    return decimal_text(round(share * 100, 5))


def inverse(value: Decimal) -> Decimal:
    """One divided by a number, as the short decimal that it stands for: 0.0166666667 is a sixtieth.

    >>> inverse(Decimal("0.001")), inverse(Decimal("0.016666666667"))
    (Decimal('1000'), Decimal('60'))
    """
    exact = 1 / Fraction(value)
    near = round(exact, 6)
    if near and abs(near - exact) <= exact * Fraction(1, 10**8):
        exact = near
    return Decimal(decimal_text(round(exact, 12)))


def decimal_text(value: Fraction | Decimal) -> str:
    """A number with a finite decimal writing, in plain digits."""
    exact = Fraction(value)
    written = format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
