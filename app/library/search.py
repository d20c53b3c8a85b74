"""Searching: the index of each database gives the candidates, one scorer orders them, a snippet shows why.

A text must have every word that says what is sought, in any form; words that say how (“que répondre quand…”) only
help to order. Texts that have the very words come first, then those that have what the glossary holds for the same.
When nothing answers, words that stand nowhere are mended, and when nothing has all of them the nearest are shown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from app.library import analysis, catalogue, ranking
from app.library.analysis import Query, together
from app.library.catalogue import Entry
from app.library.finding import matching, mending, snippets, synonyms
from app.library.finding.matching import CANDIDATES, Match, Row
from app.library.finding.snippets import Fragment, Place, Why

__all__ = ["CANDIDATES", "Fragment", "Hit", "Place", "Results", "Why", "search"]


MOST_APART = 5  # words that are looked for each by itself, when no text has all


class _Scored(NamedTuple):
    """A row of the index, scored. In order: the very words before synonyms, the best first, then by identity."""

    synonym: bool
    lack: float  # the score, below zero
    id: str
    part: str
    row: Row
    terms: str
    sought: ranking.Pattern
    entry: Entry


class Hit:
    """A document found, or a part of one. Why is worked out when asked for: a page asks only for what it shows."""

    def __init__(self, scored: _Scored) -> None:
        self.entry = scored.entry
        self.part = scored.part
        self.score = -scored.lack
        self.by_synonym = scored.synonym
        self._row = scored.row
        self._terms = scored.terms
        self._sought = scored.sought
        self._why: Why | None = None

    @property
    def title(self) -> str:
        """The document's title; of a part, its own, such as a term of the glossary."""
        return str(snippets.sections_of(self._row)[0][2]) if self.part else self.entry.title

    @property
    def why(self) -> Why:
        """The title, the section and the snippet, with what was sought marked."""
        if self._why is None:
            self._why = snippets.why(self._row, self._terms, self.title, self._sought)
        return self._why

    @property
    def passages(self) -> list[Place]:
        """Other passages of the document that have some of it."""
        return [] if self.part else snippets.passages(self._row, self._terms, self._sought)

    @property
    def snippet_text(self) -> str:
        """The snippet without marks."""
        return together(" ".join(each.text for each in self.why.snippet))

    @property
    def address(self) -> str:
        """The place on the document's page."""
        anchor = self.part or self.why.anchor
        return self.entry.address + (f"#{anchor}" if anchor else "")


@dataclass(frozen=True)
class Results:
    """What was found.

    `nearest`: nothing has every word, these have some. `mended`: what was typed has words that stand nowhere, and this
    is what was looked for instead. `matched`: all that answers, read or not, when a survey was asked for.
    """

    hits: list[Hit] = field(default_factory=list)
    nearest: bool = False
    mended: str | None = None
    matched: tuple[Match, ...] = ()


Keep = Callable[[Match], bool]


def search(typed: str, *, language: str, kind: str | None = None, most: int = 2 * CANDIDATES) -> Results:
    """Find documents for a reader of `language`. The last word may be a beginning, unless a space follows it."""
    return _answer(typed, language, _OfKind(language, kind), most)


def survey(typed: str, *, language: str, keep: Keep | None = None, most: int = 2 * CANDIDATES) -> Results:
    """The same among those that `keep` lets through, with everything that answers, whatever `keep` says of it."""
    return _answer(typed, language, _Kept(language, keep), most)


class _OfKind:
    """The entries of one kind, or of all: asked and read in one statement."""

    def __init__(self, language: str, kind: str | None) -> None:
        self.language, self.kind = language, kind
        self.matched: dict[int, Match] = {}

    def rows(self, match: str) -> tuple[list[Row], bool]:
        """The candidates, and whether anything answers at all."""
        rows = matching.candidates([match], self.language, self.kind, CANDIDATES)
        return rows, bool(rows)

    def rows_of_any(self, matches: Sequence[str]) -> tuple[list[Row], bool]:
        """The same for several questions, any of which will do."""
        rows = matching.candidates(matches, self.language, self.kind, max(4, 2 * CANDIDATES // (3 * len(matches))))
        return rows, bool(rows)


class _Kept:
    """The entries that pass the reader's filters: all that answers is listed first, so that it can be counted."""

    def __init__(self, language: str, keep: Keep | None) -> None:
        self.language, self.keep = language, keep
        self.most = matching.SURVEYED_NARROWED if keep else matching.SURVEYED
        self.matched: dict[int, Match] = {}

    def rows(self, match: str) -> tuple[list[Row], bool]:
        """The same."""
        found = matching.survey(match, self.language, self.most)
        self.matched.update((each.id, each) for each in found)
        kept = [each for each in found if self.keep(each)] if self.keep else found
        chosen = {each.id for each in [each for each in kept if each.in_headline][:CANDIDATES] + kept[:CANDIDATES]}
        return matching.rows_of(sorted(chosen)), bool(found)

    def rows_of_any(self, matches: Sequence[str]) -> tuple[list[Row], bool]:
        """The same for several questions, any of which will do."""
        answers = [self.rows(match) for match in matches]
        rows = {(row.document_id, row.part): row for answer, _ in answers for row in answer}
        return list(rows.values()), any(some for _, some in answers)


def _answer(typed: str, language: str, source: "_OfKind | _Kept", most: int) -> Results:
    query = analysis.parse_query(typed, language)
    if not query.words:
        return Results()
    hits, answered = _with_synonyms(query, language, source)
    nearest, mended = False, None
    if not answered:
        counts = mending.standing(query, language)
        instead = mending.mended(query, counts, language)
        if instead is not None:
            query = instead
            hits, answered = _with_synonyms(query, language, source)
        if not answered and len(query.words) > 1:
            hits, answered = _nearest(query, counts if instead is None else None, language, source)
            nearest = answered
        if instead is not None and answered:
            mended = mending.written(query, [each.row for each in sorted(hits)], language)
    ordered = [Hit(each) for each in sorted(hits)[:most]]
    return Results(ordered, nearest and bool(ordered), mended, tuple(source.matched.values()))


def _with_synonyms(query: Query, language: str, source: "_OfKind | _Kept") -> tuple[list[_Scored], bool]:
    """What has every word wanted, then what has the same in other words."""
    rows, answered = source.rows(matching.every_word(query))
    others = synonyms.readings(query, language)
    hits = _hits(rows, query, language, whole=bool(others))
    if not others:
        return hits, answered
    rows, also = source.rows(matching.any_word(matching.every_word(each) for each in others))
    found = {(hit.id, hit.part): hit for hit in hits}
    for row in rows:
        key = (row.document_id, row.part)
        if key in found and not found[key].synonym:
            continue
        read = [hit for each in others for hit in _hits([row], each, language, synonym=True)]
        if read:
            found[key] = min([*read, found[key]] if key in found else read)
    return list(found.values()), answered or also


def _nearest(
    query: Query, counts: Sequence[int] | None, language: str, source: "_OfKind | _Kept"
) -> tuple[list[_Scored], bool]:
    """What has some of the words: the more and the rarer, the better. `counts`: how many entries have each."""
    parts = matching.word_matches(query, range(len(query.words)))
    counts = mending.standing(query, language) if counts is None else counts
    rarest = sorted((index for index in query.wanted if counts[index]), key=lambda each: counts[each])[:MOST_APART]
    if not rarest:
        return [], False
    # Each word has its own candidates, so that a common one does not take the place of those of a rare one.
    rows, answered = source.rows_of_any([parts[index] for index in rarest])
    weights = [log(1 + matching.COUNTED / count) if count else 0.0 for count in counts]
    return _hits(rows, query, language, weights=weights), answered


def _hits(
    rows: Iterable[Row],
    query: Query,
    language: str,
    *,
    synonym: bool = False,
    whole: bool = False,
    weights: Sequence[float] | None = None,
) -> list[_Scored]:
    """Rows scored: each document once, in the language it is shown in.

    `whole`: the last word stands for others, so a longer word that only begins like it is no better than those.
    """
    readers = ranking.pattern(query, weights=weights)
    others: ranking.Pattern | None = None  # rarely wanted: a text that exists in another language only
    find = catalogue.current().find
    hits = []
    for row in rows:
        entry = find(row.document_id, language)
        if entry is None or entry.language != row.language:
            continue
        headline, terms = f" {row.headline} ", f" {row.terms} "
        sought = readers
        if row.language != language:
            others = sought = others or ranking.pattern(query, other_language=True, weights=weights)
        if synonym and not ranking.has_all(headline, terms, sought):
            continue
        points = ranking.score(headline, terms, sought)
        if row.part or not row.terms:
            points *= ranking.ARTICLE_WEIGHT if row.part else ranking.BARE_TITLE_WEIGHT
        if weights is not None:
            points += ranking.HEADLINE_WEIGHT * ranking.coverage(headline, terms, sought)
        apart = synonym or (whole and ranking.has_only_begun(headline, terms, sought))
        hits.append(_Scored(apart, -points, entry.id, row.part, row, terms, sought, entry))
    return hits
