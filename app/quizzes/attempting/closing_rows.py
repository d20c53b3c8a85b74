"""The rows that handing in writes: the claim, the marks, the result."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import bindparam, select, update

from app.core.database import Instant, db, table_of
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.attempt_rows import COLUMNS, GRACE, AttemptRow
from app.quizzes.grading import Result
from app.quizzes.models import Answer, Attempt, TextScore
from app.quizzes.replies import Reply

_attempt, _answer, _score = table_of(Attempt), table_of(Answer), table_of(TextScore)

_CLAIM = (
    update(_attempt)
    .where(_attempt.c.id == bindparam("attempt_id"), _attempt.c.submitted_at.is_(None))
    .values(submitted_at=bindparam("at", type_=Instant))
)
_KEEP_MARK = (
    update(_answer)
    .where(_answer.c.attempt_id == bindparam("of_attempt"), _answer.c.question_key == bindparam("of_question"))
    .values(mark=bindparam("given"))
)
_SCORES = select(_score.c.question_key, _score.c.points, _score.c.maximum).where(
    _score.c.attempt_id == bindparam("attempt_id")
)
_OVERDUE = (
    select(*COLUMNS)
    .where(_attempt.c.submitted_at.is_(None), _attempt.c.deadline_at < bindparam("before", type_=Instant))
    .order_by(_attempt.c.deadline_at, _attempt.c.id)
    .limit(bindparam("most"))
)


def claim(attempt_id: UUID, at: datetime) -> bool:
    """Mark as submitted; False when somebody was faster. Whoever claims it grades it, in the same transaction."""
    written: int = db.session.execute(_CLAIM, {"attempt_id": attempt_id, "at": at}).rowcount  # type: ignore[attr-defined]
    return written == 1


def keep_result(attempt_id: UUID, result: Result, answered: Mapping[str, Reply]) -> None:
    """Write the exact marks: of each reply, and of the whole."""
    marks = [
        {"of_attempt": attempt_id, "of_question": key, "given": str(result.marks[key])}
        for key in answered
        if key in result.marks
    ]
    if marks:
        db.session.execute(_KEEP_MARK, marks)
    db.session.execute(
        update(_attempt)
        .where(_attempt.c.id == attempt_id)
        .values(mark=str(result.mark), maximum=str(result.maximum), passed=result.passed)
    )


def shares_given(attempt_id: UUID) -> dict[str, Fraction]:
    """What managers gave to the texts of an attempt: the share of the points of each, by question. It stands, whatever
    becomes of the rubric it was scored on."""
    rows = db.session.execute(_SCORES, {"attempt_id": attempt_id})
    return {row.question_key: Fraction(sum(row.points), row.maximum) for row in rows}


def overdue(at: datetime, most: int) -> list[AttemptRow]:
    """Open attempts whose time is up, the oldest first."""
    rows = db.session.execute(_OVERDUE, {"before": at - GRACE, "most": most})
    return [attempt_rows.from_columns(row) for row in rows]
