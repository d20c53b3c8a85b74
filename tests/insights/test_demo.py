"""The demonstration: loads once, on this machine only, the same each time; Today and the team look alive."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import Person
from app.activity.models import Activity
from app.core.database import db
from app.core.outbox import OutboxMessage
from app.insights import demo
from tests.factories import make_person, sign_in_as
from tests.library_factories import sync_library
from tests.training.conftest import write_steps

PASSWORD = "demonstration-1"


@pytest.fixture
def seven_steps(library: Path, app: Flask) -> None:
    write_steps(library, 7)
    sync_library(app)


def _person(email: str) -> Person:
    return db.session.execute(select(Person).where(Person.email == email)).scalar_one()


def _count(table: type) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.usefixtures("seven_steps")
def test_today_and_the_team_look_alive(client: FlaskClient) -> None:
    lines = demo.load_demo(PASSWORD)
    assert any("rep@example.org" in line for line in lines)
    sign_in_as(client, _person("rep@example.org"))
    today = client.get("/").text
    assert "En retard de 2 jours" in today
    assert "Plus tard" in today
    sign_in_as(client, _person("manager@example.org"))
    team = client.get("/team").text
    assert "<h1>Trois personnes ont besoin de vous</h1>" in team
    for said in ("en retard", "bloqué à l’étape 4", "pas commencé"):
        assert said in team


@pytest.mark.usefixtures("seven_steps")
def test_no_letter_leaves_and_every_act_lies_in_the_past(app: Flask) -> None:
    from app.core import clock

    demo.load_demo(PASSWORD)
    assert _count(OutboxMessage) == 0
    assert db.session.execute(select(func.max(Activity.at))).scalar_one() < clock.now()
    acts = [
        (row.person_id, row.at) for row in db.session.execute(select(Activity).order_by(Activity.sequence)).scalars()
    ]
    assert sorted(acts, key=lambda act: act[0]) == sorted(acts)


def test_the_command_prints_who_signs_in(app: Flask, library: Path) -> None:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"demo_password": PASSWORD})
    done = app.test_cli_runner().invoke(args=["demo", "load", "--json"])
    assert done.exit_code == 0
    assert '"manager@example.org"' in done.stdout
    assert PASSWORD in done.stdout


def test_it_loads_into_an_empty_library_too(app: Flask) -> None:
    demo.load_demo(PASSWORD)
    assert _count(Person) == 12


def test_it_refuses_where_people_are(app: Flask) -> None:
    make_person()
    refused = app.test_cli_runner().invoke(args=["demo", "load"])
    assert refused.exit_code == 1
    assert len(refused.output.strip().splitlines()) == 1
    assert _count(Person) == 1


def test_it_loads_once(app: Flask, library: Path) -> None:
    assert app.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 0
    acts = _count(Activity)
    assert app.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 1
    assert _count(Activity) == acts


@pytest.mark.parametrize("beyond", [{"host": "0.0.0.0"}, {"base_url": "https://palier.example.com"}])
def test_it_refuses_beyond_this_machine(app: Flask, beyond: dict[str, str]) -> None:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update=beyond)
    refused = app.test_cli_runner().invoke(args=["demo", "load"])
    assert refused.exit_code == 1
    assert _count(Person) == 0
