"""Keys that are made from a title, and stay once they are published: what a reader did is kept under them."""

import re
from typing import Any

from app.core.folding import fold
from app.library.authoring.fields.asking import Asked, Control

LONGEST = 100


def make(asked: Asked, rows: list[Any], old: list[Any], settled: frozenset[str]) -> None:
    """Give a row without a key one from its title, and another when the title changed before it was published.

    `old` are the rows as they were, `settled` the keys that stay whatever their title.
    """
    made = next((each for each in next(iter(asked.kinds.values())) if each.control is Control.MADE), None)
    if made is None:
        return
    name, source = made.name, made.ask.made_from
    titles = {row[name]: row.get(source) for row in old if isinstance(row, dict) and isinstance(row.get(name), str)}
    to_make = [
        place
        for place, row in enumerate(rows)
        if isinstance(row, dict) and _is_to_make(row.get(name), row.get(source), titles, settled)
    ]
    taken = {
        row[name]
        for place, row in enumerate(rows)
        if place not in to_make and isinstance(row, dict) and isinstance(row.get(name), str)
    }
    for place in to_make:
        key = _free(key_of(rows[place][source]), taken)
        taken.add(key)
        rows[place] = {name: key, **{each: value for each, value in rows[place].items() if each != name}}


def _is_to_make(key: Any, title: Any, titles: dict[str, Any], settled: frozenset[str]) -> bool:
    """A key that somebody chose, rather than made from the title, stays."""
    if not key_of(title):
        return False
    if key is None or key == "":
        return True
    if not isinstance(key, str) or key in settled or key not in titles or titles[key] == title:
        return False
    return re.sub(r"-[0-9]+$", "", key) == key_of(titles[key]) or key == key_of(titles[key])


def key_of(title: Any) -> str:
    """Lower-case words joined by hyphens.

    >>> key_of("Prix : le « dire » à l’écrit")
    'prix-le-dire-a-l-ecrit'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(title))[:LONGEST].strip("-") if isinstance(title, str) else ""


def _free(key: str, taken: set[str]) -> str:
    number = 1
    free = key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free
