"""Telling owners, once and in one mail, what has newly lapsed; where nobody has an account, the administrators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.actor import Role
from app.accounts.models import Person
from app.config import Settings
from app.core import clock, dates, mail, rounds
from app.core.database import db, insert, table_of
from app.library import catalogue
from app.library.trust import owners, stewardship
from app.library.trust.models import LapseNotice
from app.library.trust.stewardship import Lapsed

AT_ONCE = 500
MOST_NAMED = 30  # in one mail; the rest are counted


@dataclass(frozen=True)
class Recipient:
    """Somebody to write to."""

    id: UUID
    name: str
    email: str
    language: str | None
    time_zone: str | None = None


@rounds.every("library.lapses", timedelta(days=1))
def tell_owners() -> None:
    """One mail to each owner with what lapsed since the last one. In the transaction of the round."""
    catalogue.refresh()
    found = stewardship.lapsed()
    told = {recipient.id: (recipient, lapses) for recipient, lapses in _recipients(found)}
    wanted = [(person, each) for person, (_who, lapses) in told.items() for each in lapses]
    new = _note(wanted)
    for person, (recipient, lapses) in told.items():
        fresh = [each for each in lapses if _key(person, each) in new]
        if fresh:
            _write(recipient, fresh)


def _recipients(found: list[Lapsed]) -> Iterable[tuple[Recipient, list[Lapsed]]]:
    if not found:
        return
    people = owners.persons_of({each.entry.owner for each in found})
    by_owner: dict[UUID, tuple[Recipient, list[Lapsed]]] = {}
    orphans = []
    for each in found:
        owner = people.get(each.entry.owner or "")
        if owner is None:
            orphans.append(each)
            continue
        recipient = Recipient(owner.id, owner.name, owner.email, owner.language, owner.time_zone)
        by_owner.setdefault(owner.id, (recipient, []))[1].append(each)
    for recipient in _administrators() if orphans else ():
        by_owner.setdefault(recipient.id, (recipient, []))[1].extend(orphans)
    yield from by_owner.values()


def _administrators() -> list[Recipient]:
    rows = db.session.execute(
        select(Person.id, Person.name, Person.email, Person.language, Person.time_zone)
        .where(Person.role == Role.ADMINISTRATOR.value, Person.deactivated_at.is_(None))
        .order_by(Person.id)
    )
    return [Recipient(*row) for row in rows]


def _key(person: UUID, each: Lapsed) -> tuple[UUID, str, datetime]:
    return person, each.entry.id, each.standing.lapses_at or each.standing.verified_at


def _note(wanted: list[tuple[UUID, Lapsed]]) -> set[tuple[UUID, str, datetime]]:
    """Write down who is told of what; returns those that were not told before."""
    table = table_of(LapseNotice)
    rows = [
        {"person_id": person, "document_id": document_id, "lapsed_at": lapsed_at, "told_at": clock.now()}
        for person, document_id, lapsed_at in sorted({_key(person, each) for person, each in wanted})
    ]
    new: set[tuple[UUID, str, datetime]] = set()
    for start in range(0, len(rows), AT_ONCE):
        statement: Any = insert(table).values(rows[start : start + AT_ONCE]).on_conflict_do_nothing()
        told = db.session.execute(statement.returning(table.c.person_id, table.c.document_id, table.c.lapsed_at))
        new |= {(row.person_id, row.document_id, row.lapsed_at) for row in told}
    return new


def _write(recipient: Recipient, lapses: list[Lapsed]) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    language, zone = recipient.language or settings.language, ZoneInfo(recipient.time_zone or settings.time_zone)
    with force_locale(language):
        subject, text = _words(recipient.name, _by_document(lapses, language), settings.address, language, zone)
    mail.send(recipient.email, subject, text)


def _by_document(lapses: list[Lapsed], language: str) -> Mapping[str, Lapsed]:
    """Each document once, under its title in the recipient's language where it has one."""
    found: dict[str, Lapsed] = {}
    for each in lapses:
        shown = catalogue.current().find(each.entry.id, language) or each.entry
        found.setdefault(each.entry.id, Lapsed(shown, each.standing))
    return found


def _words(name: str, lapses: Mapping[str, Lapsed], address: str, language: str, zone: ZoneInfo) -> tuple[str, str]:
    count = len(lapses)
    subject = ngettext("%(num)d document to verify", "%(num)d documents to verify", count)
    lines = [
        _("Hello %(name)s,", name=name),
        ngettext(
            "Nobody has said for a while that this document is still true, and readers are told so:",
            "Nobody has said for a while that these %(num)d documents are still true, and readers are told so:",
            count,
        ),
    ]
    for each in list(lapses.values())[:MOST_NAMED]:
        day = dates.in_words(each.standing.verified_at.astimezone(zone), "d MMMM y", language)
        since = _("not verified since %(day)s", day=day)
        lines.append(f"{each.entry.title} ({since})\n{address}{stewardship.address_of(each.entry)}")
    if count > MOST_NAMED:
        lines.append(ngettext("And %(num)d more.", "And %(num)d more.", count - MOST_NAMED))
    lines.append(_("Read it; if all of it is right, one click on “Still true” is enough. Otherwise, correct it."))
    return subject, "\n\n".join(lines) + "\n"
