"""What a form shows at once, and what it folds away: fields that few documents need."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.library.authoring.fields.asking import Asked, Control


@dataclass(frozen=True)
class Parted:
    """Fields shown at once, and the rare ones. `is_open`: one of these is wrong, or is stood on; `filled`: the labels
    of those that hold something."""

    plain: tuple[Any, ...]
    rare: tuple[Any, ...]
    is_open: bool
    filled: tuple[str, ...]


def parted(fields: Iterable[Any], at: str) -> Parted:
    """Part the fields of a form, which know what they ask. `at` is the name of the row to stand on."""
    plain: list[Any] = []
    rare: list[Any] = []
    for each in fields:
        (rare if each.asked.ask.is_rare else plain).append(each)
    is_open = any(_is_wrong(each) or at.startswith(f"{each.name}-") for each in rare)
    filled = tuple(str(each.asked.ask.label) for each in rare if _holds_something(each.asked, each.data))
    return Parted(tuple(plain), tuple(rare), is_open, filled)


def _is_wrong(field: Any) -> bool:
    inner = field.entries if field.asked.control is Control.ROWS else ()
    return bool(field.said) or any(entry.form.is_wrong for entry in inner)


def _holds_something(asked: Asked, data: Any) -> bool:
    if asked.control is Control.TICK:
        return bool(data) != (asked.default == "true")
    if isinstance(data, dict):
        return any(data.values())
    return bool(data)
