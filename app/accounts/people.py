"""People: invited, changed, deactivated, reactivated."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import acts, entries, letters, memberships, one_time_links, sign_ins
from app.accounts.actor import Actor, Role
from app.accounts.models import Membership, OneTimeLink, Person, name_key
from app.accounts.one_time_links import Purpose
from app.core import clock, ids
from app.core.database import db, insert
from app.core.errors import Conflict, InvalidInput, NotFound


class AlreadyThere(InvalidInput):
    """The address has an account; `person_id` among the facts says whose."""

    sentence = _l("This address already has an account.")


class LastAdministrator(Conflict):
    """Without an administrator nobody could ever open an account again."""

    sentence = _l("This is the last active administrator. Make somebody else an administrator first.")


@dataclass(frozen=True)
class Invitation:
    """Whom to invite, as typed."""

    email: str
    name: str
    role: Role
    team_id: UUID | None = None


def invite(actor: Actor | None, asked: Invitation) -> UUID:
    """Open an account and send the link to choose a password. Raises InvalidInput, AlreadyThere."""
    email, name = entries.email(asked.email), entries.name(asked.name)
    person_id = open_account(actor, email=email, name=name, role=asked.role)
    if asked.team_id:
        memberships.require_team(asked.team_id)
        memberships.put_in_team(asked.team_id, person_id, memberships.usual_place(asked.role))
    _send_invitation(one_time_links.make_first(Purpose.INVITATION, person_id), email, name, None)
    db.session.commit()
    return person_id


def open_account(actor: Actor | None, *, email: str, name: str, role: Role) -> UUID:
    """Part of a larger act: an account without a password, from checked values. A double submit finds it there."""
    row = {
        "id": ids.new(),
        "email": email,
        "name": name,
        "name_key": name_key(name),
        "role": role.value,
        "created_at": clock.now(),
    }
    made = db.session.execute(
        insert(Person).values(**row).on_conflict_do_nothing(index_elements=["email"]).returning(Person.id)
    ).scalar()
    if made is None:
        there = db.session.execute(select(Person.id).where(Person.email == email)).scalar()
        raise AlreadyThere(person_id=there, field="email")
    acts.record(acts.INVITED, actor, made)
    return made  # type: ignore[no-any-return]


def invite_again(actor: Actor, person_id: UUID) -> None:
    """Send a new link to somebody who has not chosen a password yet; the old one stops working. Raises Conflict."""
    person = _account(person_id)
    if not person.awaits_answer:
        raise Conflict(_l("This person has already joined, or the account is closed: there is nobody to invite."))
    link = one_time_links.make(Purpose.INVITATION, person_id)
    _send_invitation(link, person.email, person.name, person.language)
    acts.record(acts.INVITED, actor, person_id)
    db.session.commit()


def change(
    actor: Actor | None, person_id: UUID, *, name: str, email: str, role: Role, writes: bool | None = None
) -> None:
    """Change a name, an address, a role, whether they write in the library (None: as it is).

    Raises InvalidInput, AlreadyThere, LastAdministrator, NotFound.
    """
    name, email = entries.name(name), entries.email(email)
    before = _account(person_id)
    if role is not Role.ADMINISTRATOR:
        _keep_an_administrator(person_id)
    _refuse_address_of_another(email, person_id)
    values: dict[str, object] = {"name": name, "name_key": name_key(name), "email": email, "role": role.value}
    values |= {} if writes is None else {"writes": writes}
    try:
        db.session.execute(update(Person).where(Person.id == person_id).values(**values))
    except IntegrityError as taken:  # since we looked
        raise AlreadyThere(field="email") from taken
    if role is Role.REP:
        stop_leading([person_id])
    if email != before.email:
        _follow_address(person_id, before, name, email)
    acts.record(acts.CHANGED, actor, person_id, role=role.value, **_what_writes(before, writes))
    db.session.commit()


def deactivate(actor: Actor | None, person_id: UUID) -> None:
    """Close an account: every session and link ends at once. Raises Conflict, LastAdministrator, NotFound."""
    if actor and actor.id == person_id:
        raise Conflict(_l("You cannot close your own account: another administrator can."))
    _account(person_id)
    _keep_an_administrator(person_id)
    closed = db.session.execute(
        update(Person)
        .where(Person.id == person_id, Person.deactivated_at.is_(None))
        .values(deactivated_at=clock.now())
        .returning(Person.id)
    ).one_or_none()
    if closed:
        sign_ins.end_all(person_id)
        _forget_links(person_id)
        acts.record(acts.DEACTIVATED, actor, person_id)
    db.session.commit()


def reactivate(actor: Actor, person_id: UUID) -> None:
    """Open a closed account again, with the password and the teams it had. Raises NotFound."""
    _account(person_id)
    opened = db.session.execute(
        update(Person)
        .where(Person.id == person_id, Person.deactivated_at.is_not(None))
        .values(deactivated_at=None)
        .returning(Person.id)
    ).one_or_none()
    if opened:
        acts.record(acts.REACTIVATED, actor, person_id)
    db.session.commit()


def stop_leading(person_ids: list[UUID]) -> None:
    """Part of a larger act: people who become reps stay in the teams they led, as members."""
    db.session.execute(
        update(Membership)
        .where(Membership.person_id.in_(person_ids), Membership.role == "manager")
        .values(role="member")
    )


def _what_writes(before: "_Account", writes: bool | None) -> dict[str, bool]:
    """The right to write in the library, where it changes: for the record."""
    return {} if writes in (None, before.writes) else {"writes": bool(writes)}


@dataclass(frozen=True)
class _Account:
    """What the rules here ask about somebody."""

    email: str
    name: str
    language: str | None
    has_password: bool
    is_open: bool
    writes: bool

    @property
    def awaits_answer(self) -> bool:
        return self.is_open and not self.has_password


def _account(person_id: UUID) -> _Account:
    row = db.session.execute(
        select(
            Person.email, Person.name, Person.language, Person.password_hash, Person.deactivated_at, Person.writes
        ).where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound(person_id=person_id)
    is_open = row.deactivated_at is None
    return _Account(row.email, row.name, row.language, row.password_hash is not None, is_open, row.writes)


def _keep_an_administrator(person_id: UUID) -> None:
    """Refuse when nobody else would be left. Writing takes the lock on both databases before counting, so that two
    administrators who close each other's account at once do not both succeed."""
    active = set(
        db.session.execute(
            update(Person)
            .where(Person.role == Role.ADMINISTRATOR.value, Person.deactivated_at.is_(None))
            .values(role=Role.ADMINISTRATOR.value)
            .returning(Person.id)
            .execution_options(synchronize_session=False)
        ).scalars()
    )
    if active == {person_id}:
        raise LastAdministrator()


def _refuse_address_of_another(email: str, person_id: UUID) -> None:
    other = db.session.execute(select(Person.id).where(Person.email == email, Person.id != person_id)).scalar()
    if other is not None:
        raise AlreadyThere(person_id=other, field="email")


def _follow_address(person_id: UUID, before: _Account, name: str, email: str) -> None:
    """Links sent to the old address stop working; somebody who has not joined yet is invited at the new one."""
    _forget_links(person_id)
    if before.awaits_answer:
        link = one_time_links.make_first(Purpose.INVITATION, person_id)
        _send_invitation(link, email, name, before.language)


def _forget_links(person_id: UUID) -> None:
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None)))


def _send_invitation(link: one_time_links.NewLink, email: str, name: str, language: str | None) -> None:
    letters.send_invitation(email, name, language, address=link.address, until=link.until)


def anybody() -> bool:
    """Whether anyone has an account yet, open or closed."""
    return bool(db.session.execute(select(exists().select_from(Person))).scalar())
