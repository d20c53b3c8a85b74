"""Why a document was found: its title and the passage that answers, with what was sought marked."""

import json
from functools import lru_cache
from typing import Any, NamedTuple

from app.library import analysis, ranking
from app.library.analysis import GLUE, together
from app.library.finding.matching import Row

BEFORE, AFTER = 6, 18
MOST_PASSAGES = 3


class Fragment(NamedTuple):
    """A piece of text; `sought` when it is what was searched for.

    Pieces are shown with a space between them, through `analysis.together`, which takes it away where there was none.
    """

    text: str
    sought: bool


class Place(NamedTuple):
    """Another passage of the document that has what was sought."""

    anchor: str
    heading: str


class Why(NamedTuple):
    """Why a document was found: its title and the place that answers, with what was sought marked."""

    title: tuple[Fragment, ...]
    anchor: str
    section: str
    snippet: tuple[Fragment, ...]


def why(row: Row, terms: str, title: str, sought: ranking.Pattern) -> Why:
    """The title, the section and the snippet. `terms` are the row's as `ranking` reads them."""
    position = ranking.best_position(terms, sought)
    anchor, heading, first, following = _section(sections_of(row), position or 0)
    begin = max(first, (position or first) - BEFORE)
    end = min(following, begin + BEFORE + AFTER)
    # Split no further than what is shown.
    words = row.words.split(" ", end)[begin:end] if row.words else []
    snippet = _fragments(words, terms.split(" ", end + 1)[begin + 1 : end + 1], sought.marks)
    if begin > first:
        snippet = (Fragment("…", sought=False), *snippet)
    # The headline begins with the title's own words.
    title_words = _title_words(title)
    of_title = row.headline.split(" ", len(title_words))[: len(title_words)]
    return Why(
        _fragments(title_words, of_title, sought.title_marks), anchor if position is not None else "", heading, snippet
    )


def passages(row: Row, terms: str, sought: ranking.Pattern) -> list[Place]:
    """The sections of the text that have one of the words, but the one that the snippet is from."""
    sections = sections_of(row)
    shown = _section(sections, ranking.best_position(terms, sought) or 0)[0]
    found: dict[str, str] = {}
    for position in ranking.positions(terms, sought):
        anchor, heading, *_ = _section(sections, position)
        if anchor and heading and anchor != shown:
            found.setdefault(anchor, heading)
    return [Place(*each) for each in found.items()][:MOST_PASSAGES]


def sections_of(row: Row) -> list[list[Any]]:
    """Where each section of the text begins. Read through plain SQL: psycopg has parsed the JSON, sqlite3 has not."""
    stored = row.sections
    sections: list[list[Any]] = json.loads(stored) if isinstance(stored, str) else stored
    return sections


def spelling_of(row: Row, folded: str) -> str | None:
    """How a word is written in an entry's text, accents and all; None when it does not stand there."""
    terms = f" {row.terms} "
    at = terms.find(f" {folded}/")
    if at < 0:
        return None
    written = row.words.split(" ")[terms.count(" ", 0, at + 1) - 1]
    return analysis.parts_of(written)[1].lower()


@lru_cache(maxsize=4_000)
def _title_words(title: str) -> list[str]:
    return analysis.words_of(title)


def _section(sections: list[list[Any]], position: int) -> tuple[str, str, int, int]:
    """The section a word stands in: anchor, heading, the first word of its text, and of the next section."""
    following = 1_000_000
    for first, anchor, heading, after_heading in reversed(sections):
        if first <= position:
            return anchor, heading, after_heading, following
        following = first
    return "", "", 0, following


def _fragments(words: list[str], terms: list[str], marks: tuple[str, ...]) -> tuple[Fragment, ...]:
    """Neighbouring words joined, those that were sought apart, without the punctuation around them."""
    found = ranking.places(f" {' '.join(terms)} ", marks)
    if not found:
        return (Fragment(together(" ".join(words)), sought=False),) if words else ()
    fragments: list[Fragment] = []
    plain: list[str] = []
    done = 0
    for place in found:
        before, word, after = analysis.parts_of(words[place])
        plain += words[done:place]
        if before and before != GLUE:
            plain.append(before)
        if plain:
            fragments.append(Fragment(_joined(plain), sought=False))
        fragments.append(Fragment(GLUE + word if before else word, sought=True))
        plain = [GLUE + after] if after else []
        done = place + 1
    plain += words[done:]
    if plain:
        fragments.append(Fragment(_joined(plain), sought=False))
    return tuple(fragments)


def _joined(words: list[str]) -> str:
    """Words as one text; a sign at its beginning that glues it to the piece before stays."""
    text = " ".join(words)
    return GLUE + together(text[1:]) if text.startswith(GLUE) else together(text)
