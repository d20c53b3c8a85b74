"""From words to search terms: one analyser for both databases, both for texts and for what people type.

A word is folded (lower case, no accents), freed of its elision (l’offre → offre) and stemmed. A text is indexed by
its folded words, so that a beginning finds them, and by its stems, so that another form finds them; a stem is marked
with “=” so that it is never taken for a whole word.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import local

import Stemmer

STEM = "="
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:[.,]\d+)*(?:['’]\w+)?")
_ALGORITHMS = {"fr": "french", "en": "english"}
LONGEST_WORD = 40
MOST_WORDS = 12

_stemmers = local()


@dataclass(frozen=True)
class Query:
    """What somebody typed: folded words with their stems. The last is a beginning while one is still typing it."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


def fold(word: str) -> str:
    """Lower case, no accents, ligatures apart, no elision."""
    plain = _ELISION.sub("", word)
    if plain.isascii():
        return plain.lower()
    decomposed = unicodedata.normalize("NFKD", plain.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(each for each in decomposed if not unicodedata.combining(each))


@lru_cache(maxsize=50_000)
def stem(folded: str, language: str) -> str:
    """The stem of a folded word. Snowball’s, on folded words on both sides, so that forgotten accents agree."""
    stemmers = _stemmers.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_ALGORITHMS.get(language, "french"))
    return str(stemmers[language].stemWord(folded))


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, punctuation left on, so that they can be shown again."""
    return text.split()


def terms_of(word: str, language: str) -> tuple[str, str] | None:
    """The folded word and the stem behind a written word; None when it holds no letter or digit."""
    found = _WORD.search(word)
    if found is None:
        return None
    folded = fold(found[0])[:LONGEST_WORD]
    return folded, stem(folded, language)


def parse_query(text: str, language: str) -> Query:
    """The words somebody typed, at most a dozen."""
    found = [terms_of(word, language) for word in _WORD.findall(text[:400])][:MOST_WORDS]
    pairs = [pair for pair in found if pair and pair[0]]
    return Query(tuple(word for word, _ in pairs), tuple(stem for _, stem in pairs))
