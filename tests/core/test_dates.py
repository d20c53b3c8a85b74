"""Dates in words: the first of a month in French, and nothing else changed."""

from datetime import UTC, date, datetime

import pytest

from app.core import dates


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        (date(2026, 12, 1), "fr", "mardi 1er décembre 2026"),
        (date(2026, 12, 11), "fr", "vendredi 11 décembre 2026"),
        (date(2026, 12, 21), "fr", "lundi 21 décembre 2026"),
        (date(2026, 12, 1), "en", "Tuesday 1 December 2026"),
    ],
)
def test_french_says_first_and_then_counts(day: date, language: str, written: str) -> None:
    assert dates.in_words(day, "EEEE d MMMM y", language) == written


def test_a_moment_keeps_its_hour() -> None:
    moment = datetime(2026, 12, 1, 14, 5, tzinfo=UTC)
    assert dates.in_words(moment, "d MMM y, HH:mm", "fr") == "1er déc. 2026, 14:05"
