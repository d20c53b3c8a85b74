"""The fictitious people of the demonstration."""

from dataclasses import astuple

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.accounts import demo, people, teams
from app.accounts.actor import Role
from app.accounts.models import Person
from app.config import Settings
from app.core.database import db
from app.core.errors import DomainError
from tests.factories import actor_for, make_person, try_to_sign_in


def test_two_teams_each_with_its_manager(app: Flask) -> None:
    made = demo.load_demo_people("a password for the demo")
    manager = db.session.get(Person, made.manager)
    assert manager is not None
    lyon, nantes = teams.teams_led_by(actor_for(manager, manages=(made.lyon, made.nantes)))
    assert (lyon.name, lyon.members, nantes.name, nantes.members) == ("Lyon", 6, "Nantes", 3)
    assert {member.id for member in teams.members_of([made.lyon, made.nantes])} == set(made.reps)
    assert len(made.reps) == 9
    assert len(set(map(str, astuple(made)))) == 7


def test_the_three_who_sign_in(app: Flask) -> None:
    demo.load_demo_people("a password for the demo")
    for email in ("rep@example.org", "manager@example.org", "admin@example.org"):
        assert try_to_sign_in(app.test_client(), email, "a password for the demo").status_code == 302
    role = db.session.execute(select(Person.role).where(Person.email == "admin@example.org")).scalar_one()
    assert role == Role.ADMINISTRATOR.value


def test_it_refuses_where_others_can_reach_it(settings: Settings) -> None:
    for reachable in ({"host": "0.0.0.0"}, {"base_url": "https://palier.example.org"}):
        app = create_app(settings.model_copy(update=reachable))
        with app.app_context():
            with pytest.raises(DomainError):
                demo.load_demo_people("a password for the demo")
            assert not people.anybody()
            db.session.remove()
            db.engine.dispose()


def test_it_refuses_beside_real_people(app: Flask) -> None:
    make_person()
    with pytest.raises(DomainError):
        demo.load_demo_people("a password for the demo")
