"""Recording acts. Rooms declare the kinds they record, with what each one's details may hold."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from app.activity import projections
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db, insert, is_postgresql, table_of

Detail = int | bool | str | None

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
    _check(act)
    row = {
        "uuid": act.uuid or ids.new(),
        "kind": act.kind,
        "person_id": act.person_id,
        "at": act.at or clock.now(),
        "recorded_at": clock.now(),
        "document_id": act.document_id,
        "revision_id": act.revision_id,
        "details": act.details,
    }
    sequence = db.session.execute(_insertion(is_postgresql()), row).scalar()
    if sequence is None:
        return False
    projections.advance(projections.Entry(sequence=sequence, **_without(row, "recorded_at")))
    return True


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
        if not isinstance(value, str | int | None) or (isinstance(value, str) and not _NO_WORDS.fullmatch(value)):
            raise ValueError(f"a detail holds ids and numbers, never words: {name}")
