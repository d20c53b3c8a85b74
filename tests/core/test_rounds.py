"""What the worker does again and again: once an interval, by one worker, whatever became of the time before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from app.core import clock, rounds
from app.core.database import db
from tests.conftest import NOW

DAY = timedelta(days=1)


class Walker:
    """Counts its walks, and fails when told to."""

    def __init__(self) -> None:
        self.walks = 0
        self.trouble: BaseException | None = None

    def __call__(self) -> None:
        self.walks += 1
        if self.trouble is not None:
            raise self.trouble


@pytest.fixture
def walker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Walker:
    monkeypatch.setattr(rounds, "_duties", {})
    made = Walker()
    rounds.every("test", DAY)(made)
    return made


def test_a_round_is_walked_at_once_and_then_once_an_interval(walker: Walker) -> None:
    assert rounds.walk_due() == ["test"]
    assert rounds.walk_due() == []
    with clock.frozen_at(NOW + DAY):
        assert rounds.walk_due() == ["test"]
    assert walker.walks == 2


def test_a_round_that_was_missed_for_a_week_is_walked_once(walker: Walker) -> None:
    rounds.walk_due()
    with clock.frozen_at(NOW + 7 * DAY):
        assert (rounds.walk_due(), rounds.walk_due()) == (["test"], [])


def test_a_round_that_fails_is_due_again_soon_and_stops_no_other(walker: Walker) -> None:
    other = Walker()
    rounds.every("other", DAY)(other)
    walker.trouble = RuntimeError("no")
    assert rounds.walk_due() == ["other"]
    walker.trouble = None
    with clock.frozen_at(NOW + rounds.LEASE):
        assert rounds.walk_due() == ["test"]


def test_a_round_whose_worker_is_killed_is_due_again_soon(walker: Walker) -> None:
    walker.trouble = SystemExit()
    with pytest.raises(SystemExit):
        rounds.walk_due()
    db.session.rollback()
    walker.trouble = None
    assert rounds.walk_due() == []
    with clock.frozen_at(NOW + rounds.LEASE):
        assert rounds.walk_due() == ["test"]


def test_of_workers_at_one_moment_one_walks(app: Flask, walker: Walker) -> None:
    rounds.walk_due()
    together = Barrier(4)

    def work(_: int) -> list[str]:
        with app.app_context(), clock.frozen_at(NOW + DAY):
            together.wait()
            try:
                return rounds.walk_due()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        walked = [name for names in pool.map(work, range(4)) for name in names]
    assert (walked, walker.walks) == (["test"], 2)
