"""Leafing through a list: the page that an address asks for."""

import pytest

from app.core.pagination import page_number


@pytest.mark.parametrize("text", [None, "", "0", "-1", "2.5", "x", "²", "9" * 5000, "1000000"])
def test_what_makes_no_sense_is_the_first_page(text: str | None) -> None:
    assert page_number(text) == 1


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("007", 7), ("999999", 999_999)])
def test_a_number_is_that_page(text: str, number: int) -> None:
    assert page_number(text) == number
