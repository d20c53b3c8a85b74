"""Who read which revision of a document: how many stand where, and a page of people. Two statements."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select

from app.accounts.actor import Actor, Role
from app.accounts.authorisation import Action, may
from app.accounts.models import Membership, Person
from app.core.database import db
from app.core.pagination import Page
from app.library import catalogue
from app.library.models import Acknowledgement, Revision

PER_PAGE = 50


class State(IntEnum):
    """Where a reader stands, in the order that matters to who leads them."""

    OUTDATED = 0
    NEVER = 1
    UP_TO_DATE = 2


@dataclass(frozen=True)
class ReaderLine:
    """A person, and the revision they vouched for; none for who never did."""

    id: UUID
    name: str
    state: State
    at: datetime | None
    number: int | None
    language: str | None


@dataclass(frozen=True)
class Readership:
    """How many stand where; `people` is None for who may know the figures only."""

    counts: dict[State, int]
    people: Page[ReaderLine] | None

    @property
    def total(self) -> int:
        """Everybody who is asked to read it."""
        return sum(self.counts.values())


def of_document(actor: Actor, document_id: str, number: int = 1, state: State | None = None) -> Readership:
    """The readers whom an actor leads, for an administrator all; a rep who writes gets everybody's figures, no names.

    `state` narrows the people, not the figures.
    """
    standing = catalogue.current().standing(document_id)
    rank = case(
        (Acknowledgement.revision_id.is_(None), int(State.NEVER)),
        (Acknowledgement.revision_id.in_(standing), int(State.UP_TO_DATE)),
        else_=int(State.OUTDATED),
    )
    counted = select(rank.label("rank"), func.count().label("people")).group_by("rank")
    rows = db.session.execute(_among(counted, actor, document_id)).all()
    counts = dict.fromkeys(State, 0) | {State(row.rank): row.people for row in rows}
    if not may(actor, Action.SEE_TEAMS):
        return Readership(counts, None)
    total = sum(counts.values()) if state is None else counts[state]
    number = min(number, max(1, -(-total // PER_PAGE)))
    found = _people(actor, document_id, rank, number, state) if total else []
    return Readership(counts, Page(found, number, total, PER_PAGE))


def _people(
    actor: Actor, document_id: str, rank: ColumnElement[int], number: int, state: State | None
) -> list[ReaderLine]:
    columns = (Person.id, Person.name, rank.label("rank"), Acknowledgement.at, Revision.number, Revision.language)
    statement = (
        _among(select(*columns), actor, document_id)
        .outerjoin(Revision, Revision.id == Acknowledgement.revision_id)
        .order_by("rank", Person.name_key, Person.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    if state is not None:
        statement = statement.where(rank == int(state))
    rows = db.session.execute(statement)
    return [ReaderLine(row.id, row.name, State(row.rank), row.at, row.number, row.language) for row in rows]


def _among(statement: Any, actor: Actor, document_id: str) -> Any:
    """From those who are asked to read it, with their word on it: the same rule as the authorisation table's."""
    word = (Acknowledgement.person_id == Person.id) & (Acknowledgement.document_id == document_id)
    joined = statement.select_from(Person).outerjoin(Acknowledgement, word).where(Person.deactivated_at.is_(None))
    if actor.role is Role.MANAGER:
        members = select(Membership.person_id).where(
            Membership.team_id.in_(list(actor.manages)), Membership.role == "member"
        )
        return joined.where(Person.id.in_(members))
    return joined.where(or_(Person.role == Role.REP.value, Acknowledgement.revision_id.is_not(None)))
