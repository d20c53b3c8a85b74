"""Recording acts. Rooms declare the kinds they record, with what each one's details may hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from app.activity import projections
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db, insert, is_postgresql, table_of

Plain = int | bool | str | None
Detail = Plain | Mapping[str, Plain]

# An id, a number, a fraction or a date; never a sentence.
_NO_WORDS = re.compile(r"[\w:./+-]{0,120}", re.ASCII)


@dataclass(frozen=True)
class Act:
    """What somebody did. `uuid` is made by the client, so that sending an act twice records it once."""

    kind: str
    person_id: UUID
    document_id: str | None = None
    revision_id: int | None = None
    details: dict[str, Detail] = field(default_factory=dict)
    uuid: UUID | None = None
    at: datetime | None = None


_kinds: dict[str, frozenset[str]] = {}


def declare(kind: str, *details: str) -> str:
    """Say that acts of `kind` are recorded, with these details. Returns the kind, for a constant."""
    _kinds[kind] = frozenset(details)
    return kind


def record(act: Act) -> bool:
    """Write an act in the current transaction and bring the projections forward.

    Returns False, and changes nothing, when an act with this UUID is already there.
    Raises ValueError for an undeclared kind or detail, or a detail that could be somebody's words.
    """
    row = _row(act)
    sequence = db.session.execute(_insertion(is_postgresql()), row).scalar()
    if sequence is None:
        return False
    projections.advance(projections.Entry(sequence=sequence, **_without(row, "recorded_at")))
    return True


def record_all(acts: Sequence[Act]) -> int:
    """The same for many acts in a few statements; those with a UUID that is there already change nothing.

    Returns how many were written. Raises ValueError as `record` does, and then writes none.
    """
    rows = {row["uuid"]: row for row in map(_row, acts)}
    if not rows:
        return 0
    table = table_of(Activity)
    statement = insert(table).on_conflict_do_nothing(index_elements=["uuid"]).returning(table.c.sequence, table.c.uuid)
    written = sorted(db.session.execute(statement, list(rows.values())).all())
    entries = [
        projections.Entry(sequence=sequence, **_without(rows[uuid], "recorded_at")) for sequence, uuid in written
    ]
    projections.advance_together(entries)
    return len(entries)


def _row(act: Act) -> dict[str, Any]:
    _check(act)
    return {
        "uuid": act.uuid or ids.new(),
        "kind": act.kind,
        "person_id": act.person_id,
        "at": act.at or clock.now(),
        "recorded_at": clock.now(),
        "document_id": act.document_id,
        "revision_id": act.revision_id,
        "details": act.details,
    }


@cache
def _insertion(_postgresql: bool) -> Any:
    """Built once for each database, on the table itself: every act of every rep goes through it."""
    table = table_of(Activity)
    return insert(table).on_conflict_do_nothing(index_elements=["uuid"]).returning(table.c.sequence)


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}


def _check(act: Act) -> None:
    if act.kind not in _kinds:
        raise ValueError(f"undeclared kind of act: {act.kind}")
    for name, value in act.details.items():
        if name not in _kinds[act.kind]:
            raise ValueError(f"undeclared detail of {act.kind}: {name}")
        several = value if isinstance(value, Mapping) else {"": value}
        if not all(_is_plain(each) for pair in several.items() for each in pair):
            raise ValueError(f"a detail holds ids and numbers, never words: {name}")


def _is_plain(value: object) -> bool:
    return _NO_WORDS.fullmatch(value) is not None if isinstance(value, str) else isinstance(value, int | None)
