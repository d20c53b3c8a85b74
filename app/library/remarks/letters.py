"""The mails about questions: one an hour at most to an owner, one for each answer to who asked.

None holds anybody's words: they are read on the page, where they can be hidden.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.models import Person
from app.config import Settings
from app.core import clock, mail, outbox
from app.core.database import db
from app.library import catalogue
from app.library.catalogue import Entry
from app.library.remarks.states import edition, last_asked, on_edition, owned_by, question, waits
from app.library.trust import owners

KIND = "remarks.tell_owner"
HOUR = timedelta(hours=1)
LATE = timedelta(minutes=2)  # for who writes at the very end of an hour
MOST_NAMED = 10
_NAMESPACE = UUID("6f0d5c1e-3f0b-4f7c-9a58-0d3e6f2b9c11")


def ask_to_tell_owner(entry: Entry, asker: Actor) -> None:
    """Have the owner written to when the hour is over, with all that was asked in it. Not about their own question."""
    owner = owners.persons_of([entry.owner]).get(entry.owner or "")
    if owner is None or owner.id == asker.id:
        return
    hour = _hour_of(clock.now())
    payload = {"person": str(owner.id), "hour": hour.isoformat()}
    outbox.put_once(uuid5(_NAMESPACE, f"{owner.id} {hour.isoformat()}"), KIND, payload, due_at=hour + HOUR + LATE)


@outbox.handles(KIND)
def _tell_owner(payload: dict[str, Any]) -> None:
    """Write about the questions of an hour that still wait; nothing when all of them are answered."""
    person = _person(UUID(payload["person"]))
    if person is None:
        return
    hour = datetime.fromisoformat(payload["hour"])
    rows = db.session.execute(
        select(question.c.document_id, func.count())
        .join(edition, on_edition)
        .where(
            waits,
            owned_by(person.email),
            question.c.author_id != person.id,
            last_asked >= hour,
            last_asked < hour + HOUR,
        )
        .group_by(question.c.document_id)
        .order_by(func.count().desc(), question.c.document_id)
    ).all()
    if rows:
        _send(person, [(document_id, number) for document_id, number in rows])


def _send(person: Any, asked: list[tuple[str, int]]) -> None:
    with force_locale(_language(person)):
        number = sum(each for _id, each in asked)
        lines = [f"{_title(document_id, person)} ({each})" for document_id, each in asked[:MOST_NAMED]]
        if len(asked) > MOST_NAMED:
            lines.append("…")
        subject = ngettext("A question waits for your answer", "%(num)s questions wait for your answer", number)
        text = _("Hello %(name)s,", name=person.name) + "\n\n"
        text += _("Readers ask about documents that you answer for:") + "\n\n" + "\n".join(lines) + "\n\n"
        text += _("Answer them here:") + f"\n{_settings().address}/questions\n"
    mail.send(person.email, subject, text)


def tell_asker(asker_id: UUID, actor: Actor, entry: Entry, question_id: UUID) -> None:
    """Write to who asked that somebody answered."""
    person = _person(asker_id)
    if person is None:
        return
    with force_locale(_language(person)):
        subject = _("An answer to your question: %(title)s", title=entry.title)
        told = _("%(name)s answered your question about “%(title)s”. Read it here:", name=actor.name, title=entry.title)
        text = _letter(person, told, entry, question_id)
    mail.send(person.email, subject, text)


def tell_hidden(author_id: UUID, actor: Actor, entry: Entry, question_id: UUID) -> None:
    """Write to an author that their words are shown to nobody but them and moderators, and by whose decision."""
    person = _person(author_id)
    if person is None:
        return
    with force_locale(_language(person)):
        subject = _("Your remark was hidden: %(title)s", title=entry.title)
        told = _(
            "%(name)s hid what you wrote about “%(title)s”: only you and those who answer questions still see it. "
            "If you think this is a mistake, talk to them. It stands here:",
            name=actor.name,
            title=entry.title,
        )
        text = _letter(person, told, entry, question_id)
    mail.send(person.email, subject, text)


def _letter(person: Any, told: str, entry: Entry, question_id: UUID) -> str:
    where = f"{_settings().address}/questions/{entry.id}?remark={question_id}#remark-{question_id}"
    return "\n\n".join((_("Hello %(name)s,", name=person.name), told, where)) + "\n"


def _person(person_id: UUID) -> Any:
    return db.session.execute(
        select(Person.id, Person.name, Person.email, Person.language).where(
            Person.id == person_id, Person.deactivated_at.is_(None)
        )
    ).one_or_none()


def _title(document_id: str, person: Any) -> str:
    entry = catalogue.current().find(document_id, _language(person))
    return entry.title if entry else document_id


def _hour_of(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _language(person: Any) -> str:
    return str(person.language or _settings().language)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
