"""What to do next: what is expected in the order that counts, what changed, what was begun; never twice."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.training import completion, next_things
from app.training.completion import Deeds
from app.training.next_things import Expected, OpenAttempt, Picture, Reason
from app.training.programme import Item, Programme, Step

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Standing:
    best_percent: int
    attempts: int
    passed_at: datetime | None


def _step(order: int, plays: int = 2, quizzes: int = 1) -> Step:
    return Step(
        f"s{order}",
        order,
        f"Step {order}",
        f"S{order}",
        f"/steps/s{order}",
        tuple(Item(f"s{order}p{n}", "play", f"Play {n}", f"/plays/s{order}p{n}", 4) for n in range(1, plays + 1)),
        tuple(
            Item(f"s{order}q{n}", "quiz", f"Quiz {n}", f"/quizzes/s{order}q{n}", 8, 1, 10, 80)
            for n in range(1, quizzes + 1)
        ),
    )


PROGRAMME = Programme((_step(1), _step(2), _step(3, plays=0, quizzes=0)))


def _picture(deeds: Deeds, *expected: Expected, attempts: dict[str, OpenAttempt] | None = None) -> Picture:
    return Picture(PROGRAMME, deeds, expected, attempts or {}, NOW, PARIS)


def _in(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_late_and_due_things_come_in_the_order_that_counts() -> None:
    found = next_things.agenda(
        _picture(Deeds(), Expected("s1p1", _in(2)), Expected("s2q1", _in(-2)), Expected("s2", _in(20)))
    )
    assert [thing.target.id for thing in found.now] == ["s2q1", "s1p1"]
    assert [thing.target.id for thing in found.later] == ["s2"]


def test_what_is_done_is_expected_no_more() -> None:
    deeds = Deeds(read={"s1p1": NOW}, quizzes={"s2q1": Standing(90, 1, NOW)})
    found = next_things.agenda(_picture(deeds, Expected("s1p1", _in(-1)), Expected("s2q1", _in(-1))))
    assert [thing.reason for thing in found.now] == [Reason.BEGUN, Reason.BEGUN]


def test_a_whole_step_leads_to_its_next_item_and_counts_what_is_left() -> None:
    found = next_things.agenda(_picture(Deeds(read={"s1p1": NOW}), Expected("s1", _in(0))))
    (thing,) = found.now
    assert (thing.item.id, thing.minutes, thing.completion.done, thing.completion.total) == ("s1p2", 12, 1, 3)


def test_one_document_given_twice_is_one_line_due_first() -> None:
    found = next_things.agenda(_picture(Deeds(), Expected("s1p1", _in(5)), Expected("s1p1", _in(1))))
    (thing,) = found.now
    assert thing.due is not None
    assert thing.due.days == 1


def test_a_quiz_and_its_step_both_expected_take_their_minutes_once() -> None:
    found = next_things.agenda(_picture(Deeds(), Expected("s1", _in(1)), Expected("s1q1", _in(1))))
    assert len(found.now) == 2
    assert found.minutes == 16


def test_a_play_that_changed_is_to_be_read_again() -> None:
    found = next_things.agenda(_picture(Deeds(outdated={"s2p1": _in(-9)})))
    (thing,) = found.now
    assert (thing.reason, thing.changed_since) == (Reason.CHANGED, _in(-9))
    assert found.is_pressing


def test_an_open_attempt_is_resumed_where_it_was_left() -> None:
    found = next_things.agenda(_picture(Deeds(), attempts={"s1q1": OpenAttempt("/attempts/1", 5, 10)}))
    (thing,) = found.now
    assert (thing.reason, thing.address, thing.minutes) == (Reason.OPEN, "/attempts/1", 4)
    assert not found.is_pressing


def test_a_begun_step_leaves_out_what_is_expected_already() -> None:
    deeds = Deeds(read={"s1p1": NOW, "s1p2": NOW})
    found = next_things.agenda(_picture(deeds, Expected("s1q1", _in(1))))
    assert [thing.target.id for thing in found.now] == ["s1q1"]


def test_withdrawn_documents_and_empty_steps_are_left_out() -> None:
    assert next_things.agenda(_picture(Deeds(), Expected("gone", _in(-1)), Expected("s3", _in(-1)))).now == ()


def test_the_most_useful_thing_is_in_the_lowest_unfinished_step() -> None:
    first = Deeds(read={"s1p1": NOW, "s1p2": NOW}, quizzes={"s1q1": Standing(85, 2, NOW)})
    found = next_things.next_useful(_picture(first))
    assert found is not None
    assert (found.target.id, found.item.id) == ("s2", "s2p1")


def test_when_all_is_done_nothing_is_next() -> None:
    items = [item for step in PROGRAMME.steps for item in step.items]
    deeds = Deeds(
        read={item.id: NOW for item in items if not item.is_quiz},
        quizzes={item.id: Standing(100, 1, NOW) for item in items if item.is_quiz},
    )
    assert next_things.agenda(_picture(deeds)) == next_things.Agenda((), (), None)


IDS = [item.id for step in PROGRAMME.steps for item in step.items]
TARGETS = st.sampled_from([*IDS, "s1", "s2", "s3", "gone"])


@given(
    st.sets(st.sampled_from(IDS)),
    st.sets(st.sampled_from(IDS)),
    st.lists(st.builds(Expected, TARGETS, st.integers(-20, 20).map(_in)), max_size=8),
)
def test_every_line_has_something_left_and_late_never_follows_due(
    done: set[str], changed: set[str], expected: list[Expected]
) -> None:
    plays = {each for each in IDS if "p" in each}
    deeds = Deeds(
        read=dict.fromkeys(done & plays, NOW),
        outdated=dict.fromkeys(changed - done & plays, NOW),
        quizzes={each: Standing(90, 1, NOW) for each in done - plays},
    )
    found = next_things.agenda(_picture(deeds, *expected))
    assert all(thing.left for thing in found.now)
    assert len({thing.target.id for thing in found.now}) == len(found.now)
    days = [thing.due.day for thing in found.now if thing.due]
    assert days == sorted(days)
    assert found.minutes <= sum(thing.minutes for thing in found.now)


def test_completion_says_since_when_all_is_done() -> None:
    deeds = Deeds(read={"a": _in(-3), "b": _in(-1)})
    assert completion.of(["a", "b"], deeds) == completion.Completion(2, 2, _in(-1))
    assert completion.of(["a", "c"], deeds) == completion.Completion(1, 2, None)
    assert not completion.of([], deeds).is_done


def test_a_quiz_that_waits_for_a_manager_is_nothing_to_do() -> None:
    deeds = Deeds(read={"s1p1": NOW, "s1p2": NOW})
    picture = replace(_picture(deeds, Expected("s1q1", _in(2)), Expected("s1", _in(3))), waiting={"s1q1"})
    found = next_things.agenda(picture)
    assert [thing.target.id for thing in found.now] == []
    assert found.next
    assert found.next.target.id == "s2"


def test_of_a_step_whose_quiz_waits_the_rest_is_left() -> None:
    picture = replace(_picture(Deeds(read={"s1p1": NOW}), Expected("s1", _in(3))), waiting={"s1q1"})
    (thing,) = next_things.agenda(picture).now
    assert [item for item, _ in thing.left] == ["s1p2"]
