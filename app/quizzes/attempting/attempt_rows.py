"""The rows behind an attempt: statements written once, on the tables themselves, since answering is the hot path."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update

from app.core.database import Instant, db, insert, is_postgresql, table_of
from app.quizzes import grading, replies
from app.quizzes.attempting.allowance import Taken
from app.quizzes.models import Answer, Attempt
from app.quizzes.replies import Reply

GRACE = timedelta(seconds=30)  # a reply sent in time may arrive later, by a slow network

_attempt = table_of(Attempt)
_answer = table_of(Answer)


@dataclass(frozen=True)
class AttemptRow:
    """An attempt as kept. `mark`, `maximum` (exact) and `passed` are what counts now: None until it is submitted and
    all that was written in it is scored.

    `sheet` is what was drawn for it, None when it asks what the file holds. A regraded attempt has the revision that
    graded it again in `regraded_by`; `revised_sheet` holds the revisions of its banks, the questions that were left
    out, and where those stand that it kept as an earlier regrading had them ({"sources": {bank: revision}, "left_out":
    [keys], "kept": {key: revision}}); `first` is its first result.
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
    revised_sheet: dict[str, Any] | None = None

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
_REVISED = ("revised_mark", "revised_maximum", "revised_passed", "revised_revision_id", "revised_sheet")
COLUMNS = tuple(_attempt.c[name] for name in (*_KEPT, *_RESULT, *_REVISED))

_FIND = select(*COLUMNS).where(_attempt.c.id == bindparam("attempt_id"))
# On PostgreSQL a submission waits for the replies under way, and they for it. SQLite ignores this, having one writer.
_HOLD = _FIND.with_for_update(read=True)
# Writing what stands there makes others wait on both databases, and reads what the one before left.
_ALONE = (
    update(_attempt)
    .where(_attempt.c.id == bindparam("attempt_id"))
    .values(submitted_at=_attempt.c.submitted_at)
    .returning(*COLUMNS)
)
_FIND_OPEN = select(*COLUMNS).where(
    _attempt.c.person_id == bindparam("person_id"),
    _attempt.c.document_id == bindparam("document_id"),
    _attempt.c.submitted_at.is_(None),
)
_REPLIES = select(_answer.c.question_key, _answer.c.reply).where(_answer.c.attempt_id == bindparam("attempt_id"))
_REPLY = _REPLIES.where(_answer.c.question_key == bindparam("question_key"))
_MARKS = select(_answer.c.question_key, func.coalesce(_answer.c.revised_mark, _answer.c.mark)).where(
    _answer.c.attempt_id == bindparam("attempt_id")
)
_COUNT = select(func.count()).where(_answer.c.attempt_id == bindparam("attempt_id"))
_TAKE_BACK = delete(_answer).where(
    _answer.c.attempt_id == bindparam("attempt_id"),
    _answer.c.question_key == bindparam("question_key"),
    _answer.c.checked_at.is_(None),
)
_TAKEN = select(func.count(), func.max(_attempt.c.submitted_at)).where(
    _attempt.c.person_id == bindparam("person_id"), _attempt.c.document_id == bindparam("document_id")
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
        mark=standing[0] if standing else None,
        maximum=standing[1] if standing else None,
        passed=standing[2] if standing else None,
        sheet=row.sheet,
        regraded_by=row.revised_revision_id,
        first=first if row.revised_mark is not None else None,
        revised_sheet=row.revised_sheet,
    )


def find(attempt_id: UUID, *, hold: bool = False) -> AttemptRow | None:
    """An attempt; held, it cannot be submitted before this transaction ends (on SQLite: before its first write)."""
    row = db.session.execute(_HOLD if hold else _FIND, {"attempt_id": attempt_id}).one_or_none()
    return from_columns(row) if row else None


def hold(attempt_id: UUID) -> AttemptRow:
    """An attempt that is there, as it stands: until this transaction ends, nobody else scores or regrades it."""
    return from_columns(db.session.execute(_ALONE, {"attempt_id": attempt_id}).one())


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


def kept_marks(attempt_id: UUID) -> dict[str, Fraction]:
    """What each reply counts for now, by question; without those that wait for a score."""
    rows = db.session.execute(_MARKS, {"attempt_id": attempt_id})
    return {key: Fraction(mark) for key, mark in rows if mark is not None}


def count_replies(attempt_id: UUID) -> int:
    """How many questions have a reply."""
    return db.session.execute(_COUNT, {"attempt_id": attempt_id}).scalar_one()


def keep_reply(attempt_id: UUID, question_key: str, reply: Reply, at: datetime) -> bool:
    """Write a reply over the one before; False, and nothing written, when the attempt was submitted meanwhile, or the
    reply checked."""
    values = {"attempt_id": attempt_id, "question_key": question_key, "reply": replies.as_json(reply), "at": at}
    return db.session.execute(_keep_reply(is_postgresql()), values).scalar() is not None


def take_back(attempt_id: UUID, question_key: str) -> bool:
    """Delete a reply; False when the attempt was submitted meanwhile or the reply checked, and the transaction is to be
    given up."""
    values = {"attempt_id": attempt_id, "question_key": question_key}
    gone: int = db.session.execute(_TAKE_BACK, values).rowcount  # type: ignore[attr-defined]
    attempt = find(attempt_id)
    is_open = attempt is not None and attempt.is_open
    return is_open and (gone == 1 or kept_reply(attempt_id, question_key) is None)


def taken(person_id: UUID, quiz_id: str) -> Taken:
    """The attempts a person has started at a quiz, and when the last one ended."""
    row = db.session.execute(_TAKEN, {"person_id": person_id, "document_id": quiz_id}).one()
    return Taken(*row)


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
        where=_answer.c.checked_at.is_(None),
    ).returning(_answer.c.attempt_id)
