"""Several devices, tabs and managers at the very same moment: whatever comes first, the rows agree with each other."""

import contextvars
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select

from app.activity.models import Activity
from app.core.database import db
from app.core.errors import Conflict, DomainError
from app.quizzes import attempts, summary
from app.quizzes.attempting import attempt_rows, closing, help_rows, marking
from app.quizzes.attempts import AlreadyChecked, AttemptClosed, NoAttemptLeft, TooSoon
from app.quizzes.models import Answer, Attempt, HintTaken, TextScore
from tests.conftest import NOW
from tests.factories import actor_for
from tests.library_factories import questions
from tests.quizzes.conftest import QUIZ, RIGHT, Room
from tests.quizzes.question_factories import written_question

DEVICES = 6


def at_once(room: Room, *deeds: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each as a request of its own would; what each gave, or its refusal."""
    barrier = Barrier(len(deeds))
    outcomes: list[Any] = [None] * len(deeds)
    db.session.commit()

    def run(place: int) -> None:
        with room.app.app_context():
            barrier.wait(20)
            try:
                outcomes[place] = deeds[place]()
            except DomainError as refusal:
                db.session.rollback()
                outcomes[place] = refusal

    # A thread begins without the clock that the test holds still.
    threads = [Thread(target=contextvars.copy_context().run, args=(run, place)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    db.session.rollback()
    db.session.expire_all()
    return outcomes


def count(table: Any, *where: Any) -> int:
    return int(db.session.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def row(attempt_id: UUID) -> attempt_rows.AttemptRow:
    found = attempt_rows.find(attempt_id)
    assert found is not None
    return found


def test_two_devices_start_one_attempt(room: Room) -> None:
    rep = actor_for(room.rep)
    started = at_once(room, *[lambda: attempts.start(rep, QUIZ)] * DEVICES)
    assert len(set(started)) == 1
    assert count(Attempt) == count(Activity, Activity.kind == "quiz.started") == 1


@pytest.mark.parametrize(
    ("front", "allowed", "refusal"), [({"attempts": 3}, 3, NoAttemptLeft), ({"cooling_hours": 1}, 1, TooSoon)]
)
def test_no_haste_takes_more_attempts_than_allowed(
    room: Room, front: dict[str, int], allowed: int, refusal: type[Conflict]
) -> None:
    room.publish(**front)
    rep = actor_for(room.rep)

    def hurry() -> list[type]:
        met: list[type] = []
        for _ in range(allowed + 1):  # one too many even for devices that share every attempt
            try:
                attempts.submit(rep, attempts.start(rep, QUIZ))
            except Conflict as refused:
                met.append(type(refused))
        return met

    met = {each for device in at_once(room, *[hurry] * DEVICES) for each in device}
    assert refusal in met
    assert count(Attempt) == allowed == count(Activity, Activity.kind == "quiz.started")
    assert summary.results_of([rep.id])[rep.id][QUIZ].attempts == allowed


def test_a_hint_taken_on_two_devices_is_taken_once(room: Room) -> None:
    asked = questions()
    asked[0]["hints"] = ["Un.", "Deux.", "Trois."]
    room.publish(questions=asked)
    attempt_id, rep = room.start(), actor_for(room.rep)
    taken = at_once(room, *[lambda: [attempts.take_hint(rep, attempt_id, "single", each) for each in (1, 2)]] * DEVICES)
    assert all(each == [1, 2] or each == [2, 2] for each in taken), taken
    assert help_rows.hints_taken(attempt_id) == {"single": 2}


def test_a_reply_that_was_checked_is_the_one_that_stays(room: Room) -> None:
    room.publish(show_feedback="at_once")
    rep = actor_for(room.rep)
    for _ in range(3):
        attempt_id = room.start()
        room.reply(attempt_id, "single", ["0"])
        before = count(Activity, Activity.kind == "quiz.answered")

        def change(values: list[str], attempt_id: UUID = attempt_id) -> attempts.Saved:
            return attempts.answer(rep, attempt_id, "single", values)

        checked, *changed = at_once(
            room,
            lambda attempt_id=attempt_id: attempts.check(rep, attempt_id, "single"),  # type: ignore[misc]
            *[lambda: change(["1"]), lambda: change(["0"]), lambda: change([])],
        )
        kept = attempt_rows.kept_reply(attempt_id, "single")
        if isinstance(checked, attempts.Saved):
            assert checked.reply == kept is not None
            assert help_rows.checked(attempt_id) == {"single"}
        saved = [each for each in changed if isinstance(each, attempts.Saved)]
        refused = [each for each in changed if isinstance(each, AlreadyChecked)]
        assert len(saved) + len(refused) == len(changed), changed
        recorded = count(Activity, Activity.kind == "quiz.answered") - before
        assert len(saved) - 1 <= recorded <= len(saved)  # taking back what is gone already records nothing
        attempts.submit(rep, attempt_id)


def test_a_reply_checked_on_two_devices_is_checked_once(room: Room) -> None:
    room.publish(show_feedback="at_once")
    attempt_id, rep = room.start(), actor_for(room.rep)
    room.reply(attempt_id, "single", ["1"])
    checked = at_once(room, *[lambda: attempts.check(rep, attempt_id, "single").reply] * DEVICES)
    assert len(set(checked)) == 1
    assert count(Answer, Answer.checked_at.is_not(None)) == 1


def test_what_is_graded_is_what_is_kept(room: Room) -> None:
    """Replies, hints, checks and handing in at once: no reply and no hint that the result does not know."""
    asked = questions()
    asked[0]["hints"] = ["Un.", "Deux."]
    room.publish(questions=asked, show_feedback="at_once")
    rep = actor_for(room.rep)
    for _ in range(3):
        attempt_id = room.start()
        for key, values in RIGHT.items():
            room.reply(attempt_id, key, values)
        outcomes = at_once(
            room,
            lambda: attempts.submit(rep, attempt_id),  # noqa: B023 - used within the turn
            lambda: attempts.take_hint(rep, attempt_id, "single", 1),  # noqa: B023
            lambda: attempts.answer(rep, attempt_id, "multiple", ["2"]),  # noqa: B023
            lambda: attempts.check(rep, attempt_id, "numeric"),  # noqa: B023
            lambda: attempts.answer(rep, attempt_id, "true-false", []),  # noqa: B023
        )
        found = row(attempt_id)
        assert found.mark == marking.mark(found).result.mark
        _, hint, answered, *_ = outcomes
        assert isinstance(hint, AttemptClosed) == (not help_rows.hints_taken(attempt_id))
        if isinstance(answered, attempts.Saved):
            assert attempt_rows.kept_reply(attempt_id, "multiple") == answered.reply


def test_an_attempt_handed_in_twice_at_once_counts_once(room: Room) -> None:
    attempt_id, rep = room.start(), actor_for(room.rep)
    at_once(room, *[lambda: attempts.submit(rep, attempt_id)] * DEVICES)
    assert count(Activity, Activity.kind == "quiz.submitted") == 1
    assert summary.results_of([rep.id])[rep.id][QUIZ].attempts == 1


def test_two_managers_with_the_last_two_scores_finish_it_once(room: Room) -> None:
    link = questions()[0]["read_again"]
    room.publish(questions=[written_question("free_text", key=key, read_again=link) for key in ("t1", "t2")])
    attempt_id = room.take({"t1": ["Un"], "t2": ["Deux"]})
    waiting, by = row(attempt_id), room.rep.id

    def score(key: str) -> bool:
        given = {"points": [2, 1], "maximum": 3, "comment": "", "scored_by": by, "scored_at": NOW}
        db.session.execute(insert(TextScore).values(attempt_id=attempt_id, question_key=key, **given))
        finished = closing.finish(waiting)
        db.session.commit()
        return finished

    assert sorted(at_once(room, lambda: score("t1"), lambda: score("t2"))) == [False, True]
    assert row(attempt_id).percent == 100
    assert count(Activity, Activity.kind == "quiz.submitted") == 1


def test_two_attempts_of_one_person_that_end_at_once_are_both_counted(room: Room) -> None:
    link = questions()[0]["read_again"]
    room.publish(questions=[written_question("free_text", key="t", read_again=link)])
    both = [room.take({"t": ["Un"]}) for _ in range(2)]
    given = {"question_key": "t", "maximum": 3, "comment": "", "scored_by": room.rep.id, "scored_at": NOW}
    for attempt_id, points in zip(both, ([2, 1], [0, 0]), strict=True):
        db.session.execute(insert(TextScore).values(attempt_id=attempt_id, points=points, **given))
    rows, person_id = [row(each) for each in both], room.rep.id

    def finish(attempt: attempt_rows.AttemptRow) -> None:
        closing.finish(attempt)
        db.session.commit()

    at_once(room, lambda: finish(rows[0]), lambda: finish(rows[1]))
    standing = summary.results_of([person_id])[person_id][QUIZ]
    assert (standing.attempts, standing.best_percent, standing.passed_at) == (2, 100, NOW)


def test_hints_are_never_more_than_there_are(room: Room) -> None:
    asked = questions()
    asked[0]["hints"] = ["Un."]
    room.publish(questions=asked)
    attempt_id, rep = room.start(), actor_for(room.rep)
    at_once(
        room, *[lambda number=number: attempts.take_hint(rep, attempt_id, "single", number) for number in (1, 2, 1, 2)]
    )
    assert db.session.execute(select(HintTaken.hints)).scalars().all() == [1]
