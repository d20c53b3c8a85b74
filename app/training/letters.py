"""The mail that says what was assigned, in the language of each person who gets it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from app.accounts.actor import Actor
from app.accounts.models import Person
from app.config import Settings
from app.core import dates, mail
from app.core.database import db
from app.training.programme import Target

_RECIPIENTS = select(Person.id, Person.name, Person.email, Person.language, Person.time_zone).where(
    Person.id.in_(bindparam("people", expanding=True)), Person.deactivated_at.is_(None)
)


def send_assignment(people: Iterable[UUID], actor: Actor, target: Target, due_at: datetime, note: str) -> None:
    """Write to each person, in the current transaction; not to the one who assigns."""
    settings: Settings = current_app.config["SETTINGS"]
    for row in db.session.execute(_RECIPIENTS, {"people": list(people)}).all():
        if row.id == actor.id:
            continue
        language, zone = row.language or settings.language, row.time_zone or settings.time_zone
        with force_locale(language):
            day = dates.in_words(due_at.astimezone(ZoneInfo(zone)), "EEEE d MMMM y", language)
            subject, text = _words(row.name, actor, target, day, note)
        mail.send(row.email, subject, text)


def _words(name: str, actor: Actor, target: Target, day: str, note: str) -> tuple[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    subject = _("To do by %(day)s: %(title)s", day=day, title=target.title)
    lines = [
        _("Hello %(name)s,", name=name),
        _("%(manager)s asks you to do this by %(day)s:", manager=actor.name, day=day),
        f"{target.title}\n{settings.address}{target.address}",
        _("“%(note)s”", note=note) if note else "",
        _("All that is expected of you stands on Today:") + f"\n{settings.address}/",
    ]
    return subject, "\n\n".join(line for line in lines if line) + "\n"
