"""Prices on both sides of the tax: exact inside, rounded half-up only when shown."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.playbook.prices import shown, taxed

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
rates = st.decimals(min_value=0, max_value=100, places=3)


@given(amounts, rates)
def test_taking_the_tax_off_gives_back_the_amount_exactly(amount: Decimal, rate: Decimal) -> None:
    there = taxed(amount, "excluded", rate)
    back = Fraction(amount) * (1 + Fraction(rate) / 100)

    assert there.included == back
    assert there.included / (1 + Fraction(rate) / 100) == there.excluded == Fraction(amount)
    assert there.excluded + there.vat == there.included


@given(amounts, rates)
def test_an_amount_written_tax_included_stays_what_was_written(amount: Decimal, rate: Decimal) -> None:
    assert taxed(amount, "included", rate).included == Fraction(amount)


@given(amounts, st.integers(min_value=0, max_value=4))
def test_what_is_shown_is_what_decimal_rounds_half_up(amount: Decimal, decimals: int) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)

    assert shown(Fraction(amount), decimals) == expected


@given(st.fractions(), st.integers(min_value=0, max_value=4))
def test_what_is_shown_is_never_further_than_half_a_unit(exact: Fraction, decimals: int) -> None:
    assert abs(Fraction(shown(exact, decimals)) - exact) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("amount", "tax", "rate", "excluded", "included"),
    [
        ("390.00", "excluded", "20", "390.00", "468.00"),
        ("120.00", "included", "20", "100.00", "120.00"),
        ("0.05", "excluded", "5.5", "0.05", "0.05"),
        ("10.00", "excluded", "2.1", "10.00", "10.21"),
        ("0.10", "excluded", "5", "0.10", "0.11"),  # 0.105: half goes up
        ("18.00", "excluded", "0", "18.00", "18.00"),
    ],
)
def test_known_prices(amount: str, tax: str, rate: str, excluded: str, included: str) -> None:
    both = taxed(Decimal(amount), tax, Decimal(rate))  # type: ignore[arg-type]

    assert (str(shown(both.excluded)), str(shown(both.included))) == (excluded, included)


def test_a_rate_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="VAT"):
        taxed(Decimal(1), "excluded", Decimal(-1))


def test_a_tie_below_zero_goes_away_from_zero_and_nothing_is_minus_zero() -> None:
    assert str(shown(Fraction(-125, 1000))) == "-0.13"
    assert str(shown(Fraction(-1, 1000))) == "0.00"
