"""The assignments a manager made or inherits: which, to whom, how far. A fixed number of statements a page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from app.accounts.actor import Actor, Role
from app.accounts.models import Membership, Person, Team
from app.core import clock, languages
from app.core.database import db
from app.core.pagination import Page
from app.training import completion, due_dates, gathering
from app.training.completion import Deeds
from app.training.due_dates import Due
from app.training.models import Assignment, Enrolment
from app.training.programme import Programme, Target

PER_PAGE = 25
MOST_NAMES = 3


@dataclass(frozen=True)
class Given:
    """One assignment as a line. `target` is None when its document was withdrawn. `names` are the first few people."""

    id: UUID
    target: Target | None
    document_id: str
    team_name: str | None
    names: tuple[str, ...]
    people: int
    done: int
    due: Due
    note: str
    assigned_by: str
    cancelled: bool

    @property
    def is_done(self) -> bool:
        """Whether everybody has done it."""
        return self.done == self.people

    @property
    def others(self) -> int:
        """How many people stand behind the names shown."""
        return self.people - len(self.names)


def given_by_leaders(actor: Actor, number: int) -> Page[Given]:
    """The assignments of people the actor leads, newest first. Nobody else enrolled is named or counted."""
    rows = db.session.execute(_page(actor, number)).all()
    if not rows and number > 1:
        return given_by_leaders(actor, 1)
    people = _people(actor, [row.id for row in rows])
    deeds = gathering.deeds_of({person for enrolled in people.values() for person, _ in enrolled})
    programme, now = gathering.programme(), clock.now()
    found = [_given(row, people.get(row.id, []), deeds, programme, now) for row in rows]
    return Page(found, number, rows[0].total if rows else 0, PER_PAGE)


def _page(actor: Actor, number: int) -> Select[*tuple[Any, ...]]:
    enrolled = exists().where(Enrolment.assignment_id == Assignment.id, *_led(actor))
    return (
        select(
            Assignment.id,
            Assignment.document_id,
            Assignment.due_at,
            Assignment.note,
            Assignment.cancelled_at,
            Person.name.label("assigned_by"),
            Team.name.label("team_name"),
            func.count().over().label("total"),
        )
        .join(Person, Person.id == Assignment.assigned_by)
        .outerjoin(Team, Team.id == Assignment.team_id)
        .where(enrolled)
        .order_by(Assignment.created_at.desc(), Assignment.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )


def _led(actor: Actor) -> list[Any]:
    """The condition that an enrolled person is led by the actor: the same rule as the authorisation table's."""
    if actor.role is Role.ADMINISTRATOR:
        return []
    members = select(Membership.person_id).where(
        Membership.team_id.in_(list(actor.manages)), Membership.role == "member"
    )
    return [Enrolment.person_id.in_(members)]


def _people(actor: Actor, assignments: list[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    rows = db.session.execute(
        select(Enrolment.assignment_id, Person.id, Person.name)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.assignment_id.in_(assignments), Person.deactivated_at.is_(None), *_led(actor))
        .order_by(Person.name_key, Person.id)
    )
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for assignment_id, person_id, name in rows:
        found.setdefault(assignment_id, []).append((person_id, name))
    return found


def _given(
    row: Any, people: list[tuple[UUID, str]], deeds: dict[UUID, Deeds], programme: Programme, now: datetime
) -> Given:
    target = programme.target(row.document_id)
    items = target.item_ids if target else ()
    return Given(
        id=row.id,
        target=target,
        document_id=row.document_id,
        team_name=row.team_name,
        names=tuple(name for _, name in people[:MOST_NAMES]),
        people=len(people),
        done=sum(completion.of(items, deeds[person]).is_done for person, _ in people),
        due=due_dates.due(row.due_at, now, languages.time_zone()),
        note=row.note,
        assigned_by=row.assigned_by,
        cancelled=row.cancelled_at is not None,
    )
