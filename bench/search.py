"""Searching 10,000 generated scripts, in process: the whole of it against the bare index query behind it."""

import sqlite3
import tempfile
import time
from pathlib import Path
from uuid import UUID

from app import create_app, schema
from app.accounts.actor import Actor, Role
from app.config import Settings
from app.library import analysis, catalogue, search, sync
from app.library.files import Folders
from app.scripts import searching
from bench import generated
from bench.figures import Figure, at_most_times, middle, percentile

SCRIPTS = 10_000
QUERIES = 1_000
ROUNDS = 3
READER = Actor(UUID(int=1), "Bench", "bench@example.org", Role.REP, language="fr")


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
            bare = sqlite3.connect(folder / "palier.db")
            rounds = [_round(bare) for _ in range(ROUNDS + 1)][1:]  # the first one warms both up
    ours = middle([percentile(times, 0.99) for times, _ in rounds])
    index = middle([percentile(times, 0.99) for _, times in rounds])
    return [at_most_times("script_search_p99", ours * 1000, "ms", index * 1000, 2)]


def _round(bare: sqlite3.Connection) -> tuple[list[float], list[float]]:
    """Every query, once each way, one right after the other."""
    statement = search.index_query(False, True)
    ours, index = [], []
    for typed in generated.queries(QUERIES):
        values = search.index_values(search.expression(analysis.parse_query(typed, "fr"), typing=True), "script")
        began = time.perf_counter()
        bare.execute(statement, values).fetchall()
        between = time.perf_counter()
        for hit in searching.search(READER, typed, language="fr").hits[: searching.SHOWN]:
            _ = hit.why
        ours.append(time.perf_counter() - between)
        index.append(between - began)
    return ours, index
