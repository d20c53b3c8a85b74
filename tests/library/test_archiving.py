"""Archiving takes a document away from readers, and its file with the next sync; restoring brings both back."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.actor import Actor
from app.activity.models import Activity
from app.core.database import db
from app.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.library import catalogue, search
from app.library.authoring import archiving, catching_up, drafts
from app.library.authoring.releases import Refused
from app.library.models import Edition, Revision
from tests.factories import actor_for, make_person, sign_in_as
from tests.library.writing import PLAY_ID, begin, make_author, publish, rewrite
from tests.library_factories import (
    PLAY_BODY,
    sync_library,
    write_play,
    write_small_library,
    write_step,
)

PLAY = f"content/fr/01-prendre-contact/{PLAY_ID}.md"


@pytest.fixture
def root(app: Flask, library_files: Path) -> Path:
    write_small_library(library_files)
    write_step(library_files, language="en")
    write_play(library_files, "01-prendre-contact", language="en")
    write_play(library_files, "01-prendre-contact", "ecouter", order=2)
    assert sync_library(app).problems == []
    return library_files


@pytest.fixture
def alice(root: Path) -> Actor:
    return make_author()


def test_an_archived_document_is_gone_for_readers_and_its_files_with_the_next_sync(
    app: Flask, alice: Actor, root: Path
) -> None:
    assert archiving.archive(alice, PLAY_ID) == ["en", "fr"]
    with pytest.raises(NotFound):
        catalogue.entry(PLAY_ID, "play")
    assert all(hit.entry.id != PLAY_ID for hit in search.search("standard", language="fr").hits)
    assert sorted(sync_library(app).removed) == [PLAY.replace("/fr/", "/en/"), PLAY]
    assert not (root / PLAY).exists()
    report = sync_library(app)
    assert (report.published, report.exit_status) == ([], 0)


def test_it_may_be_archived_in_one_language_alone(app: Flask, alice: Actor, root: Path) -> None:
    assert archiving.archive(alice, PLAY_ID, ["en"]) == ["en"]
    assert sync_library(app).removed == [PLAY.replace("/fr/", "/en/")]
    assert catalogue.entry(PLAY_ID, "play").language == "fr"


def test_readers_are_sent_to_its_successor(client: FlaskClient, alice: Actor) -> None:
    archiving.archive(alice, PLAY_ID, successor="ecouter")
    sign_in_as(client, make_person())
    answer = client.get(f"/plays/{PLAY_ID}")
    assert (answer.status_code, answer.location) == (302, "/plays/ecouter")


@pytest.mark.parametrize("successor", [PLAY_ID, "inconnu", "x" * 500])
def test_a_successor_must_be_there(alice: Actor, successor: str) -> None:
    with pytest.raises(InvalidInput):
        archiving.archive(alice, PLAY_ID, successor=successor)
    db.session.rollback()
    assert catalogue.entry(PLAY_ID, "play")


def test_restoring_shows_the_last_text_again_without_a_new_revision(app: Flask, alice: Actor, root: Path) -> None:
    before = (root / PLAY).read_bytes()
    archiving.archive(alice, PLAY_ID, successor="ecouter")
    sync_library(app)
    assert archiving.restore(alice, PLAY_ID, ["fr"]) == ["fr"]
    assert catalogue.entry(PLAY_ID, "play").number == 1
    assert sync_library(app).written == [PLAY]
    assert (root / PLAY).read_bytes() == before
    archiving.archive(alice, PLAY_ID)
    with pytest.raises(NotFound):
        catalogue.entry(PLAY_ID, "play")


def test_restoring_before_the_next_sync_leaves_the_file_as_it_is(app: Flask, alice: Actor, root: Path) -> None:
    archiving.archive(alice, PLAY_ID)
    archiving.restore(alice, PLAY_ID)
    report = sync_library(app)
    assert (report.written, report.removed, report.unchanged) == ([], [], 10)


def test_a_place_that_was_taken_meanwhile_is_left_to_the_other(app: Flask, alice: Actor, root: Path) -> None:
    archiving.archive(alice, PLAY_ID, ["fr"])
    sync_library(app)
    write_play(root, "01-prendre-contact", "ecouter", order=2).rename(root / PLAY)
    sync_library(app)
    archiving.restore(alice, PLAY_ID)
    report = sync_library(app)
    assert (report.exit_status, report.written) == (0, [PLAY.replace(".md", "-2.md")])


def test_what_links_to_nothing_today_is_not_restored_but_may_be_mended(app: Flask, alice: Actor, root: Path) -> None:
    publish(alice, rewrite(alice, "Ce qu’il faut savoir.", "[lien](play:ecouter)"))
    archiving.archive(alice, PLAY_ID)
    archiving.archive(alice, "ecouter")
    with pytest.raises(Refused):
        archiving.restore(alice, PLAY_ID)
    publish(alice, rewrite(alice, "[lien](play:ecouter)", "Sans lien."))
    assert catalogue.entry(PLAY_ID, "play").number == 3


def test_archiving_and_restoring_are_acts_and_happen_once(alice: Actor) -> None:
    archiving.archive(alice, "ecouter")
    with pytest.raises(Conflict):
        archiving.archive(alice, "ecouter")
    db.session.rollback()
    archiving.restore(alice, "ecouter")
    with pytest.raises(Conflict):
        archiving.restore(alice, "ecouter")
    kinds = list(db.session.scalars(select(Activity.kind).order_by(Activity.sequence)))
    assert [kind for kind in kinds if kind != "document.published"] == ["document.archived", "document.restored"]


def test_readers_archive_nothing_and_what_is_not_there_cannot_be(alice: Actor) -> None:
    rep = actor_for(make_person())
    for act in (archiving.archive, archiving.restore):
        with pytest.raises(Forbidden):
            act(rep, "ecouter")
        with pytest.raises(NotFound):
            act(alice, "inconnu")
        db.session.rollback()


def test_a_draft_of_what_was_archived_meanwhile_waits(alice: Actor) -> None:
    draft = rewrite(alice, "Ce qu’il faut savoir.", "Autre.")
    archiving.archive(alice, PLAY_ID)
    with pytest.raises(Conflict):
        publish(alice, draft)
    with pytest.raises(Conflict):
        catching_up.bring_up_to_date(alice.id, draft.id, draft.version)


def test_a_translation_is_behind_until_it_is_published_or_said_to_be_in_step(alice: Actor) -> None:
    assert catching_up.behind() == {}
    publish(alice, rewrite(alice, "Ce qu’il faut savoir.", "Une."), "minor")
    assert catching_up.behind() == {}
    publish(alice, rewrite(alice, "Une.", "Deux."))
    publish(alice, rewrite(alice, "Deux.", "Trois."))
    assert catching_up.behind() == {(PLAY_ID, "en"): catching_up.Behind("fr", 3)}
    assert catching_up.behind("ecouter") == {}
    catching_up.in_step(PLAY_ID, "en")
    assert catching_up.behind() == {}
    publish(alice, rewrite(alice, "Trois.", "Quatre."))
    draft = begin(alice, language="en")
    drafts.save(alice.id, draft.id, 1, draft.text.replace("Ce qu’il faut savoir.", "Four.").encode())
    publish(alice, begin(alice, language="en"), "minor")
    assert catching_up.behind() == {}
    for document_id, language in (("inconnu", "fr"), ("ecouter", "en")):
        with pytest.raises(NotFound):
            catching_up.in_step(document_id, language)
        db.session.rollback()


def test_files_synchronised_together_are_in_step(app: Flask, root: Path, alice: Actor) -> None:
    for language in ("fr", "en"):
        write_play(root, "01-prendre-contact", language=language, body=PLAY_BODY.replace("Noter", "Écrire"))
    assert len(sync_library(app).published) == 2
    assert catching_up.behind() == {}
    assert db.session.scalars(select(Edition.published_id).join(Revision, Revision.id == Edition.published_id)).all()


def test_a_text_may_go_on_linking_to_what_sends_its_readers_elsewhere(app: Flask, alice: Actor, root: Path) -> None:
    linking = PLAY_BODY.replace("Ce qu’il faut savoir.", f"Voir [la fiche](play:{PLAY_ID}#say).")
    write_play(root, "01-prendre-contact", "ecouter", order=2, body=linking)
    sync_library(app)
    archiving.archive(alice, PLAY_ID, successor="ecouter")
    publish(alice, rewrite(alice, "la fiche", "l’ancienne fiche", "ecouter"))
    assert catalogue.entry("ecouter", "play").number == 3


def test_a_text_does_not_go_on_linking_to_what_is_gone(app: Flask, alice: Actor, root: Path) -> None:
    linking = PLAY_BODY.replace("Ce qu’il faut savoir.", f"Voir [la fiche](play:{PLAY_ID}#say).")
    write_play(root, "01-prendre-contact", "ecouter", order=2, body=linking)
    sync_library(app)
    archiving.archive(alice, PLAY_ID)
    draft = rewrite(alice, "la fiche", "l’ancienne fiche", "ecouter")
    with pytest.raises(Refused):
        publish(alice, draft)
