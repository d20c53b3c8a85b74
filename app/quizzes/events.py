"""What this room announces, and what it does when the library announces a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any
from uuid import UUID

from blinker import Signal
from pydantic import TypeAdapter
from sqlalchemy import func, select, update

from app.core import clock
from app.core.database import db, insert, table_of
from app.library import publishing
from app.library.events import RevisionPublished, revision_published
from app.library.models import Revision
from app.quizzes.identity import what_is_asked
from app.quizzes.models import ChangedQuestion
from app.quizzes.questions import Question


@dataclass(frozen=True)
class AttemptClosed:
    """An attempt is handed in: what it asked, by key (`bank-id/key` for a bank's), and the share earned, from 0 to 1.

    Hints are taken off the share. Written replies are not among them: nobody has scored them yet. `at` is when it was
    handed in, which may be some time ago when its time was up then.
    """

    attempt_id: UUID
    person_id: UUID
    document_id: str
    started_at: datetime
    at: datetime
    questions: Mapping[str, Fraction]


# A subscriber runs in the transaction that hands in, and only writes rows.
attempt_closed = Signal("attempt_closed")

_ASKS = frozenset({"quiz", "bank"})
_changed = table_of(ChangedQuestion)


@revision_published.connect
def _note_changed_questions(published: RevisionPublished) -> None:
    """What the new text changes in what is asked or right, and what it takes out, against the one before it."""
    if published.kind not in _ASKS or published.number == 1:
        return
    before, after = _questions_before_and_after(published)
    if before is None or after is None:
        return  # the text shown again after a withdrawal: nothing in it is new
    at, is_material = clock.now(), published.materiality == "material"
    rows = [_row(published, key, withdrawn_at=at) for key in before.keys() - after.keys()]
    if is_material:
        kept = before.keys() & after.keys()
        rows += [_row(published, key, changed_at=at) for key in kept if _is_changed(before[key], after[key])]
    if rows:
        _keep(rows)
    if returned := after.keys() - before.keys():
        _bring_back(published, returned, at if is_material else None)


def _questions_before_and_after(
    published: RevisionPublished,
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The questions as kept, by key, of the revision before and of this one; None for one that is not new."""
    rows = db.session.execute(
        select(Revision.number, Revision.generation, Revision.facts)
        .where(
            Revision.document_id == published.document_id,
            Revision.language == published.language,
            Revision.number <= published.number,
        )
        .order_by(Revision.number.desc())
        .limit(2)
    ).all()
    is_new = rows[0].generation == publishing.newest_generation() + 1
    after, before = ({each["key"]: each for each in row.facts["questions"]} for row in rows)
    return before, (after if is_new else None)


def _is_changed(before: Any, after: Any) -> bool:
    """Whether it asks something else now, or something else is right."""
    if before == after:
        return False
    was, now = (_question().validate_python(each, strict=False) for each in (before, after))
    return what_is_asked(was) != what_is_asked(now)


@cache
def _question() -> TypeAdapter[Any]:
    """Made when first needed: no page waits for it at the start."""
    return TypeAdapter(Question)


def _row(published: RevisionPublished, key: str, **instants: datetime) -> dict[str, Any]:
    row = {"document_id": published.document_id, "language": published.language, "question_key": key}
    return {**row, "changed_at": None, "withdrawn_at": None, **instants}


def _keep(rows: list[dict[str, Any]]) -> None:
    statement = insert(_changed)
    new = statement.excluded
    earlier = func.coalesce(new.changed_at, _changed.c.changed_at)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["document_id", "language", "question_key"],
            set_={"changed_at": earlier, "withdrawn_at": new.withdrawn_at},
        ),
        rows,
    )


def _bring_back(published: RevisionPublished, keys: set[str], changed_at: datetime | None) -> None:
    """A question that had been taken out is asked again; nobody knows how it changed meanwhile, so it counts as new."""
    values: dict[str, datetime | None] = {"withdrawn_at": None}
    if changed_at:
        values["changed_at"] = changed_at
    db.session.execute(
        update(_changed)
        .where(
            _changed.c.document_id == published.document_id,
            _changed.c.language == published.language,
            _changed.c.question_key.in_(keys),
            _changed.c.withdrawn_at.is_not(None),
        )
        .values(**values)
    )
