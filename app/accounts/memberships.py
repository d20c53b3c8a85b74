"""Teams and who is in them: created, renamed, deleted, filled."""

from enum import StrEnum
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import entries
from app.accounts.actor import Role
from app.accounts.models import Membership, Person, Team, name_key
from app.core import clock, ids
from app.core.database import db, insert
from app.core.errors import Conflict, InvalidInput, NotFound


class Place(StrEnum):
    """What a person is in a team."""

    MEMBER = "member"
    MANAGER = "manager"


class NameTaken(InvalidInput):
    """Two teams whose names differ by case or accents only would be taken for one another."""

    sentence = _l("There is already a team of this name.")


def usual_place(role: Role) -> Place:
    """What somebody of this role is in a team when nobody says otherwise: a rep is led, the others lead."""
    return Place.MEMBER if role is Role.REP else Place.MANAGER


def create_team(name: str) -> UUID:
    """A new team, empty. Raises InvalidInput."""
    name = entries.name(name)
    _refuse_taken(name)
    team_id = add_team(name)
    db.session.commit()
    return team_id


def add_team(name: str) -> UUID:
    """Part of a larger act: add a team whose name was checked. Raises NameTaken when somebody was faster."""
    row = {"id": ids.new(), "name": name, "name_key": name_key(name), "created_at": clock.now()}
    made = db.session.execute(
        insert(Team).values(**row).on_conflict_do_nothing(index_elements=["name_key"]).returning(Team.id)
    ).scalar()
    if made is None:
        raise NameTaken(field="name")
    return made  # type: ignore[no-any-return]


def rename_team(team_id: UUID, name: str) -> None:
    """Give a team another name. Raises InvalidInput, NotFound."""
    name = entries.name(name)
    _refuse_taken(name, but=team_id)
    try:
        renamed = db.session.execute(
            update(Team).where(Team.id == team_id).values(name=name, name_key=name_key(name)).returning(Team.id)
        ).one_or_none()
    except IntegrityError as taken:  # since we looked
        raise NameTaken(field="name") from taken
    if renamed is None:
        raise NotFound(team_id=team_id)
    db.session.commit()


def delete_team(team_id: UUID) -> None:
    """Delete a team that nobody is in. Raises Conflict, NotFound."""
    someone = exists().where(Membership.team_id == team_id)
    gone = db.session.execute(delete(Team).where(Team.id == team_id, ~someone).returning(Team.id)).one_or_none()
    if gone is None:
        require_team(team_id)
        raise Conflict(_l("Somebody is still in this team. Move them first, then delete it."))
    db.session.commit()


def place_in_team(team_id: UUID, person_id: UUID, place: Place) -> None:
    """Put somebody in a team, or change what they are there. Raises InvalidInput, NotFound."""
    require_team(team_id)
    put_in_team(team_id, person_id, place)
    db.session.commit()


def place_by_email(team_id: UUID, email: str, place: Place) -> None:
    """The same, for somebody named by their address. Raises InvalidInput, NotFound."""
    person_id = db.session.execute(
        select(Person.id).where(Person.email == entries.as_typed(email), Person.deactivated_at.is_(None))
    ).scalar()
    if person_id is None:
        raise InvalidInput(_l("Nobody with an open account has this address. Invite them first."), field="email")
    place_in_team(team_id, person_id, place)


def put_in_team(team_id: UUID, person_id: UUID, place: Place) -> None:
    """Part of a larger act. A rep leads no team: the table of who may do what asks for the role as well."""
    role = db.session.execute(select(Person.role).where(Person.id == person_id)).scalar()
    if role is None:
        raise NotFound(person_id=person_id)
    if place is Place.MANAGER and role == Role.REP.value:
        raise InvalidInput(_l("A rep cannot lead a team. Make them a manager first."), field="place")
    row = {"id": ids.new(), "team_id": team_id, "person_id": person_id, "role": place.value}
    db.session.execute(
        insert(Membership)
        .values(**row)
        .on_conflict_do_update(index_elements=["team_id", "person_id"], set_={"role": place.value})
    )


def take_out_of_team(team_id: UUID, person_id: UUID) -> None:
    """Take somebody out of a team; nothing happens when they were not in it."""
    db.session.execute(delete(Membership).where(Membership.team_id == team_id, Membership.person_id == person_id))
    db.session.commit()


def require_team(team_id: UUID) -> None:
    """Raises NotFound when there is no such team."""
    if db.session.execute(select(Team.id).where(Team.id == team_id)).one_or_none() is None:
        raise NotFound(team_id=team_id)


def _refuse_taken(name: str, but: UUID | None = None) -> None:
    other = db.session.execute(select(Team.id).where(Team.name_key == name_key(name))).scalar()
    if other not in (None, but):
        raise NameTaken(field="name")
