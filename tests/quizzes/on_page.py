"""Replies as a page names them: by the numbers it shows, not by places in the file."""

from collections.abc import Sequence
from typing import Any

from app.quizzes import arrangement


def on_page(question: Any, order: Sequence[int], values: Sequence[str]) -> list[str]:
    """What the fields would send for these values, which name places in the file; foreign ones stay as they are."""
    numbers = arrangement.numbers(question, order)
    if numbers is None:
        return list(values)
    return [_on_page(numbers, value) for value in values]


def _on_page(numbers: arrangement.Numbers, value: str) -> str:
    thing, colon, place = value.partition(":")
    return _number(numbers.things, thing) + colon + (_number(numbers.places, place) if colon else "")


def _number(places: Sequence[int], place: str) -> str:
    return str(list(places).index(int(place))) if place.isdecimal() and int(place) in places else place
