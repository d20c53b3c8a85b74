"""The words that authors hold for the same: each term of a glossary with its synonyms, kept until one is published.

A query that has one of them is read in other ways as well, with each of the others in its place.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from app.library import analysis, catalogue, memory
from app.library.analysis import Query

MOST_READINGS = 8

Words = tuple[str, ...]
# By language and first stem: the stems of a word or of several, and the words that stand for the same.
Groups = dict[tuple[str, str], list[tuple[Words, list[Words]]]]
Span = tuple[int, int, list[Words]]


def readings(query: Query, language: str) -> list[Query]:
    """The other ways to read a query: as typed is not among them."""
    spans = list(_spans(query, language))
    if not spans:
        return []
    choices: list[list[Words | None]] = [[None, *others] for _, _, others in spans]
    chosen = islice(product(*choices), 1, MOST_READINGS + 1)  # the first is what was typed
    return [_reading(query, language, list(zip(spans, each, strict=True))) for each in chosen]


def _reading(query: Query, language: str, chosen: Sequence[tuple[Span, Words | None]]) -> Query:
    words: list[str] = []
    soft: list[bool] = []
    done = 0
    begun = query.begun
    for (begin, end, _), instead in chosen:
        if instead is None:
            continue
        words += [*query.words[done:begin], *instead]
        soft += [*query.soft[done:begin], *(False for _ in instead)]
        done = end
        begun = begun and end < len(query.words)
    words += query.words[done:]
    soft += query.soft[done:]
    return analysis.query_of(tuple(words), language, tuple(soft), begun=begun)


def _spans(query: Query, language: str) -> Iterator[Span]:
    """Where the query has words that others stand for, the longest first; none over another."""
    groups = memory.shared("synonyms", _read)
    if not groups:
        return
    place = 0
    while place < len(query.words):
        span = _at(groups, query, language, place)
        if span is not None:
            yield span
        place = span[1] if span is not None else place + 1


def _at(groups: Groups, query: Query, language: str, place: int) -> Span | None:
    best: Span | None = None
    for spoken, stems in ((language, query.stems), ("fr" if language == "en" else "en", query.other_stems)):
        for sought, others in groups.get((spoken, stems[place]), ()):
            end = place + len(sought)
            if stems[place:end] == sought and (best is None or end > best[1]):
                best = (place, end, others)
    return best


def _read() -> Groups:
    """Every published glossary, whatever its language: a text of that language may be what the reader is shown."""
    groups: Groups = {}
    published = catalogue.current()
    for entry in published.editions_of_kind("glossary"):
        for term in published.body(entry).facts.terms:
            _add(groups, entry.language, (term.term, *term.synonyms))
    return groups


def _add(groups: Groups, language: str, names: Iterable[str]) -> None:
    members = list(dict.fromkeys(words for each in names if (words := analysis.parse_query(each, language).words)))
    for words in members:
        stems = tuple(analysis.stem(word, language) for word in words)
        others = [each for each in members if each != words]
        if others:
            groups.setdefault((language, stems[0]), []).append((stems, others))
