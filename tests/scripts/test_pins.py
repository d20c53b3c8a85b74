"""Keeping a script at hand."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.activity import projections
from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.scripts import pins
from app.scripts.models import Pin
from tests.conftest import NOW
from tests.factories import actor_for, make_person
from tests.library_factories import sync_library, write_categories, write_script, write_step
from tests.queries import counting

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def shelf(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    write_categories(library_files)
    write_script(library_files)
    write_script(library_files, "autre", "Autre chose")
    sync_library(app)


def press(reader: FlaskClient, what: str, script: str = "trop-cher", **given: object) -> TestResponse:
    return reader.post(f"/scripts/{script}/{what}", data={"uuid": str(given.get("uuid", uuid4()))})


def pinned(person: Person) -> list[str]:
    return [script_id for script_id, _ in pins.pinned_by(person.id)]


def acts() -> int:
    return db.session.execute(select(func.count()).select_from(Activity)).scalar_one()


def test_pinning_and_unpinning_without_javascript_come_back_to_the_script(reader: FlaskClient, rep: Person) -> None:
    answer = press(reader, "pin")

    assert (answer.status_code, answer.location) == (303, "/scripts/trop-cher")
    assert pinned(rep) == ["trop-cher"]
    assert "Épinglé\u00a0: vous le retrouvez dans Aujourd’hui." in reader.get("/scripts/trop-cher").text

    press(reader, "unpin")

    assert pinned(rep) == []


def test_htmx_gets_the_other_button_in_place(reader: FlaskClient) -> None:
    answer = reader.post("/scripts/trop-cher/pin", data={"uuid": str(uuid4())}, headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<form")
    assert 'action="/scripts/trop-cher/unpin"' in answer.text


def test_a_pinned_script_is_marked_in_the_list(reader: FlaskClient) -> None:
    assert 'aria-label="Épinglé"' not in reader.get("/scripts").text

    press(reader, "pin")

    assert reader.get("/scripts").text.count('aria-label="Épinglé"') == 1


def test_sending_the_same_form_twice_is_one_act(reader: FlaskClient, rep: Person) -> None:
    uuid = uuid4()
    press(reader, "pin", uuid=uuid)
    press(reader, "pin", uuid=uuid)

    assert acts() == 1

    gone = uuid4()
    press(reader, "unpin", uuid=gone)
    press(reader, "unpin", uuid=gone)

    assert acts() == 2
    assert pinned(rep) == []


def test_an_old_form_sent_again_after_unpinning_does_not_pin_again(reader: FlaskClient, rep: Person) -> None:
    uuid = uuid4()
    press(reader, "pin", uuid=uuid)
    press(reader, "unpin")

    press(reader, "pin", uuid=uuid)

    assert pinned(rep) == []


def test_pinning_twice_keeps_the_first_date(rep: Person) -> None:
    actor = actor_for(rep)
    pins.pin(actor, "trop-cher")
    with clock.frozen_at(NOW + timedelta(days=1)):
        pins.pin(actor, "trop-cher")

    assert pins.pinned_by(rep.id) == [("trop-cher", NOW)]


def test_the_latest_pin_comes_first_in_one_statement(rep: Person) -> None:
    actor = actor_for(rep)
    pins.pin(actor, "trop-cher")
    with clock.frozen_at(NOW + timedelta(days=1)):
        pins.pin(actor, "autre")

    person_id = rep.id
    with counting() as statements:
        found = pins.pinned_by(person_id)

    assert [script_id for script_id, _ in found] == ["autre", "trop-cher"]

    assert len(statements) == 1


def test_pins_are_a_person_s_own(rep: Person) -> None:
    pins.pin(actor_for(rep), "trop-cher")

    assert pinned(make_person()) == []


def test_rebuilding_gives_the_same_pins(rep: Person) -> None:
    actor = actor_for(rep)
    for what, script in ((pins.pin, "trop-cher"), (pins.pin, "autre"), (pins.unpin, "autre"), (pins.pin, "autre")):
        what(actor, script)
    pins.unpin(actor, "trop-cher")
    before = rows()

    projections.rebuild()

    assert rows() == before != []


def rows() -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(select(Pin.person_id, Pin.document_id, Pin.at))]


@pytest.mark.parametrize("what", ["pin", "unpin"])
def test_an_unknown_script_is_not_found(reader: FlaskClient, what: str) -> None:
    assert press(reader, what, "nulle-part").status_code == 404
    assert acts() == 0


def test_a_step_is_no_script(rep: Person) -> None:
    with pytest.raises(NotFound):
        pins.pin(actor_for(rep), "prendre-contact")


@pytest.mark.parametrize("what", ["pin", "unpin"])
@pytest.mark.parametrize("uuid", ["", "abc", "x" * 5000])
def test_an_act_without_a_uuid_is_refused(reader: FlaskClient, what: str, uuid: str) -> None:
    assert press(reader, what, uuid=uuid).status_code == 400
    assert reader.post(f"/scripts/trop-cher/{what}").status_code == 400
    assert acts() == 0


def test_a_script_withdrawn_since_can_be_let_go(
    app: Flask, reader: FlaskClient, rep: Person, library_files: Path
) -> None:
    press(reader, "pin")
    (library_files / "content/fr/objections/trop-cher.md").unlink()
    sync_library(app)

    answer = press(reader, "unpin")

    assert (answer.status_code, answer.location) == (303, "/scripts")
    assert pinned(rep) == []


def test_who_is_not_signed_in_pins_nothing(client: FlaskClient) -> None:
    assert press(client, "pin").status_code == 302
    assert acts() == 0


def test_a_get_changes_nothing(reader: FlaskClient) -> None:
    assert reader.get("/scripts/trop-cher/pin").status_code == 405
