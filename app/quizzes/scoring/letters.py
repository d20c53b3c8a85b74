"""The mails about written replies: to managers one a morning with all that waits, to the author once all is scored.

None holds anybody's words: they are read on the page.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.models import Person
from app.config import Settings
from app.core import clock, mail, outbox
from app.core.database import db
from app.core.web import percent
from app.library import catalogue
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.scoring import scorers

KIND = "quizzes.tell_scorers"
MORNING = time(7)
MOST_NAMED = 10
_NAMESPACE = UUID("a0f5f2a5-6a55-4a7b-8a3e-7d0c5d1b6f21")


def ask_to_tell_scorers(attempt: AttemptRow) -> None:
    """Have those who may score it written to in the morning, with all that waits for them then; part of handing in."""
    for person in scorers.of(attempt.person_id):
        due_at = _next_morning(person)
        name = uuid5(_NAMESPACE, f"{person.id} {due_at.isoformat()}")
        outbox.put_once(name, KIND, {"person": str(person.id)}, due_at=due_at)


@outbox.handles(KIND)
def _tell_scorer(payload: dict[str, Any]) -> None:
    """Write about what waits; nothing when all of it was scored meanwhile."""
    person = _person(UUID(payload["person"]))
    if person is None:
        return
    waiting = scorers.waiting_at(person.id, person.role)
    if not waiting:
        return
    with force_locale(_language(person)):
        lines = [f"{each.name}: {_title(each.document_id, person)}" for each in waiting[:MOST_NAMED]]
        if len(waiting) > MOST_NAMED:
            lines.append("…")
        subject = ngettext("A written reply waits to be scored", "%(num)s attempts wait to be scored", len(waiting))
        paragraphs = [
            _("Hello %(name)s,", name=person.name),
            _("People you lead wrote replies in a quiz. Their result is known once these are scored:"),
            "\n".join(lines),
            _("Score them here:") + f"\n{_settings().address}/quizzes/to-score",
        ]
    mail.send(person.email, subject, "\n\n".join(paragraphs) + "\n")


def tell_author(attempt_id: UUID, scorer: Actor) -> None:
    """Write to who wrote the replies that the last of them is scored, with the result; part of scoring."""
    attempt = attempt_rows.find(attempt_id)
    person = _person(attempt.person_id) if attempt else None
    if attempt is None or person is None or attempt.percent is None:
        return
    with force_locale(_language(person)):
        title, reached = _title(attempt.document_id, person), percent(attempt.percent)
        subject = _("Your written replies are scored: %(title)s", title=title)
        passed = _("Result: %(percent)s. The quiz is passed.", percent=reached)
        not_yet = _("Result: %(percent)s. It is not passed yet; you can take it again.", percent=reached)
        paragraphs = [
            _("Hello %(name)s,", name=person.name),
            _("%(scorer)s has read what you wrote in “%(title)s”.", scorer=scorer.name, title=title),
            passed if attempt.passed else not_yet,
            _("The points and the comments stand here:") + f"\n{_settings().address}/attempts/{attempt_id}",
        ]
    mail.send(person.email, subject, "\n\n".join(paragraphs) + "\n")


def _next_morning(person: Any) -> datetime:
    """Seven o'clock where the person is, today or tomorrow."""
    zone = ZoneInfo(person.time_zone or _settings().time_zone)
    now = clock.now().astimezone(zone)
    morning = datetime.combine(now.date(), MORNING, zone)
    if morning <= now:
        morning = datetime.combine(now.date() + timedelta(days=1), MORNING, zone)
    return morning.astimezone(UTC)


def _person(person_id: UUID) -> Any:
    columns: Iterable[Any] = (Person.id, Person.name, Person.email, Person.language, Person.role)
    return db.session.execute(
        select(*columns).where(Person.id == person_id, Person.deactivated_at.is_(None))
    ).one_or_none()


def _title(document_id: str, person: Any) -> str:
    entry = catalogue.current().find(document_id, _language(person))
    return entry.title if entry else document_id


def _language(person: Any) -> str:
    return str(person.language or _settings().language)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
