"""Who answers for a document: its owner's words, and the person with an account behind them, if there is one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from app.accounts.models import Person
from app.core.database import db, table_of

_person = table_of(Person)
_BY_MAIL = select(_person.c.id, _person.c.name, _person.c.email, _person.c.language, _person.c.time_zone).where(
    _person.c.email.in_(bindparam("mails", expanding=True)), _person.c.deactivated_at.is_(None)
)
_IN_BRACKETS = re.compile(r"<\s*([^<>\s@]+@[^<>\s@]+)\s*>\s*$")
_MAIL = re.compile(r"[^<>\s@]+@[^<>\s@]+")


@dataclass(frozen=True)
class OwnerPerson:
    """The active person whom an owner's words name. `language` and `time_zone` are None for the organisation's."""

    id: UUID
    name: str
    email: str
    language: str | None
    time_zone: str | None = None


def mail_of(owner: str | None) -> str | None:
    """The mail address in an owner's words, alone or as in `Name <mail>`, in lower case; None for a mere function."""
    words = (owner or "").strip()
    found = _IN_BRACKETS.search(words)
    if found:
        return found[1].lower()
    return words.lower() if _MAIL.fullmatch(words) else None


def words_of(owner: str | None) -> str:
    """How an owner without an account is named: `Name <mail>` by the name."""
    words = (owner or "").strip()
    return _IN_BRACKETS.sub("", words).strip() or words


def person_of(owner: str | None) -> UUID | None:
    """The active person whose address stands in the owner's words. One statement, none for words without one."""
    found = persons_of([owner])
    return found[owner].id if owner in found else None


def persons_of(owners: Iterable[str | None]) -> dict[str, OwnerPerson]:
    """The same for many, by the words as they were given; those without a person are missing. One statement at most."""
    mails = {owner: mail for owner in owners if owner is not None and (mail := mail_of(owner)) is not None}
    if not mails:
        return {}
    rows = db.session.execute(_BY_MAIL, {"mails": sorted(set(mails.values()))}).all()
    people = {row.email: OwnerPerson(*row) for row in rows}
    return {owner: people[mail] for owner, mail in mails.items() if mail in people}
