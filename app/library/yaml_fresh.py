"""Values that are written in YAML for the first time: in blocks, short lists of short words in brackets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.library.yaml_layout import LINE_END
from app.library.yaml_scalars import STEP, is_block, is_plain, written

LONGEST_WORD, LONGEST_LIST = 24, 72


@dataclass(frozen=True)
class Fresh:
    """How a text writes: its line ends, and by how much its lists stand further right than their key."""

    newline: str
    offset: int

    def mapping(self, values: Mapping[str, Any], column: int) -> str:
        """Keys and values; the first line is not moved to its column."""
        lines = [f"{self.key(key)}:{self.after_key(value, column)}" for key, value in values.items()]
        return (self.newline + " " * column).join(lines)

    def key(self, key: str) -> str:
        """A key, in quotes where it is no plain word."""
        return written(key, flow=True)

    def after_key(self, value: Any, column: int, style: str | None = None, tail: str = "") -> str:
        """What follows a key's colon; `tail` is the comment of its line."""
        if isinstance(value, Mapping) and value:
            inner = column + STEP
            return tail + self.newline + " " * inner + self.mapping(value, inner)
        if isinstance(value, list) and not _fits_in_brackets(value):
            inner = column + self.offset
            return tail + self.newline + " " * inner + self.rows(value, inner)
        return " " + with_tail(self._inline(value, column, style), tail, self.newline)

    def rows(self, values: Sequence[Any], column: int) -> str:
        """Rows with their hyphens; the first is not moved to its column."""
        return (self.newline + " " * column).join("- " + self.row(value, column) for value in values)

    def row(self, value: Any, column: int) -> str:
        """What follows a hyphen and its space."""
        if isinstance(value, Mapping) and value:
            return self.mapping(value, column + STEP)
        if isinstance(value, list) and not _fits_in_brackets(value):
            return self.rows(value, column + STEP)
        return self._inline(value, column, None)

    def _inline(self, value: Any, column: int, style: str | None) -> str:
        if isinstance(value, Mapping):
            return "{}"
        if isinstance(value, list):
            return f"[{', '.join(written(each, flow=True) for each in value)}]"
        return written(value, indent=column, style=style, newline=self.newline)


def with_tail(shown: str, tail: str, newline: str) -> str:
    """A value and the comment after it: beside the sign of a block, whose lines are text."""
    if not tail.strip():
        return shown if is_block(shown) else shown + tail
    if not is_block(shown):
        return shown + tail
    if LINE_END.search(tail):
        return shown
    sign, _, lines = shown.partition(newline)
    return sign + tail + newline + lines


def _fits_in_brackets(values: Sequence[Any]) -> bool:
    if not all(isinstance(each, str) and len(each) <= LONGEST_WORD and is_plain(each, flow=True) for each in values):
        return not values
    return sum(len(each) + 2 for each in values) <= LONGEST_LIST
