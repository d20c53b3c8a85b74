"""What the dashboard and the records read: one statement a question, whatever the number of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Table, bindparam, select

from app.accounts.models import Person
from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.library.models import Acknowledgement, Revision
from app.training.models import Assignment, Enrolment

RECENT_DAYS = 30
MOST_ACTS = 100
# Acts of learning, told in a record. Single replies would drown the rest: the submission tells of them.
TOLD = (
    "document.acknowledged",
    "quiz.started",
    "quiz.handed_in",
    "quiz.submitted",
    "quiz.regraded",
    "script.pinned",
)
# A manager's scoring, and what a regrading does to others, are nobody's learning.
_NOT_LEARNT = ("quiz.scored", "quiz.regraded")

_PEOPLE: BindParameter[UUID] = bindparam("people", expanding=True)
_activity: Table = Activity.__table__  # type: ignore[assignment]
# For each person the newest act of learning, found from the end of the index on (person_id, at).
_LAST = select(
    Person.id,
    select(_activity.c.at)
    .where(
        _activity.c.person_id == Person.id,
        ~_activity.c.kind.startswith("account."),
        ~_activity.c.kind.startswith("assignment."),
        _activity.c.kind.not_in(_NOT_LEARNT),
    )
    .order_by(_activity.c.at.desc())
    .limit(1)
    .correlate(Person)
    .scalar_subquery()
    .label("last_at"),
).where(Person.id.in_(_PEOPLE))
_EXPECTED = (
    select(
        Enrolment.person_id,
        Assignment.document_id,
        Assignment.due_at,
        Assignment.created_at,
        Assignment.note,
        Person.name.label("assigned_by"),
    )
    .join(Assignment, Assignment.id == Enrolment.assignment_id)
    .join(Person, Person.id == Assignment.assigned_by)
    .where(Enrolment.person_id.in_(_PEOPLE), Assignment.cancelled_at.is_(None))
    .order_by(Assignment.due_at, Assignment.id)
)
_WORDS_GIVEN = (
    select(
        Acknowledgement.document_id,
        Acknowledgement.revision_id,
        Acknowledgement.at,
        Revision.number,
        Revision.title,
        Revision.language,
    )
    .join(Revision, Revision.id == Acknowledgement.revision_id)
    .where(Acknowledgement.person_id == bindparam("person_id"))
    .order_by(Acknowledgement.at.desc(), Acknowledgement.document_id)
)
_ACTS = (
    select(_activity.c.kind, _activity.c.at, _activity.c.document_id, _activity.c.details)
    .where(
        _activity.c.person_id == bindparam("person_id"),
        _activity.c.at >= bindparam("since"),
        _activity.c.kind.in_(TOLD),
    )
    .order_by(_activity.c.at.desc(), _activity.c.sequence.desc())
    .limit(MOST_ACTS)
)


@dataclass(frozen=True)
class Enrolled:
    """One person's copy of an assignment."""

    document_id: str
    due_at: datetime
    created_at: datetime
    note: str
    assigned_by: str


@dataclass(frozen=True)
class WordGiven:
    """An acknowledgement: which revision, when."""

    document_id: str
    revision_id: int
    at: datetime
    number: int
    title: str
    language: str


@dataclass(frozen=True)
class DeedLine:
    """An act to tell: its kind, when, on what, and its numbers."""

    kind: str
    at: datetime
    document_id: str | None
    details: dict[str, Any]


def last_acts(people: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """When each person last learned something; None for who never did."""
    asked = list(people)
    return {row.id: row.last_at for row in db.session.execute(_LAST, {"people": asked})} if asked else {}


def expected_of(people: Iterable[UUID]) -> dict[UUID, list[Enrolled]]:
    """What is assigned to each person, done or not, in the order it is due."""
    asked = list(people)
    found: dict[UUID, list[Enrolled]] = {person: [] for person in asked}
    for row in db.session.execute(_EXPECTED, {"people": asked}) if asked else ():
        found[row.person_id].append(Enrolled(row.document_id, row.due_at, row.created_at, row.note, row.assigned_by))
    return found


def words_given(person_id: UUID) -> list[WordGiven]:
    """What a person acknowledged, newest first."""
    return [WordGiven(*row) for row in db.session.execute(_WORDS_GIVEN, {"person_id": person_id})]


def recent_acts(person_id: UUID) -> list[DeedLine]:
    """What a person did in the last thirty days, newest first, at most a hundred acts."""
    since = clock.now() - timedelta(days=RECENT_DAYS)
    return [DeedLine(*row) for row in db.session.execute(_ACTS, {"person_id": person_id, "since": since})]
