"""Ordering what the index found: one scorer for both databases, on plain strings, so that both order alike.

An entry's terms are written " word/stem word/stem … ", with a space at both ends: a whole word is " word/", a stem
"/stem ", a beginning " word".
"""

from dataclasses import dataclass

from app.library.analysis import Query

EXACT, SAME_STEM, BEGINNING = 3.0, 2.5, 2.0
HEADLINE_WEIGHT = 10.0
MOST_COUNTED = 5


@dataclass(frozen=True)
class Pattern:
    """What each query word looks like among an entry's terms. `beginnings` is empty for a word typed to its end."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    beginnings: tuple[str, ...]


def pattern(query: Query, *, typing: bool) -> Pattern:
    """The patterns of a query; while `typing`, the last word may be a beginning."""
    last = len(query.words) - 1
    return Pattern(
        words=tuple(f" {word}/" for word in query.words),
        stems=tuple(f"/{stem} " for stem in query.stems),
        beginnings=tuple(f" {word}" if typing and index == last else "" for index, word in enumerate(query.words)),
    )


def score(headline: str, terms: str, sought: Pattern) -> float:
    """How well an entry answers; higher is better.

    The client's words and titles come first: each query word found there counts by how exactly it was found, and the
    sum is weighted by how much of the headline it makes up. In the body, frequency (up to a bound) decides.
    """
    in_headline = 0.0
    in_body = 0.0
    for word, stem, beginning in zip(sought.words, sought.stems, sought.beginnings, strict=True):
        in_headline += _level(headline, word, stem, beginning)
        count = terms.count(stem) or (terms.count(beginning) if beginning else 0)
        in_body += min(count, MOST_COUNTED)
    if in_headline:
        length = headline.count("/")
        in_headline *= HEADLINE_WEIGHT * (1 + len(sought.words) / (len(sought.words) + length))
    return in_headline + in_body / (MOST_COUNTED * len(sought.words))


def _level(headline: str, word: str, stem: str, beginning: str) -> float:
    if word in headline:
        return EXACT
    if stem in headline:
        return SAME_STEM
    return BEGINNING if beginning and beginning in headline else 0.0


def best_position(terms: str, sought: Pattern) -> int | None:
    """Where in the text a snippet should show something: the number of the word, None when no word is there.

    Of the places where each query word first stands, the one with the most other query words close after it.
    """
    found = [
        place
        for word, stem, beginning in zip(sought.words, sought.stems, sought.beginnings, strict=True)
        if (place := _first(terms, stem, beginning)) is not None
    ]
    if not found:
        return None
    return max(found, key=lambda place: (sum(0 <= other - place < 16 for other in found), -place))


def _first(terms: str, stem: str, beginning: str) -> int | None:
    at = terms.find(stem)
    if at < 0 and beginning:
        at = terms.find(beginning) + 1 if beginning in terms else -1
    # Each word but the first has a space before it, and the string begins with one.
    return terms.count(" ", 0, at + 1) - 1 if at >= 0 else None


def matches(word: str, stem: str, query: Query, *, typing: bool) -> bool:
    """Whether a word of a text is one that was asked for, so that it is highlighted."""
    if stem in query.stems or word in query.words:
        return True
    return typing and bool(query.words) and word.startswith(query.words[-1])
