"""Pages of a list, by number: small lists that a person leafs through."""

from dataclasses import dataclass
from typing import Generic, TypeVar

PER_PAGE = 50
LONGEST_NUMBER = 6  # digits; Python refuses to read thousands of them

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of `items`; `number` counts from 1."""

    items: list[T]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.per_page))


def page_number(text: str | None) -> int:
    """The page asked for, 1 when what was asked for makes no sense."""
    return max(1, int(text)) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else 1
