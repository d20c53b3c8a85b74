"""Signed-in browsers: begun, recognised, ended. They are parts of larger acts (signing in): the caller commits."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, bindparam, delete, select

from app.accounts import browsers
from app.accounts.actor import Actor, Role
from app.accounts.models import Membership, Person, SignIn
from app.activity import versions
from app.core import clock, ids
from app.core.database import db, table_of

LASTS = timedelta(days=30)

_person, _sign_in = table_of(Person), table_of(SignIn)
_managed = table_of(Membership).alias("managed")

_WHO = (
    select(
        _person.c.id,
        _person.c.name,
        _person.c.email,
        _person.c.role,
        _person.c.language,
        _person.c.time_zone,
        _person.c.theme,
        _person.c.writes,
        _managed.c.team_id,
        versions.number_of(_person.c.id).label("progress_version"),
    )
    .select_from(_sign_in)
    .join(_person, _person.c.id == _sign_in.c.person_id)
    .outerjoin(_managed, (_managed.c.person_id == _person.c.id) & (_managed.c.role == "manager"))
    .where(
        _sign_in.c.secret_hash == bindparam("secret_hash"),
        _sign_in.c.expires_at > bindparam("now"),
        _person.c.deactivated_at.is_(None),
    )
)


_carried: dict[str, ScalarSelect[Any]] = {}


@cache
def _recognise(names: tuple[str, ...]) -> Select[Any]:
    """Built once, so that SQLAlchemy compiles it once: this runs on every request."""
    return _WHO.add_columns(*(_carried[name].label(name) for name in names))


@dataclass(frozen=True)
class Recognition:
    """Who is there, how many acts moved their progress, and what rooms above had carried along."""

    actor: Actor
    progress_version: int | None
    carried: dict[str, Any]


@dataclass(frozen=True)
class SignedInBrowser:
    """A browser where a person is signed in; `name` is empty when it cannot be told."""

    name: str
    since: datetime
    until: datetime
    is_this_one: bool


def fingerprint(secret: str) -> str:
    """What the database keeps of a secret: its SHA-256, so that a stolen copy opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin(person_id: UUID, browser: str) -> str:
    """Start a session and return its secret, made anew at every sign-in (so a planted one is worth nothing)."""
    secret = ids.token()
    at = clock.now()
    db.session.add(
        SignIn(
            secret_hash=fingerprint(secret),
            person_id=person_id,
            created_at=at,
            expires_at=at + LASTS,
            browser=browser[:200],
        )
    )
    return secret


def carry(name: str, value: ScalarSelect[Any]) -> None:
    """Have a number of a room above fetched with the statement that recognises people, since every page runs it."""
    _carried[name] = value


def recognise(secret: str) -> Recognition | None:
    """The person a secret belongs to, or None when it ended, expired, or its account was closed. One statement."""
    statement = _recognise(tuple(_carried))
    # On a connection of its own: most pages ask the database nothing more, and need not open a session for it.
    with db.engine.connect() as connection:
        rows = connection.execute(statement, {"secret_hash": fingerprint(secret), "now": clock.now()}).all()
    if not rows:
        return None
    person_id, name, email, role, language, time_zone, theme, writes, _team, version, *carried = rows[0]
    manages = frozenset(row.team_id for row in rows if row.team_id is not None)
    actor = Actor(person_id, name, email, Role(role), language, time_zone, theme, manages, writes)
    return Recognition(actor, version, dict(zip(_carried, carried, strict=True)))


def end(secret: str) -> None:
    """End one session."""
    db.session.execute(delete(SignIn).where(SignIn.secret_hash == fingerprint(secret)))


def end_all(person_id: UUID) -> None:
    """End every session of a person, at once: their next request, whatever the process, is refused."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def end_others(person_id: UUID, secret: str) -> None:
    """End every session of a person but this one."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person_id, SignIn.secret_hash != fingerprint(secret)))


def forget_expired(person_id: UUID) -> None:
    """Delete what a person's old browsers left behind."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person_id, SignIn.expires_at <= clock.now()))


def browsers_of(person_id: UUID, secret: str) -> list[SignedInBrowser]:
    """The browsers where a person is signed in: this one (the one with `secret`) first, then the newest."""
    rows = db.session.execute(
        select(SignIn.secret_hash, SignIn.browser, SignIn.created_at, SignIn.expires_at)
        .where(SignIn.person_id == person_id, SignIn.expires_at > clock.now())
        .order_by(SignIn.created_at.desc())
    ).all()
    mine = fingerprint(secret)
    found = [
        SignedInBrowser(browsers.described(row.browser), row.created_at, row.expires_at, row.secret_hash == mine)
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.is_this_one)
