"""Who scores whose written replies, and which attempts wait: the rule of the authorisation table, in SQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true

from app.accounts.actor import Actor, Role
from app.accounts.models import Membership, Person
from app.core.database import db, table_of
from app.core.pagination import Page
from app.quizzes import papers
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.attempt_rows import COLUMNS, AttemptRow
from app.quizzes.models import Answer, Attempt, TextScore
from app.quizzes.questions import FreeTextQuestion

PER_PAGE = 25
_LEADERS = (Role.MANAGER.value, Role.ADMINISTRATOR.value)

_attempt, _answer, _score = table_of(Attempt), table_of(Answer), table_of(TextScore)
_author = table_of(Person)
_boss = table_of(Person).alias("boss")
_member, _manager = table_of(Membership).alias("member"), table_of(Membership).alias("manager")

# The words of the index `ix_attempt_unscored`.
_waits = and_(_attempt.c.submitted_at.is_not(None), _attempt.c.mark.is_(None))


@dataclass(frozen=True)
class Waiting:
    """An attempt that waits for scores: whose, at which quiz, handed in when."""

    attempt: AttemptRow
    name: str

    @property
    def document_id(self) -> str:
        """The quiz."""
        return self.attempt.document_id

    @property
    def since(self) -> datetime:
        """When it was handed in."""
        assert self.attempt.submitted_at is not None  # noqa: S101 - or it would not wait
        return self.attempt.submitted_at


@dataclass(frozen=True)
class Scorer:
    """Somebody who may score."""

    id: UUID
    time_zone: str | None


def of(person_id: UUID) -> list[Scorer]:
    """Who scores what a person writes: the managers of their teams; the administrators when they have none."""
    leaders = (
        select(_boss.c.id, _boss.c.time_zone)
        .distinct()
        .join(_manager, _manager.c.person_id == _boss.c.id)
        .join(_member, _member.c.team_id == _manager.c.team_id)
        .where(_member.c.person_id == person_id, *_leads(_boss.c.id != person_id))
        .order_by(_boss.c.id)
    )
    found = db.session.execute(leaders).all()
    if not found:
        administrators = select(_boss.c.id, _boss.c.time_zone).where(
            _boss.c.role == Role.ADMINISTRATOR.value, _boss.c.deactivated_at.is_(None), _boss.c.id != person_id
        )
        found = db.session.execute(administrators.order_by(_boss.c.id)).all()
    return [Scorer(row.id, row.time_zone) for row in found]


def waiting_at(person_id: UUID, role: str) -> list[Waiting]:
    """What waits at somebody's own desk, the longest first: of the teams they manage, and for an administrator of who
    is led by nobody. One statement."""
    rows = db.session.execute(_waiting(_at_desk(person_id, role)))
    return [Waiting(attempt_rows.from_columns(row), row.name) for row in rows]


def count_at(person_id: UUID, role: str) -> tuple[int, datetime | None]:
    """How many attempts wait at somebody's own desk, and since when. One statement."""
    waiting = _waiting(_at_desk(person_id, role)).order_by(None).subquery()
    row = db.session.execute(select(func.count(), func.min(waiting.c.submitted_at))).one()
    return row[0], row[1]


def waiting_for(actor: Actor, number: int = 1) -> Page[Waiting]:
    """All that the actor may score, the longest waiting first. One statement, another one past the last page."""
    may = true() if actor.role is Role.ADMINISTRATOR else _in_teams_of(actor)
    statement = _waiting(and_(may, _attempt.c.person_id != actor.id)).add_columns(func.count().over().label("total"))
    rows = db.session.execute(statement.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    if not rows and number > 1:
        return waiting_for(actor)
    found = [Waiting(attempt_rows.from_columns(row), row.name) for row in rows]
    return Page(found, number, rows[0].total if rows else 0, PER_PAGE)


def texts_waiting(waiting: list[Waiting]) -> dict[UUID, int]:
    """How many replies of each attempt wait for a score. One statement, whatever their number."""
    asked = {each.attempt.id: each.attempt for each in waiting}
    found = dict.fromkeys(asked, 0)
    rows = db.session.execute(
        select(_answer.c.attempt_id, _answer.c.question_key)
        .outerjoin(
            _score,
            and_(_score.c.attempt_id == _answer.c.attempt_id, _score.c.question_key == _answer.c.question_key),
        )
        .where(_answer.c.attempt_id.in_(asked), _score.c.attempt_id.is_(None))
    )
    for attempt_id, key in rows:
        found[attempt_id] += isinstance(papers.as_asked(asked[attempt_id]).question(key), FreeTextQuestion)
    return found


def _waiting(whose: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*COLUMNS, _author.c.name)
        .join(_author, _author.c.id == _attempt.c.person_id)
        .where(_waits, _author.c.deactivated_at.is_(None), whose)
        .order_by(_attempt.c.submitted_at, _attempt.c.id)
    )


def _in_teams_of(actor: Actor) -> ColumnElement[bool]:
    if actor.role is not Role.MANAGER:
        return false()
    members = select(_member.c.person_id).where(_member.c.team_id.in_(list(actor.manages)), _member.c.role == "member")
    return _attempt.c.person_id.in_(members)


def _at_desk(person_id: UUID, role: str) -> ColumnElement[bool]:
    if role not in _LEADERS:
        return false()
    members = (
        select(_member.c.person_id)
        .join(_manager, _manager.c.team_id == _member.c.team_id)
        .where(_manager.c.person_id == person_id, _manager.c.role == "manager", _member.c.role == "member")
    )
    theirs: ColumnElement[bool] = _attempt.c.person_id.in_(members)
    if role == Role.ADMINISTRATOR.value:
        theirs = or_(theirs, ~_is_led())
    return and_(theirs, _attempt.c.person_id != person_id)


def _is_led() -> ColumnElement[bool]:
    """Whether somebody else manages a team of the attempt's author."""
    return exists(
        select(_boss.c.id)
        .join(_manager, _manager.c.person_id == _boss.c.id)
        .join(_member, _member.c.team_id == _manager.c.team_id)
        .where(_member.c.person_id == _attempt.c.person_id, *_leads(_boss.c.id != _attempt.c.person_id))
        .correlate(_attempt)
    )


def _leads(is_another: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return (
        _member.c.role == "member",
        _manager.c.role == "manager",
        _boss.c.role.in_(_LEADERS),
        _boss.c.deactivated_at.is_(None),
        is_another,
    )
