"""Files, sync, edits in the browser, export, sync again: a fixed point, and exact bytes for what nobody touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import create_app
from app.accounts.actor import Actor
from app.config import Settings
from app.core import clock
from app.core.database import db
from app.library import catalogue, export
from app.library.authoring import archiving, drafts, releases
from tests.conftest import KEY, NOW
from tests.databases import Databases
from tests.library.writing import begin, make_author, publish
from tests.library_factories import PLAY_BODY, folders_of, front_matter, sync_library, write_small_library, write_text

FOLDER = "content/fr/01-prendre-contact"
PLAYS = [f"fiche-{letter}" for letter in "abcd"]

# What an author's program may leave in a file, beside words: other line ends, a mark first, no end of line, spaces.
SHAPES = st.sampled_from(["plain", "crlf", "mark", "no end", "spaces", "comments"])
WORDS = st.text("abé ’ «»\u00a0œ", min_size=1, max_size=20).map(lambda text: text.strip() or "mot")
EDITS = st.lists(st.tuples(st.sampled_from(PLAYS), WORDS, st.sampled_from(["edit", "archive", "copy"])), max_size=5)


def shaped(identity: str, words: str, shape: str) -> bytes:
    front = {"id": identity, "title": identity, "order": 2, "summary": "Un résumé."}
    text = front_matter(front, PLAY_BODY.replace("Ce qu’il faut savoir.", words))
    if shape == "comments":
        text = text.replace("---\nid", "---\n# gardé tel quel\nid", 1)
    if shape == "spaces":
        text = text.replace("\n## Dire", "   \n\n\n## Dire")
    if shape == "no end":
        text = text.rstrip("\n")
    source = text.encode()
    if shape == "crlf":
        source = source.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + source if shape == "mark" else source


@contextmanager
def library(databases: Databases) -> Iterator[tuple[Flask, Path]]:
    """An application on a fresh database, with folders of its own."""
    with TemporaryDirectory() as folder, databases.fresh() as url, clock.frozen_at(NOW):
        root = Path(folder)
        app = create_app(
            Settings(
                data_dir=root / "data",
                content_dir=root / "content",
                quizzes_dir=root / "quizzes",
                database_url=url,
                secret_key=KEY,
            )
        )
        with app.app_context():
            yield app, root
            db.session.remove()
            db.engine.dispose()


def bytes_of(root: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(root)): file.read_bytes()
        for top in ("content", "quizzes")
        for file in (root / top).rglob("*")
        if file.is_file()
    }


def edit(author: Actor, identity: str, words: str, how: str) -> str | None:
    """What an author does in the browser; gives the path of the file that it concerns, if anything came of it."""
    archived = catalogue.current().find(identity, "fr") is None
    if how == "archive" and not archived:
        archiving.archive(author, identity)
        return f"{FOLDER}/{identity}.md"
    if how == "copy" and not archived:
        draft = drafts.duplicate(author.id, identity, "fr", "", f"Copie {words}")
        publish(author, draft)
        return draft.path
    draft = begin(author, identity)
    line = draft.text.index("\n## Dire")
    source = f"{draft.text[:line]}\n{words}\n{draft.text[line:]}".encode()
    saved = drafts.save(author.id, draft.id, draft.version, source)
    releases.publish(author, draft.id, saved.version, "minor", "")
    return draft.path


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, SHAPES), min_size=4, max_size=4), EDITS, st.booleans())
def test_sync_edit_export_sync_is_a_fixed_point(
    databases: Databases, texts: list[tuple[str, str]], edits: list[tuple[str, str, str]], exported: bool
) -> None:
    with library(databases) as (app, root):
        write_small_library(root)
        for identity, (words, shape) in zip(PLAYS, texts, strict=True):
            write_text(root, f"{FOLDER}/{identity}.md", shaped(identity, words, shape))
        assert sync_library(app).exit_status == 0
        before = bytes_of(root)
        author = make_author()
        touched = {path for each in edits if (path := edit(author, *each))}
        if exported:
            assert export.export(folders_of(app)).conflicts == []
        assert sync_library(app).exit_status == 0
        after = bytes_of(root)
        assert {path: text for path, text in after.items() if path not in touched} == {
            path: text for path, text in before.items() if path not in touched
        }
        report = sync_library(app)
        assert (report.exit_status, report.unchanged) == (0, len(after))
        assert [*report.published, *report.written, *report.removed, *report.withdrawn, *report.renamed] == []
        assert export.export(folders_of(app)).written == []
        assert bytes_of(root) == after
