"""The fictitious people of the demonstration. What they did is added by the rooms above."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from app.accounts import passwords
from app.accounts.actor import Role
from app.accounts.memberships import Place, usual_place
from app.accounts.models import Membership, Person, Team
from app.core import clock, ids
from app.core.database import db
from app.core.errors import Conflict, DomainError
from app.core.folding import fold

ADMINISTRATOR, MANAGER, REP = "admin@example.org", "manager@example.org", "rep@example.org"

# Name, days since they joined, address when it is not made from the name.
_LYON = (
    ("Nadia Belkacem", 18, REP),
    ("Antoine Morel", 32, ""),
    ("Bintou Diallo", 64, ""),
    ("Camille Nguyen", 210, ""),
    ("David Petit", 9, ""),
    ("Élise Garnier", 120, ""),
)
_NANTES = (("Fabien Le Goff", 45, ""), ("Inès Rossi", 15, ""), ("Lucas Tessier", 180, ""))


@dataclass(frozen=True)
class DemoPeople:
    """Who was made. `rep` and `manager` are those who sign in; `reps` are all of them, the one of Lyon first."""

    administrator: UUID
    manager: UUID
    other_manager: UUID
    rep: UUID
    reps: tuple[UUID, ...]
    lyon: UUID
    nantes: UUID


def load_demo_people(password: str) -> DemoPeople:
    """Make the demonstration's people, all with one password. Raises DomainError beyond loopback, Conflict when
    anybody is there: a known password must never stand beside real people."""
    if current_app.config["SETTINGS"].listens_beyond_loopback:
        raise DomainError(
            _l("The demonstration does not load where others than this machine can reach it: its accounts are known.")
        )
    if db.session.execute(select(exists().select_from(Person))).scalar():
        raise Conflict(_l("The demonstration loads into an empty database only, and somebody is already there."))
    kept = passwords.hashed(password)
    lyon, nantes = _team("Lyon"), _team("Nantes")
    administrator = _person("Sophie Lambert", 400, ADMINISTRATOR, Role.ADMINISTRATOR, kept)
    manager = _person("Claire Morvan", 380, MANAGER, Role.MANAGER, kept, lyon)
    other_manager = _person("Yann Kermarrec", 300, "", Role.MANAGER, kept, nantes)
    reps = tuple(
        _person(name, days, email, Role.REP, kept, team)
        for team, members in ((lyon, _LYON), (nantes, _NANTES))
        for name, days, email in members
    )
    db.session.commit()
    return DemoPeople(administrator, manager, other_manager, reps[0], reps, lyon, nantes)


def _team(name: str) -> UUID:
    team = Team(id=ids.new(), name=name, created_at=clock.now() - timedelta(days=400))
    db.session.add(team)
    db.session.flush()
    return team.id


def _person(name: str, days: int, email: str, role: Role, kept: str, team_id: UUID | None = None) -> UUID:
    person = Person(
        id=ids.new(),
        email=email or fold(name).replace(" ", ".") + "@example.org",
        name=name,
        role=role.value,
        password_hash=kept,
        created_at=clock.now() - timedelta(days=days),
    )
    db.session.add(person)
    db.session.flush()
    if team_id:
        place: Place = usual_place(role)
        db.session.add(Membership(id=ids.new(), team_id=team_id, person_id=person.id, role=place.value))
    return person.id
