"""Signing in and out, and changing one's own password."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.accounts import letters, password_rules, passwords, sign_ins
from app.accounts.actor import Actor
from app.accounts.models import Person
from app.core.database import db
from app.core.errors import InvalidInput


class WrongCredentials(InvalidInput):
    """One sentence whatever is wrong: it must not tell whether an account is there, or closed."""

    sentence = _l("This e-mail address and this password do not go together, or the account is closed.")


def sign_in(email: str, password: str, browser: str) -> str:
    """The secret of a new session. Hashes once whoever is named, so that the time says nothing either.

    Raises WrongCredentials.
    """
    person = db.session.execute(
        select(Person.id, Person.password_hash, Person.deactivated_at).where(Person.email == email)
    ).one_or_none()
    right = passwords.matches(password[: password_rules.LONGEST + 1], person.password_hash if person else None)
    if person is None or not right or person.deactivated_at is not None:
        raise WrongCredentials()
    if passwords.is_outdated(person.password_hash):
        _keep_password(person.id, password)
    sign_ins.forget_expired(person.id)
    secret = sign_ins.begin(person.id, browser)
    db.session.commit()
    return secret


def begin_session(person_id: UUID, browser: str) -> str:
    """The secret of a new session for somebody who has just proved who they are in another way (a link)."""
    secret = sign_ins.begin(person_id, browser)
    db.session.commit()
    return secret


def sign_out(secret: str) -> None:
    """End one session, in the database: a copy of the cookie is worth nothing afterwards."""
    sign_ins.end(secret)
    db.session.commit()


def change_password(actor: Actor, secret: str, present: str, wanted: str) -> None:
    """Change one's own password; the other browsers are signed out, and a mail says so. Raises InvalidInput."""
    kept = db.session.execute(select(Person.password_hash).where(Person.id == actor.id)).scalar()
    if not passwords.matches(present, kept):
        raise InvalidInput(_l("This is not your present password."), field="present")
    if problem := password_rules.problem_with(wanted, actor.email):
        raise InvalidInput(problem, field="wanted")
    _keep_password(actor.id, wanted)
    sign_ins.end_others(actor.id, secret)
    letters.send_password_changed(actor.email, actor.name, actor.language)
    db.session.commit()


def _keep_password(person_id: UUID, password: str) -> None:
    db.session.execute(update(Person).where(Person.id == person_id).values(password_hash=passwords.hashed(password)))
