"""Attempts through their use cases: started once, answered, handed in, closed when their time is up."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.activity import journal, projections
from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.quizzes import attempts, summary
from app.quizzes.attempting import attempt_rows, closing_rows
from app.quizzes.attempts import AttemptClosed
from app.quizzes.models import Answer, Attempt, QuizResult
from app.quizzes.replies import Chosen, Judged, Typed, WrongReply
from tests.conftest import NOW
from tests.factories import actor_for, make_person
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG, Room


def acts(kind: str) -> list[Activity]:
    db.session.expire_all()
    return list(db.session.execute(select(Activity).where(Activity.kind == kind).order_by(Activity.sequence)).scalars())


def attempt(attempt_id: UUID) -> attempt_rows.AttemptRow:
    found = attempt_rows.find(attempt_id)
    assert found is not None
    return found


def test_a_double_click_starts_one_attempt(room: Room) -> None:
    assert room.start() == room.start()
    assert len(acts("quiz.started")) == 1


def test_two_people_have_an_attempt_each(room: Room) -> None:
    other = attempts.start(actor_for(make_person()), QUIZ)
    assert other != room.start()


def test_an_attempt_stays_on_the_revision_it_was_started_on(room: Room) -> None:
    attempt_id = room.start()
    before = attempt(attempt_id).revision_id
    room.publish(pass_mark=100)
    assert room.start() == attempt_id
    assert attempt(attempt_id).revision_id == before
    attempts.submit(actor_for(room.rep), attempt_id)
    assert attempt(room.start()).revision_id > before


def test_an_unknown_quiz_cannot_be_started(room: Room) -> None:
    for unknown in ("no-such-quiz", "prendre-contact"):
        with pytest.raises(NotFound):
            attempts.start(actor_for(room.rep), unknown)


def test_a_reply_is_saved_with_its_act(room: Room) -> None:
    attempt_id = room.start()
    room.reply(attempt_id, "single", ["1"])
    room.reply(attempt_id, "true-false", ["false"])
    assert attempt_rows.kept_replies(attempt_id) == {"single": Chosen(frozenset({1})), "true-false": Judged(False)}
    assert [act.details for act in acts("quiz.answered")] == [
        {"attempt": str(attempt_id), "question": key} for key in ("single", "true-false")
    ]


def test_the_last_reply_saved_wins_and_both_are_recorded(room: Room) -> None:
    attempt_id = room.start()
    room.reply(attempt_id, "single", ["1"])
    room.reply(attempt_id, "single", ["0"])
    assert attempt_rows.kept_reply(attempt_id, "single") == Chosen(frozenset({0}))
    assert len(acts("quiz.answered")) == 2


def test_sending_a_reply_again_changes_nothing(room: Room) -> None:
    attempt_id, uuid = room.start(), uuid4()
    for _ in range(3):
        assert room.reply(attempt_id, "single", ["1"], uuid).reply == Chosen(frozenset({1}))
    assert len(acts("quiz.answered")) == 1


def test_a_repeat_that_comes_after_another_reply_does_not_undo_it_and_is_not_called_saved(room: Room) -> None:
    attempt_id, uuid = room.start(), uuid4()
    room.reply(attempt_id, "single", ["1"], uuid)
    room.reply(attempt_id, "single", ["0"])
    with pytest.raises(Conflict):
        room.reply(attempt_id, "single", ["1"], uuid)
    assert attempt_rows.kept_reply(attempt_id, "single") == Chosen(frozenset({0}))


def test_the_name_of_another_act_is_refused(room: Room) -> None:
    attempt_id, uuid = room.start(), uuid4()
    room.reply(attempt_id, "single", ["1"], uuid)
    with pytest.raises(InvalidInput):
        room.reply(attempt_id, "true-false", ["true"], uuid)
    db.session.rollback()
    assert "true-false" not in attempt_rows.kept_replies(attempt_id)


def test_a_reply_can_be_taken_back(room: Room) -> None:
    attempt_id = room.start()
    room.reply(attempt_id, "multiple", ["1"])
    assert room.reply(attempt_id, "multiple", []).reply is None
    assert attempt_rows.kept_replies(attempt_id) == {}
    assert len(acts("quiz.answered")) == 2


def test_going_on_without_a_reply_records_nothing(room: Room) -> None:
    attempt_id = room.start()
    room.reply(attempt_id, "multiple", [])
    assert acts("quiz.answered") == []


def test_an_answer_whose_act_failed_is_not_there(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt_id = room.start()
    real = journal.record

    def record_then_fail(act: journal.Act) -> bool:
        real(act)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(journal, "record", record_then_fail)
    with pytest.raises(RuntimeError):
        room.reply(attempt_id, "single", ["0"])
    db.session.rollback()
    assert attempt_rows.kept_replies(attempt_id) == {}
    assert acts("quiz.answered") == []


def test_an_act_whose_answer_failed_is_not_there(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt_id = room.start()

    def fail(*_: object) -> bool:
        raise RuntimeError("killed")

    monkeypatch.setattr(attempt_rows, "keep_reply", fail)
    with pytest.raises(RuntimeError):
        room.reply(attempt_id, "single", ["0"])
    db.session.rollback()
    assert acts("quiz.answered") == []


def test_a_submission_between_the_look_and_the_write_refuses_the_reply(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = room.start()
    monkeypatch.setattr(attempt_rows, "keep_reply", lambda *_: False)
    with pytest.raises(AttemptClosed):
        room.reply(attempt_id, "single", ["0"])
    assert acts("quiz.answered") == []


def test_a_reply_is_not_written_into_a_submitted_attempt(room: Room) -> None:
    attempt_id = room.take({})
    assert not attempt_rows.keep_reply(attempt_id, "single", Typed("x"), NOW)


def test_a_question_of_no_such_key_is_not_found(room: Room) -> None:
    with pytest.raises(NotFound):
        room.reply(room.start(), "no-such-question", ["0"])


def test_an_option_of_another_question_is_refused_and_nothing_is_written(room: Room) -> None:
    attempt_id = room.start()
    with pytest.raises(WrongReply):
        room.reply(attempt_id, "single", ["3"])
    assert acts("quiz.answered") == []


def test_another_persons_attempt_is_not_found(room: Room) -> None:
    attempt_id, stranger = room.start(), actor_for(make_person())
    for use in (
        lambda: attempts.answer(stranger, attempt_id, "single", ["0"]),
        lambda: attempts.submit(stranger, attempt_id),
        lambda: attempts.look(stranger, attempt_id),
        lambda: attempts.submit_when_complete(stranger, attempt_id),
        lambda: attempts.answer(stranger, uuid4(), "single", ["0"]),
    ):
        with pytest.raises(NotFound):
            use()
        db.session.rollback()
    assert attempt(attempt_id).is_open


def test_handing_in_grades_every_reply_exactly(room: Room) -> None:
    attempt_id = room.take({**RIGHT, "multiple": ["0", "1", "2"], "numeric": ["1026,02"]})
    row = attempt(attempt_id)
    assert (str(row.mark), str(row.maximum), row.percent, row.passed) == ("7/2", "5", 70, False)
    kept = db.session.execute(select(Answer.question_key, Answer.mark)).all()
    assert {row.question_key: row.mark for row in kept} == {
        "single": "1",
        "multiple": "1/2",
        "true-false": "1",
        "numeric": "0",
        "short-answer": "1",
    }
    (act,) = acts("quiz.submitted")
    assert act.details == {
        "attempt": str(attempt_id),
        "mark": "7/2",
        "maximum": "5",
        "percent": 70,
        "passed": False,
    }


def test_all_right_passes(room: Room) -> None:
    row = attempt(room.take(RIGHT))
    assert (row.percent, row.passed) == (100, True)


def test_handing_in_twice_gives_the_same_result_once(room: Room) -> None:
    attempt_id = room.take(RIGHT)
    before = attempt(attempt_id)
    with clock.frozen_at(NOW + timedelta(hours=1)):
        attempts.submit(actor_for(room.rep), attempt_id)
    assert attempt(attempt_id) == before
    assert len(acts("quiz.submitted")) == 1


def test_who_claims_second_grades_nothing(room: Room) -> None:
    attempt_id = room.start()
    assert closing_rows.claim(attempt_id, NOW)
    assert not closing_rows.claim(attempt_id, NOW)


def test_a_reply_after_handing_in_is_refused(room: Room) -> None:
    attempt_id = room.take(RIGHT)
    with pytest.raises(AttemptClosed):
        room.reply(attempt_id, "single", ["1"])
    assert attempt_rows.kept_reply(attempt_id, "single") == Chosen(frozenset({0}))


def test_a_repeat_after_handing_in_is_still_saved(room: Room) -> None:
    attempt_id, uuid = room.start(), uuid4()
    room.reply(attempt_id, "single", ["0"], uuid)
    attempts.submit(actor_for(room.rep), attempt_id)
    assert room.reply(attempt_id, "single", ["0"], uuid).reply == Chosen(frozenset({0}))


def test_a_complete_attempt_is_handed_in_without_asking(room: Room) -> None:
    attempt_id, rep = room.start(), actor_for(room.rep)
    for key, values in list(RIGHT.items())[1:]:
        room.reply(attempt_id, key, values)
    assert not attempts.submit_when_complete(rep, attempt_id)
    room.reply(attempt_id, "single", ["1"])
    assert attempts.submit_when_complete(rep, attempt_id)
    assert not attempt(attempt_id).is_open


def test_a_number_that_cannot_be_read_is_asked_about_first(room: Room) -> None:
    attempt_id = room.start()
    for key, values in {**RIGHT, "numeric": ["mille"]}.items():
        room.reply(attempt_id, key, values)
    assert not attempts.submit_when_complete(actor_for(room.rep), attempt_id)


# Time


@pytest.fixture
def timed(room: Room) -> Room:
    room.publish(time_limit_minutes=15)
    return room


DEADLINE = NOW + timedelta(minutes=15)


def test_a_timed_attempt_has_a_deadline(timed: Room) -> None:
    assert attempt(timed.start()).deadline_at == DEADLINE


def test_a_reply_in_the_moment_of_grace_counts(timed: Room) -> None:
    attempt_id = timed.start()
    with clock.frozen_at(DEADLINE + timedelta(seconds=30)):
        timed.reply(attempt_id, "single", ["0"])
    assert "single" in attempt_rows.kept_replies(attempt_id)


def test_a_late_reply_is_refused_and_the_attempt_closed_with_what_was_saved(timed: Room) -> None:
    attempt_id = timed.start()
    timed.reply(attempt_id, "single", ["0"])
    with clock.frozen_at(DEADLINE + timedelta(seconds=31)), pytest.raises(AttemptClosed) as refused:
        timed.reply(attempt_id, "true-false", ["true"])
    assert refused.value.sentence == attempts.TIME_IS_UP
    row = attempt(attempt_id)
    assert (row.submitted_at, row.percent) == (DEADLINE, 20)
    assert list(attempt_rows.kept_replies(attempt_id)) == ["single"]


def test_handing_in_late_counts_what_was_saved(timed: Room) -> None:
    attempt_id = timed.start()
    timed.reply(attempt_id, "single", ["0"])
    with clock.frozen_at(DEADLINE + timedelta(days=1)):
        attempts.submit(actor_for(timed.rep), attempt_id)
    assert (attempt(attempt_id).submitted_at, attempt(attempt_id).percent) == (DEADLINE, 20)


def test_an_overdue_attempt_is_closed_when_looked_at(timed: Room) -> None:
    attempt_id = timed.start()
    with clock.frozen_at(DEADLINE + timedelta(seconds=31)):
        assert summary.open_attempts_of(timed.rep.id)[0].is_overdue
        assert not attempts.look(actor_for(timed.rep), attempt_id).is_open
    assert len(acts("quiz.submitted")) == 1


def test_starting_again_after_the_deadline_closes_the_old_attempt(timed: Room) -> None:
    first = timed.start()
    with clock.frozen_at(DEADLINE + timedelta(minutes=1)):
        second = timed.start()
    assert second != first
    assert not attempt(first).is_open
    assert attempt(second).is_open


# What the rooms above read


def test_the_best_percent_and_the_first_pass_stand(room: Room) -> None:
    for minutes, replies in enumerate((WRONG, RIGHT, {**RIGHT, "single": ["1"]})):
        with clock.frozen_at(NOW + timedelta(minutes=minutes)):
            room.take(replies)
    standing = summary.results_of([room.rep.id])[room.rep.id][QUIZ]
    assert standing == summary.QuizStanding(
        best_percent=100, attempts=3, passed_at=NOW + timedelta(minutes=1), last_at=NOW + timedelta(minutes=2)
    )


def test_rebuilding_the_results_gives_the_same_rows(room: Room) -> None:
    def rows() -> list[tuple[object, ...]]:
        columns = QuizResult.__table__.c
        return [tuple(row) for row in db.session.execute(select(*columns).order_by(columns.person_id))]

    for replies in (WRONG, RIGHT, WRONG):
        room.take(replies)
    other = make_person()
    attempts.submit(actor_for(other), attempts.start(actor_for(other), QUIZ))
    before = rows()
    projections.rebuild()
    assert rows() == before
    assert len(before) == 2


def test_open_attempts_say_how_far_they_are(room: Room) -> None:
    attempt_id = room.start()
    room.reply(attempt_id, "single", ["0"])
    (found,) = summary.open_attempts_of(room.rep.id)
    assert (found.id, found.quiz_id, found.answered, found.is_overdue) == (attempt_id, QUIZ, 1, False)
    attempts.submit(actor_for(room.rep), attempt_id)
    assert summary.open_attempts_of(room.rep.id) == []


def test_attempts_of_a_person_come_newest_first(room: Room) -> None:
    taken = []
    for minutes in range(3):
        with clock.frozen_at(NOW + timedelta(minutes=minutes)):
            taken.append(room.take(WRONG))
    assert [each.id for each in summary.attempts_of(room.rep.id)] == taken[::-1]
    assert [each.id for each in summary.attempts_of(room.rep.id, QUIZ, most=1)] == taken[2:]
    assert db.session.execute(select(func.count()).select_from(Attempt)).scalar() == 3
