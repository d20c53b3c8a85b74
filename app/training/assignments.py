"""Assigning a play, a quiz or a whole step to people, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from app.accounts import teams
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, PersonSubject, authorise, may
from app.activity import journal
from app.activity.journal import Act
from app.core import clock, ids
from app.core.database import db, insert
from app.core.errors import Conflict, InvalidInput, NotFound
from app.training import completion, due_dates, gathering, letters
from app.training.models import Assignment, Enrolment
from app.training.programme import Target

LONGEST_NOTE = 300

MADE = journal.declare("assignment.made", "assignment", "people")
CANCELLED = journal.declare("assignment.cancelled", "assignment", "people")


@dataclass(frozen=True)
class Asked:
    """What is to be assigned, to whom, by when. The form makes `id`, so that sending it twice assigns once."""

    id: UUID
    document_id: str
    people: frozenset[UUID]
    teams: frozenset[UUID]
    due_on: date
    note: str = ""


@dataclass(frozen=True)
class Assigned:
    """What came of it: how many people it was given to, and how many of them had done it already."""

    target: Target
    people: int
    already_done: int
    due_at: datetime


def assign(actor: Actor, asked: Asked) -> Assigned:
    """Give a document to people, and write to each of them. Everybody or nobody: one foreign person refuses all.

    Raises InvalidInput (its `field` says which), NotFound for a person or team that is not the actor's to lead,
    Conflict when the id was used by somebody else.
    """
    target, due_at, note = _checked(actor, asked)
    people = _people(actor, asked)
    if _insert(actor, asked, due_at, note):
        rows = [{"id": ids.new(), "assignment_id": asked.id, "person_id": person} for person in people]
        db.session.execute(insert(Enrolment).on_conflict_do_nothing(), rows)
        letters.send_assignment(people, actor, target, due_at, note)
        details: dict[str, journal.Detail] = {"assignment": str(asked.id), "people": len(people)}
        journal.record(Act(MADE, actor.id, document_id=target.id, details=details))
        db.session.commit()
    deeds = gathering.deeds_of(people)
    already = sum(completion.of(target.item_ids, deeds[person]).is_done for person in people)
    return Assigned(target, len(people), already, due_at)


def cancel(actor: Actor, assignment_id: UUID) -> None:
    """Take an assignment back from the people that the actor leads; others keep theirs. Twice changes nothing.

    Raises NotFound when it is unknown, or given to nobody of theirs.
    """
    enrolled = _enrolled(assignment_id)
    theirs = [person for person, subject in enrolled.items() if may(actor, Action.CANCEL_ASSIGNMENT, subject)]
    if not theirs:
        raise NotFound(assignment=assignment_id)
    if len(theirs) == len(enrolled):
        still_given = (Assignment.id == assignment_id, Assignment.cancelled_at.is_(None))
        statement = update(Assignment).where(*still_given).values(cancelled_at=clock.now())
        changed = db.session.execute(statement.returning(Assignment.id)).one_or_none() is not None
    else:
        taken = (Enrolment.assignment_id == assignment_id, Enrolment.person_id.in_(theirs))
        changed = bool(db.session.execute(delete(Enrolment).where(*taken).returning(Enrolment.id)).all())
    if changed:
        details: dict[str, journal.Detail] = {"assignment": str(assignment_id), "people": len(theirs)}
        journal.record(Act(CANCELLED, actor.id, details=details))
    db.session.commit()


def zone_of(actor: Actor) -> ZoneInfo:
    """Where the actor's days end."""
    settings = current_app.config["SETTINGS"]
    return ZoneInfo(actor.time_zone) if actor.time_zone else settings.zone


def _checked(actor: Actor, asked: Asked) -> tuple[Target, datetime, str]:
    target = gathering.programme().target(asked.document_id)
    if target is None:
        raise InvalidInput(_l("Choose a step, a play or a quiz that is published."), field="document")
    zone = zone_of(actor)
    if not due_dates.is_acceptable(asked.due_on, clock.now(), zone):
        raise InvalidInput(_l("Choose a day from today on, within two years."), field="due")
    note = " ".join("".join(letter if letter.isprintable() else " " for letter in asked.note).split())
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(_l("The note is too long: 300 characters at most."), field="note")
    return target, due_dates.end_of_day(asked.due_on, zone), note


def _people(actor: Actor, asked: Asked) -> list[UUID]:
    """Everybody meant, once each, when the actor may assign to all of them."""
    for team_id in asked.teams:
        authorise(actor, Action.ASSIGN_TO_TEAM, team_id)
    members = {member.id for member in teams.members_of(asked.teams)}
    subjects = gathering.subjects(asked.people)
    for person_id in asked.people:
        if person_id not in subjects:
            raise NotFound(person=person_id)
        authorise(actor, Action.ASSIGN_TO_PERSON, subjects[person_id])
    people = sorted(members | asked.people)
    if not people:
        raise InvalidInput(_l("Choose at least one person, or a team that has members."), field="people")
    return people


def _insert(actor: Actor, asked: Asked, due_at: datetime, note: str) -> bool:
    """Whether the assignment is new; False when this person's form was sent before."""
    row = {
        "id": asked.id,
        "document_id": asked.document_id,
        "team_id": next(iter(asked.teams)) if len(asked.teams) == 1 and not asked.people else None,
        "assigned_by": actor.id,
        "note": note,
        "due_at": due_at,
        "created_at": clock.now(),
    }
    made = insert(Assignment).values(**row).on_conflict_do_nothing(index_elements=["id"]).returning(Assignment.id)
    if db.session.execute(made).scalar() is not None:
        return True
    owner = db.session.execute(select(Assignment.assigned_by).where(Assignment.id == asked.id)).scalar()
    if owner != actor.id:
        raise Conflict(assignment=asked.id)
    return False


def _enrolled(assignment_id: UUID) -> dict[UUID, PersonSubject]:
    """Everybody it was given to, closed accounts too, as the authorisation table wants them."""
    given = select(Enrolment.person_id).where(Enrolment.assignment_id == assignment_id)
    return gathering.subjects(db.session.execute(given).scalars(), closed_too=True)
