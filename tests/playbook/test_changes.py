"""What changed in a play since its reader vouched for it: against their version, and one button."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from app.accounts.actor import Role
from app.accounts.models import Person
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.library import acknowledgements, catalogue
from app.library.models import Rendering
from tests.conftest import NOW
from tests.factories import make_person, sign_in_as
from tests.library_factories import PLAY_BODY, publish_file, sync_library, write_play, write_step
from tests.queries import counting

LATER = NOW + timedelta(days=2)
PAGE = "/plays/fiche/changes"


@pytest.fixture
def step(app: Flask, library_files: Path) -> Path:
    folder = write_step(library_files)
    write_play(library_files, folder, "fiche", title="La fiche")
    sync_library(app)
    return folder


def rewrite(root: Path, step: Path, old: str, new: str, **front: object) -> Path:
    assert old in PLAY_BODY
    return write_play(root, step, "fiche", title="La fiche", body=PLAY_BODY.replace(old, new), **front)


def vouch(rep: Person) -> int:
    play = catalogue.entry("fiche", "play")
    acknowledgements.acknowledge(rep.id, play.id, play.revision_id)
    return play.revision_id


def test_the_reader_sees_exactly_what_changed_since_their_version_and_acknowledges(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    vouch(rep)
    author = make_person(Role.MANAGER, "Claire Morvan")
    with clock.frozen_at(LATER):
        file = rewrite(library_files, step, "Le relevé", "La facture")
        publish_file(app, file, note="Le relevé n’existe plus.", by=author.id)
        file = rewrite(library_files, step, "Le relevé", "La facture annuelle")
        publish_file(app, file, materiality="minor", note="Précision.")
        page = reader.get(PAGE).text
        assert "1 passage a changé depuis votre lecture du 23 novembre 2026" in page
        assert '<del class="was">Le relevé</del><ins class="now">La facture annuelle</ins>' in page
        assert page.count('<ins class="now">') == 2  # the legend's and this one
        assert "Le relevé n’existe plus." in page
        assert "Claire Morvan" in page
        assert "Précision." in page
        current = catalogue.entry("fiche", "play")
        assert f'name="revision_id" value="{current.revision_id}"' in page
        sent = {"revision_id": current.revision_id, "uuid": str(ids.new())}
        for _ in range(2):
            assert reader.post("/plays/fiche/acknowledge", data=sent).location == "/plays/fiche#ack"
        assert "Votre validation tient toujours" in reader.get(PAGE).text
    acts = select(func.count()).select_from(Activity).where(Activity.kind == "document.acknowledged")
    assert db.session.execute(acts).scalar_one() == 2


@pytest.mark.usefixtures("step")
def test_who_never_read_it_is_sent_to_read_it(reader: FlaskClient) -> None:
    answer = reader.get(PAGE)
    assert (answer.status_code, answer.location) == (302, "/plays/fiche")
    assert reader.get("/plays/nulle-part/changes").status_code == 404


@pytest.mark.usefixtures("step")
def test_nothing_changed(reader: FlaskClient, rep: Person) -> None:
    vouch(rep)
    page = reader.get(PAGE).text
    assert "Rien n’a changé depuis votre lecture" in page
    assert '<form method="post" action="/plays' not in page


def test_a_minor_change_is_shown_and_asks_nothing(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    vouch(rep)
    publish_file(app, rewrite(library_files, step, "Le relevé", "Le relevé annuel"), materiality="minor")
    page = reader.get(PAGE).text
    assert '<ins class="now">annuel </ins>' in page
    assert "/acknowledge" not in page
    assert "/changes" not in reader.get("/plays/fiche").text
    assert "/changes" not in reader.get("/").text


def test_today_and_the_plays_page_lead_to_the_difference(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    vouch(rep)
    publish_file(app, rewrite(library_files, step, "Le relevé", "La facture"))
    assert f'href="{PAGE}"' in reader.get("/").text
    assert "Voir ce qui a changé" in reader.get("/").text
    page = reader.get("/plays/fiche").text
    assert "Modifiée depuis votre lecture du 23 novembre 2026" in page
    assert page.count(f'href="{PAGE}"') == 2


def test_the_summary_counts_among_what_changed(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    vouch(rep)
    publish_file(app, write_play(library_files, step, "fiche", title="La fiche", summary="Parler au décideur."))
    page = reader.get(PAGE).text
    assert "<dt>Résumé</dt>" in page
    assert '<ins class="now">Parler au décideur.</ins>' in page


def test_a_word_given_in_another_language_is_compared_in_that_language(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    folder = write_step(library_files, language="en")
    write_play(library_files, folder, "fiche", language="en", title="The play")
    sync_library(app)
    english = catalogue.current().find("fiche", "en")
    assert english is not None
    acknowledgements.acknowledge(rep.id, "fiche", english.revision_id)
    body = PLAY_BODY.replace("Le relevé", "The bill")
    publish_file(app, write_play(library_files, folder, "fiche", language="en", title="The play", body=body))
    page = reader.get(PAGE).text
    assert "Vous avez lu cette fiche en anglais" in page
    assert '<ins class="now">The bill</ins>' in page
    newest = catalogue.current().find("fiche", "en")
    assert newest is not None
    assert f'name="revision_id" value="{newest.revision_id}"' in page
    sent = {"revision_id": newest.revision_id, "uuid": str(ids.new())}
    assert reader.post("/plays/fiche/acknowledge", data=sent).status_code == 303
    assert "Votre validation tient toujours" in reader.get(PAGE).text


def test_a_language_that_is_no_longer_published_cannot_be_compared(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    folder = write_step(library_files, language="en")
    file = write_play(library_files, folder, "fiche", language="en")
    sync_library(app)
    english = catalogue.current().find("fiche", "en")
    assert english is not None
    acknowledgements.acknowledge(rep.id, "fiche", english.revision_id)
    file.unlink()
    sync_library(app)
    page = reader.get(PAGE).text
    assert "n’est plus publié dans sa langue" in page
    assert "/acknowledge" not in page
    assert "Lire la version actuelle" in page


def test_a_version_whose_page_was_not_kept_is_said_so(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    old = vouch(rep)
    publish_file(app, rewrite(library_files, step, "Le relevé", "La facture"))
    db.session.execute(delete(Rendering).where(Rendering.revision_id == old))
    db.session.commit()
    page = reader.get(PAGE).text
    assert "n’a pas été conservée" in page
    assert "/acknowledge" not in page


def test_a_newer_version_that_comes_meanwhile_is_a_conflict_not_a_word(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    vouch(rep)
    publish_file(app, rewrite(library_files, step, "Le relevé", "La facture"))
    seen = catalogue.entry("fiche", "play").revision_id
    publish_file(app, rewrite(library_files, step, "Le relevé", "Le contrat"))
    answer = reader.post("/plays/fiche/acknowledge", data={"revision_id": seen, "uuid": str(ids.new())})
    assert answer.status_code == 409


def test_the_page_needs_few_statements_however_many_revisions(
    app: Flask, client: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    vouch(rep)
    for number in range(12):
        publish_file(app, rewrite(library_files, step, "Le relevé", f"Le relevé numéro {number}"))
    sign_in_as(client, rep)
    client.get("/plays/fiche")
    db.session.remove()
    with counting() as statements:
        assert client.get(PAGE).status_code == 200
    assert len(statements) <= 3, statements  # the session, the revisions, their two texts
    db.session.remove()
    with counting() as statements:
        client.get(PAGE)
    assert len(statements) <= 2, statements


def test_a_text_that_would_run_does_not(
    app: Flask, reader: FlaskClient, rep: Person, step: Path, library_files: Path
) -> None:
    vouch(rep)
    hostile = 'Le <script>alert(1)</script><b onclick="a()">relevé</b> [x](javascript:alert(1)) <i style="x">y</i>'
    publish_file(app, rewrite(library_files, step, "Le relevé", hostile, summary="<script>alert(2)</script>"))
    page = reader.get(PAGE).text
    for sign in ("<script>alert", "onclick", "javascript:", "style="):
        assert sign not in page
