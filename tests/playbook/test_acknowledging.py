"""“Read and understood”: the four states of the panel, and what is sent back."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.activity.models import Activity
from app.core.database import db
from app.library import acknowledgements, catalogue
from app.library.models import Revision
from tests.library_factories import PLAY_BODY, publish_file, sync_library, write_play, write_step


@pytest.fixture(autouse=True)
def play(app: Flask, library_files: Path) -> None:
    publish(app, library_files, PLAY_BODY)


def publish(app: Flask, root: Path, body: str) -> None:
    write_play(root, write_step(root), "fiche", body=body)
    write_play(root, "01-prendre-contact", "autre", 2)
    sync_library(app)


def revision_of(document_id: str = "fiche") -> int:
    return catalogue.entry(document_id, "play").revision_id


def acknowledge(reader: FlaskClient, *, address: str = "/plays/fiche/acknowledge", **fields: object) -> TestResponse:
    form = {"revision_id": revision_of(), "uuid": uuid4(), **fields}
    return reader.post(address, data={name: str(value) for name, value in form.items() if value is not None})


def acts() -> int:
    return db.session.execute(select(func.count()).select_from(Activity)).scalar_one()


def test_at_first_the_panel_asks(reader: FlaskClient) -> None:
    page = reader.get("/plays/fiche").text

    assert "Lu et compris\u202f?" in page
    assert "Vous validez la version 1 du 23 novembre 2026." in page
    assert "J’ai lu et compris" in page


def test_the_form_of_the_page_is_enough(reader: FlaskClient, rep: Person) -> None:
    page = reader.get("/plays/fiche").text
    fields = dict(re.findall(r'name="(revision_id|uuid)" value="([^"]+)"', page))

    answer = reader.post("/plays/fiche/acknowledge", data=fields)

    assert (answer.status_code, answer.location) == (303, "/plays/fiche#ack")
    assert acknowledgements.acknowledged(rep.id)["fiche"][0] == revision_of()


def test_then_it_says_when_and_which_version(reader: FlaskClient) -> None:
    acknowledge(reader)

    page = reader.get("/plays/fiche").text

    assert "Lu et compris le 23 novembre 2026" in page
    assert "Vous avez validé la version 1." in page
    assert "J’ai lu et compris" not in page


def test_sending_the_same_form_twice_records_one_act(reader: FlaskClient) -> None:
    uuid = uuid4()

    first, second = acknowledge(reader, uuid=uuid), acknowledge(reader, uuid=uuid)

    assert first.status_code == second.status_code == 303
    assert acts() == 1


def test_a_material_change_asks_again_and_says_why(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    acknowledge(reader)
    publish(app, library_files, PLAY_BODY.replace("Le relevé", "La facture"))

    page = reader.get("/plays/fiche").text

    assert "Cette fiche a changé depuis votre lecture" in page
    assert "Vous aviez validé la version 1 le 23 novembre 2026." in page
    assert "J’ai relu et compris" in page


def test_a_minor_change_leaves_the_word_standing(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    acknowledge(reader)
    changed = PLAY_BODY.replace("Le relevé", "Un relevé")
    publish_file(app, write_play(library_files, "01-prendre-contact", "fiche", body=changed), materiality="minor")

    page = reader.get("/plays/fiche").text

    assert "Vous avez validé la version 1\u202f; la version 2 n’a corrigé que des détails." in page


def test_a_version_published_while_reading_is_said_with_the_way_back(
    app: Flask, reader: FlaskClient, rep: Person, library_files: Path
) -> None:
    before = revision_of()
    publish(app, library_files, PLAY_BODY.replace("Le relevé", "La facture"))

    answer = acknowledge(reader, revision_id=before)

    assert answer.status_code == 409
    assert "Cette fiche a changé pendant votre lecture" in answer.text
    assert 'href="/plays/fiche"' in answer.text
    assert acts() == 0
    assert acknowledgements.acknowledged(rep.id) == {}


def test_a_revision_of_another_play_is_not_found(reader: FlaskClient) -> None:
    assert acknowledge(reader, revision_id=revision_of("autre")).status_code == 404
    assert acts() == 0


@pytest.mark.parametrize("wrong", [None, "", "abc", "0", "-1", "1.5", "9" * 30, "9" * 5000, "١"])
def test_a_revision_that_makes_no_sense_is_refused(reader: FlaskClient, wrong: str | None) -> None:
    assert acknowledge(reader, revision_id=wrong).status_code in (400, 404)
    assert acts() == 0


@pytest.mark.parametrize("wrong", [None, "", "abc", "x" * 5000])
def test_an_act_without_a_uuid_is_refused(reader: FlaskClient, wrong: str | None) -> None:
    assert acknowledge(reader, uuid=wrong).status_code == 400
    assert acts() == 0


def test_an_unknown_play_is_not_found(reader: FlaskClient) -> None:
    assert acknowledge(reader, address="/plays/nulle-part/acknowledge").status_code == 404


def test_who_is_not_signed_in_acknowledges_nothing(client: FlaskClient) -> None:
    assert acknowledge(client).status_code == 302
    assert acts() == 0


def test_the_number_of_the_version_comes_from_the_revision(reader: FlaskClient) -> None:
    acknowledge(reader)

    assert db.session.execute(select(Revision.number).where(Revision.id == revision_of())).scalar_one() == 1
