"""From words to search terms: one analyser for both databases, both for texts and for what people type.

A word is folded (lower case, no accents), freed of its elision (l’offre → offre) and stemmed. A text is indexed by
its folded words, so that a beginning finds them, and by its stems, so that another form finds them; a stem is marked
with a sign of its language, so that it is never taken for a whole word, nor for a stem of another language.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from threading import local

import Stemmer

SIGNS = {"fr": "=", "en": "~"}
GLUE = "\u2060"  # begins a word that stands right after the one before, as in rendez-vous
LONGEST_WORD = 40
MOST_WORDS = 12

_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)", re.IGNORECASE)
_THIN = "\u202f"
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\w)")
_WORD = re.compile(rf"(?:\d{{1,3}}(?:{_THIN}\d{{3}})+|[^\W_]+)(?:[.,]\d+)*(?:['’][^\W_]+)*")
_SPACES = re.compile(rf"[^\S{_THIN}]+")
_GLUED = re.compile(f" ((?:<mark>)?){GLUE}")
_ALGORITHMS = {"fr": "french", "en": "english"}

_stemmers = local()


@dataclass(frozen=True)
class Query:
    """What somebody typed: folded words with their stems. The last is a beginning while one is still typing it.

    `other_stems` are for texts that exist only in the other language, whose sign is `other_sign`.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    other_stems: tuple[str, ...] = ()
    sign: str = SIGNS["fr"]
    other_sign: str = SIGNS["en"]


def sign_of(language: str) -> str:
    """What marks a stem of this language in the index."""
    return SIGNS.get(language, SIGNS["fr"])


def fold(word: str) -> str:
    """Lower case, no accents, ligatures apart, no elision, no apostrophe; a decimal comma becomes a point."""
    plain = _ELISION.sub("", word)
    if plain.isascii() and plain.isalnum():
        return plain.lower()
    decomposed = unicodedata.normalize("NFKD", plain.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(each for each in decomposed.casefold().replace(",", ".") if each.isalnum() or each == ".")


@lru_cache(maxsize=50_000)
def stem(folded: str, language: str) -> str:
    """The stem of a folded word. Snowball’s, on folded words on both sides, so that forgotten accents agree."""
    stemmers = _stemmers.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_ALGORITHMS.get(language, "french"))
    return str(stemmers[language].stemWord(folded))


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, punctuation left on, so that they can be shown again (`together`).

    The parts of a compound are words of their own, and 1 200 is one: rendez-vous gives “rendez-” and a glued “vous”.
    """
    words: list[str] = []
    for word in _SPACES.split(_THOUSANDS.sub(_as_one, text)):
        if word.isalnum():
            words.append(word)
            continue
        begins = [found.start() for found in _WORD.finditer(word)][1:]
        places = [0, *begins, len(word)]
        pieces = [word[first:end] for first, end in pairwise(places)]
        words += [piece if index == 0 else GLUE + piece for index, piece in enumerate(pieces) if piece]
    return words


def together(text: str) -> str:
    """Words that were joined by spaces, marks around some of them, with the parts of compounds brought together."""
    return _GLUED.sub(r"\1", text) if GLUE in text else text


def terms_of(word: str, language: str) -> tuple[str, str] | None:
    """The folded word and the stem behind a written word; None when it holds no letter or digit."""
    found = _WORD.search(word)
    folded = fold(found[0])[:LONGEST_WORD] if found else ""
    return (folded, stem(folded, language)) if folded else None


def parse_query(text: str, language: str) -> Query:
    """The words somebody typed, at most a dozen."""
    typed = _WORD.findall(_THOUSANDS.sub(_as_one, text[:400]))[:MOST_WORDS]
    words = tuple(word for word in (fold(each)[:LONGEST_WORD] for each in typed) if word)
    other = "fr" if language == "en" else "en"
    return Query(
        words,
        tuple(stem(word, language) for word in words),
        tuple(stem(word, other) for word in words),
        sign_of(language),
        sign_of(other),
    )


def _as_one(number: re.Match[str]) -> str:
    return number[0].replace(" ", _THIN).replace("\u00a0", _THIN)
