"""The facts of offers by names that stay when they move or change: what keys of questions are made of."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from app.core.folding import fold
from app.playbook.documents import Characteristic, Competitor, Limit, OfferFacts, Price

LONGEST_NAME = 40

# A limit has no name but its words: its numbers are left out, so that it stays the same limit when they change.
NUMBER_WORDS = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent "
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred "
    "thousand mille".split()
)

Row = TypeVar("Row")


@dataclass(frozen=True)
class Named(Generic[Row]):
    """A fact and its name, unlike that of any other fact of its kind in the offer."""

    name: str
    row: Row


@dataclass(frozen=True)
class Offer:
    """An offer: its id, its title, its facts."""

    id: str
    title: str
    facts: OfferFacts

    @cached_property
    def characteristics(self) -> list[Named[Characteristic]]:
        """The characteristics."""
        return _named((name_of(row.name), row) for row in self.facts.characteristics)

    @cached_property
    def limits(self) -> list[Named[Limit]]:
        """The limits."""
        return _named((name_of(_without_numbers(row.limit)), row) for row in self.facts.limits)

    @cached_property
    def prices(self) -> list[Named[Price]]:
        """The prices."""
        return _named((name_of(row.item), row) for row in self.facts.prices)

    @cached_property
    def competitors(self) -> list[Named[Competitor]]:
        """The competitors."""
        return _named((name_of(row.name), row) for row in self.facts.competitors)

    def characteristic(self, name: str) -> Characteristic | None:
        """The characteristic of this name."""
        return next((each.row for each in self.characteristics if each.name == name), None)


def name_of(words: str) -> str:
    """Words as a piece of a key; long ones are cut, and told apart by a digest.

    >>> name_of("Étanchéité et résistance"), name_of("12 m²")
    ('etancheite-et-resistance', '12-m2')
    """
    name = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 7].rstrip('-')}-{_digest(name)[:6]}"
    return name or _digest(words)[:6]


def ranked(texts: Iterable[str], salt: str) -> list[str]:
    """Texts in an order that depends on each of them and on `salt` alone: one more or less moves none of the others."""
    return sorted(texts, key=lambda text: (_digest(f"{salt}\n{text}"), text))


def groups(rows: Sequence[Named[Row]], most: int) -> list[list[Named[Row]]]:
    """Facts by name, in as few groups of at most `most` as there need be, of about one size."""
    ordered = sorted(rows, key=lambda each: each.name)
    number = -(-len(ordered) // most)
    return [ordered[len(ordered) * at // number : len(ordered) * (at + 1) // number] for at in range(number)]


def _named(rows: Iterable[tuple[str, Row]]) -> list[Named[Row]]:
    """Without those whose name is not theirs alone: nobody could say which one a question is about."""
    found = [Named(name, row) for name, row in rows]
    times = Counter(each.name for each in found)
    return [each for each in found if times[each.name] == 1]


def _without_numbers(words: str) -> str:
    kept = [word for word in re.sub(r"[^a-z0-9]+", " ", fold(words)).split() if not word.isdigit()]
    return " ".join(word for word in kept if word not in NUMBER_WORDS)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
