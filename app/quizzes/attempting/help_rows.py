"""The rows of what helps within an attempt: hints taken, replies checked at once."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, exists, select, update

from app.core.database import Instant, db, insert, is_postgresql, table_of
from app.quizzes import replies
from app.quizzes.models import Answer, Attempt, HintTaken
from app.quizzes.replies import Reply

_attempt, _answer, _hint = table_of(Attempt), table_of(Answer), table_of(HintTaken)

_OPEN = select(_attempt.c.id).where(_attempt.c.id == bindparam("of_attempt"), _attempt.c.submitted_at.is_(None))
_HINTS = select(_hint.c.question_key, _hint.c.hints).where(_hint.c.attempt_id == bindparam("attempt_id"))
_CHECKED = select(_answer.c.question_key).where(
    _answer.c.attempt_id == bindparam("attempt_id"), _answer.c.checked_at.is_not(None)
)
_CHECK = (
    update(_answer)
    .where(
        _answer.c.attempt_id == bindparam("of_attempt"),
        _answer.c.question_key == bindparam("of_question"),
        _answer.c.checked_at.is_(None),
        _answer.c.attempt_id.in_(_OPEN),
    )
    .values(checked_at=bindparam("at", type_=Instant))
    .returning(_answer.c.reply)
)


def freeze(attempt_id: UUID, question_key: str, at: datetime) -> Reply | None:
    """Mark a reply as checked, and give it; None when there is none, or it was checked or the attempt submitted."""
    values = {"of_attempt": attempt_id, "of_question": question_key, "at": at}
    row = db.session.execute(_CHECK, values).one_or_none()
    return replies.from_json(row.reply) if row else None


def checked(attempt_id: UUID) -> frozenset[str]:
    """The questions whose reply was checked, and no longer changes."""
    return frozenset(db.session.execute(_CHECKED, {"attempt_id": attempt_id}).scalars())


def hints_taken(attempt_id: UUID) -> dict[str, int]:
    """How many hints were taken, by question; a question without any is absent."""
    rows = db.session.execute(_HINTS, {"attempt_id": attempt_id})
    return {row.question_key: row.hints for row in rows}


def keep_hint(attempt_id: UUID, question_key: str, number: int) -> bool:
    """Note that so many hints were taken, or more; False when the attempt was submitted or the reply checked."""
    values = {"attempt_id": attempt_id, "question_key": question_key, "hints": number}
    return db.session.execute(_keep_hint(is_postgresql()), values).scalar() is not None


@cache
def _keep_hint(_postgresql: bool) -> Any:
    is_checked = exists().where(
        _answer.c.attempt_id == bindparam("attempt_id"),
        _answer.c.question_key == bindparam("question_key", type_=_answer.c.question_key.type),
        _answer.c.checked_at.is_not(None),
    )
    source = select(
        _attempt.c.id,
        bindparam("question_key", type_=_answer.c.question_key.type),
        bindparam("hints", type_=_hint.c.hints.type),
    ).where(_attempt.c.id == bindparam("attempt_id"), _attempt.c.submitted_at.is_(None), ~is_checked)
    statement = insert(_hint).from_select(["attempt_id", "question_key", "hints"], source)
    more = case((statement.excluded.hints > _hint.c.hints, statement.excluded.hints), else_=_hint.c.hints)
    return statement.on_conflict_do_update(
        index_elements=["attempt_id", "question_key"], set_={"hints": more}
    ).returning(_hint.c.hints)
