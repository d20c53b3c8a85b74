"""Projections: tables derived from activity. Rebuilding them gives the same rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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
    """A table made from acts: `apply` brings it forward by one act of one of `kinds`, `together` by many at once."""

    table: type[Model]
    kinds: frozenset[str]
    apply: Callable[[Entry], None]
    together: Callable[[Sequence[Entry]], None] | None = None


_projections: dict[str, Projection] = {}


def project(
    table: type[Model], *kinds: str, together: Callable[[Sequence[Entry]], None] | None = None
) -> Callable[[Callable[[Entry], None]], Callable[[Entry], None]]:
    """Name the function that brings `table` forward by one act of these kinds, and one that does the same for many."""

    def register(apply: Callable[[Entry], None]) -> Callable[[Entry], None]:
        _projections[table.__tablename__] = Projection(table, frozenset(kinds), apply, together)
        return apply

    return register


def advance(entry: Entry) -> None:
    """Bring every projection that follows this kind forward, in the current transaction."""
    following = [projection for projection in _projections.values() if entry.kind in projection.kinds]
    for projection in following:
        projection.apply(entry)
    if following:
        versions.bump(entry.person_id)


def advance_together(entries: Sequence[Entry]) -> None:
    """The same for many acts: each projection in one go where it knows how."""
    followed = set()
    for projection in _projections.values():
        its = [entry for entry in entries if entry.kind in projection.kinds]
        followed |= {entry.sequence for entry in its}
        if its and projection.together:
            projection.together(its)
        else:
            for entry in its:
                projection.apply(entry)
    versions.bump_by(Counter(entry.person_id for entry in entries if entry.sequence in followed))


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
