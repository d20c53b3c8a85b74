"""Searching: the index of each database gives the candidates, one scorer orders them, a snippet shows why.

Documents whose headline has every word are taken first, then those that have them anywhere; at most `CANDIDATES` of
each are ordered, in the order of publication on both databases, so that both find the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, select, text

from app.core.database import db, is_postgresql
from app.library import analysis, catalogue, ranking
from app.library.analysis import STEM, Query
from app.library.catalogue import Entry
from app.library.models import SearchEntry

CANDIDATES = 100
SHOWN = 20
BEFORE, AFTER = 6, 18

_SQLITE = "SELECT rowid FROM search_index WHERE search_index MATCH :match {kind} ORDER BY rowid LIMIT :most"
_POSTGRESQL = "SELECT id FROM search_entry WHERE {column} @@ CAST(:match AS tsquery) {kind} ORDER BY id LIMIT :most"

_SCORED = select(
    SearchEntry.id,
    SearchEntry.document_id,
    SearchEntry.language,
    SearchEntry.headline_terms,
    SearchEntry.terms,
).where(SearchEntry.id.in_(bindparam("ids", expanding=True)))
_SHOWN = select(SearchEntry.id, SearchEntry.words, SearchEntry.sections).where(
    SearchEntry.id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True)
class Fragment:
    """A piece of text; `sought` when it is what was searched for."""

    text: str
    sought: bool


@dataclass(frozen=True)
class Hit:
    """A document found: its title and the place that answers, with what was sought marked."""

    entry: Entry
    title: tuple[Fragment, ...]
    anchor: str
    section: str
    snippet: tuple[Fragment, ...]

    @property
    def snippet_text(self) -> str:
        """The snippet without marks."""
        return " ".join(each.text for each in self.snippet)

    @property
    def address(self) -> str:
        """The place on the document's page."""
        return self.entry.address + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Results:
    """What was found. `nearest`: nothing has every word, these have some."""

    hits: list[Hit] = field(default_factory=list)
    nearest: bool = False


@dataclass(frozen=True)
class _Candidate:
    id: int
    entry: Entry
    terms: str
    score: float


def search(typed: str, *, language: str, kind: str | None = None, most: int = SHOWN) -> Results:
    """Find documents for a reader of `language`. The last word may be a beginning, unless a space follows it."""
    query = analysis.parse_query(typed, language)
    if not query.words:
        return Results()
    typing = not typed[-1].isspace()
    found = _candidates(query, typing=typing, kind=kind, most=most)
    nearest = not found and len(query.words) > 1
    if nearest:
        found = index_ids(expression(query, typing=typing, every=False), kind)
    sought = ranking.pattern(query, typing=typing)
    ordered = _ordered(found, sought, language)[:most]
    return Results(_hits(ordered, query, sought, language, typing=typing), nearest and bool(ordered))


def _candidates(query: Query, *, typing: bool, kind: str | None, most: int) -> list[int]:
    every = expression(query, typing=typing)
    in_headline = index_ids(every, kind, headline=True)
    if len(in_headline) >= most:
        return in_headline
    return list({*in_headline, *index_ids(every, kind)})


def expression(query: Query, *, typing: bool, every: bool = True) -> str:
    """The query in the language of the current database's index, for all words or for any."""
    quote, prefix, alternative = ("'", ":*", " | ") if is_postgresql() else ('"', "*", " OR ")
    last = len(query.words) - 1
    parts = []
    for index, (word, stem) in enumerate(zip(query.words, query.stems, strict=True)):
        part = f"{quote}{STEM}{stem}{quote}"
        if typing and index == last:
            part = f"({quote}{word}{quote}{prefix}{alternative}{part})"
        parts.append(part)
    both = " & " if is_postgresql() else " AND "
    return (both if every else alternative).join(parts)


def index_ids(match: str, kind: str | None, *, headline: bool = False) -> list[int]:
    """The index's answer, oldest entry first, at most `CANDIDATES`."""
    statement, values = index_statement(match, kind, headline=headline)
    return list(db.session.connection().execute(text(statement), values).scalars())


def index_statement(match: str, kind: str | None, *, headline: bool) -> tuple[str, dict[str, Any]]:
    """The bare index query that `index_ids` runs, so that the bench can time it alone."""
    values: dict[str, Any] = {"match": match, "most": CANDIDATES}
    only_kind = ""
    if kind is not None:
        values["kind"] = kind
        only_kind = "AND kind = :kind"
    if is_postgresql():
        column = "headline_index" if headline else "body_index"
        return _POSTGRESQL.format(column=column, kind=only_kind), values
    if headline:
        values["match"] = f"headline : ({match})"
    return _SQLITE.format(kind=only_kind), values


def _ordered(ids: Iterable[int], sought: ranking.Pattern, language: str) -> list[_Candidate]:
    """The candidates the reader sees, best first: each document once, in the language it is shown in."""
    published = catalogue.current()
    candidates = []
    for row in db.session.execute(_SCORED, {"ids": list(ids)}):
        entry = published.find(row.document_id, language)
        if entry is None or entry.language != row.language:
            continue
        terms = f" {row.terms} "
        points = ranking.score(f" {row.headline_terms} ", terms, sought)
        candidates.append(_Candidate(row.id, entry, terms, points))
    candidates.sort(key=lambda each: (-each.score, each.entry.id))
    return candidates


def _hits(
    candidates: list[_Candidate], query: Query, sought: ranking.Pattern, language: str, *, typing: bool
) -> list[Hit]:
    texts = {row.id: row for row in db.session.execute(_SHOWN, {"ids": [each.id for each in candidates]})}
    return [_hit(each, texts[each.id], query, sought, language, typing=typing) for each in candidates]


def _hit(
    candidate: _Candidate, row: Row[Any], query: Query, sought: ranking.Pattern, language: str, *, typing: bool
) -> Hit:
    position = ranking.best_position(candidate.terms, sought)
    anchor, heading, first, end = _section(row.sections, position or 0)
    begin = max(first, (position or first) - BEFORE)
    words = row.words.split(" ")
    window = words[begin : min(end or len(words), begin + BEFORE + AFTER)]
    snippet = _fragments(window, query, language, typing=typing)
    if begin > first:
        snippet = (Fragment("…", sought=False), *snippet)
    title = _fragments(candidate.entry.title.split(), query, language, typing=typing)
    return Hit(candidate.entry, title, anchor if position is not None else "", heading, snippet)


def _section(sections: list[list[Any]], position: int) -> tuple[str, str, int, int | None]:
    """The section a word stands in: anchor, heading, its first word and the next section's."""
    following = None
    for first, anchor, heading in reversed(sections):
        if first <= position:
            return anchor, heading, first, following
        following = first
    return "", "", 0, following


def _fragments(words: list[str], query: Query, language: str, *, typing: bool) -> tuple[Fragment, ...]:
    """Neighbouring words joined, those that were sought apart."""
    fragments: list[Fragment] = []
    for word in words:
        terms = analysis.terms_of(word, language)
        sought = terms is not None and ranking.matches(*terms, query, typing=typing)
        if fragments and not sought and not fragments[-1].sought:
            fragments[-1] = Fragment(f"{fragments[-1].text} {word}", sought=False)
        else:
            fragments.append(Fragment(word, sought))
    return tuple(fragments)
