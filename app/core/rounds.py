"""Rounds: what the worker does again and again, such as every morning. Each is done by one worker at a time.

A round is taken for a few minutes, and due at its interval once its work is committed: one that fails, or whose worker
is killed, is due again when these are over. It must bear being run twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Instant, Model, db, insert

LEASE = timedelta(minutes=5)

log = logging.getLogger(__name__)


class Round(Model):
    """When a round is due next."""

    __tablename__ = "round"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True)
class Duty:
    """What to do, and how long until it is due again."""

    every: timedelta
    walk: Callable[[], None]


_duties: dict[str, Duty] = {}


def every(name: str, interval: timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name what is to be done at this interval; the first time as soon as a worker runs."""

    def register(walk: Callable[[], None]) -> Callable[[], None]:
        _duties[name] = Duty(interval, walk)
        return walk

    return register


def walk_due() -> list[str]:
    """Do the rounds that are due; returns their names. A failure is written down and does not stop the others."""
    walked = []
    for name, duty in _duties.items():
        at = clock.now()
        if not _take(name, at):
            continue
        try:
            duty.walk()
            db.session.execute(update(Round).where(Round.name == name).values(due_at=at + duty.every))
            db.session.commit()
            walked.append(name)
        except Exception:
            db.session.rollback()
            log.exception("round %s failed; again in %s", name, LEASE)
    return walked


def _take(name: str, at: datetime) -> bool:
    """Whether this worker is the one to do it: the guarded UPDATE lets one win."""
    db.session.execute(insert(Round).values(name=name, due_at=at).on_conflict_do_nothing(index_elements=["name"]))
    taken = db.session.execute(
        update(Round).where(Round.name == name, Round.due_at <= at).values(due_at=at + LEASE).returning(Round.name)
    ).scalar_one_or_none()
    db.session.commit()
    return taken is not None
