"""What a process keeps of a person's progress, for as long as no act of theirs has moved it.

The number of such acts comes with the statement that recognises the reader (`number_of`), so keeping costs no query.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app, g
from sqlalchemy import ScalarSelect, select

from app.activity.models import ProgressVersion
from app.core.database import db, insert, table_of

MOST_KEPT = 1_000

T = TypeVar("T")

_version = table_of(ProgressVersion)


def number_of(person_id: Any) -> ScalarSelect[Any]:
    """For a larger statement: the number of the person in this column."""
    return select(_version.c.number).where(_version.c.person_id == person_id).scalar_subquery()


def bump(person_id: UUID) -> None:
    """One more act moved a person's progress."""
    statement = insert(_version).values(person_id=person_id, number=1)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["person_id"], set_={"number": _version.c.number + 1})
    )
    # What this very request was told before is old now.
    g.pop("progress_version", None)


def bump_by(numbers: Mapping[UUID, int]) -> None:
    """So many more acts moved the progress of each of these people."""
    if not numbers:
        return
    statement = insert(_version)
    together = {"number": _version.c.number + statement.excluded.number}
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["person_id"], set_=together),
        # In one order, so that two who bump the same people do not wait for each other.
        [{"person_id": person_id, "number": number} for person_id, number in sorted(numbers.items())],
    )
    g.pop("progress_version", None)


def settle(person_id: UUID, number: int | None) -> None:
    """Say, for the rest of the request, who is reading and the number that came with them."""
    g.progress_version = (person_id, number or 0)


def kept(key: Hashable, person_id: UUID, make: Callable[[], T]) -> T:
    """What `make` gives for a person, made once until they act again. Only the reader's own is kept.

    For what depends on their acts and on the key alone.
    """
    version = g.get("progress_version")
    if version is None or version[0] != person_id:
        return make()
    shelf: _Shelf = current_app.extensions.setdefault("palier_progress", _Shelf())
    return shelf.get((key, person_id), version[1], make)


class _Shelf:
    """The last things kept, the least lately used given up first."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, number: int, make: Callable[[], T]) -> T:
        with self._lock:
            held = self._held.get(key)
            if held is not None and held[0] == number:
                self._held.move_to_end(key)
                value: T = held[1]
                return value
        made = make()
        with self._lock:
            self._held[key] = (number, made)
            if len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)
        return made
