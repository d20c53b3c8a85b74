"""Searching: the index of each database gives the candidates, one scorer orders them, a snippet shows why.

Documents whose headline has every word are taken first, then those that have them anywhere; at most `CANDIDATES` of
each are ordered, in the order of publication on both databases, so that both find the same.

This runs at every key somebody presses, so its statements are plain text, built once (docs/decisions/0003).
"""

import json
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from app.core.database import db, is_postgresql
from app.library import analysis, catalogue, ranking
from app.library.analysis import Query, together
from app.library.catalogue import Entry

CANDIDATES = 25
BEFORE, AFTER = 6, 18

# The index's part: at most so many whose headline has every word, and as many that have them anywhere.
_IDS_SQLITE = """
SELECT id FROM (
    SELECT rowid AS id FROM search_index WHERE search_index MATCH :in_headline {kind} ORDER BY rowid LIMIT :most)
UNION SELECT id FROM (
    SELECT rowid AS id FROM search_index WHERE search_index MATCH :anywhere {kind} ORDER BY rowid LIMIT :most)
"""
_IDS_POSTGRESQL = """
(SELECT id FROM search_entry WHERE headline_index @@ CAST(:in_headline AS tsquery) {kind} ORDER BY id LIMIT :most)
UNION
(SELECT id FROM search_entry WHERE body_index @@ CAST(:anywhere AS tsquery) {kind} ORDER BY id LIMIT :most)
"""
_CANDIDATES = """
SELECT document_id, language, headline_terms, terms, words, sections FROM search_entry WHERE id IN ({ids})
"""


class Fragment(NamedTuple):
    """A piece of text; `sought` when it is what was searched for.

    Pieces are shown with a space between them, through `analysis.together`, which takes it away inside a compound.
    """

    text: str
    sought: bool


class Why(NamedTuple):
    """Why a document was found: its title and the place that answers, with what was sought marked."""

    title: tuple[Fragment, ...]
    anchor: str
    section: str
    snippet: tuple[Fragment, ...]


class _Candidate(NamedTuple):
    """An entry the index found; its terms as `ranking` reads them."""

    entry: Entry
    headline: str
    terms: str
    words: str
    sections: Any
    sought: ranking.Pattern
    score: float


class Hit:
    """A document found. Why is worked out when asked for: a page asks only for what it shows."""

    def __init__(self, candidate: _Candidate) -> None:
        self.entry = candidate.entry
        self._candidate = candidate
        self._reason: Why | None = None

    @property
    def why(self) -> Why:
        """The title, the section and the snippet, with what was sought marked."""
        if self._reason is None:
            self._reason = _why(self._candidate)
        return self._reason

    @property
    def snippet_text(self) -> str:
        """The snippet without marks."""
        return together(" ".join(each.text for each in self.why.snippet))

    @property
    def address(self) -> str:
        """The place on the document's page."""
        return self.entry.address + (f"#{self.why.anchor}" if self.why.anchor else "")


@dataclass(frozen=True)
class Results:
    """What was found. `nearest`: nothing has every word, these have some."""

    hits: list[Hit] = field(default_factory=list)
    nearest: bool = False


def search(typed: str, *, language: str, kind: str | None = None, most: int = 2 * CANDIDATES) -> Results:
    """Find documents for a reader of `language`. The last word may be a beginning, unless a space follows it."""
    query = analysis.parse_query(typed, language)
    if not query.words:
        return Results()
    typing = not typed[-1].isspace()
    found = _candidates(expression(query, typing=typing), kind, query, language, typing=typing)
    nearest = not found and len(query.words) > 1
    if nearest:
        found = _candidates(expression(query, typing=typing, every=False), kind, query, language, typing=typing)
    ordered = sorted(found, key=lambda each: (-each.score, each.entry.id))[:most]
    return Results([Hit(each) for each in ordered], nearest and bool(ordered))


def expression(query: Query, *, typing: bool, every: bool = True) -> str:
    """The query in the language of the current database's index, for all words or for any."""
    quote, prefix, alternative = ("'", ":*", " | ") if is_postgresql() else ('"', "*", " OR ")
    last = len(query.words) - 1
    parts = []
    for index, (word, stem, other) in enumerate(zip(query.words, query.stems, query.other_stems, strict=True)):
        part = f"{quote}{query.sign}{stem}{quote}{alternative}{quote}{query.other_sign}{other}{quote}"
        if typing and index == last:
            part = f"{quote}{word}{quote}{prefix}{alternative}{part}"
        parts.append(f"({part})")
    both = " & " if is_postgresql() else " AND "
    return (both if every else alternative).join(parts)


def index_values(match: str, kind: str | None) -> dict[str, Any]:
    """What the index query is given. `kind` None: every kind."""
    in_headline = match if is_postgresql() else f"headline : ({match})"
    values = {"in_headline": in_headline, "anywhere": match, "most": CANDIDATES}
    return values if kind is None else {**values, "kind": kind}


@cache
def index_query(on_postgresql: bool, one_kind: bool) -> str:
    """The index query alone, which gives the candidates' ids; the bench times it bare."""
    return (_IDS_POSTGRESQL if on_postgresql else _IDS_SQLITE).format(kind="AND kind = :kind" if one_kind else "")


@cache
def _candidates_query(on_postgresql: bool, one_kind: bool) -> str:
    statement = _CANDIDATES.format(ids=index_query(on_postgresql, one_kind))
    # Given to the driver as it is, so each driver's way of naming a value: sqlite3 takes :name, psycopg %(name)s.
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement) if on_postgresql else statement


def _candidates(match: str, kind: str | None, query: Query, language: str, *, typing: bool) -> list[_Candidate]:
    """What the index finds of what the reader sees, scored: each document once, in the language it is shown in."""
    readers = ranking.pattern(query, typing=typing)
    others: ranking.Pattern | None = None  # rarely wanted: a text that exists in another language only
    statement = _candidates_query(is_postgresql(), kind is not None)
    find = catalogue.current().find
    candidates = []
    rows = db.session.connection().exec_driver_sql(statement, index_values(match, kind)).all()
    for document_id, written_in, headline, body, words, sections in rows:
        entry = find(document_id, language)
        if entry is not None and entry.language == written_in:
            headline_terms, terms = f" {headline} ", f" {body} "
            sought = readers
            if written_in != language:
                others = sought = others or ranking.pattern(query, typing=typing, other_language=True)
            points = ranking.score(headline_terms, terms, sought)
            candidates.append(_Candidate(entry, headline_terms, terms, words, sections, sought, points))
    return candidates


def _why(candidate: _Candidate) -> Why:
    sought = candidate.sought
    position = ranking.best_position(candidate.terms, sought)
    # Read through plain SQL: psycopg has parsed the JSON, sqlite3 has not.
    stored = candidate.sections
    sections = json.loads(stored) if isinstance(stored, str) else stored
    anchor, heading, first, following = _section(sections, position or 0)
    begin = max(first, (position or first) - BEFORE)
    end = min(following, begin + BEFORE + AFTER)
    snippet = _fragments(
        candidate.words.split(" ", end)[begin:end], candidate.terms.split(" ", end + 1)[begin + 1 : end + 1], sought
    )
    if begin > first:
        snippet = (Fragment("…", sought=False), *snippet)
    # The headline begins with the title's own words.
    title_words = _title_words(candidate.entry.title)
    title = _fragments(title_words, candidate.headline.split(" ", len(title_words) + 1)[1:-1], sought)
    return Why(title, anchor if position is not None else "", heading, snippet)


@lru_cache(maxsize=4_000)
def _title_words(title: str) -> list[str]:
    return analysis.words_of(title)


def _section(sections: list[list[Any]], position: int) -> tuple[str, str, int, int]:
    """The section a word stands in: anchor, heading, its first word and the next section's."""
    following = 1_000_000
    for first, anchor, heading in reversed(sections):
        if first <= position:
            return anchor, heading, first, following
        following = first
    return "", "", 0, following


def _fragments(words: list[str], terms: list[str], sought: ranking.Pattern) -> tuple[Fragment, ...]:
    """Neighbouring words joined, those that were sought apart."""
    fragments: list[Fragment] = []
    done = 0
    for place in ranking.places(f" {' '.join(terms)} ", sought):
        if place > done:
            fragments.append(Fragment(together(" ".join(words[done:place])), sought=False))
        fragments.append(Fragment(words[place], sought=True))
        done = place + 1
    if done < len(words):
        fragments.append(Fragment(together(" ".join(words[done:])), sought=False))
    return tuple(fragments)
