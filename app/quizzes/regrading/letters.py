"""What people are told of a regrading: those whose attempt passes now and did not, or the other way round."""

from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.models import Person
from app.config import Settings
from app.core import dates, mail, outbox
from app.core.database import db
from app.core.web import percent
from app.library import catalogue
from app.quizzes import grading, summary
from app.quizzes.models import Attempt, RegradedAttempt

KIND = "quizzes.tell_regraded"


@outbox.handles(KIND)
def _tell_moved(payload: dict[str, Any]) -> None:
    """Write to each person for each attempt that moved; in one transaction, so that who is told is told once."""
    rows = db.session.execute(
        select(
            RegradedAttempt.attempt_id,
            RegradedAttempt.mark,
            RegradedAttempt.maximum,
            RegradedAttempt.passed,
            Attempt.document_id,
            Attempt.submitted_at,
            Person.id,
            Person.name,
            Person.email,
            Person.language,
            Person.time_zone,
        )
        .join(Attempt, Attempt.id == RegradedAttempt.attempt_id)
        .join(Person, Person.id == Attempt.person_id)
        .where(
            RegradedAttempt.regrading_id == UUID(payload["regrading"]),
            RegradedAttempt.passed != RegradedAttempt.was_passed,
            Person.deactivated_at.is_(None),
        )
        .order_by(RegradedAttempt.attempt_id)
    ).all()
    standings = summary.results_of({row.id for row in rows})
    for row in rows:
        standing = standings[row.id].get(row.document_id)
        with force_locale(_language(row)):
            subject, text = _words(row, is_passed=standing is not None and standing.passed_at is not None)
        mail.send(row.email, subject, text)


def _words(row: Any, *, is_passed: bool) -> tuple[str, str]:
    language = _language(row)
    entry = catalogue.current().find(row.document_id, language)
    title = entry.title if entry else row.document_id
    zone = ZoneInfo(row.time_zone or _settings().time_zone)
    day = dates.in_words(row.submitted_at.astimezone(zone), "d MMMM y", language)
    reached = percent(grading.percent(Fraction(row.mark), Fraction(row.maximum)))
    if row.passed:
        told = _("Your attempt of %(day)s now counts for %(percent)s: it is passed.", day=day, percent=reached)
    elif is_passed:
        told = _(
            "Your attempt of %(day)s now counts for %(percent)s, below the pass mark. Another attempt of yours passes,"
            " so the quiz stays passed.",
            day=day,
            percent=reached,
        )
    else:
        told = _(
            "Your attempt of %(day)s now counts for %(percent)s, below the pass mark. We are sorry about that: take the"
            " quiz again when it suits you.",
            day=day,
            percent=reached,
        )
    paragraphs = [
        _("Hello %(name)s,", name=row.name),
        _(
            "A question of the quiz “%(title)s” was not right. It was corrected, and attempts were graded again.",
            title=title,
        ),
        told,
        _("Each question stands here, with your reply and your first result:")
        + f"\n{_settings().address}/attempts/{row.attempt_id}",
    ]
    return str(_("Your result was corrected: %(title)s", title=title)), "\n\n".join(paragraphs) + "\n"


def _language(person: Any) -> str:
    return str(person.language or _settings().language)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
