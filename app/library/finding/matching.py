"""Asking the index: the same questions to SQLite's FTS5 and to PostgreSQL's tsvector, and the same answers.

Every statement is plain text, built once, since a search runs at every key somebody presses (docs/decisions/0003).
An entry counts when the reader is shown it: it is in their language, or their language has none of the document.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from app.core.database import db, is_postgresql
from app.library.analysis import Query

CANDIDATES = 25
SURVEYED = 1_000
SURVEYED_NARROWED = 20_000  # a filter must not lose what comes after the first thousand
COUNTED = 300

_SHOWN = """
(e.language = :language OR (
    NOT EXISTS (SELECT 1 FROM search_entry o WHERE o.document_id = e.document_id AND o.language = :language)
    AND (e.language = 'fr' OR NOT EXISTS (
        SELECT 1 FROM search_entry o WHERE o.document_id = e.document_id AND o.language = 'fr'))))
"""
# CROSS JOIN tells SQLite to ask the index first and in its order, which is that of the ids.
_FROM_SQLITE = f"FROM search_index CROSS JOIN search_entry e ON e.id = search_index.rowid WHERE {_SHOWN}"
_FROM_POSTGRESQL = f"FROM search_entry e WHERE {_SHOWN}"
_HEADLINE = ("search_index MATCH :in_headline_{}", "e.headline_index @@ CAST(:in_headline_{} AS tsquery)")
_ANYWHERE = ("search_index MATCH :anywhere_{}", "e.body_index @@ CAST(:anywhere_{} AS tsquery)")


class Row(NamedTuple):
    """A search entry, as the scorer reads it."""

    document_id: str
    language: str
    part: str
    headline: str
    terms: str
    words: str
    sections: Any


class Match(NamedTuple):
    """An entry the index found, not read yet."""

    id: int
    document_id: str
    part: str
    in_headline: bool


def every_word(query: Query) -> str:
    """What the index is asked for texts that have all the words wanted."""
    both = " & " if is_postgresql() else " AND "
    return both.join(word_matches(query, query.wanted))


def any_word(queries: Iterable[str]) -> str:
    """Any of several questions."""
    return (" | " if is_postgresql() else " OR ").join(f"({each})" for each in queries)


def word_matches(query: Query, places: Iterable[int]) -> list[str]:
    """What the index is asked for each of these words: its stem in either language, or its beginning."""
    quote, prefix, alternative = ("'", ":*", " | ") if is_postgresql() else ('"', "*", " OR ")
    last = len(query.words) - 1
    parts = []
    for index in places:
        stem, other = query.stems[index], query.other_stems[index]
        part = f"{quote}{query.sign}{stem}{quote}{alternative}{quote}{query.other_sign}{other}{quote}"
        if query.begun and index == last:
            part = f"{quote}{query.words[index]}{quote}{prefix}{alternative}{part}"
        parts.append(f"({part})")
    return parts


def candidates(matches: Sequence[str], language: str, kind: str | None, most: int) -> list[Row]:
    """For each question, `most` entries whose headline answers and as many that answer anywhere, by publication."""
    given: dict[str, Any] = {"language": language, "most": most}
    if kind is not None:
        given["kind"] = kind
    for index, match in enumerate(matches):
        given[f"in_headline_{index}"], given[f"anywhere_{index}"] = _in_headline(match), match
    statement = _candidates(is_postgresql(), kind is not None, len(matches))
    return [Row(*row) for row in _run(statement, given)]


def survey(match: str, language: str, most: int = SURVEYED) -> list[Match]:
    """Every entry that answers, up to a bound, in the order of publication; those whose headline does are marked."""
    statement = _survey(is_postgresql())
    given = {"in_headline_0": _in_headline(match), "anywhere_0": match, "language": language, "most": most}
    found: dict[int, Match] = {}
    for entry_id, document_id, part, in_headline in _run(statement, given):
        if in_headline or entry_id not in found:
            found[entry_id] = Match(entry_id, document_id, part, bool(in_headline))
    return [found[each] for each in sorted(found)]


def rows_of(ids: Sequence[int]) -> list[Row]:
    """These entries, in the order of publication."""
    if not ids:
        return []
    # The ids are ours, whole numbers: written out, so that no statement is made of an expanding list of parameters.
    return [Row(*row) for row in _run(f"{_COLUMNS} WHERE id IN ({','.join(map(str, ids))}) ORDER BY id", {})]


def presence(matches: Sequence[str], language: str) -> list[int]:
    """How many entries answer each of these questions, counted up to a bound. One statement."""
    if not matches:
        return []
    given: dict[str, Any] = {f"anywhere_{index}": match for index, match in enumerate(matches)}
    statement = _presence(is_postgresql(), len(matches))
    return [int(each) for each in _run(statement, {**given, "language": language, "most": COUNTED})[0]]


_COLUMNS = "SELECT document_id, language, part, headline_terms, terms, words, sections FROM search_entry"


def _in_headline(match: str) -> str:
    return match if is_postgresql() else f"headline : ({match})"


@cache
def _candidates(on_postgresql: bool, one_kind: bool, questions: int) -> str:
    kind = "AND e.kind = :kind" if one_kind else ""
    ids = " UNION ".join(
        f"SELECT id FROM (SELECT e.id {_source(on_postgresql, where, index)} {kind} "  # noqa: S608 - our own words
        f"ORDER BY {_order(on_postgresql)} LIMIT :most) {name}_{index}"
        for index in range(questions)
        for name, where in (("in_titles", _HEADLINE), ("in_texts", _ANYWHERE))
    )
    return _for_driver(f"{_COLUMNS} WHERE id IN ({ids})", on_postgresql)


@cache
def _survey(on_postgresql: bool) -> str:
    both = " UNION ALL ".join(
        f"SELECT * FROM (SELECT e.id, e.document_id, e.part, {flag} AS in_headline "  # noqa: S608 - our own words
        f"{_source(on_postgresql, where, 0)} ORDER BY {_order(on_postgresql)} LIMIT :most) {name}"
        for name, flag, where in (("in_titles", 1, _HEADLINE), ("in_texts", 0, _ANYWHERE))
    )
    return _for_driver(both, on_postgresql)


@cache
def _presence(on_postgresql: bool, words: int) -> str:
    counts = ", ".join(
        f"(SELECT count(*) FROM "  # noqa: S608 - our own words
        f"(SELECT 1 {_source(on_postgresql, _ANYWHERE, index)} LIMIT :most) found_{index})"
        for index in range(words)
    )
    return _for_driver(f"SELECT {counts}", on_postgresql)


def _source(on_postgresql: bool, where: tuple[str, str], index: int) -> str:
    """The entries that answer the question of this number, of those that the reader is shown."""
    return f"{_FROM_POSTGRESQL if on_postgresql else _FROM_SQLITE} AND {where[on_postgresql].format(index)}"


def _order(on_postgresql: bool) -> str:
    return "e.id" if on_postgresql else "search_index.rowid"


def _for_driver(statement: str, on_postgresql: bool) -> str:
    """Given to the driver as it is, so each driver's way of naming a value: sqlite3 takes :name, psycopg %(name)s."""
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement) if on_postgresql else statement


def _run(statement: str, given: dict[str, Any]) -> Sequence[Any]:
    return db.session.connection().exec_driver_sql(statement, given).all()
