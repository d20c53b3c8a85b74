"""Prices with and without value-added tax: exact inside, rounded half-up only when shown.

HT (hors taxes) is before tax, TTC (toutes taxes comprises) after: TTC = HT × (1 + t), HT = TTC ÷ (1 + t).
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Tax = Literal["excluded", "included"]


@dataclass(frozen=True)
class TaxedAmount:
    """One amount, exactly, on both sides of the tax. `vat_rate` is in percent."""

    excluded: Fraction
    included: Fraction
    vat_rate: Decimal

    @property
    def vat(self) -> Fraction:
        """The tax itself."""
        return self.included - self.excluded


def taxed(amount: Decimal, tax: Tax, vat_rate: Decimal) -> TaxedAmount:
    """Both sides of an amount that is written `tax` excluded or included. Raises ValueError for a rate below zero."""
    if vat_rate < 0:
        raise ValueError(f"a VAT rate of {vat_rate} %")
    factor = 1 + Fraction(vat_rate) / 100
    written = Fraction(amount)
    if tax == "included":
        return TaxedAmount(written / factor, written, vat_rate)
    return TaxedAmount(written, written * factor, vat_rate)


def shown(exact: Fraction, decimals: int = 2) -> Decimal:
    """An amount as it is shown: rounded half-up, away from zero when it is just between two.

    >>> shown(Fraction("0.125"))
    Decimal('0.13')
    >>> shown(Fraction("-0.125"))
    Decimal('-0.13')
    """
    scaled = abs(exact) * 10**decimals
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # From its digits, because arithmetic on Decimal rounds what is longer than the context's precision.
    digits = tuple(int(digit) for digit in str(units))
    return Decimal((1 if exact < 0 and units else 0, digits, -decimals))
