"""Links that work once: an invitation, a reset, the creation of the first administrator.

Only the hash of a link's secret is kept. Looking at a link (mail scanners do) changes nothing; using it is one
guarded statement, so that of two submits one wins.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from app.accounts import acts, entries, letters, password_rules, passwords, sign_ins
from app.accounts.actor import Role
from app.accounts.models import OneTimeLink, Person
from app.core import clock, ids, outbox
from app.core.database import db
from app.core.errors import InvalidInput, NotFound


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"
    FIRST_ADMINISTRATOR = "first_administrator"


LASTS = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.RESET: timedelta(hours=1),
    Purpose.FIRST_ADMINISTRATOR: timedelta(days=36_500),  # until it is used
}

FORGOTTEN = "password forgotten"


class LinkEnded(NotFound):
    """The link was used, has expired, was replaced, or never was: the same answer for all four."""

    sentence = _l("This link no longer works: it was used, it has expired, or a newer one replaced it.")


@dataclass(frozen=True)
class Link:
    """A link that still works, and whose it is (nobody's yet for the first administrator)."""

    purpose: Purpose
    person_id: UUID | None
    email: str
    name: str
    language: str | None


@dataclass(frozen=True)
class NewLink:
    """A link just made: the address to hand over, and the instant until which it works."""

    address: str
    until: datetime


def make(purpose: Purpose, person_id: UUID | None = None) -> NewLink:
    """Make a link in the current transaction; an unused one of the same purpose stops working."""
    db.session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.person_id == person_id if person_id else OneTimeLink.person_id.is_(None),
            OneTimeLink.purpose == purpose.value,
            OneTimeLink.used_at.is_(None),
        )
    )
    return _add(purpose, person_id)


def make_first(purpose: Purpose, person_id: UUID) -> NewLink:
    """The first link of somebody who has just been created: there is none to replace, so no statement to look."""
    return _add(purpose, person_id)


def _add(purpose: Purpose, person_id: UUID | None) -> NewLink:
    secret, at = ids.token(), clock.now()
    link = OneTimeLink(
        secret_hash=sign_ins.fingerprint(secret),
        purpose=purpose.value,
        person_id=person_id,
        created_at=at,
        expires_at=at + LASTS[purpose],
    )
    db.session.add(link)
    return NewLink(f"{current_app.config['SETTINGS'].address}/links/{secret}", link.expires_at)


def look_at(secret: str) -> Link:
    """What a link is for, without using it. Raises LinkEnded."""
    row = db.session.execute(
        select(OneTimeLink.purpose, Person.id, Person.email, Person.name, Person.language)
        .outerjoin(Person, Person.id == OneTimeLink.person_id)
        .where(_works(secret))
    ).one_or_none()
    if row is None:
        raise LinkEnded()
    return Link(Purpose(row.purpose), row.id, row.email or "", row.name or "", row.language)


def choose_password(secret: str, password: str) -> Link:
    """Use an invitation or a reset. Every session of the person ends. Raises InvalidInput, LinkEnded."""
    link = look_at(secret)
    if link.person_id is None:
        raise LinkEnded()
    _refuse_weak(password, link.email)
    kept = passwords.hashed(password)
    _use(secret)
    db.session.execute(update(Person).where(Person.id == link.person_id).values(password_hash=kept))
    sign_ins.end_all(link.person_id)
    _forget_others(link.person_id)
    if link.purpose is Purpose.INVITATION:
        acts.record_joined(link.person_id)
    else:
        letters.send_password_changed(link.email, link.name, link.language)
    db.session.commit()
    return link


def create_first_administrator(secret: str, *, name: str, email: str, language: str | None, password: str) -> UUID:
    """Use the first link: its holder becomes the administrator. Raises InvalidInput, LinkEnded."""
    name, email = entries.name(name), entries.email(email)
    if look_at(secret).purpose is not Purpose.FIRST_ADMINISTRATOR:
        raise LinkEnded()
    _refuse_weak(password, email)
    kept = passwords.hashed(password)
    _use(secret)
    person = Person(
        id=ids.new(),
        email=email,
        name=name,
        role=Role.ADMINISTRATOR.value,
        language=language,
        password_hash=kept,
        created_at=clock.now(),
    )
    db.session.add(person)
    db.session.flush()
    acts.record_joined(person.id)
    db.session.commit()
    return person.id


def request_reset(email: str) -> None:
    """Note that a password was forgotten, and commit. Whether the address has an account is looked up by the worker:
    the time of the answer must not tell."""
    outbox.put(FORGOTTEN, {"email": email})
    db.session.commit()


@outbox.handles(FORGOTTEN)
def _send_reset(asked: dict[str, str]) -> None:
    """Send a link to choose a new password, when the address has an open account; else do nothing."""
    person = db.session.execute(
        select(Person.id, Person.email, Person.name, Person.language).where(
            Person.email == asked["email"], Person.deactivated_at.is_(None)
        )
    ).one_or_none()
    if person is None:
        return
    link = make(Purpose.RESET, person.id)
    letters.send_reset(person.email, person.name, person.language, address=link.address, until=link.until)


def first_administrator_link() -> str | None:
    """The address that creates the first administrator, made anew; None as soon as anybody exists."""
    if db.session.execute(select(exists().select_from(Person))).scalar():
        return None
    link = make(Purpose.FIRST_ADMINISTRATOR)
    db.session.commit()
    return link.address


def _works(secret: str) -> ColumnElement[bool]:
    """A link works once, in time, while its person's account is open; the first one while nobody is there."""
    holder = select(Person.id).where(Person.id == OneTimeLink.person_id, Person.deactivated_at.is_(None))
    first = and_(OneTimeLink.purpose == Purpose.FIRST_ADMINISTRATOR.value, ~exists(select(Person.id)))
    return and_(
        OneTimeLink.secret_hash == sign_ins.fingerprint(secret),
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > clock.now(),
        or_(exists(holder.correlate(OneTimeLink)), first),
    )


def _use(secret: str) -> None:
    """Mark a link used; of two people who submit it at once, one gets LinkEnded."""
    used = db.session.execute(
        update(OneTimeLink)
        .where(_works(secret))
        .values(used_at=clock.now())
        .returning(OneTimeLink.secret_hash)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if used is None:
        raise LinkEnded()


def _forget_others(person_id: UUID) -> None:
    """A person who has a password needs no other link: an older mail must not change it again."""
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None)))


def _refuse_weak(password: str, email: str) -> None:
    if problem := password_rules.problem_with(password, email):
        raise InvalidInput(problem, field="password")
