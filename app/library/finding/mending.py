"""Mending what was typed: only words that stand nowhere, with words that stand in texts the reader is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.library import analysis
from app.library.analysis import Query
from app.library.finding import matching, snippets, spelling, vocabulary
from app.library.finding.matching import Row


@dataclass(frozen=True)
class _Repair:
    word: str
    begun: bool


def standing(query: Query, language: str) -> list[int]:
    """In how many entries each word stands, up to a bound; those that no text of the language writes so are asked."""
    stock = vocabulary.of(language)
    last = len(query.words) - 1
    counts = [
        min(stock.standing(word, begun=query.begun and index == last), matching.COUNTED)
        for index, word in enumerate(query.words)
    ]
    unknown = [index for index, count in enumerate(counts) if not count]
    asked = matching.presence(matching.word_matches(query, unknown), language)
    for index, count in zip(unknown, asked, strict=True):
        counts[index] = count
    return counts


def mended(query: Query, counts: Sequence[int], language: str) -> Query | None:
    """The query with its mistakes mended; None when there are none that can be. `counts`: where each word stands."""
    words, begun, changed = list(query.words), query.begun, False
    for index, (word, count) in enumerate(zip(query.words, counts, strict=True)):
        if count or not spelling.is_mended(word):
            continue
        is_last = index == len(words) - 1
        repair = _repair(word, language, begun=query.begun and is_last)
        if repair is not None:
            words[index], changed = repair.word, True
            begun = repair.begun if is_last else begun
    return analysis.query_of(tuple(words), language, begun=begun) if changed else None


def written(query: Query, rows: Sequence[Row], language: str) -> str:
    """A mended query as its texts write it, accents and all; a beginning as the commonest word that begins so."""
    words = list(query.words)
    if query.begun:
        stock = vocabulary.of(language)
        often = stock.entries
        words[-1] = min(stock.beginning_with(words[-1]), key=lambda word: (-often[word], word), default=words[-1])
    return " ".join(_spelt(word, rows) or word for word in words)


def _spelt(word: str, rows: Sequence[Row]) -> str | None:
    return next((spelt for each in rows if (spelt := snippets.spelling_of(each, word))), None)


def _repair(word: str, language: str, *, begun: bool) -> _Repair | None:
    """The likeliest word that the reader finds something with: in their language, else in another."""
    for spoken in (language, "fr" if language == "en" else "en"):
        words = vocabulary.of(spoken).entries
        offered = [_Repair(each, False) for each in spelling.nearest(word, words)]
        if begun:
            offered += [_Repair(each, True) for each in spelling.beginnings(word, words)]
        found = _first_that_stands(offered, language)
        if found is not None:
            return found
    return None


def _first_that_stands(offered: Sequence[_Repair], language: str) -> _Repair | None:
    queries = [analysis.query_of((each.word,), language, (False,), begun=each.begun) for each in offered]
    counts = matching.presence([matching.word_matches(each, (0,))[0] for each in queries], language)
    return next((each for each, count in zip(offered, counts, strict=True) if count), None)
