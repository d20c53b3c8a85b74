"""Conflicts that sync and export find are kept with both texts and settled in the browser; then both sides agree."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Actor
from app.core.database import db
from app.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.library import catalogue, export
from app.library.authoring import archiving, conflicts, drafts
from app.library.authoring.models import SyncConflict
from app.library.authoring.releases import Refused
from app.library.models import Edition, Revision
from tests.factories import actor_for, make_person
from tests.library.writing import PLAY_ID, begin, publish, rewrite
from tests.library_factories import (
    PLAY_BODY,
    folders_of,
    sync_library,
    write_glossary,
    write_play,
    write_text,
)

SENTENCE = "Ce qu’il faut savoir."
PLAY = f"content/fr/01-prendre-contact/{PLAY_ID}.md"


def change_file(root: Path, sentence: str = "Du fichier.") -> None:
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace(SENTENCE, sentence))


def published_text() -> str | None:
    source = db.session.scalars(
        select(Revision.source).join(Edition, Edition.published_id == Revision.id).where(Edition.document_id == PLAY_ID)
    ).one_or_none()
    return source.decode() if source else None


@pytest.fixture
def both_changed(app: Flask, alice: Actor, root: Path) -> str:
    """A play that changed in its file and in the browser; gives what a form about it sends back."""
    publish(alice, rewrite(alice, SENTENCE, "Du navigateur."))
    change_file(root)
    assert sync_library(app).exit_status == 3
    return conflicts.sides(PLAY_ID, "fr").seen


def test_a_conflict_is_kept_with_both_texts(both_changed: str, root: Path) -> None:
    found = conflicts.listed()
    assert [(each.document_id, each.language, each.path, each.kind) for each in found] == [
        (PLAY_ID, "fr", PLAY, "play")
    ]
    sides = conflicts.sides(PLAY_ID, "fr")
    assert sides.file == (root / PLAY).read_bytes()
    assert sides.published is not None
    assert b"Du navigateur." in sides.published
    assert sides.published_by == "Alice Martin"
    assert conflicts.count() == 1


def test_synchronising_again_keeps_it_and_one_that_ended_is_forgotten(
    app: Flask, both_changed: str, root: Path
) -> None:
    assert sync_library(app).conflicts == [PLAY]
    assert conflicts.sides(PLAY_ID, "fr").seen == both_changed
    (root / PLAY).write_text(published_text() or "")
    assert sync_library(app).exit_status == 0
    assert conflicts.count() == 0


def test_export_finds_conflicts_as_well(app: Flask, alice: Actor, root: Path) -> None:
    publish(alice, rewrite(alice, SENTENCE, "Du navigateur."))
    change_file(root)
    assert export.export(folders_of(app)).conflicts == [PLAY]
    assert conflicts.sides(PLAY_ID, "fr").file == (root / PLAY).read_bytes()


def test_a_file_that_alone_changed_is_no_conflict_for_the_list(app: Flask, root: Path, alice: Actor) -> None:
    change_file(root)
    assert export.export(folders_of(app)).conflicts == [PLAY]
    assert conflicts.count() == 0


def agree(app: Flask, root: Path) -> bool:
    """After one more sync, file and database hold the same, and nothing is left to settle."""
    report = sync_library(app)
    assert (report.exit_status, report.problems) == (0, [])
    file = root / PLAY
    assert (file.read_text() if file.exists() else None) == published_text()
    return conflicts.count() == 0 and sync_library(app).exit_status == 0


def test_the_published_text_is_kept(app: Flask, both_changed: str, root: Path, alice: Actor) -> None:
    conflicts.keep_published(alice, PLAY_ID, "fr", both_changed)
    assert agree(app, root)
    assert "Du navigateur." in (root / PLAY).read_text()


def test_the_file_s_text_is_kept(app: Flask, both_changed: str, root: Path, alice: Actor) -> None:
    conflicts.keep_file(alice, PLAY_ID, "fr", both_changed, "minor", "Le fichier a raison")
    assert agree(app, root)
    newest = db.session.scalars(select(Revision).filter_by(document_id=PLAY_ID).order_by(Revision.number)).all()[-1]
    assert (newest.number, newest.materiality, newest.note) == (3, "minor", "Le fichier a raison")
    assert newest.published_by == alice.id
    assert "Du fichier." in newest.source.decode()


def test_both_are_merged_by_hand(app: Flask, both_changed: str, root: Path, alice: Actor) -> None:
    draft = conflicts.merge_by_hand(alice, PLAY_ID, "fr", both_changed)
    assert "<<<<<<<\nDu fichier.\n=======\nDu navigateur.\n>>>>>>>" in draft.text
    lines = [line for line in draft.text.split("\n") if line not in ("<<<<<<<", "=======", ">>>>>>>")]
    drafts.save(alice.id, draft.id, draft.version, "\n".join(lines).encode())
    assert conflicts.count() == 1
    publish(alice, begin(alice))
    assert agree(app, root)
    assert "Du fichier.\nDu navigateur." in (root / PLAY).read_text()


def test_a_merge_without_contradiction_holds_both_changes(app: Flask, alice: Actor, root: Path) -> None:
    publish(alice, rewrite(alice, SENTENCE, "Du navigateur."))
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Noter le nom", "Écrire le nom"))
    sync_library(app)
    draft = conflicts.merge_by_hand(alice, PLAY_ID, "fr", conflicts.sides(PLAY_ID, "fr").seen)
    publish(alice, draft)
    assert agree(app, root)
    assert "Du navigateur." in (published_text() or "")
    assert "Écrire le nom" in (published_text() or "")


def test_a_file_that_changed_again_after_settling_is_a_conflict_again(
    app: Flask, both_changed: str, root: Path, alice: Actor
) -> None:
    change_file(root, "Encore autre chose.")
    conflicts.keep_published(alice, PLAY_ID, "fr", both_changed)
    assert sync_library(app).conflicts == [PLAY]
    assert "Encore autre chose." in (root / PLAY).read_text()


Settle = Callable[[Actor, str], object]


@pytest.mark.parametrize("keep_file", [False, True])
def test_a_file_that_is_gone_and_a_text_that_changed(app: Flask, alice: Actor, root: Path, keep_file: bool) -> None:
    publish(alice, rewrite(alice, SENTENCE, "Du navigateur."))
    (root / PLAY).unlink()
    assert sync_library(app).conflicts == [PLAY]
    sides = conflicts.sides(PLAY_ID, "fr")
    assert sides.file is None
    with pytest.raises(InvalidInput):
        conflicts.merge_by_hand(alice, PLAY_ID, "fr", sides.seen)
    if keep_file:
        conflicts.keep_file(alice, PLAY_ID, "fr", sides.seen, "material")
    else:
        conflicts.keep_published(alice, PLAY_ID, "fr", sides.seen)
    assert agree(app, root)
    assert (root / PLAY).exists() == (not keep_file)


@pytest.mark.parametrize("keep_file", [False, True])
def test_a_file_that_changed_and_a_document_that_was_archived(
    app: Flask, alice: Actor, root: Path, keep_file: bool
) -> None:
    archiving.archive(alice, PLAY_ID)
    change_file(root)
    assert sync_library(app).conflicts == [PLAY]
    sides = conflicts.sides(PLAY_ID, "fr")
    assert (sides.published, sides.published_id) == (None, None)
    with pytest.raises(InvalidInput):
        conflicts.merge_by_hand(alice, PLAY_ID, "fr", sides.seen)
    if keep_file:
        conflicts.keep_file(alice, PLAY_ID, "fr", sides.seen, "material")
    else:
        conflicts.keep_published(alice, PLAY_ID, "fr", sides.seen)
    assert agree(app, root)
    assert (root / PLAY).exists() == keep_file


def test_a_file_that_was_moved_as_well_is_taken_at_its_new_place(app: Flask, alice: Actor, root: Path) -> None:
    publish(alice, rewrite(alice, SENTENCE, "Du navigateur."))
    change_file(root)
    (root / PLAY).rename(root / "content/fr/01-prendre-contact/standard.md")
    assert sync_library(app).exit_status == 3
    sides = conflicts.sides(PLAY_ID, "fr")
    assert sides.path == "content/fr/01-prendre-contact/standard.md"
    conflicts.keep_file(alice, PLAY_ID, "fr", sides.seen, "minor")
    report = sync_library(app)
    assert (report.exit_status, report.renamed, report.written) == (0, [], [])


def test_a_file_that_would_not_pass_the_check_today_is_not_taken(app: Flask, alice: Actor, root: Path) -> None:
    write_play(root, "01-prendre-contact", "ecouter")
    sync_library(app)
    publish(alice, rewrite(alice, SENTENCE, "Du navigateur."))
    change_file(root, "[lien](play:ecouter)")
    assert sync_library(app).conflicts == [PLAY]
    (root / "content/fr/01-prendre-contact/ecouter.md").unlink()
    sync_library(app)
    with pytest.raises(Refused):
        conflicts.keep_file(alice, PLAY_ID, "fr", conflicts.sides(PLAY_ID, "fr").seen, "minor")
    assert conflicts.count() == 1


def test_what_was_decided_on_other_texts_is_not_done(app: Flask, both_changed: str, alice: Actor, root: Path) -> None:
    publish(alice, rewrite(alice, "Du navigateur.", "Encore du navigateur."))
    for settle in (conflicts.keep_published, conflicts.merge_by_hand):
        with pytest.raises(Conflict):
            settle(alice, PLAY_ID, "fr", both_changed)
    with pytest.raises(Conflict):
        conflicts.keep_file(alice, PLAY_ID, "fr", both_changed, "minor")
    assert conflicts.count() == 1


def test_nothing_is_settled_twice_or_by_a_reader_or_where_there_is_no_conflict(
    both_changed: str, alice: Actor, root: Path
) -> None:
    rep = actor_for(make_person())
    for settle in (conflicts.keep_published, conflicts.merge_by_hand):
        with pytest.raises(Forbidden):
            settle(rep, PLAY_ID, "fr", both_changed)
    with pytest.raises(Forbidden):
        conflicts.keep_file(rep, PLAY_ID, "fr", both_changed, "minor")
    conflicts.keep_published(alice, PLAY_ID, "fr", both_changed)
    with pytest.raises(NotFound):
        conflicts.keep_published(alice, PLAY_ID, "fr", both_changed)
    assert db.session.scalar(select(SyncConflict.path)) is None


def test_a_draft_that_is_open_is_published_or_discarded_before_merging(both_changed: str, alice: Actor) -> None:
    begin(alice)
    with pytest.raises(InvalidInput):
        conflicts.merge_by_hand(alice, PLAY_ID, "fr", both_changed)


def test_a_glossary_in_conflict_changes_no_other_text(app: Flask, alice: Actor, root: Path) -> None:
    draft = begin(alice, "glossaire")
    drafts.save(alice.id, draft.id, 1, draft.text.replace("rechange.", "repli.").encode())
    publish(alice, begin(alice, "glossaire"))
    write_glossary(root, TCO="Coût total.")
    report = sync_library(app)
    assert (report.conflicts, report.rendered_again) == (["content/fr/glossaire.yaml"], 0)


def test_a_file_may_link_to_what_was_written_in_the_browser_and_is_in_no_file_yet(
    app: Flask, alice: Actor, root: Path
) -> None:
    draft = drafts.duplicate(alice.id, PLAY_ID, "fr", "nouvelle", "Nouvelle")
    publish(alice, draft)
    write_play(root, "01-prendre-contact", "ecouter", body=PLAY_BODY.replace(SENTENCE, "[lien](play:nouvelle)"))
    report = sync_library(app)
    assert (report.problems, report.written) == ([], [draft.path])
    assert catalogue.entry("ecouter", "play").number == 1


def test_a_file_that_takes_the_place_of_what_was_written_in_the_browser_waits(
    app: Flask, alice: Actor, root: Path
) -> None:
    draft = drafts.duplicate(alice.id, PLAY_ID, "fr", "nouvelle", "Nouvelle")
    publish(alice, draft)
    intruder = (root / PLAY).read_text().replace(PLAY_ID, "intrus")
    write_text(root, draft.path, intruder)
    report = sync_library(app)
    assert [problem.path for problem in report.problems] == [draft.path]
    assert (root / draft.path).read_text() == intruder
    (root / draft.path).rename(root / "content/fr/01-prendre-contact/intrus.md")
    report = sync_library(app)
    assert (report.exit_status, report.written) == (0, [draft.path])
