"""What the rooms above ask about quizzes: plain values, one statement a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from app.activity import versions
from app.core import clock
from app.core.database import db, table_of
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.attempt_rows import COLUMNS, AttemptRow
from app.quizzes.models import Answer, Attempt, QuizResult

MOST_ATTEMPTS = 200


@dataclass(frozen=True)
class QuizStanding:
    """How a person stands on a quiz: best percent (rounded down) over the submitted attempts, first pass, last one."""

    best_percent: int
    attempts: int
    passed_at: datetime | None
    last_at: datetime


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt without a result: one to go on with, or one that waits for a manager's scores (`is_waiting`).

    `asked` is how many questions were drawn for it, None when it asks those of the file; `is_overdue`: its time is up,
    and opening it shows the result.
    """

    id: UUID
    quiz_id: str
    revision_id: int
    started_at: datetime
    deadline_at: datetime | None
    answered: int
    is_overdue: bool
    asked: int | None = None
    is_waiting: bool = False

    @property
    def address(self) -> str:
        """Its page."""
        return f"/attempts/{self.id}"


_attempt = table_of(Attempt)
_answer = table_of(Answer)
_result = table_of(QuizResult)

_RESULTS = select(*_result.c).where(_result.c.person_id.in_(bindparam("person_ids", expanding=True)))
_UNFINISHED = (
    select(
        _attempt.c.id,
        _attempt.c.document_id,
        _attempt.c.revision_id,
        _attempt.c.started_at,
        _attempt.c.deadline_at,
        _attempt.c.submitted_at,
        _attempt.c.sheet,
        func.count(_answer.c.question_key).label("answered"),
    )
    .outerjoin(_answer, _answer.c.attempt_id == _attempt.c.id)
    .where(_attempt.c.person_id == bindparam("person_id"), _attempt.c.mark.is_(None))
    .group_by(_attempt.c.id)
    .order_by(_attempt.c.started_at.desc())
)
_OF_PERSON = (
    select(*COLUMNS)
    .where(_attempt.c.person_id == bindparam("person_id"))
    .order_by(_attempt.c.started_at.desc(), _attempt.c.id.desc())
    .limit(bindparam("most"))
)
_AT_QUIZ = _OF_PERSON.where(_attempt.c.document_id == bindparam("quiz_id"))


def results_of(person_ids: Iterable[UUID]) -> dict[UUID, dict[str, QuizStanding]]:
    """How people stand, by person then quiz; a quiz never submitted is absent. One statement."""
    asked = list(person_ids)
    found: dict[UUID, dict[str, QuizStanding]] = {person_id: {} for person_id in asked}
    if asked:
        for row in db.session.execute(_RESULTS, {"person_ids": asked}):
            standing = QuizStanding(row.best_percent, row.attempts, row.passed_at, row.last_at)
            found[row.person_id][row.document_id] = standing
    return found


def results_of_reader(person_id: UUID) -> dict[str, QuizStanding]:
    """How the signed-in person stands: asked again only once they have acted."""
    return versions.kept("quiz results", person_id, lambda: results_of([person_id])[person_id])


def open_attempts_of(person_id: UUID) -> list[OpenAttempt]:
    """The attempts a person can go on with, the newest first. One statement."""
    return [attempt for attempt in unfinished_of(person_id) if not attempt.is_waiting]


def unfinished_of(person_id: UUID) -> list[OpenAttempt]:
    """The attempts without a result, the newest first. One statement."""
    now = clock.now()
    return [
        OpenAttempt(
            id=row.id,
            quiz_id=row.document_id,
            revision_id=row.revision_id,
            started_at=row.started_at,
            deadline_at=row.deadline_at,
            answered=row.answered,
            is_overdue=row.submitted_at is None
            and row.deadline_at is not None
            and now > row.deadline_at + attempt_rows.GRACE,
            asked=len(row.sheet["questions"]) if row.sheet else None,
            is_waiting=row.submitted_at is not None,
        )
        for row in db.session.execute(_UNFINISHED, {"person_id": person_id})
    ]


def attempts_of(person_id: UUID, quiz_id: str | None = None, most: int = MOST_ATTEMPTS) -> list[AttemptRow]:
    """A person's attempts, at one quiz or at all, the newest first. One statement."""
    if quiz_id is None:
        rows = db.session.execute(_OF_PERSON, {"person_id": person_id, "most": most})
    else:
        rows = db.session.execute(_AT_QUIZ, {"person_id": person_id, "quiz_id": quiz_id, "most": most})
    return [attempt_rows.from_columns(row) for row in rows]
