"""Importing people: first a plan that writes nothing, then the same plan carried out whole, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.accounts import acts, entries, letters, memberships, one_time_links, people
from app.accounts.actor import Actor, Role
from app.accounts.models import Membership, Person, Team
from app.accounts.one_time_links import Purpose
from app.accounts.people_file import Problem, Record
from app.core import ids
from app.core.database import db, insert
from app.core.errors import InvalidInput
from app.core.folding import fold


class Outcome(Enum):
    """What would happen to a row."""

    INVITE = "invite"
    CHANGE = "change"
    LEAVE = "leave"
    WRONG = "wrong"


@dataclass(frozen=True)
class Row:
    """A person of the file: the checked values, what would happen, and what is wrong with them."""

    record: Record
    outcome: Outcome
    email: str = ""
    name: str = ""
    role: Role = Role.REP
    team: str = ""
    person_id: UUID | None = None
    is_closed: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Every row with its outcome, and the teams that would be created. Nothing is written by making one."""

    rows: tuple[Row, ...]
    new_teams: tuple[str, ...]

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of the file."""
        return [problem for row in self.rows for problem in row.problems]

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def writes(self) -> int:
        """How many rows would change something."""
        return self.count(Outcome.INVITE) + self.count(Outcome.CHANGE)


@dataclass(frozen=True)
class _Known:
    """Somebody who is already there."""

    id: UUID
    role: Role
    is_closed: bool
    teams: frozenset[tuple[str, str]]


def plan(actor: Actor, records: Sequence[Record], *, change_known: bool) -> Plan:
    """What importing would do. `change_known`: whether people who are already there get the file's role and team."""
    rows = [_checked(record) for record in records]
    rows = _without_repeats(rows)
    known = _known_people([row.email for row in rows if row.email])
    team_names = _team_names()
    settled: list[Row] = []
    new_teams: dict[str, str] = {}
    for row in rows:
        if row.outcome is Outcome.WRONG:
            settled.append(row)
            continue
        team = team_names.get(fold(row.team)) or new_teams.get(fold(row.team)) or row.team
        row = _settled(actor, replace(row, team=team), known.get(row.email), change_known)
        if team and row.outcome in (Outcome.INVITE, Outcome.CHANGE) and fold(team) not in team_names:
            new_teams.setdefault(fold(team), team)
        settled.append(row)
    return Plan(tuple(settled), tuple(sorted(new_teams.values(), key=fold)))


def carry_out(actor: Actor, records: Sequence[Record], *, change_known: bool) -> Plan:
    """Check again and write everything in one transaction. Writes nothing when the plan has a problem.

    Sending the same file twice invites nobody twice: the second time they are already there.
    """
    made = plan(actor, records, change_known=change_known)
    if made.problems:
        return made
    for name in made.new_teams:
        memberships.add_team(name)
    teams = {fold(row.name): row.id for row in db.session.execute(select(Team.id, Team.name))}
    for row in made.rows:
        if row.outcome is Outcome.INVITE:
            _invite(actor, row)
        elif row.outcome is Outcome.CHANGE and row.person_id:
            db.session.execute(update(Person).where(Person.id == row.person_id).values(role=row.role.value))
            acts.record(acts.CHANGED, actor, row.person_id, role=row.role.value)
    people.stop_leading([row.person_id for row in made.rows if row.person_id and _becomes_rep(row)])
    _place(made, teams)
    db.session.commit()
    return made


def _becomes_rep(row: Row) -> bool:
    return row.outcome is Outcome.CHANGE and row.role is Role.REP


def _invite(actor: Actor, row: Row) -> None:
    person_id = people.open_account(actor, email=row.email, name=row.name, role=row.role)
    link = one_time_links.make_first(Purpose.INVITATION, person_id)
    letters.send_invitation(row.email, row.name, None, address=link.address, until=link.until)


def _place(made: Plan, teams: dict[str, UUID]) -> None:
    """Put everybody in their team, in one statement."""
    chosen = {row.email: row for row in made.rows if row.team and row.outcome in (Outcome.INVITE, Outcome.CHANGE)}
    found = db.session.execute(select(Person.id, Person.email).where(Person.email.in_(list(chosen)))).all()
    places = [
        {
            "id": ids.new(),
            "team_id": teams[fold(chosen[person.email].team)],
            "person_id": person.id,
            "role": memberships.usual_place(chosen[person.email].role).value,
        }
        for person in found
    ]
    if places:
        statement = insert(Membership)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=["team_id", "person_id"], set_={"role": statement.excluded.role}
            ),
            places,
        )


def _checked(record: Record) -> Row:
    """A record with its values checked one by one: all that is wrong is said, not the first thing only."""
    problems: list[Problem] = []
    values: dict[str, str | Role] = {}
    rules = (
        ("email", entries.email, record.email),
        ("name", entries.name, record.name),
        ("role", entries.role, record.role),
        ("team", entries.name, record.team),
    )
    for column, rule, cell in rules:
        if column == "team" and not cell.strip():
            continue
        try:
            values[column] = rule(cell)
        except InvalidInput as wrong:
            problems.append(Problem(record.line, _named(column, wrong), wrong.facts["expected"]))
    if problems:
        return Row(record, Outcome.WRONG, problems=tuple(problems))
    return Row(
        record,
        Outcome.INVITE,
        email=str(values["email"]),
        name=str(values["name"]),
        role=Role(values["role"]),
        team=str(values.get("team", "")),
    )


def _named(column: str, wrong: InvalidInput) -> object:
    """The sentence; a team's name that is wrong must not read as the person's."""
    return _l("The team’s name cannot be used.") if column == "team" else wrong.sentence


def _without_repeats(rows: list[Row]) -> list[Row]:
    first: dict[str, int] = {}
    checked = []
    for row in rows:
        line = first.setdefault(row.email, row.record.line) if row.email else row.record.line
        if line != row.record.line:
            problem = Problem(
                row.record.line,
                _l("This address is already on line %(line)s.", line=line),
                _l("expected each person once"),
            )
            row = replace(row, outcome=Outcome.WRONG, problems=(problem,))
        checked.append(row)
    return checked


def _settled(actor: Actor, row: Row, there: _Known | None, change_known: bool) -> Row:
    """The outcome of a row whose values are good."""
    if there is None:
        return row
    row = replace(row, person_id=there.id, is_closed=there.is_closed, outcome=Outcome.LEAVE)
    if not change_known or there.is_closed:
        return row
    if there.id == actor.id and row.role is not there.role:
        problem = Problem(
            row.record.line,
            _l("You cannot change your own role in an import."),
            _l("expected your present role, or another file"),
        )
        return replace(row, outcome=Outcome.WRONG, problems=(problem,))
    place = (fold(row.team), memberships.usual_place(row.role).value)
    same = row.role is there.role and (not row.team or place in there.teams)
    return row if same else replace(row, outcome=Outcome.CHANGE)


def _known_people(emails: list[str]) -> dict[str, _Known]:
    """Those who are already there, with their teams. One statement."""
    rows = db.session.execute(
        select(Person.id, Person.email, Person.role, Person.deactivated_at, Team.name, Membership.role.label("place"))
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(Person.email.in_(emails))
    ).all()
    teams: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        teams.setdefault(row.email, set()).update({(fold(row.name), row.place)} if row.name else ())
    return {
        row.email: _Known(row.id, Role(row.role), row.deactivated_at is not None, frozenset(teams[row.email]))
        for row in rows
    }


def _team_names() -> dict[str, str]:
    return {fold(name): name for name in db.session.execute(select(Team.name)).scalars()}
