"""Ordering what the index found: one scorer for both databases, on plain strings, so that both order alike.

An entry's terms are written " word/stem word/stem … ", with a space at both ends: a whole word is " word/", a stem
"/stem ", a beginning " word".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.library.analysis import SOFT, Query

EXACT, SAME_STEM, BEGINNING = 3.0, 2.5, 2.0
HEADLINE_WEIGHT = 10.0
SOFT_WEIGHT = 0.05
# A term is shorter than any title, and a title alone answers nothing: what is about the same comes first.
ARTICLE_WEIGHT = BARE_TITLE_WEIGHT = 0.7
MOST_COUNTED = 5
MOST_PLACES = 5
NEAR = 16  # words
_NEAR = 15 * NEAR  # about as many characters of terms


class Sign(NamedTuple):
    """How a query word looks among terms; `beginning` is empty for a word typed to its end. `wanted`: must be there."""

    word: str
    stem: str
    beginning: str
    weight: float
    wanted: bool


@dataclass(frozen=True)
class Pattern:
    """What each query word looks like among an entry's terms."""

    signs: tuple[Sign, ...]

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The forms to highlight in a text: of the words that say what, if there is one."""
        telling = [sign for sign in self.signs if sign.wanted and sign.word[1:-1] not in SOFT]
        telling = telling or [sign for sign in self.signs if sign.wanted]
        return tuple(form for sign in telling for form in (sign.stem, sign.beginning) if form)

    @cached_property
    def title_marks(self) -> tuple[str, ...]:
        """The forms to highlight in a title: every word typed."""
        return tuple(form for sign in self.signs for form in (sign.stem, sign.beginning) if form)


def pattern(query: Query, *, other_language: bool = False, weights: Sequence[float] | None = None) -> Pattern:
    """The patterns of a query. `weights`: what each word is worth, when they are not worth the same."""
    last = len(query.words) - 1
    wanted = frozenset(query.wanted)
    signs = []
    for index, (word, stem) in enumerate(
        zip(query.words, query.other_stems if other_language else query.stems, strict=True)
    ):
        worth = weights[index] if weights else 1.0
        signs.append(
            Sign(
                f" {word}/",
                f"/{stem} ",
                f" {word}" if query.begun and index == last else "",
                worth if index in wanted else SOFT_WEIGHT * worth,
                index in wanted,
            )
        )
    return Pattern(tuple(signs))


def has_only_begun(headline: str, terms: str, sought: Pattern) -> bool:
    """Whether an entry has the last word as a longer one only: what is typed may be a whole word."""
    last = sought.signs[-1]
    return last.beginning != "" and last.stem not in headline and last.stem not in terms


def has_all(headline: str, terms: str, sought: Pattern) -> bool:
    """Whether an entry has every word that is wanted, as a stem or as the beginning being typed."""
    return all(has(headline, terms, sign) for sign in sought.signs if sign.wanted)


def has(headline: str, terms: str, sign: Sign) -> bool:
    """Whether an entry has a word."""
    return (
        sign.stem in headline
        or sign.stem in terms
        or (sign.beginning != "" and (sign.beginning in headline or sign.beginning in terms))
    )


def score(headline: str, terms: str, sought: Pattern) -> float:
    """How well an entry answers; higher is better.

    The client's words and titles come first: each query word found there counts by how exactly it was found, and the
    sum is weighted by how much of the headline it makes up. In the body, frequency (up to a bound) decides.
    """
    in_headline = in_body = 0.0
    for word, stem, beginning, weight, _ in sought.signs:
        if word in headline:
            in_headline += EXACT * weight
        elif stem in headline:
            in_headline += SAME_STEM * weight
        elif beginning and beginning in headline:
            in_headline += BEGINNING * weight
        count = terms.count(stem) or (terms.count(beginning) if beginning else 0)
        in_body += weight * (count if count < MOST_COUNTED else MOST_COUNTED)
    wanted = len(sought.signs)
    if in_headline:
        in_headline *= HEADLINE_WEIGHT * (1 + wanted / (wanted + headline.count("/")))
    return in_headline + in_body / (MOST_COUNTED * wanted)


def coverage(headline: str, terms: str, sought: Pattern) -> float:
    """What the words are worth together that an entry has, wherever they stand."""
    return sum(sign.weight for sign in sought.signs if has(headline, terms, sign))


def best_position(terms: str, sought: Pattern) -> int | None:
    """Where in the text a snippet should show something: the number of the word, None when no word is there.

    Of the first places where each wanted word stands, the one with the most other wanted words close after it.
    """
    found = _offsets(terms, sought)
    if not found:
        return None
    different = len({which for _, which in found})
    best, most = found[0][0], 1
    for index, (place, which) in enumerate(found):
        if most == different:
            break
        together = {which}
        for other, another in found[index + 1 :]:
            if other - place >= _NEAR:
                break
            together.add(another)
        if len(together) > most:
            best, most = place, len(together)
    return _number(terms, best)


def positions(terms: str, sought: Pattern) -> list[int]:
    """The numbers of the first words in the text that are wanted, in order."""
    return [_number(terms, place) for place, _ in _offsets(terms, sought)]


def _offsets(terms: str, sought: Pattern) -> list[tuple[int, int]]:
    """Where the wanted words stand first, in characters, and which word each is."""
    found = []
    for which, sign in enumerate(sought.signs):
        if not sign.wanted:
            continue
        form, shift = sign.stem, 0
        at = terms.find(form)
        if at < 0 and sign.beginning:
            form, shift = sign.beginning, 1
            at = terms.find(form)
        for _ in range(MOST_PLACES):
            if at < 0:
                break
            found.append((at + shift, which))
            at = terms.find(form, at + 1)
    found.sort()
    return found


def _number(terms: str, at: int) -> int:
    """The number of the word at this character; the string begins with a space, and each word has one before it."""
    return terms.count(" ", 0, at + 1) - 1


def places(terms: str, marks: Sequence[str]) -> list[int]:
    """The numbers of the words that were asked for, in order: what a snippet highlights."""
    found: set[int] = set()
    for sign in marks:
        at = terms.find(sign)
        while at >= 0:
            # The space before the word has been passed when the sign is a stem's, or is the sign's own first letter.
            found.add(terms.count(" ", 0, at + 1) - 1)
            at = terms.find(sign, at + 1)
    return sorted(found)
