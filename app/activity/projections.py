"""Projections: tables derived from activity. Rebuilding them gives the same rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, text

from app.activity import versions
from app.activity.models import Activity, ProgressVersion
from app.core.database import Model, db, is_postgresql

AT_ONCE = 1000


@dataclass(frozen=True)
class Entry:
    """An act as a projection sees it."""

    sequence: int
    uuid: UUID
    kind: str
    person_id: UUID
    at: datetime
    document_id: str | None
    revision_id: int | None
    details: dict[str, Any]


@dataclass(frozen=True)
class Projection:
    """A table made from acts: `apply` brings it forward by one act of one of `kinds`."""

    table: type[Model]
    kinds: frozenset[str]
    apply: Callable[[Entry], None]


_projections: dict[str, Projection] = {}


def project(table: type[Model], *kinds: str) -> Callable[[Callable[[Entry], None]], Callable[[Entry], None]]:
    """Name the function that brings `table` forward by one act of these kinds."""

    def register(apply: Callable[[Entry], None]) -> Callable[[Entry], None]:
        _projections[table.__tablename__] = Projection(table, frozenset(kinds), apply)
        return apply

    return register


def advance(entry: Entry) -> None:
    """Bring every projection that follows this kind forward, in the current transaction."""
    following = [projection for projection in _projections.values() if entry.kind in projection.kinds]
    for projection in following:
        projection.apply(entry)
    if following:
        versions.bump(entry.person_id)


def tables() -> list[type[Model]]:
    """Every projected table, for comparing before and after a rebuild."""
    return [*(projection.table for projection in _projections.values()), ProgressVersion]


def rebuild(progress: Callable[[Iterable[Entry]], Iterable[Entry]] = iter) -> int:
    """Empty every projection and replay all acts in the order recorded. Returns how many were replayed.

    One transaction: readers see the old rows until the new ones are complete. Nobody records meanwhile, or an act
    could be counted once by its own transaction and once by the replay.
    """
    if is_postgresql():
        db.session.execute(text("LOCK TABLE activity IN SHARE MODE"))
    for table in tables():
        db.session.execute(delete(table))
    replayed = 0
    for entry in progress(_all_entries()):
        advance(entry)
        replayed += 1
    db.session.commit()
    return replayed


_AFTER = (
    select(
        Activity.sequence,
        Activity.uuid,
        Activity.kind,
        Activity.person_id,
        Activity.at,
        Activity.document_id,
        Activity.revision_id,
        Activity.details,
    )
    .where(Activity.sequence > bindparam("after"))
    .order_by(Activity.sequence)
    .limit(AT_ONCE)
)


def _all_entries() -> Iterable[Entry]:
    after = 0
    while rows := db.session.execute(_AFTER, {"after": after}).all():
        for row in rows:
            yield Entry(*row)
        after = rows[-1].sequence
