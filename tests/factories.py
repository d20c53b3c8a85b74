"""People, teams and files for tests, with sensible defaults. Each room's helpers stand in its own section."""

import re
from itertools import count
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import passwords, sign_ins
from app.accounts.actor import Actor, Role
from app.accounts.models import Membership, Person, Team
from app.core import clock, ids
from app.core.database import db
from app.core.outbox import OutboxMessage

_numbers = count(1)


def make_person(role: Role = Role.REP, name: str = "", email: str = "", **values: object) -> Person:
    """Somebody with an account and no password (signing in goes through `sign_in_as`)."""
    number = next(_numbers)
    person = Person(
        id=ids.new(),
        email=email or f"person{number}@example.org",
        name=name or f"Personne {number}",
        role=role.value,
        created_at=clock.now(),
        **values,
    )
    db.session.add(person)
    db.session.commit()
    return person


def make_team(name: str = "", *, manager: Person | None = None, members: tuple[Person, ...] = ()) -> Team:
    """A team with its manager and members."""
    team = Team(id=ids.new(), name=name or f"Équipe {next(_numbers)}", created_at=clock.now())
    db.session.add(team)
    db.session.flush()
    for person, role in (*((member, "member") for member in members), *([(manager, "manager")] if manager else [])):
        db.session.add(Membership(id=ids.new(), team_id=team.id, person_id=person.id, role=role))
    db.session.commit()
    return team


def actor_for(person: Person, *, manages: tuple[UUID, ...] = ()) -> Actor:
    """The person as use cases see them."""
    return Actor(person.id, person.name, person.email, Role(person.role), manages=frozenset(manages))


def sign_in_as(client: FlaskClient, person: Person) -> None:
    """Put a session in the client's cookie, as the sign-in page does."""
    secret = sign_ins.begin(person.id, "tests")
    db.session.commit()
    with client.session_transaction() as session:
        session["sign_in"] = secret


# accounts

PASSWORD = "quatre mots mis ensemble"


def make_member(role: Role = Role.REP, **values: object) -> Person:
    """Somebody who has joined: their password is PASSWORD."""
    return make_person(role, password_hash=passwords.hashed(PASSWORD), **values)  # type: ignore[arg-type]


def try_to_sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **fields: str) -> TestResponse:
    """Fill in the sign-in page."""
    return client.post("/sign-in", data={"email": email, "password": password, **fields})


def letters() -> list[dict[str, str]]:
    """The mails that wait in the outbox, oldest first."""
    rows = db.session.execute(
        select(OutboxMessage.payload).where(OutboxMessage.kind == "mail").order_by(OutboxMessage.id)
    )
    return list(rows.scalars())


def path_in(letter: dict[str, str]) -> str:
    """The path of the one-time link in a mail."""
    found = re.search(r"/links/[\w-]+", letter["text"])
    assert found, letter["text"]
    return found.group()
