"""What other rooms ask about teams and people: plain values, one statement a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from app.accounts.actor import Actor, Role
from app.accounts.authorisation import PersonSubject
from app.accounts.models import Membership, Person, Team
from app.core.database import db
from app.core.errors import NotFound
from app.core.folding import fold


@dataclass(frozen=True)
class TeamSummary:
    """A team, and how many active members it has (its managers not counted)."""

    id: UUID
    name: str
    members: int


@dataclass(frozen=True)
class MemberRow:
    """An active member of a team. `since` is when their account was opened."""

    id: UUID
    name: str
    email: str
    team_id: UUID
    team_name: str
    since: datetime


@dataclass(frozen=True)
class PersonSummary:
    """A person as a record's heading shows them. `teams` are the names of those they are a member of, in order."""

    id: UUID
    name: str
    email: str
    role: Role
    since: datetime
    active: bool
    teams: tuple[str, ...]


_SUMMARIES = (
    select(Team.id, Team.name, func.count(Person.id).label("members"))
    .outerjoin(Membership, (Membership.team_id == Team.id) & (Membership.role == "member"))
    .outerjoin(Person, (Person.id == Membership.person_id) & Person.deactivated_at.is_(None))
    .group_by(Team.id, Team.name)
)
_THEIR_SUMMARIES = _SUMMARIES.where(Team.id.in_(bindparam("team_ids", expanding=True)))
_MEMBERS = (
    select(
        Person.id, Person.name, Person.email, Team.id.label("team_id"), Team.name.label("team_name"), Person.created_at
    )
    .join(Membership, Membership.person_id == Person.id)
    .join(Team, Team.id == Membership.team_id)
    .where(
        Membership.role == "member",
        Person.deactivated_at.is_(None),
        Team.id.in_(bindparam("team_ids", expanding=True)),
    )
    .order_by(Person.name_key, Person.id, Team.id)
)
_SUBJECT = (
    select(Person.id, Membership.team_id)
    .outerjoin(Membership, (Membership.person_id == Person.id) & (Membership.role == "member"))
    .where(Person.id == bindparam("person_id"))
)
_SUMMARY = (
    select(
        Person.id,
        Person.name,
        Person.email,
        Person.role,
        Person.created_at,
        Person.deactivated_at,
        Team.name.label("team"),
    )
    .outerjoin(Membership, (Membership.person_id == Person.id) & (Membership.role == "member"))
    .outerjoin(Team, Team.id == Membership.team_id)
    .where(Person.id == bindparam("person_id"))
)


def teams_led_by(actor: Actor) -> list[TeamSummary]:
    """The teams an actor may open, by name: a manager's own, an administrator's all, a rep's none."""
    if actor.role is Role.ADMINISTRATOR:
        rows = db.session.execute(_SUMMARIES).all()
    elif actor.role is Role.MANAGER and actor.manages:
        rows = db.session.execute(_THEIR_SUMMARIES, {"team_ids": list(actor.manages)}).all()
    else:
        return []
    # Few rows: sorted here, where accents count as in a dictionary whatever the database.
    return sorted((TeamSummary(row.id, row.name, row.members) for row in rows), key=lambda team: fold(team.name))


def members_of(team_ids: Iterable[UUID]) -> list[MemberRow]:
    """The active members of some teams, by name; a person in two of them has two rows."""
    asked = list(team_ids)
    if not asked:
        return []
    rows = db.session.execute(_MEMBERS, {"team_ids": asked}).all()
    return [MemberRow(row.id, row.name, row.email, row.team_id, row.team_name, row.created_at) for row in rows]


def subject_of(person_id: UUID) -> PersonSubject:
    """A person as the authorisation table wants them. Raises NotFound."""
    rows = db.session.execute(_SUBJECT, {"person_id": person_id}).all()
    if not rows:
        raise NotFound(person_id=person_id)
    return PersonSubject(person_id, frozenset(row.team_id for row in rows if row.team_id is not None))


def person_summary(person_id: UUID) -> PersonSummary:
    """A person's name, role and teams. Raises NotFound. Says nothing of who may see them: ask the table first."""
    rows = db.session.execute(_SUMMARY, {"person_id": person_id}).all()
    if not rows:
        raise NotFound(person_id=person_id)
    first = rows[0]
    names = tuple(sorted((row.team for row in rows if row.team is not None), key=fold))
    return PersonSummary(
        first.id, first.name, first.email, Role(first.role), first.created_at, first.deactivated_at is None, names
    )
