"""Searching 10,000 generated scripts, in process: the whole of it against the bare index query behind it."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from app import create_app, schema
from app.accounts.actor import Actor, Role
from app.config import Settings
from app.library import analysis, catalogue, sync
from app.library.files import Folders
from app.library.finding import everything, matching
from app.scripts import searching
from bench import generated
from bench.figures import Figure, at_most, at_most_times, middle, percentile

SCRIPTS = 10_000
QUERIES = 1_000
MISTAKES = 300
ROUNDS = 3
READER = Actor(UUID(int=1), "Bench", "bench@example.org", Role.REP, language="fr")

# The question to the index, and nothing else: what somebody who knows FTS5 would write first.
BARE = """
SELECT id FROM (
    SELECT rowid AS id FROM search_index WHERE search_index MATCH :in_headline AND kind = :kind
    ORDER BY rowid LIMIT :most)
UNION SELECT id FROM (
    SELECT rowid AS id FROM search_index WHERE search_index MATCH :anywhere AND kind = :kind
    ORDER BY rowid LIMIT :most)
"""


def measure() -> list[Figure]:
    """p99 of a two-word query whose last word is a prefix, as the median of interleaved rounds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generated.write_scripts(folder, SCRIPTS)
        app = create_app(
            Settings(
                data_dir=folder,
                content_dir=folder / "content",
                quizzes_dir=folder / "quizzes",
                secret_key="for the bench alone, thirty-two characters or more",
            )
        )
        with app.app_context():
            schema.upgrade()
            report = sync.synchronise(Folders(folder / "content", folder / "quizzes"))
            if report.problems:
                raise SystemExit(f"the generated library is refused: {report.problems[0]}")
            catalogue.current()
            return figures_of(sqlite3.connect(folder / "palier.db"))


def figures_of(bare: sqlite3.Connection) -> list[Figure]:
    """The figures of the library that the current application holds."""
    rounds = [_round(bare) for _ in range(ROUNDS + 1)][1:]  # the first one warms both up
    ours = middle([percentile(times, 0.99) for times, _ in rounds])
    index = middle([percentile(times, 0.99) for _, times in rounds])
    whole = middle([_p99(_everything, generated.queries(QUERIES)) for _ in range(ROUNDS)])
    mistaken = middle([_p99(_everything, generated.mistakes(MISTAKES)) for _ in range(ROUNDS)])
    return [
        at_most_times("script_search_p99", ours * 1000, "ms", index * 1000, 2),
        at_most("search_p99", whole * 1000, "ms", 50),
        at_most("search_mistake_p99", mistaken * 1000, "ms", 100),
    ]


def _round(bare: sqlite3.Connection) -> tuple[list[float], list[float]]:
    """Every query, once each way, one right after the other."""
    ours, index = [], []
    for typed in generated.queries(QUERIES):
        match = matching.every_word(analysis.parse_query(typed, "fr"))
        values = {"in_headline": f"headline : ({match})", "anywhere": match, "kind": "script", "most": 25}
        began = time.perf_counter()
        bare.execute(BARE, values).fetchall()
        between = time.perf_counter()
        for hit in searching.search(READER, typed, language="fr").hits[: searching.SHOWN]:
            _ = hit.why
        ours.append(time.perf_counter() - between)
        index.append(between - began)
    return ours, index


def _everything(typed: str) -> None:
    everything.look(READER, everything.Wanted(typed), language="fr")


def _p99(act: Callable[[str], None], queries: Iterable[str]) -> float:
    times = []
    for typed in queries:
        began = time.perf_counter()
        act(typed)
        times.append(time.perf_counter() - began)
    return percentile(times, 0.99)
