"""The outbox: work that must not be lost is a row, written in the transaction of the act that asks for it.

A worker takes what is due under a lease and runs its handler; a handler that fails is tried again, later and later.
A worker that is killed loses nothing: its lease runs out. A handler must therefore bear being run twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, Text, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, ids
from app.core.database import Instant, Model, db, insert

LEASE = timedelta(minutes=2)
FIRST_RETRY = timedelta(seconds=30)
MOST_ATTEMPTS = 12
KEPT_WHEN_DONE = timedelta(days=7)

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any]], None]


class WorkerLost(Exception):
    """No handler failed, yet the message was never done: whatever ran it ended."""


class OutboxMessage(Model):
    """One thing to do once the transaction that asked for it is on disk."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "done_at", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    last_error: Mapped[str | None] = mapped_column(Text)


_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Name the handler of a kind of message."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def put(kind: str, payload: dict[str, Any], *, due_at: datetime | None = None) -> None:
    """Ask for work in the current transaction; it exists once that commits."""
    at = clock.now()
    db.session.add(OutboxMessage(id=ids.new(), kind=kind, payload=payload, created_at=at, due_at=due_at or at))


def put_once(message_id: UUID, kind: str, payload: dict[str, Any], *, due_at: datetime) -> None:
    """The same, unless a message with this id was asked for already: several acts then share it."""
    row = {
        "id": message_id,
        "kind": kind,
        "payload": payload,
        "created_at": clock.now(),
        "due_at": due_at,
        "attempts": 0,
    }
    db.session.execute(insert(OutboxMessage).values(**row).on_conflict_do_nothing(index_elements=["id"]))


def sweep(most: int = 50) -> int:
    """Do what is due, at most `most` messages; says how many were taken. One commit a message."""
    taken = 0
    while taken < most and (message := _lease_next()):
        taken += 1
        _run(*message)
    return taken


def forget_done() -> int:
    """Delete what was done a week ago (a mail’s words need not stay); what was given up stays, to be looked at."""
    old = and_(OutboxMessage.done_at < clock.now() - KEPT_WHEN_DONE, OutboxMessage.last_error.is_(None))
    gone = db.session.execute(delete(OutboxMessage).where(old))
    db.session.commit()
    return gone.rowcount  # type: ignore[attr-defined,no-any-return]


def _lease_next() -> tuple[UUID, str, dict[str, Any], int] | None:
    """Take one due message: the guarded UPDATE lets one worker win on both databases."""
    at = clock.now()
    free = and_(
        OutboxMessage.done_at.is_(None),
        OutboxMessage.due_at <= at,
        or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until < at),
    )
    first = (
        select(OutboxMessage.id)
        .where(free)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == first.scalar_subquery(), free)
        .values(leased_until=at + LEASE, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage.id, OutboxMessage.kind, OutboxMessage.payload, OutboxMessage.attempts)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    db.session.commit()
    return (row.id, row.kind, row.payload, row.attempts) if row else None


def _run(message_id: UUID, kind: str, payload: dict[str, Any], attempts: int) -> None:
    """Run a handler; its failure is written down and tried again, so one bad message stops no other.

    What happened is written only while the message is still ours: once a lease ran out, another worker answers for it.
    """
    this = update(OutboxMessage).where(OutboxMessage.id == message_id, OutboxMessage.attempts == attempts)
    try:
        if attempts > MOST_ATTEMPTS:
            raise WorkerLost(f"the worker ended during each of {MOST_ATTEMPTS} attempts")
        _handlers[kind](payload)
        db.session.execute(this.values(done_at=clock.now(), leased_until=None, last_error=None))
        db.session.commit()
    except Exception as failure:
        db.session.rollback()
        log.exception("outbox: %s %s failed, attempt %d", kind, message_id, attempts)
        given_up = attempts >= MOST_ATTEMPTS
        values: dict[str, Any] = {"leased_until": None, "last_error": f"{type(failure).__name__}: {failure}"[:2000]}
        values |= {"done_at": clock.now()} if given_up else {"due_at": clock.now() + FIRST_RETRY * 2 ** (attempts - 1)}
        db.session.execute(this.values(**values))
        db.session.commit()
