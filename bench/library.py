"""A library of 10,000 documents with ten revisions each: its list, its synchronisation, what a publication costs."""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, text

from app import create_app, schema
from app.accounts import sign_ins
from app.accounts.actor import Role
from app.config import Settings
from app.core.database import db
from app.library import publishing, sync
from app.library.files import Folders
from bench import generated, world
from bench.bare import list_app
from bench.figures import Figure, at_least, at_most, at_most_times, for_orientation, middle

DOCUMENTS, REVISIONS = 10_000, 10
ROUNDS = 5
REQUESTS = 20
STATEMENTS, ROWS, UNCHANGED_SECONDS = 6, 20, 5
LIST = "/library"

# Nine more revisions beside each first one, and its rendering for the newest.
_MORE_REVISIONS = """
INSERT INTO revision (document_id, language, number, materiality, source, digest, title, card, facts, published_at)
WITH RECURSIVE numbers(number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM numbers WHERE number < :revisions)
SELECT document_id, language, numbers.number, 'material', source, digest, title, card, facts, published_at
FROM revision, numbers
"""
_NEWEST = """
UPDATE edition SET published_id = (SELECT id FROM revision WHERE revision.document_id = edition.document_id
AND revision.language = edition.language AND revision.number = :revisions)
"""
_RENDERINGS = """
INSERT INTO rendering (revision_id, made_with, blocks)
SELECT edition.published_id, rendering.made_with, rendering.blocks FROM rendering
JOIN revision ON revision.id = rendering.revision_id
JOIN edition ON edition.document_id = revision.document_id AND edition.language = revision.language
"""


@dataclass(frozen=True)
class Library:
    """The installation, its folders, and the headers of a signed-in manager."""

    app: Flask
    folders: Folders
    headers: dict[str, str]


def measure() -> list[Figure]:
    """Every figure of a large library."""
    with tempfile.TemporaryDirectory() as name:
        library = _build(Path(name))
        with library.app.app_context():
            return [*_lists(library), *_synchronising(library), *_publishing(library)]


def _build(folder: Path) -> Library:
    generated.write_scripts(folder, DOCUMENTS)
    settings = Settings(
        data_dir=folder,
        content_dir=folder / "content",
        quizzes_dir=folder / "quizzes",
        secret_key="for the bench alone, thirty-two characters or more",
    )
    app = create_app(settings)
    folders = Folders(settings.content_dir, settings.quizzes_dir)
    with app.app_context():
        schema.upgrade()
        report = sync.synchronise(folders)
        if report.problems:
            raise SystemExit(f"the generated library is refused: {report.problems[0]}")
        for statement in (_MORE_REVISIONS, _NEWEST, _RENDERINGS):
            db.session.execute(text(statement), {"revisions": REVISIONS} if ":revisions" in statement else {})
        publishing.bump_generation()
        manager = world.person(0, Role.MANAGER)
        db.session.flush()
        secret = sign_ins.begin(manager.id, "bench")
        db.session.commit()
    headers = {"Cookie": f"palier={world.cookie(app, secret)}", "Accept-Language": "fr"}
    headers["Cookie"] = world.after_first_page(app, headers)
    return Library(app, folders, headers)


def _lists(library: Library) -> list[Figure]:
    """The first page of the authors' list against a bare page with such a list, in process, one after the other."""
    client = library.app.test_client(use_cookies=False)
    page = client.get(LIST, headers=library.headers)
    if page.status_code != 200:
        raise RuntimeError(f"{LIST} answered {page.status}")
    bare = list_app(len(page.data)).test_client(use_cookies=False)
    pairs = [
        (_seconds(lambda: client.get(LIST, headers=library.headers)), _seconds(lambda: bare.get("/page")))
        for _ in range(ROUNDS + 1)
    ][1:]
    value, baseline = (1 / middle([pair[side] for pair in pairs]) for side in (0, 1))
    statements = world.statements(library.app, library.headers, LIST)
    return [
        at_most("library_list_statements", statements, "statements", STATEMENTS),
        at_least("library_list", value, "requests/s", baseline, 0.5),
    ]


def _synchronising(library: Library) -> list[Figure]:
    """The files as they are; then one of them changed: what that one alone writes, and how long it takes."""
    unchanged = middle([_once(lambda: sync.synchronise(library.folders)) for _ in range(3)])
    seconds, rows = [], 0
    for number in range(3):
        _change(library, number)
        with _counting_rows() as written:
            seconds.append(_once(lambda: sync.synchronise(library.folders)))
        rows = sum(written)
    return [
        at_most("sync_unchanged", unchanged, "s", UNCHANGED_SECONDS),
        at_most_times("sync_one_changed", middle(seconds), "s", unchanged, 2),
        at_most("sync_one_changed_rows", rows, "rows", ROWS),
    ]


def _publishing(library: Library) -> list[Figure]:
    """The first page of a process after a publication, which reads the catalogue again, against the next ones."""
    client = library.app.test_client(use_cookies=False)
    script = "/scripts/script-0"
    pairs = []
    for _ in range(ROUNDS):
        publishing.bump_generation()
        db.session.commit()
        first = _once(lambda: client.get(script, headers=library.headers))
        pairs.append((first * 1000, _seconds(lambda: client.get(script, headers=library.headers)) * 1000))
    value, baseline = (middle([pair[side] for pair in pairs]) for side in (0, 1))
    return [for_orientation("page_after_publication", value, "ms", baseline)]


def _change(library: Library, number: int) -> None:
    """One word of one file."""
    file = library.folders.content / "fr/objections/script-77.md"
    file.write_text(re.sub(r"Creuser\d*", f"Creuser{number}", file.read_text(), count=1))


@contextmanager
def _counting_rows() -> Iterator[list[int]]:
    """How many rows each statement wrote."""
    written: list[int] = []

    def count(_connection: object, cursor: Any, statement: str, *_: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "WITH")):
            written.append(max(0, cursor.rowcount))

    event.listen(db.engine, "after_cursor_execute", count)
    yield written
    event.remove(db.engine, "after_cursor_execute", count)


def _once(act: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _seconds(act: Callable[[], object]) -> float:
    """The mean of some calls in a row."""
    return _once(lambda: [act() for _ in range(REQUESTS)]) / REQUESTS
