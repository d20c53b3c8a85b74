"""The rows behind an attempt: statements written once, on the tables themselves, since answering is the hot path."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update

from app.core.database import Instant, db, insert, is_postgresql, table_of
from app.quizzes import grading, replies
from app.quizzes.grading import Result
from app.quizzes.models import Answer, Attempt
from app.quizzes.replies import Reply

GRACE = timedelta(seconds=10)  # a reply sent in time may arrive a little later

_attempt = table_of(Attempt)
_answer = table_of(Answer)


@dataclass(frozen=True)
class AttemptRow:
    """An attempt as kept. `mark`, `maximum` (exact) and `passed` are what counts now: None until it is submitted and
    all that was written in it is scored.

    `sheet` is what was drawn for it, None when it asks what the file holds. A regraded attempt has the revision that
    graded it again in `regraded_by`, and `first` is the result that it had before.
    """

    id: UUID
    person_id: UUID
    document_id: str
    revision_id: int
    started_at: datetime
    deadline_at: datetime | None
    submitted_at: datetime | None
    mark: Fraction | None
    maximum: Fraction | None
    passed: bool | None
    sheet: dict[str, Any] | None = None
    regraded_by: int | None = None
    first: tuple[Fraction, Fraction, bool] | None = None

    @property
    def is_unscored(self) -> bool:
        """Whether it waits for a manager to score what was written in it."""
        return self.submitted_at is not None and self.mark is None

    @property
    def is_open(self) -> bool:
        """Whether it has not been submitted; its time may be up all the same."""
        return self.submitted_at is None

    def is_overdue(self, at: datetime) -> bool:
        """Whether its time is up, the moment of grace included, and nobody has closed it yet."""
        return self.is_open and self.deadline_at is not None and at > self.deadline_at + GRACE

    @property
    def percent(self) -> int | None:
        """Rounded down; None until it is submitted."""
        if self.mark is None or self.maximum is None:
            return None
        return grading.percent(self.mark, self.maximum)


_KEPT = ("id", "person_id", "document_id", "revision_id", "started_at", "deadline_at", "submitted_at", "sheet")
_RESULT = ("mark", "maximum", "passed")
_REVISED = ("revised_mark", "revised_maximum", "revised_passed", "revised_revision_id")
COLUMNS = tuple(_attempt.c[name] for name in (*_KEPT, *_RESULT, *_REVISED))

_FIND = select(*COLUMNS).where(_attempt.c.id == bindparam("attempt_id"))
# On PostgreSQL a submission waits for the replies under way, and they for it. SQLite ignores this, having one writer.
_HOLD = _FIND.with_for_update(read=True)
_FIND_OPEN = select(*COLUMNS).where(
    _attempt.c.person_id == bindparam("person_id"),
    _attempt.c.document_id == bindparam("document_id"),
    _attempt.c.submitted_at.is_(None),
)
_REPLIES = select(_answer.c.question_key, _answer.c.reply).where(_answer.c.attempt_id == bindparam("attempt_id"))
_REPLY = _REPLIES.where(_answer.c.question_key == bindparam("question_key"))
_COUNT = select(func.count()).where(_answer.c.attempt_id == bindparam("attempt_id"))
_TAKE_BACK = delete(_answer).where(
    _answer.c.attempt_id == bindparam("attempt_id"), _answer.c.question_key == bindparam("question_key")
)
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


def from_columns(row: Any) -> AttemptRow:
    """The attempt in a row of COLUMNS."""
    first = None if row.mark is None else (Fraction(row.mark), Fraction(row.maximum), bool(row.passed))
    standing = first
    if row.revised_mark is not None:
        standing = (Fraction(row.revised_mark), Fraction(row.revised_maximum), bool(row.revised_passed))
    return AttemptRow(
        row.id,
        row.person_id,
        row.document_id,
        row.revision_id,
        row.started_at,
        row.deadline_at,
        row.submitted_at,
        *(standing or (None, None, None)),
        row.sheet,
        row.revised_revision_id,
        first if row.revised_mark is not None else None,
    )


def find(attempt_id: UUID, *, hold: bool = False) -> AttemptRow | None:
    """An attempt; held, it cannot be submitted before this transaction ends (on SQLite: before its first write)."""
    row = db.session.execute(_HOLD if hold else _FIND, {"attempt_id": attempt_id}).one_or_none()
    return from_columns(row) if row else None


def find_open(person_id: UUID, quiz_id: str) -> AttemptRow | None:
    """A person's open attempt at a quiz, overdue or not."""
    row = db.session.execute(_FIND_OPEN, {"person_id": person_id, "document_id": quiz_id}).one_or_none()
    return from_columns(row) if row else None


def add(attempt: AttemptRow) -> bool:
    """Write a new attempt; False when the person has one open at this quiz already."""
    row = {name: getattr(attempt, name) for name in _KEPT}
    statement = insert(_attempt).values(**row).on_conflict_do_nothing().returning(_attempt.c.id)
    return db.session.execute(statement).scalar() is not None


def kept_replies(attempt_id: UUID) -> dict[str, Reply]:
    """The replies saved in an attempt, by question."""
    rows = db.session.execute(_REPLIES, {"attempt_id": attempt_id})
    return {key: replies.from_json(reply) for key, reply in rows}


def kept_reply(attempt_id: UUID, question_key: str) -> Reply | None:
    """The reply saved for one question."""
    row = db.session.execute(_REPLY, {"attempt_id": attempt_id, "question_key": question_key}).one_or_none()
    return replies.from_json(row.reply) if row else None


def count_replies(attempt_id: UUID) -> int:
    """How many questions have a reply."""
    return db.session.execute(_COUNT, {"attempt_id": attempt_id}).scalar_one()


def keep_reply(attempt_id: UUID, question_key: str, reply: Reply, at: datetime) -> bool:
    """Write a reply over the one before; False, and nothing written, when the attempt was submitted meanwhile."""
    values = {"attempt_id": attempt_id, "question_key": question_key, "reply": replies.as_json(reply), "at": at}
    return db.session.execute(_keep_reply(is_postgresql()), values).scalar() is not None


def take_back(attempt_id: UUID, question_key: str) -> bool:
    """Delete a reply; False when the attempt was submitted meanwhile, and the transaction is to be given up."""
    db.session.execute(_TAKE_BACK, {"attempt_id": attempt_id, "question_key": question_key})
    attempt = find(attempt_id)
    return attempt is not None and attempt.is_open


@cache
def _keep_reply(_postgresql: bool) -> Any:
    """Asks again whether the attempt is open, in the statement that writes: on SQLite it is the first to be safe."""
    source = select(
        _attempt.c.id,
        bindparam("question_key", type_=_answer.c.question_key.type),
        bindparam("reply", type_=_answer.c.reply.type),
        bindparam("at", type_=Instant),
    ).where(_attempt.c.id == bindparam("attempt_id"), _attempt.c.submitted_at.is_(None))
    statement = insert(_answer).from_select(["attempt_id", "question_key", "reply", "saved_at"], source)
    return statement.on_conflict_do_update(
        index_elements=["attempt_id", "question_key"],
        set_={"reply": statement.excluded.reply, "saved_at": statement.excluded.saved_at},
    ).returning(_answer.c.attempt_id)


def claim(attempt_id: UUID, at: datetime) -> bool:
    """Mark as submitted; False when somebody was faster. Whoever claims it grades it, in the same transaction."""
    written: int = db.session.execute(_CLAIM, {"attempt_id": attempt_id, "at": at}).rowcount  # type: ignore[attr-defined]
    return written == 1


def keep_result(attempt_id: UUID, result: Result, answered: Mapping[str, Reply]) -> None:
    """Write the exact marks: of each reply, and of the whole."""
    marks = [{"of_attempt": attempt_id, "of_question": key, "given": str(result.marks[key])} for key in answered]
    if marks:
        db.session.execute(_KEEP_MARK, marks)
    db.session.execute(
        update(_attempt)
        .where(_attempt.c.id == attempt_id)
        .values(mark=str(result.mark), maximum=str(result.maximum), passed=result.passed)
    )
