"""The glossary's order: words by letter, whatever their case and accents, each with an address on the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.core.folding import fold

OTHERS = "#"


@dataclass(frozen=True)
class Word:
    """A word of the trade. `synonyms` come with the anchor of each, so that a link to one arrives here."""

    term: str
    anchor: str
    definition: str
    synonyms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Letter:
    """The words that begin with it; `OTHERS` gathers those that begin with no letter."""

    letter: str
    words: tuple[Word, ...]


def by_letter(words: Iterable[Word]) -> list[Letter]:
    """The words in alphabetical order, under their letters; those without a letter come first."""
    ordered = sorted(words, key=lambda word: (_letter(word) != OTHERS, fold(word.term), word.term))
    return [Letter(letter, tuple(those)) for letter, those in groupby(ordered, key=_letter)]


def _letter(word: Word) -> str:
    first = fold(word.term)[:1].upper()
    return first if first.isalpha() else OTHERS
