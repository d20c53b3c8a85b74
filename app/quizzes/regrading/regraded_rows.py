"""What a regrading writes: the results that attempts have now, beside their first ones, and an act for each change.

Helpers of a larger act, which holds the attempts and commits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import and_, bindparam, case, func, insert, not_, select, update

from app.activity import journal
from app.activity.journal import Act
from app.core.database import db, table_of
from app.core.database import insert as upsert
from app.quizzes import acts, grading
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.models import Answer, Attempt, RegradedAttempt, Regrading

_attempt, _answer, _regraded = table_of(Attempt), table_of(Answer), table_of(RegradedAttempt)
_REVISE_ATTEMPT = (
    update(_attempt)
    .where(_attempt.c.id == bindparam("of_attempt"))
    .values(
        revised_mark=bindparam("new_mark"),
        revised_maximum=bindparam("new_maximum"),
        revised_passed=bindparam("new_passed"),
        revised_revision_id=bindparam("new_revision"),
        revised_sheet=bindparam("new_sheet"),
    )
)
_REVISE_ANSWER = (
    update(_answer)
    .where(_answer.c.attempt_id == bindparam("of_attempt"), _answer.c.question_key == bindparam("of_question"))
    .values(revised_mark=bindparam("new_mark"))
)


@dataclass(frozen=True)
class Standing:
    """What an attempt counts for: exact marks, and whether it passes."""

    mark: Fraction
    maximum: Fraction
    passed: bool

    @classmethod
    def before(cls, attempt: AttemptRow) -> "Standing":
        """What an attempt that has its result counts for now."""
        if attempt.mark is None or attempt.maximum is None:
            raise ValueError(attempt.id)
        return cls(attempt.mark, attempt.maximum, bool(attempt.passed))

    @classmethod
    def of(cls, mark: Fraction, maximum: Fraction, pass_mark: int) -> "Standing":
        """What these marks come to; `pass_mark` in percent."""
        return cls(mark, maximum, mark * 100 >= pass_mark * maximum)

    @property
    def percent(self) -> int:
        """Rounded down."""
        return grading.percent(self.mark, self.maximum)


@dataclass(frozen=True)
class Regraded:
    """An attempt graded again: what it counted for and what it does now; `marks` of the replies that earn something
    else than before, and what besides the quiz's revision graded it (`revised_sheet` of the attempt)."""

    attempt: AttemptRow
    before: Standing
    after: Standing
    marks: Mapping[str, Fraction] = field(default_factory=dict)
    sheet: dict[str, Any] | None = None

    @property
    def has_changed(self) -> bool:
        """Whether its result is another."""
        return self.before != self.after

    @property
    def has_moved(self) -> bool:
        """Whether it passes and did not, or the other way round."""
        return self.before.passed != self.after.passed


def begin(regrading_id: UUID, document_id: str, revision_id: int, person_id: UUID | None, at: datetime) -> bool:
    """Write down that attempts at a quiz are graded again, by whom, and by which revision; False when this regrading
    was begun already. Nobody else writes on SQLite from here on."""
    values = {"id": regrading_id, "document_id": document_id, "revision_id": revision_id, "person_id": person_id}
    statement = upsert(table_of(Regrading)).values(**values, at=at).on_conflict_do_nothing(index_elements=["id"])
    return db.session.execute(statement.returning(table_of(Regrading).c.id)).scalar() is not None


def keep(regrading_id: UUID, document_id: str, revision_id: int, regraded: Iterable[Regraded]) -> None:
    """Write the results of a regrading. Those that change nothing only learn which revision graded them.

    The name of each act follows from the regrading and the attempt, so that it is recorded once.
    """
    every = list(regraded)
    if not every:
        return
    db.session.execute(_REVISE_ATTEMPT, [_columns(each, revision_id) for each in every])
    marks = [
        {"of_attempt": each.attempt.id, "of_question": key, "new_mark": str(mark)}
        for each in every
        for key, mark in each.marks.items()
    ]
    if marks:
        db.session.execute(_REVISE_ANSWER, marks)
    changed = [each for each in every if each.has_changed]
    if changed:
        db.session.execute(insert(_regraded), [_row(regrading_id, each) for each in changed])
    journal.record_all([_act(regrading_id, document_id, revision_id, each) for each in changed])


def _columns(each: Regraded, revision_id: int) -> dict[str, Any]:
    return {
        "of_attempt": each.attempt.id,
        "new_mark": str(each.after.mark),
        "new_maximum": str(each.after.maximum),
        "new_passed": each.after.passed,
        "new_revision": revision_id,
        "new_sheet": each.sheet,
    }


def _row(regrading_id: UUID, each: Regraded) -> dict[str, Any]:
    return {
        "regrading_id": regrading_id,
        "attempt_id": each.attempt.id,
        "was_mark": str(each.before.mark),
        "was_maximum": str(each.before.maximum),
        "was_passed": each.before.passed,
        "mark": str(each.after.mark),
        "maximum": str(each.after.maximum),
        "passed": each.after.passed,
    }


def _act(regrading_id: UUID, document_id: str, revision_id: int, each: Regraded) -> Act:
    details: dict[str, journal.Detail] = {
        "attempt": str(each.attempt.id),
        "regrading": str(regrading_id),
        "mark": str(each.after.mark),
        "maximum": str(each.after.maximum),
        "percent": each.after.percent,
        "passed": each.after.passed,
    }
    name = uuid5(regrading_id, str(each.attempt.id))
    return Act(acts.REGRADED, each.attempt.person_id, document_id, revision_id, details, uuid=name)


def counts_of(regrading_id: UUID) -> dict[str, int]:
    """How many results a regrading changed, and how many of these moved up or down."""
    rows = _regraded.c
    up = and_(rows.passed, not_(rows.was_passed))
    down = and_(not_(rows.passed), rows.was_passed)
    row = db.session.execute(
        select(
            func.count().label("changed"),
            func.count(case((up, 1))).label("up"),
            func.count(case((down, 1))).label("down"),
        ).where(rows.regrading_id == regrading_id)
    ).one()
    return {"changed": row.changed, "up": row.up, "down": row.down}


@dataclass(frozen=True)
class News:
    """What a person has not looked at yet: how an attempt of theirs passed or not, and does now."""

    attempt_id: UUID
    document_id: str
    percent: int
    passed: bool


_NEWS = (
    select(
        _regraded.c.attempt_id,
        _attempt.c.document_id,
        _regraded.c.was_passed,
        _regraded.c.passed,
        _regraded.c.mark,
        _regraded.c.maximum,
    )
    .join(_attempt, _attempt.c.id == _regraded.c.attempt_id)
    .join(table_of(Regrading), table_of(Regrading).c.id == _regraded.c.regrading_id)
    .where(
        _attempt.c.person_id == bindparam("person_id"),
        _attempt.c.revised_mark.is_not(None),
        _regraded.c.seen_at.is_(None),
    )
    .order_by(table_of(Regrading).c.at, table_of(Regrading).c.id)
)


def news_of(person_id: UUID) -> list[News]:
    """The attempts of a person that moved since they looked at them, the latest last. One statement."""
    first: dict[UUID, bool] = {}
    last: dict[UUID, Any] = {}
    for row in db.session.execute(_NEWS, {"person_id": person_id}):
        first.setdefault(row.attempt_id, row.was_passed)
        last[row.attempt_id] = row
    return [
        News(row.attempt_id, row.document_id, grading.percent(Fraction(row.mark), Fraction(row.maximum)), row.passed)
        for row in last.values()
        if row.passed != first[row.attempt_id]
    ]


def mark_seen(attempt_id: UUID, at: datetime) -> None:
    """Its person has looked at what a regrading made of an attempt; commit when that is new."""
    statement = update(_regraded).where(_regraded.c.attempt_id == attempt_id, _regraded.c.seen_at.is_(None))
    written: int = db.session.execute(statement.values(seen_at=at)).rowcount  # type: ignore[attr-defined]
    if written:
        db.session.commit()
