"""Scheduling: FSRS in whole days, without chance."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as TheirRating
from hypothesis import given
from hypothesis import strategies as st

from app.practice.rating import Rating
from app.practice.scheduling import LONGEST_DAYS, Memory, chance, rate

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HISTORY = st.lists(st.tuples(st.sampled_from(list(Rating)), st.integers(0, 400)), min_size=1, max_size=12)


@given(HISTORY, st.sampled_from([70, 90, 97]))
def test_it_is_what_the_package_says_without_short_steps(history: list[tuple[Rating, int]], retention: int) -> None:
    scheduler = Scheduler(
        desired_retention=retention / 100,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
    card, at = Card(card_id=1, due=AT), AT
    memory: Memory | None = None
    for rating, days in history:
        at += days * DAY
        card, _ = scheduler.review_card(card, TheirRating(int(rating)), at)
        memory, due_at = rate(memory, rating, at, retention)
        assert (memory.stability, memory.difficulty, due_at) == (card.stability, card.difficulty, card.due)
        assert DAY <= due_at - at <= LONGEST_DAYS * DAY


def test_a_question_comes_back_sooner_the_worse_it_was_known() -> None:
    first = [rate(None, rating, AT, 90)[1] - AT for rating in Rating]
    assert first == [1 * DAY, 1 * DAY, 2 * DAY, 8 * DAY]
    memory, _ = rate(None, Rating.GOOD, AT, 90)
    later = [rate(memory, rating, AT + 2 * DAY, 90)[1] for rating in Rating]
    assert later == sorted(later)
    assert later[0] == AT + 3 * DAY


def test_a_higher_target_asks_sooner() -> None:
    memory, _ = rate(None, Rating.GOOD, AT, 90)
    dues = [rate(memory, Rating.GOOD, AT + 2 * DAY, target)[1] for target in (70, 80, 90, 97)]
    assert dues == sorted(dues, reverse=True)
    assert len(set(dues)) == 4


def test_it_comes_back_when_the_chance_has_fallen_to_the_target() -> None:
    memory, due_at = rate(None, Rating.EASY, AT, 90)
    assert chance(memory, due_at) == pytest.approx(0.9, abs=0.01)
    assert chance(memory, AT) == 1
    assert chance(memory, due_at + 30 * DAY) < chance(memory, due_at)


def test_a_night_counts_as_a_day_whatever_the_hour() -> None:
    memory, _ = rate(None, Rating.GOOD, AT, 90)
    tomorrow_early = AT + timedelta(hours=23)
    assert (
        rate(memory, Rating.GOOD, tomorrow_early, 90)[0].stability
        == rate(memory, Rating.GOOD, AT + DAY, 90)[0].stability
    )


def test_the_package_is_imported_only_when_something_is_reviewed() -> None:
    code = "import app.practice.room, sys; sys.exit('fsrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
