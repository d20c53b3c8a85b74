"""Ordering what the index found: one scorer for both databases, on plain strings, so that both order alike.

An entry's terms are written " word/stem word/stem … ", with a space at both ends: a whole word is " word/", a stem
"/stem ", a beginning " word".
"""

from dataclasses import dataclass
from functools import cached_property

from app.library.analysis import Query

EXACT, SAME_STEM, BEGINNING = 3.0, 2.5, 2.0
HEADLINE_WEIGHT = 10.0
MOST_COUNTED = 5


@dataclass(frozen=True)
class Pattern:
    """What each query word looks like among an entry's terms: the whole word, its stem, its beginning.

    A beginning is empty for a word typed to its end.
    """

    signs: tuple[tuple[str, str, str], ...]

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Every form to highlight."""
        return tuple(form for _, stem, beginning in self.signs for form in (stem, beginning) if form)


def pattern(query: Query, *, typing: bool, other_language: bool = False) -> Pattern:
    """The patterns of a query; while `typing`, the last word may be a beginning."""
    last = len(query.words) - 1
    stems = query.other_stems if other_language else query.stems
    return Pattern(
        tuple(
            (f" {word}/", f"/{stem} ", f" {word}" if typing and index == last else "")
            for index, (word, stem) in enumerate(zip(query.words, stems, strict=True))
        )
    )


def score(headline: str, terms: str, sought: Pattern) -> float:
    """How well an entry answers; higher is better.

    The client's words and titles come first: each query word found there counts by how exactly it was found, and the
    sum is weighted by how much of the headline it makes up. In the body, frequency (up to a bound) decides.
    """
    in_headline = 0.0
    in_body = 0
    for word, stem, beginning in sought.signs:
        if word in headline:
            in_headline += EXACT
        elif stem in headline:
            in_headline += SAME_STEM
        elif beginning and beginning in headline:
            in_headline += BEGINNING
        count = terms.count(stem) or (terms.count(beginning) if beginning else 0)
        in_body += count if count < MOST_COUNTED else MOST_COUNTED
    wanted = len(sought.signs)
    if in_headline:
        in_headline *= HEADLINE_WEIGHT * (1 + wanted / (wanted + headline.count("/")))
    return in_headline + in_body / (MOST_COUNTED * wanted)


def best_position(terms: str, sought: Pattern) -> int | None:
    """Where in the text a snippet should show something: the number of the word, None when no word is there.

    Of the places where each query word first stands, the one with the most other query words close after it.
    """
    found = [place for _, stem, beginning in sought.signs if (place := _first(terms, stem, beginning)) is not None]
    if not found:
        return None
    return max(found, key=lambda place: (sum(0 <= other - place < 16 for other in found), -place))


def _first(terms: str, stem: str, beginning: str) -> int | None:
    at = terms.find(stem)
    if at < 0 and beginning:
        at = terms.find(beginning) + 1 if beginning in terms else -1
    # Each word but the first has a space before it, and the string begins with one.
    return terms.count(" ", 0, at + 1) - 1 if at >= 0 else None


def places(terms: str, sought: Pattern) -> list[int]:
    """The numbers of the words that were asked for, in order: what a snippet highlights."""
    found: set[int] = set()
    for sign in sought.marks:
        at = terms.find(sign)
        while at >= 0:
            # The space before the word has been passed when the sign is a stem's, or is the sign's own first letter.
            found.add(terms.count(" ", 0, at + 1) - 1)
            at = terms.find(sign, at + 1)
    return sorted(found)
