"""The projections of results: what each attempt counts for, then how a person stands on a quiz, made from these.

In whatever order the acts arrive, the rows come out the same: the last regrading of an attempt counts, by its moment.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, or_, select, tuple_, update

from app.activity import projections
from app.activity.projections import Entry
from app.core.database import db, insert, table_of
from app.quizzes.acts import REGRADED, SUBMITTED
from app.quizzes.models import AttemptResult, QuizResult

AT_ONCE = 500

_each, _whole = table_of(AttemptResult), table_of(QuizResult)

_SUM = (
    select(
        _each.c.person_id.label("person"),
        func.count().label("attempts"),
        func.max(_each.c.percent).label("best_percent"),
        func.min(case((_each.c.passed, _each.c.at))).label("passed_at"),
        func.max(_each.c.at).label("last_at"),
    )
    .where(_each.c.person_id.in_(bindparam("people", expanding=True)), _each.c.document_id == bindparam("document"))
    .group_by(_each.c.person_id)
)
_STAND = (
    update(_whole)
    .where(_whole.c.person_id == bindparam("person"), _whole.c.document_id == bindparam("document"))
    .values({name: bindparam(name) for name in ("attempts", "best_percent", "passed_at", "last_at")})
)


def _count_together(entries: Sequence[Entry]) -> None:
    """The results of many attempts."""
    _hold(entries)
    for entry in entries:
        if entry.kind == SUBMITTED:
            statement = insert(_each).values(**_row(entry))
            set_ = {"at": statement.excluded.at}
            db.session.execute(statement.on_conflict_do_update(index_elements=["attempt_id"], set_=set_))
    if regraded := [entry for entry in entries if entry.kind == REGRADED]:
        _regrade(regraded)


@projections.project(AttemptResult, SUBMITTED, REGRADED, together=_count_together)
def _count(entry: Entry) -> None:
    """The result of an attempt: its first one, until a regrading gives it another."""
    _count_together([entry])


def _regrade(entries: Sequence[Entry]) -> None:
    """Until its submission is read too, the moment of the regrading stands for that of handing in."""
    rows = [
        {**_row(entry), "regraded_at": entry.at, "regrading_id": UUID(str(entry.details["regrading"]))}
        for entry in entries
    ]
    statement = insert(_each)
    new = statement.excluded
    is_later = tuple_(_each.c.regraded_at, _each.c.regrading_id) < tuple_(new.regraded_at, new.regrading_id)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["attempt_id"],
            set_={name: new[name] for name in ("percent", "passed", "regraded_at", "regrading_id")},
            where=or_(_each.c.regraded_at.is_(None), is_later),
        ),
        rows,
    )


def _stand_together(entries: Sequence[Entry]) -> None:
    """How many people stand, from all their attempts: a regrading may take the best one down, or a pass away."""
    people: dict[str | None, set[UUID]] = {}
    for entry in entries:
        people.setdefault(entry.document_id, set()).add(entry.person_id)
    for document, asked in people.items():
        for some in _some(sorted(asked)):
            sums = db.session.execute(_SUM, {"people": some, "document": document}).mappings().all()
            db.session.execute(_STAND, [{**row, "document": document} for row in sums])


@projections.project(QuizResult, SUBMITTED, REGRADED, together=_stand_together)
def _stand(entry: Entry) -> None:
    """How a person stands, from all their attempts."""
    _stand_together([entry])


def _hold(entries: Sequence[Entry]) -> None:
    """Make sure of the rows of the whole, before anything is counted: of two attempts that end at once, the second then
    counts the first."""
    found = {(entry.person_id, entry.document_id): entry.at for entry in entries}
    rows = [
        {
            "person_id": person,
            "document_id": document,
            "attempts": 0,
            "best_percent": 0,
            "passed_at": None,
            "last_at": at,
        }
        for (person, document), at in sorted(found.items())
    ]
    keep = {"attempts": _whole.c.attempts}
    statement = insert(_whole).on_conflict_do_update(index_elements=["person_id", "document_id"], set_=keep)
    db.session.execute(statement, rows)


def _some(people: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE))


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "attempt_id": UUID(str(entry.details["attempt"])),
        "person_id": entry.person_id,
        "document_id": entry.document_id,
        "percent": entry.details["percent"],
        "passed": entry.details["passed"],
        "at": entry.at,
    }
