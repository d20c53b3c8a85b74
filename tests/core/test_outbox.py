"""Work that must not be lost: taken by one worker at a time, tried again, never forgotten."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Lock
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock, outbox
from app.core.database import db
from app.core.outbox import FIRST_RETRY, KEPT_WHEN_DONE, LEASE, MOST_ATTEMPTS, OutboxMessage
from tests.conftest import NOW


class Hands:
    """A handler that notes what it was given, and fails or dies as told."""

    def __init__(self) -> None:
        self.given: list[Any] = []
        self.trouble: BaseException | None = None
        self._lock = Lock()

    def __call__(self, payload: dict[str, Any]) -> None:
        with self._lock:
            self.given.append(payload.get("number"))
        if self.trouble is not None:
            raise self.trouble


@pytest.fixture
def hands(app: Flask) -> Iterator[Hands]:
    made = Hands()
    outbox.handles("test")(made)
    yield made
    del outbox._handlers["test"]


def put(number: int = 1, **more: Any) -> None:
    outbox.put("test", {"number": number}, **more)
    db.session.commit()


def message() -> OutboxMessage:
    db.session.expire_all()
    return db.session.scalars(select(OutboxMessage)).one()


def test_what_was_put_is_done_once(hands: Hands) -> None:
    put()
    assert (outbox.sweep(), outbox.sweep()) == (1, 0)
    assert (hands.given, message().done_at, message().attempts) == ([1], NOW, 1)


def test_what_was_put_in_a_transaction_that_is_undone_never_existed(hands: Hands) -> None:
    outbox.put("test", {})
    db.session.rollback()
    assert outbox.sweep() == 0


def test_nothing_is_done_before_it_is_due_and_the_oldest_goes_first(hands: Hands) -> None:
    put(1, due_at=NOW + timedelta(hours=2))
    put(2, due_at=NOW + timedelta(hours=1))
    put(3)
    outbox.sweep()
    assert hands.given == [3]
    with clock.frozen_at(NOW + timedelta(hours=2)):
        outbox.sweep()
    assert hands.given == [3, 2, 1]


def test_a_sweep_takes_no_more_than_it_is_told(hands: Hands) -> None:
    for number in range(5):
        put(number)
    assert (outbox.sweep(most=2), outbox.sweep(most=10)) == (2, 3)


def test_a_failure_is_tried_again_later_and_later(hands: Hands) -> None:
    hands.trouble = ConnectionError("no route")
    put()
    at = NOW
    for attempt in range(1, 5):
        with clock.frozen_at(at):
            assert (outbox.sweep(), outbox.sweep()) == (1, 0)
        wait = message().due_at - at
        assert wait == FIRST_RETRY * 2 ** (attempt - 1)
        assert message().last_error == "ConnectionError: no route"
        at += wait
    hands.trouble = None
    with clock.frozen_at(at):
        assert outbox.sweep() == 1
    assert (message().done_at, message().last_error) == (at, None)


def test_one_bad_message_stops_no_other(hands: Hands) -> None:
    outbox.put("unheard-of", {})
    put(2)
    assert outbox.sweep() == 2
    assert hands.given == [2]


def test_what_failed_to_the_last_attempt_is_given_up_and_kept(hands: Hands) -> None:
    hands.trouble = ConnectionError("no route")
    put()
    at = NOW
    for _ in range(MOST_ATTEMPTS):
        with clock.frozen_at(at):
            assert outbox.sweep() == 1
        at = max(message().due_at, at)
    far = at + timedelta(days=365)
    with clock.frozen_at(far):
        assert (outbox.sweep(), outbox.forget_done()) == (0, 0)
    assert (message().attempts, message().last_error) == (MOST_ATTEMPTS, "ConnectionError: no route")


def test_what_was_done_is_forgotten_after_a_while(hands: Hands) -> None:
    put()
    outbox.sweep()
    assert outbox.forget_done() == 0
    with clock.frozen_at(NOW + KEPT_WHEN_DONE + timedelta(seconds=1)):
        assert outbox.forget_done() == 1


def test_a_killed_workers_message_is_taken_again_when_its_lease_ran_out(hands: Hands) -> None:
    hands.trouble = KeyboardInterrupt()
    put()
    with pytest.raises(KeyboardInterrupt):
        outbox.sweep()
    db.session.rollback()
    hands.trouble = None
    with clock.frozen_at(NOW + LEASE):
        assert outbox.sweep() == 0
    with clock.frozen_at(NOW + LEASE + timedelta(seconds=1)):
        assert outbox.sweep() == 1
    assert (hands.given, message().attempts, message().done_at is not None) == ([1, 1], 2, True)


def test_a_message_that_kills_every_worker_is_given_up_as_well(hands: Hands) -> None:
    hands.trouble = KeyboardInterrupt()
    put()
    at = NOW
    for _ in range(MOST_ATTEMPTS):
        with clock.frozen_at(at), pytest.raises(KeyboardInterrupt):
            outbox.sweep()
        db.session.rollback()
        at += LEASE + timedelta(seconds=1)
    with clock.frozen_at(at):
        assert (outbox.sweep(), outbox.sweep()) == (1, 0)
    assert len(hands.given) == MOST_ATTEMPTS
    assert (message().done_at, (message().last_error or "")[:10]) == (at, "WorkerLost")


def test_a_worker_that_outlived_its_lease_does_not_speak_for_the_next_one(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    put()
    first = outbox._lease_next()
    assert first is not None
    with clock.frozen_at(NOW + LEASE + timedelta(seconds=1)):
        assert outbox._lease_next() is not None
        hands.trouble = ConnectionError("slow")
        outbox._run(*first)
    assert (message().attempts, message().leased_until, message().last_error) == (
        2,
        NOW + 2 * LEASE + timedelta(seconds=1),
        None,
    )


def test_a_handler_and_its_mark_are_one_transaction(hands: Hands) -> None:
    def asks_for_more(_: dict[str, Any]) -> None:
        outbox.put("test", {"number": 2})
        raise ConnectionError("after")

    outbox.handles("test")(asks_for_more)
    put()
    outbox.sweep()
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1


def test_two_workers_never_take_one_message_at_once(app: Flask, hands: Hands) -> None:
    for number in range(20):
        put(number)
    barrier = Barrier(4)

    def work(_: int) -> int:
        with app.app_context():
            barrier.wait()
            try:
                taken = 0
                while more := outbox.sweep():
                    taken += more
                return taken
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(work, range(4)))
    assert (sum(taken), sorted(hands.given)) == (20, list(range(20)))
    assert set(db.session.scalars(select(OutboxMessage.attempts))) == {1}
