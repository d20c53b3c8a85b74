"""Files and database: what changed on one side moves over, both is a conflict, and a problem keeps what was there."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.core import clock
from app.core.database import db
from app.core.errors import InvalidInput
from app.library import catalogue, comparison, export, parsing, publishing, search, sync
from app.library.events import RevisionPublished, revision_published
from app.library.files import SourceFile
from app.library.kinds import Draft, all_kinds
from app.library.models import Document, Edition, Revision
from app.library.sync import Report
from tests.conftest import NOW
from tests.library_factories import (
    PLAY_BODY,
    folders_of,
    sync_library,
    write_glossary,
    write_play,
    write_script,
    write_small_library,
    write_step,
    write_text,
)

PLAY = "content/fr/01-prendre-contact/passer-le-standard.md"
STEP = "content/fr/01-prendre-contact/index.md"

Rows = dict[str, list[tuple[Any, ...]]]


def rows() -> Rows:
    """Every row of the library's tables, and of SQLite's index."""
    tables = ["document", "edition", "revision", "rendering", "library_state", "search_entry", "activity"]
    return {name: sorted(map(tuple, db.session.execute(text(f"SELECT * FROM {name}"))), key=repr) for name in tables}


def file_bytes(root: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(root)): file.read_bytes()
        for folder in ("content", "quizzes")
        for file in (root / folder).rglob("*")
        if file.is_file()
    }


def publish_in_database(path: str, source: bytes) -> int:
    """What an editor in the browser does: a new text in the database, the file left as it was."""
    words = {"MESORE": "Meilleure solution de rechange."}  # the small library's glossary
    draft = parsing.parse(SourceFile(path, source), all_kinds(), words)
    assert isinstance(draft, Draft)
    revision_id = publishing.publish(draft, source, publishing.recipe(words), in_file=False)
    publishing.bump_generation()
    db.session.commit()
    return revision_id


def source_of(path: str) -> bytes:
    this = select(Revision.source).join(Edition, Edition.published_id == Revision.id).where(Edition.path == path)
    return db.session.execute(this).scalar_one()


def did(report: Report) -> dict[str, list[str]]:
    """What a report says was done, without what is empty."""
    names = ("published", "renamed", "withdrawn", "written", "removed", "conflicts")
    said = {name: getattr(report, name) for name in names} | {"problems": [p.path for p in report.problems]}
    return {name: paths for name, paths in said.items() if paths}


@pytest.fixture
def root(app: Flask, library_files: Path) -> Path:
    """A small library, synchronised."""
    write_small_library(library_files)
    assert sync_library(app).problems == []
    return library_files


def test_a_new_file_is_published_as_revision_one(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", id="ecouter")
    assert did(sync_library(app)) == {"published": ["content/fr/01-prendre-contact/ecouter.md"]}
    assert catalogue.entry("ecouter", "play").number == 1


def test_a_changed_file_is_published_as_the_next_revision_and_the_first_stays(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", title="Autre titre")
    with clock.frozen_at(NOW + timedelta(days=1)):
        assert did(sync_library(app)) == {"published": [PLAY]}
    entry = catalogue.entry("passer-le-standard", "play")
    assert (entry.number, entry.title, entry.published_at) == (2, "Autre titre", NOW + timedelta(days=1))
    titles = select(Revision.title).filter_by(document_id="passer-le-standard").order_by(Revision.number)
    assert list(db.session.scalars(titles)) == ["Passer le standard", "Autre titre"]


def test_synchronising_twice_touches_no_row_and_no_file(app: Flask, root: Path) -> None:
    before, files_before = rows(), {path: (root / path).stat().st_mtime_ns for path in file_bytes(root)}
    with clock.frozen_at(NOW + timedelta(days=1)):
        report = sync_library(app)
    assert (did(report), report.unchanged, report.rendered_again, report.exit_status) == ({}, 7, 0, 0)
    assert rows() == before
    assert {path: (root / path).stat().st_mtime_ns for path in file_bytes(root)} == files_before


def test_a_renamed_file_keeps_its_document_and_makes_no_revision(app: Flask, root: Path) -> None:
    (root / PLAY).rename(root / "content/fr/01-prendre-contact/standard.md")
    announced: list[RevisionPublished] = []
    with revision_published.connected_to(announced.append):
        report = sync_library(app)
    assert did(report) == {"renamed": ["content/fr/01-prendre-contact/standard.md"]}
    assert announced == []
    assert catalogue.entry("passer-le-standard", "play").number == 1
    assert did(sync_library(app)) == {}


def test_a_file_renamed_and_changed_is_one_new_revision(app: Flask, root: Path) -> None:
    (root / PLAY).unlink()
    write_text(root, "content/fr/01-prendre-contact/a.md", source_of(PLAY) + b"\nEncore.\n")
    assert did(sync_library(app)) == {"published": ["content/fr/01-prendre-contact/a.md"]}
    assert catalogue.entry("passer-le-standard", "play").number == 2


def test_a_play_moved_to_another_step_stands_beside_it(app: Flask, root: Path) -> None:
    folder = write_step(root, "conclure", order=6)
    (root / PLAY).rename(folder / "standard.md")
    assert sync_library(app).problems == []
    beside = catalogue.current().beside(catalogue.entry("conclure", "step"), "play")
    assert [each.id for each in beside] == ["passer-le-standard"]


def test_two_files_may_exchange_their_names(app: Flask, root: Path) -> None:
    other = write_play(root, "01-prendre-contact", id="ecouter")
    sync_library(app)
    between = root / "between"
    (root / PLAY).rename(between)
    other.rename(root / PLAY)
    between.rename(other)
    assert set(did(sync_library(app))) == {"renamed"}
    assert {catalogue.entry(each, "play").number for each in ("ecouter", "passer-le-standard")} == {1}
    assert did(sync_library(app)) == {}


def test_a_file_given_another_id_is_another_document_and_the_first_is_withdrawn(app: Flask, root: Path) -> None:
    (root / PLAY).write_bytes((root / PLAY).read_bytes().replace(b"id: passer-le-standard", b"id: standard"))
    assert did(sync_library(app)) == {"published": [PLAY], "withdrawn": [PLAY]}
    assert [each.id for each in catalogue.entries("play")] == ["standard"]
    assert did(sync_library(app)) == {}


def test_a_removed_file_withdraws_its_document_and_keeps_its_revisions(app: Flask, root: Path) -> None:
    (root / PLAY).unlink()
    assert did(sync_library(app)) == {"withdrawn": [PLAY]}
    assert catalogue.entries("play") == []
    assert search.search("standard", language="fr").hits == []
    assert db.session.scalar(select(Revision.number).filter_by(document_id="passer-le-standard")) == 1
    assert did(sync_library(app)) == {}


def test_a_withdrawn_text_that_reappears_is_the_same_revision(app: Flask, root: Path) -> None:
    kept = (root / PLAY).read_bytes()
    (root / PLAY).unlink()
    sync_library(app)
    write_text(root, "content/fr/01-prendre-contact/back.md", kept)
    assert set(did(sync_library(app))) == {"published"}
    assert catalogue.entry("passer-le-standard", "play").number == 1
    assert search.search("standard", language="fr").hits != []


def test_another_document_may_take_the_place_of_a_withdrawn_one(app: Flask, root: Path) -> None:
    kept = (root / PLAY).read_bytes()
    (root / PLAY).unlink()
    sync_library(app)
    write_text(root, PLAY, kept.replace(b"id: passer-le-standard", b"id: standard"))
    assert did(sync_library(app)) == {"published": [PLAY]}
    write_text(root, "content/fr/01-prendre-contact/z.md", kept)
    assert set(did(sync_library(app))) == {"published"}
    assert len(catalogue.entries("play")) == 2


def test_a_change_in_the_database_is_written_to_the_file(app: Flask, root: Path) -> None:
    changed = (root / PLAY).read_bytes() + b"\nEcrit dans le navigateur.\n"
    publish_in_database(PLAY, changed)
    assert did(sync_library(app)) == {"written": [PLAY]}
    assert (root / PLAY).read_bytes() == changed
    assert did(sync_library(app)) == {}


def test_a_document_made_in_the_database_becomes_a_file(app: Flask, root: Path) -> None:
    path = "content/fr/01-prendre-contact/ecouter.md"
    source = (root / PLAY).read_bytes().replace(b"id: passer-le-standard", b"id: ecouter")
    publish_in_database(path, source)
    assert did(sync_library(app)) == {"written": [path]}
    assert (root / path).read_bytes() == source
    assert did(sync_library(app)) == {}


def test_a_document_withdrawn_in_the_database_loses_its_file(app: Flask, root: Path) -> None:
    db.session.execute(text("UPDATE edition SET published_id = NULL WHERE document_id = 'passer-le-standard'"))
    db.session.commit()
    assert did(sync_library(app)) == {"removed": [PLAY]}
    assert not (root / PLAY).exists()
    assert did(sync_library(app)) == {}


def test_a_change_in_the_database_follows_a_renamed_file(app: Flask, root: Path) -> None:
    changed = (root / PLAY).read_bytes() + b"\nEcrit dans le navigateur.\n"
    publish_in_database(PLAY, changed)
    new = "content/fr/01-prendre-contact/standard.md"
    (root / PLAY).rename(root / new)
    assert did(sync_library(app)) == {"renamed": [new], "written": [new]}
    assert (root / new).read_bytes() == changed
    assert did(sync_library(app)) == {}


@pytest.mark.parametrize("renamed", [False, True])
def test_changes_on_both_sides_are_a_conflict_and_nothing_is_overwritten(app: Flask, root: Path, renamed: bool) -> None:
    mine, theirs = (root / PLAY).read_bytes() + b"\nMoi.\n", (root / PLAY).read_bytes() + b"\nEux.\n"
    publish_in_database(PLAY, theirs)
    path = "content/fr/01-prendre-contact/standard.md" if renamed else PLAY
    (root / PLAY).unlink()
    write_text(root, path, mine)
    before = rows()
    for _ in range(2):
        report = sync_library(app)
        assert (did(report), report.exit_status) == ({"conflicts": [path]}, 3)
    assert rows() == before
    assert (root / path).read_bytes() == mine
    assert source_of(PLAY) == theirs


def test_a_file_removed_while_the_database_changed_is_a_conflict(app: Flask, root: Path) -> None:
    publish_in_database(PLAY, (root / PLAY).read_bytes() + b"\nEux.\n")
    (root / PLAY).unlink()
    assert did(sync_library(app)) == {"conflicts": [PLAY]}
    assert len(catalogue.entries("play")) == 1


def test_the_same_change_on_both_sides_is_remembered(app: Flask, root: Path) -> None:
    changed = (root / PLAY).read_bytes() + b"\nPareil.\n"
    publish_in_database(PLAY, changed)
    (root / PLAY).write_bytes(changed)
    report = sync_library(app)
    assert (did(report), report.exit_status) == ({}, 0)
    (root / PLAY).write_bytes(changed + b"\nEncore.\n")
    assert did(sync_library(app)) == {"published": [PLAY]}


def test_an_author_who_saves_while_the_library_is_read_loses_nothing(
    app: Flask, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_in_database(PLAY, (root / PLAY).read_bytes() + b"\nNavigateur.\n")
    compare = comparison.compare

    def slow(*arguments: Any) -> Any:
        found = compare(*arguments)
        (root / PLAY).write_bytes(b"being written")
        return found

    monkeypatch.setattr(sync, "compare", slow)
    assert did(sync_library(app)) == {"conflicts": [PLAY]}
    assert (root / PLAY).read_bytes() == b"being written"


def test_nothing_of_a_broken_file_is_published_and_the_others_are(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", title="Autre", ordre=2)
    write_play(root, "01-prendre-contact", id="ecouter")
    report = sync_library(app)
    assert did(report) == {"published": ["content/fr/01-prendre-contact/ecouter.md"], "problems": [PLAY]}
    assert report.exit_status == 1
    assert catalogue.entry("passer-le-standard", "play").title == "Passer le standard"


@pytest.mark.parametrize("broken", [b"\xff", b"---\nid: passer-le-standard\n---\n", b"---\nid: [\n---\n"])
@pytest.mark.parametrize("renamed", [False, True])
def test_a_published_document_stays_when_its_file_breaks(app: Flask, root: Path, broken: bytes, renamed: bool) -> None:
    readable = b"passer-le-standard" in broken
    path = "content/fr/01-prendre-contact/standard.md" if renamed and readable else PLAY
    (root / PLAY).unlink()
    write_text(root, path, broken)
    assert set(did(sync_library(app))) == {"problems"}
    assert catalogue.entry("passer-le-standard", "play").number == 1


def test_what_links_to_a_broken_new_file_waits_with_it_and_so_does_what_links_to_that(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", id="un", ordre=1)
    write_play(root, "01-prendre-contact", id="deux", body=PLAY_BODY + "[x](play:un)\n")
    write_play(root, "01-prendre-contact", id="trois", body=PLAY_BODY + "[x](play:deux#know)\n")
    write_play(root, "01-prendre-contact", id="quatre")
    report = sync_library(app)
    assert did(report)["published"] == ["content/fr/01-prendre-contact/quatre.md"]
    assert [(p.path.rpartition("/")[2], p.expected) for p in report.problems] == [
        ("deux.md", "that file mended first"),
        ("trois.md", "that file mended first"),
        ("un.md", "one of the keys in docs/authoring.md"),
    ]
    write_play(root, "01-prendre-contact", id="un")
    assert len(did(sync_library(app))["published"]) == 3


def test_two_new_documents_may_link_to_each_other(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", id="un", body=PLAY_BODY + "[x](play:deux)\n")
    write_play(root, "01-prendre-contact", id="deux", body=PLAY_BODY + "[x](play:un)\n")
    assert len(did(sync_library(app))["published"]) == 2


def test_a_link_to_what_is_being_withdrawn_leads_nowhere(app: Flask, root: Path) -> None:
    (root / PLAY).unlink()
    write_play(root, "01-prendre-contact", id="un", body=PLAY_BODY + "[x](play:passer-le-standard)\n")
    assert set(did(sync_library(app))) == {"withdrawn", "problems"}


def test_a_changed_file_may_link_to_a_part_of_an_unchanged_one(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", id="un", body=PLAY_BODY + "[x](play:passer-le-standard#say)\n")
    write_play(root, "01-prendre-contact", id="deux", body=PLAY_BODY + "[x](play:passer-le-standard#avoid)\n")
    assert did(sync_library(app))["problems"] == ["content/fr/01-prendre-contact/deux.md"]


def test_a_copy_of_a_published_file_is_refused_and_the_first_stays(app: Flask, root: Path) -> None:
    copy = "content/fr/01-prendre-contact/copie.md"
    write_text(root, copy, (root / PLAY).read_bytes())
    assert did(sync_library(app)) == {"problems": [copy]}
    assert catalogue.entry("passer-le-standard", "play").number == 1


def test_an_id_is_never_reused_for_another_kind(app: Flask, root: Path) -> None:
    (root / PLAY).unlink()
    sync_library(app)
    write_script(root, id="passer-le-standard")
    report = sync_library(app)
    assert [each.what for each in report.problems] == ["the id “passer-le-standard” was a play"]
    assert db.session.scalar(select(Document.kind).filter_by(id="passer-le-standard")) == "play"


def test_a_changed_glossary_renders_the_others_again_and_makes_no_revision(app: Flask, root: Path) -> None:
    write_glossary(root, lumiere="Clarté.", standard="Accueil téléphonique.")
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Ce qu’il", "Le standard, ce qu’il"))
    report = sync_library(app)
    assert len(report.published) == 2
    assert report.rendered_again == 5
    entry = catalogue.entry("passer-le-standard", "play")
    know = catalogue.current().body(entry).block("know")
    assert know is not None
    assert '<abbr title="Accueil téléphonique.">standard</abbr>' in know.html
    assert did(sync_library(app)) == {}
    write_glossary(root, standard="Le filtre.")
    assert sync_library(app).rendered_again == 6
    entry = catalogue.entry("passer-le-standard", "play")
    know = catalogue.current().body(entry).block("know")
    assert know is not None
    assert (entry.number, '<abbr title="Le filtre.">' in know.html) == (2, True)


def test_a_withdrawn_glossary_is_forgotten_at_once(app: Flask, root: Path) -> None:
    (root / "content/fr/glossaire.yaml").unlink()
    report = sync_library(app)
    assert (did(report), report.rendered_again) == ({"withdrawn": ["content/fr/glossaire.yaml"]}, 6)
    assert sync_library(app).rendered_again == 0


def test_a_glossary_that_is_refused_underlines_nothing(app: Flask, root: Path) -> None:
    write_text(
        root,
        "content/fr/glossary.yaml",
        "id: glossaire\ntitle: G\nterms: [{term: nom, definition: D, abbreviation: true}]",
    )
    write_play(root, "01-prendre-contact", title="Autre")
    report = sync_library(app)
    assert did(report) == {"published": [PLAY], "problems": ["content/fr/glossary.yaml"]}
    body = catalogue.current().body(catalogue.entry("passer-le-standard", "play"))
    assert not any("<abbr" in block.html for block in body.blocks)
    assert sync_library(app).rendered_again == 0


@pytest.mark.parametrize("folder", ["content", "quizzes"])
def test_a_missing_folder_is_a_wrong_setting_and_withdraws_nothing(app: Flask, root: Path, folder: str) -> None:
    (root / folder).rename(root / "elsewhere")
    before = rows()
    with pytest.raises(InvalidInput):
        sync_library(app)
    assert rows() == before


def test_an_empty_folder_is_a_disk_that_was_not_mounted(app: Flask, root: Path) -> None:
    (root / "content").rename(root / "elsewhere")
    (root / "content").mkdir()
    before = rows()
    with pytest.raises(InvalidInput):
        sync_library(app)
    assert rows() == before


def test_a_folder_that_cannot_be_listed_withdraws_nothing(
    app: Flask, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, scandir = rows(), os.scandir

    def refusing(path: Any) -> Any:
        if str(path).endswith("01-prendre-contact"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(InvalidInput):
        sync_library(app)
    assert rows() == before


def test_a_crash_in_the_middle_leaves_the_database_as_it_was(
    app: Flask, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_play(root, "01-prendre-contact", id="un")
    write_play(root, "01-prendre-contact", id="deux")
    (root / PLAY).unlink()
    before, publish = rows(), publishing.publish
    done = []

    def failing(draft: Draft, *arguments: Any, **named: Any) -> int:
        if done:
            raise RuntimeError("power cut")
        done.append(draft)
        return publish(draft, *arguments, **named)

    monkeypatch.setattr(publishing, "publish", failing)
    with pytest.raises(RuntimeError):
        sync_library(app)
    assert rows() == before
    monkeypatch.undo()
    assert set(did(sync_library(app))) == {"published", "withdrawn"}


def in_threads(app: Flask, *works: Callable[[], Any]) -> list[Any]:
    """Run them at the same time, each in an application context of its own."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        with app.app_context():
            barrier.wait()
            try:
                return work()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_synchronisations_at_once_publish_each_document_once(app: Flask, library_files: Path) -> None:
    folder = write_small_library(library_files)
    for number in range(10):
        write_play(library_files, folder, id=f"fiche-{number}")
    reports = in_threads(app, lambda: sync_library(app), lambda: sync_library(app), lambda: sync_library(app))
    assert sorted(len(report.published) for report in reports) == [0, 0, 17]
    assert [report.problems for report in reports] == [[], [], []]
    assert set(db.session.scalars(select(Revision.number))) == {1}


def test_what_is_published_while_files_are_read_is_compared_again(
    app: Flask, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / PLAY).write_bytes((root / PLAY).read_bytes() + b"\nFichier.\n")
    compare = comparison.compare
    calls = []

    def interrupted(*arguments: Any) -> Any:
        found = compare(*arguments)
        if not calls:
            in_threads(app, lambda: publish_in_database(STEP, (root / STEP).read_bytes() + b"\nNavigateur.\n"))
        calls.append(1)
        return found

    monkeypatch.setattr(sync, "compare", interrupted)
    assert did(sync_library(app)) == {"published": [PLAY], "written": [STEP]}
    assert len(calls) == 2


def test_a_published_text_announces_itself_in_the_same_transaction(app: Flask, root: Path) -> None:
    announced: list[RevisionPublished] = []
    write_play(root, "01-prendre-contact", title="Autre")
    with revision_published.connected_to(announced.append):
        sync_library(app)
    assert [(each.document_id, each.kind, each.number) for each in announced] == [("passer-le-standard", "play", 2)]


def test_the_generation_moves_only_when_readers_see_something_else(app: Flask, root: Path) -> None:
    before = publishing.newest_generation()
    sync_library(app)
    assert publishing.newest_generation() == before
    write_play(root, "01-prendre-contact", title="Autre")
    sync_library(app)
    assert publishing.newest_generation() == before + 1


def test_a_second_language_is_an_edition_of_the_same_document(app: Flask, root: Path) -> None:
    folder = write_step(root, language="en", title="Make contact")
    write_play(root, folder, language="en", title="Get past the switchboard")
    assert len(did(sync_library(app))["published"]) == 2
    published = catalogue.current()
    assert published.get("passer-le-standard", "en", "play").title == "Get past the switchboard"
    assert published.get("passer-le-standard", "fr", "play").title == "Passer le standard"


bodies = st.lists(
    st.sampled_from(["mot", "« Ça va ? »", "é", "\u00a0", "𝄞", "  ", "\t", "|", "[x](y)", "&amp;", "<b>"]), max_size=12
).map(" ".join)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mark=st.sampled_from(["", "\ufeff"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    texts=st.tuples(bodies, bodies, bodies, bodies),
    end=st.sampled_from(["", "\n", "\n\n\n", "   ", "\n \t"]),
)
def test_sync_then_export_gives_back_the_same_bytes(
    app: Flask,
    library_files: Path,
    tmp_path_factory: pytest.TempPathFactory,
    mark: str,
    newline: str,
    texts: tuple[str, ...],
    end: str,
) -> None:
    front = "---\nid: passer-le-standard \ntitle: 'É ' # remark\norder: 1\nsummary: s\n---\n"
    body = "".join(
        f"## {name} {{.{name}}}  \nmot {t}\n" for name, t in zip(("know", "say", "show", "do"), texts, strict=True)
    )
    source = (mark + (front + body).replace("\n", newline) + end).encode()
    write_step(library_files)
    write_text(library_files, PLAY, source)
    report = sync_library(app)
    assert report.problems == []
    elsewhere = tmp_path_factory.mktemp("export")
    folders = type(folders_of(app))(elsewhere / "content", elsewhere / "quizzes")
    export.export(folders, remember=False)
    assert (elsewhere / PLAY).read_bytes() == source
    assert file_bytes(elsewhere) == file_bytes(library_files)


def test_export_restores_a_lost_file_and_touches_no_other(app: Flask, root: Path) -> None:
    before, kept = rows(), file_bytes(root)
    (root / PLAY).unlink()
    result = export.export(folders_of(app))
    assert (result.written, result.unchanged, result.exit_status) == ([PLAY], 6, 0)
    assert file_bytes(root) == kept
    assert rows() == before


def test_export_leaves_alone_what_was_changed_in_a_file(app: Flask, root: Path) -> None:
    (root / PLAY).write_bytes(b"mine")
    (root / STEP).unlink()
    (root / STEP).symlink_to("nowhere")
    result = export.export(folders_of(app))
    assert (result.conflicts, result.exit_status) == ([STEP, PLAY], 3)
    assert (root / PLAY).read_bytes() == b"mine"
    assert (root / STEP).is_symlink()


def test_export_writes_what_changed_in_the_database(app: Flask, root: Path) -> None:
    changed = (root / PLAY).read_bytes() + b"\nNavigateur.\n"
    publish_in_database(PLAY, changed)
    assert export.export(folders_of(app)).written == [PLAY]
    assert (root / PLAY).read_bytes() == changed
    assert did(sync_library(app)) == {}
