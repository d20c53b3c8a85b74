"""The administrator's view of people and teams: lists and pages, each in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from app.accounts.actor import Role
from app.accounts.memberships import Place
from app.accounts.models import Membership, OneTimeLink, Person, Team
from app.accounts.one_time_links import Purpose
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.folding import fold
from app.core.pagination import PER_PAGE, Page

MOST_SUGGESTIONS = 300


class State(StrEnum):
    """How an account stands."""

    ACTIVE = "active"
    INVITED = "invited"
    CLOSED = "closed"


@dataclass(frozen=True)
class Filter:
    """What an administrator looks for; None and empty ask nothing."""

    words: str = ""
    team_id: UUID | None = None
    role: Role | None = None
    state: State | None = None

    @property
    def asks_nothing(self) -> bool:
        """Whether everybody is shown."""
        return self == Filter()


@dataclass(frozen=True)
class PersonRow:
    """Somebody in the list. `teams` names their teams, whatever they are there."""

    id: UUID
    name: str
    email: str
    role: Role
    state: State
    teams: tuple[str, ...]


@dataclass(frozen=True)
class PlaceInTeam:
    """A team somebody is in, and what they are there."""

    team_id: UUID
    team_name: str
    place: Place


@dataclass(frozen=True)
class PersonPage:
    """All that the page of one person shows. `invited_until` is when the last invitation stops working."""

    id: UUID
    name: str
    email: str
    role: Role
    state: State
    since: datetime
    closed_at: datetime | None
    invited_until: datetime | None
    invitation_works: bool
    places: tuple[PlaceInTeam, ...]
    writes: bool


@dataclass(frozen=True)
class TeamRow:
    """A team in the list of teams, with its active people."""

    id: UUID
    name: str
    members: int
    managers: tuple[str, ...]


@dataclass(frozen=True)
class TeamMember:
    """Somebody on a team's page."""

    id: UUID
    name: str
    email: str
    role: Role
    state: State
    place: Place


@dataclass(frozen=True)
class TeamPage:
    """A team with everybody in it, its managers first."""

    id: UUID
    name: str
    people: tuple[TeamMember, ...]


def find_people(asked: Filter, number: int) -> Page[PersonRow]:
    """A page of the people who fit, by name. One statement; a second when the page asked for is past the end."""
    rows = db.session.execute(_people(asked, number)).all()
    if not rows and number > 1:
        return find_people(asked, 1)
    found = [PersonRow(row.id, row.name, row.email, Role(row.role), _state(row), _split(row.teams)) for row in rows]
    return Page(found, number, rows[0].total if rows else 0)


def count_invited() -> int:
    """How many have not answered their invitation."""
    return db.session.execute(select(func.count()).where(*_in_state(State.INVITED))).scalar_one()


def team_choices() -> list[tuple[UUID, str]]:
    """Every team, by name."""
    rows = db.session.execute(select(Team.id, Team.name)).all()
    return sorted(((row.id, row.name) for row in rows), key=lambda each: fold(each[1]))


def list_teams() -> list[TeamRow]:
    """Every team with its managers and the number of its members. One statement."""
    manager = aliased(Person)
    leads = aliased(Membership)
    managers = (
        select(func.aggregate_strings(manager.name, "\n"))
        .join(leads, leads.person_id == manager.id)
        .where(leads.team_id == Team.id, leads.role == Place.MANAGER.value, manager.deactivated_at.is_(None))
        .correlate(Team)
        .scalar_subquery()
    )
    members = (
        select(func.count(Person.id))
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id == Team.id, Membership.role == Place.MEMBER.value, Person.deactivated_at.is_(None))
        .correlate(Team)
        .scalar_subquery()
    )
    rows = db.session.execute(select(Team.id, Team.name, members.label("members"), managers.label("managers"))).all()
    found = [TeamRow(row.id, row.name, row.members, _split(row.managers)) for row in rows]
    return sorted(found, key=lambda team: fold(team.name))


def person_page(person_id: UUID) -> PersonPage:
    """One person, with their teams and their invitation. Two statements. Raises NotFound."""
    until = (
        select(func.max(OneTimeLink.expires_at))
        .where(
            OneTimeLink.person_id == person_id,
            OneTimeLink.purpose == Purpose.INVITATION.value,
            OneTimeLink.used_at.is_(None),
        )
        .scalar_subquery()
    )
    row = db.session.execute(
        select(*_PERSON, Person.created_at, Person.writes, until.label("invited_until")).where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound(person_id=person_id)
    teams = db.session.execute(
        select(Team.id, Team.name, Membership.role)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.person_id == person_id)
    ).all()
    places = [PlaceInTeam(team.id, team.name, Place(team.role)) for team in teams]
    return PersonPage(
        id=row.id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        state=_state(row),
        since=row.created_at,
        closed_at=row.deactivated_at,
        invited_until=row.invited_until,
        invitation_works=row.invited_until is not None and row.invited_until > clock.now(),
        places=tuple(sorted(places, key=lambda each: fold(each.team_name))),
        writes=row.writes,
    )


def team_page(team_id: UUID) -> TeamPage:
    """One team with everybody in it, closed accounts included: they count when it is to be deleted. Raises NotFound."""
    rows = db.session.execute(
        select(Team.name.label("team_name"), *_PERSON, Membership.role.label("place"))
        .select_from(Team)
        .outerjoin(Membership, Membership.team_id == Team.id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(Team.id == team_id)
        .order_by(Membership.role, Person.name_key)
    ).all()
    if not rows:
        raise NotFound(team_id=team_id)
    people = [
        TeamMember(row.id, row.name, row.email, Role(row.role), _state(row), Place(row.place))
        for row in rows
        if row.id is not None
    ]
    return TeamPage(team_id, rows[0].team_name, tuple(sorted(people, key=lambda each: each.place is Place.MEMBER)))


def suggestions(team_id: UUID) -> list[tuple[str, str]]:
    """Addresses and names to suggest for a team: people with an open account who are not in it, the first by name."""
    there = exists().where(Membership.team_id == team_id, Membership.person_id == Person.id)
    rows = db.session.execute(
        select(Person.email, Person.name)
        .where(Person.deactivated_at.is_(None), ~there)
        .order_by(Person.name_key)
        .limit(MOST_SUGGESTIONS)
    ).all()
    return [(row.email, row.name) for row in rows]


_PERSON = (
    Person.id,
    Person.name,
    Person.email,
    Person.role,
    Person.deactivated_at,
    Person.password_hash.is_not(None).label("has_password"),
)


def _people(asked: Filter, number: int) -> Select[Any]:
    teams = (
        select(func.aggregate_strings(Team.name, "\n"))
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        select(*_PERSON, teams.label("teams"), func.count().over().label("total"))
        .where(*_conditions(asked))
        .order_by(Person.name_key, Person.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )


def _conditions(asked: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Person.name_key.contains(word, autoescape=True) | Person.email.contains(word, autoescape=True)
        for word in fold(asked.words).split()
    ]
    if asked.role:
        conditions.append(Person.role == asked.role.value)
    if asked.team_id:
        conditions.append(exists().where(Membership.person_id == Person.id, Membership.team_id == asked.team_id))
    if asked.state:
        conditions.append(and_(*_in_state(asked.state)))
    return conditions


def _in_state(state: State) -> tuple[ColumnElement[bool], ...]:
    if state is State.CLOSED:
        return (Person.deactivated_at.is_not(None),)
    joined = Person.password_hash.is_not(None) if state is State.ACTIVE else Person.password_hash.is_(None)
    return (Person.deactivated_at.is_(None), joined)


def _state(row: Any) -> State:
    if row.deactivated_at is not None:
        return State.CLOSED
    return State.ACTIVE if row.has_password else State.INVITED


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(sorted(names.split("\n"), key=fold)) if names else ()
