"""Comparing words that people type with those that an author accepts: what counts, what a star stands for, and when
words are one typing error away."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.folding import fold

LETTERS_FOR_A_NEAR_MISS = 5

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´ʹ", "'"))
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})
_STAR = "\ue000"  # a letter of no language stands for “any letters” while words are folded
_STARS = re.compile(r"\\\*|\*")


def essence(words: str, *, case: bool = False, accents: bool = False) -> str:
    """What counts of a short answer: no case or accents unless asked for, no doubled spaces, no punctuation at its
    ends; one kind of apostrophe; ligatures as two letters.

    >>> essence(" « L’Écoute  active ! » ")
    "l'ecoute active"
    >>> essence("L’Écoute", case=True, accents=True)
    "L'Écoute"
    """
    if words.isascii():
        plain = " ".join((words if case else words.lower()).replace("`", "'").split())
    else:
        plain = _folded(words.translate(_APOSTROPHES), case, accents)
    if plain.isalnum():
        return plain
    start, end = 0, len(plain)
    while start < end and _is_edge(plain[start]):
        start += 1
    while end > start and _is_edge(plain[end - 1]):
        end -= 1
    return plain[start:end]


def _folded(words: str, case: bool, accents: bool) -> str:
    if not (case or accents):
        return fold(words)
    words = (words if case else words.casefold()).translate(_LIGATURES)
    if accents:
        return " ".join(unicodedata.normalize("NFKC", words).split())
    plain = unicodedata.normalize("NFKD", words)
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def _is_edge(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter).startswith("P")


@dataclass(frozen=True)
class Accepted:
    """Words that an author accepts, ready to be compared with an essence: those that are written out, and those with
    stars as the pieces between their stars."""

    plain: frozenset[str]
    starred: tuple[tuple[str, ...], ...]

    def holds(self, given: str) -> bool:
        """Whether an essence is one of these words. One with nothing in it never is."""
        return bool(given) and (given in self.plain or any(_fits(pieces, given) for pieces in self.starred))

    def misses_by_one(self, given: str) -> bool:
        """Whether an essence is none of these words, and one typing error away from one that is written out."""
        return not self.holds(given) and any(one_error_apart(each, given) for each in self.plain)


def accepted(written: Iterable[str], *, case: bool = False, accents: bool = False) -> Accepted:
    """Accepted words as an author writes them: `*` stands for any letters or none, `\\*` for a star."""
    plain, starred = set(), []
    for words in written:
        marked = _STARS.sub(lambda star: _STAR if star[0] == "*" else "*", words.replace(_STAR, ""))
        pieces = essence(marked, case=case, accents=accents).split(_STAR)
        if len(pieces) == 1:
            plain.add(pieces[0])
        else:
            starred.append(tuple(pieces))
    return Accepted(frozenset(plain - {""}), tuple(starred))


def _fits(pieces: tuple[str, ...], given: str) -> bool:
    """Whether a text has these pieces, in order, with anything between them, the first at its start and the last at its
    end. The leftmost place of each is always good enough, so that nothing is tried twice."""
    first, *between, last = pieces
    if len(given) < len(first) + len(last) or not (given.startswith(first) and given.endswith(last)):
        return False
    at, end = len(first), len(given) - len(last)
    for piece in between:
        found = given.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def one_error_apart(right: str, given: str) -> bool:
    """Whether one letter was added, left out or mistaken, or two neighbours swapped: never a digit, and only in words
    of at least five letters, where this makes no other word of them by accident.

    >>> [one_error_apart("prospect", each) for each in ("prospct", "prsopect", "prospekt", "prospects", "prospect")]
    [True, True, True, True, False]
    >>> one_error_apart("taux 20", "taux 21"), one_error_apart("rdv", "rde")
    (False, False)
    """
    if abs(len(right) - len(given)) > 1 or right == given or sum(map(str.isalpha, right)) < LETTERS_FOR_A_NEAR_MISS:
        return False
    if [sign for sign in right if sign.isdigit()] != [sign for sign in given if sign.isdigit()]:
        return False
    start = next((at for at, (one, other) in enumerate(zip(right, given, strict=False)) if one != other), None)
    if start is None:
        return True  # the longer one has one more at its end
    if len(right) > len(given):
        return right[start + 1 :] == given[start:]
    if len(right) < len(given):
        return right[start:] == given[start + 1 :]
    swapped = right[start : start + 2] == given[start : start + 2][::-1] and right[start + 2 :] == given[start + 2 :]
    return swapped or right[start + 1 :] == given[start + 1 :]
