"""How often a quiz may be taken, and when again: held by the server, whatever is sent and how often."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock, rounds
from app.library import catalogue
from app.quizzes import attempts, summary
from app.quizzes.attempting import allowance, closing
from app.quizzes.attempting.allowance import Allowance, Taken
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.attempts import NoAttemptLeft, TooSoon
from tests.conftest import NOW
from tests.factories import actor_for, make_person
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG, Room

HOUR = timedelta(hours=1)


def allowed(room: Room) -> Allowance:
    return attempts.allowance_of(room.rep.id, catalogue.entry(QUIZ, "quiz"))


def test_without_limits_a_quiz_may_be_taken_again_at_once(room: Room) -> None:
    for _ in range(3):
        room.take(WRONG)
    quiz, person_id = catalogue.entry(QUIZ, "quiz"), room.rep.id
    with counting() as statements:
        assert attempts.allowance_of(person_id, quiz) == Allowance(None, None, True)
    assert statements == []


def test_the_attempts_a_quiz_allows_are_counted_from_their_start(room: Room) -> None:
    room.publish(attempts=2)
    assert allowed(room) == Allowance(2, None, True)
    first = room.start()
    assert room.start() == first  # going on is no new attempt
    assert allowed(room).left == 1
    attempts.submit(actor_for(room.rep), first)
    room.take(RIGHT)
    with pytest.raises(NoAttemptLeft) as refused:
        room.start()
    assert "2" in str(refused.value.sentence)
    assert allowed(room) == Allowance(0, None, False)
    assert len(summary.attempts_of(room.rep.id)) == 2
    assert summary.open_attempts_of(room.rep.id) == []


def test_others_have_their_own(room: Room) -> None:
    room.publish(attempts=1)
    room.take(WRONG)
    assert attempts.start(actor_for(make_person()), QUIZ)


def test_the_last_attempt_can_be_gone_on_with(room: Room) -> None:
    room.publish(attempts=1)
    attempt_id = room.start()
    assert room.start() == attempt_id
    assert not allowed(room).may_start


def test_the_pause_begins_when_the_last_attempt_ends(room: Room) -> None:
    room.publish(cooling_hours=2, attempts=5)
    with clock.frozen_at(NOW - HOUR):
        attempt_id = room.start()
    attempts.submit(actor_for(room.rep), attempt_id)
    with clock.frozen_at(NOW + 2 * HOUR - timedelta(seconds=1)), pytest.raises(TooSoon) as refused:
        room.start()
    assert refused.value.facts["again_at"] == NOW + 2 * HOUR
    assert "11:00" in str(refused.value.sentence)  # in Paris
    assert allowed(room) == Allowance(4, NOW + 2 * HOUR, False)
    with clock.frozen_at(NOW + 2 * HOUR):
        assert allowed(room).may_start
        assert room.start() != attempt_id


def test_an_attempt_whose_time_was_up_ended_then(room: Room) -> None:
    room.publish(cooling_hours=1, time_limit_minutes=10)
    room.start()
    with clock.frozen_at(NOW + HOUR), pytest.raises(TooSoon) as refused:
        room.start()
    assert refused.value.facts["again_at"] == NOW + HOUR + timedelta(minutes=10)


def test_a_limit_that_an_author_adds_counts_what_was_taken_before(room: Room) -> None:
    for _ in range(3):
        room.take(WRONG)
    room.publish(attempts=3)
    with pytest.raises(NoAttemptLeft):
        room.start()


def test_the_page_says_so_instead_of_an_error(room: Room) -> None:
    room.publish(attempts=1)
    room.take(WRONG)
    answer = room.client.post(f"/quizzes/{QUIZ}/attempts")
    assert answer.status_code == 409
    assert b"<h1" in answer.data


# Those that nobody looks at any more


def test_the_round_closes_what_is_overdue_and_nothing_else(room: Room) -> None:
    room.publish(time_limit_minutes=10)
    late = room.start()
    room.reply(late, "single", ["0"])
    with clock.frozen_at(NOW + timedelta(minutes=5)):
        later = attempts.start(actor_for(make_person()), QUIZ)
    with clock.frozen_at(NOW + timedelta(minutes=10, seconds=31)):
        closing.close_overdue()
    found = {each.id: each for person in (room.rep.id,) for each in summary.attempts_of(person)}
    assert (found[late].submitted_at, found[late].percent) == (NOW + timedelta(minutes=10), 20)
    with clock.frozen_at(NOW + timedelta(minutes=10, seconds=31)):
        assert attempts.look(actor_for(room.rep), late).percent == 20
    with counting() as statements, clock.frozen_at(NOW + timedelta(minutes=10, seconds=31)):
        closing.close_overdue()
    assert len(statements) == 1
    assert later not in found


def test_the_worker_walks_it_every_few_minutes(room: Room) -> None:
    room.publish(time_limit_minutes=10)
    with clock.frozen_at(NOW + HOUR):
        rounds.walk_due()
    room.start()
    with clock.frozen_at(NOW + HOUR + timedelta(minutes=4)):
        assert "quizzes.overdue" not in rounds.walk_due()
    with clock.frozen_at(NOW + HOUR + timedelta(minutes=5)):
        assert "quizzes.overdue" in rounds.walk_due()
    assert summary.open_attempts_of(room.rep.id) == []


def test_the_round_takes_a_bounded_number_the_oldest_first(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "MOST_A_ROUND", 2)
    room.publish(time_limit_minutes=10)
    started = []
    for minute in range(3):
        with clock.frozen_at(NOW + timedelta(minutes=minute)):
            person = make_person()
            attempts.start(actor_for(person), QUIZ)
            started.append(person.id)
    with clock.frozen_at(NOW + HOUR):
        closing.close_overdue()
        assert [bool(summary.open_attempts_of(each)) for each in started] == [False, False, True]


def test_one_that_cannot_be_closed_stops_no_other(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.publish(time_limit_minutes=10)
    broken, other = room.start(), make_person()
    attempts.start(actor_for(other), QUIZ)
    real = closing.close

    def close(attempt: AttemptRow) -> None:
        if attempt.id == broken:
            raise RuntimeError("a revision that cannot be read")
        real(attempt)

    monkeypatch.setattr(closing, "close", close)
    with clock.frozen_at(NOW + HOUR):
        closing.close_overdue()
    assert summary.open_attempts_of(other.id) == []
    assert summary.open_attempts_of(room.rep.id) != []


# The rule

moments = st.datetimes(NOW.replace(tzinfo=None), NOW.replace(tzinfo=None, year=2027), timezones=st.just(UTC))


@given(st.none() | st.integers(1, 100), st.integers(0, 300), st.integers(0, 200), st.none() | moments, moments)
def test_waiting_is_enough_unless_nothing_is_left(
    most: int | None, hours: int, started: int, last_end: datetime | None, at: datetime
) -> None:
    taken, pause = Taken(started, last_end), timedelta(hours=hours)
    found = allowance.allowance(most, pause, taken, at)
    assert found.left is None or found.left == max(0, (most or 0) - started)
    assert found.may_start is (found.left != 0 and found.again_at is None)
    if found.again_at is not None:
        assert found.again_at > at
        assert allowance.allowance(most, pause, taken, found.again_at).may_start
