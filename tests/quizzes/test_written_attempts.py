"""Attempts with something written in them: handed in without a result, which comes with the last score."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from blinker import Namespace
from sqlalchemy import insert

from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.library import catalogue
from app.quizzes import attempts, events, summary
from app.quizzes.attempting import attempt_rows, closing
from app.quizzes.documents import QuizCard
from app.quizzes.models import TextScore
from tests.conftest import NOW
from tests.factories import actor_for
from tests.library_factories import questions
from tests.quizzes.conftest import QUIZ, Room
from tests.quizzes.question_factories import written_question


def written(key: str, points: int = 3) -> dict[str, object]:
    return written_question("free_text", key=key, read_again=questions()[0]["read_again"], points=points)


@pytest.fixture
def room_of_texts(room: Room) -> Room:
    room.publish(questions=[questions()[0], written("t1"), written("t2")], pass_mark=50)
    return room


def acts_of(attempt_id: UUID) -> list[tuple[str, object]]:
    rows = db.session.query(Activity).order_by(Activity.sequence).all()
    return [(row.kind, row.at) for row in rows if row.kind in ("quiz.submitted", "quiz.handed_in")]


def give(room: Room, attempt_id: UUID, key: str, *points: int) -> None:
    values = {"attempt_id": attempt_id, "question_key": key, "points": list(points), "maximum": 3}
    db.session.execute(insert(TextScore).values(**values, comment="", scored_by=room.rep.id, scored_at=NOW))


def row(attempt_id: UUID) -> attempt_rows.AttemptRow:
    found = attempt_rows.find(attempt_id)
    assert found is not None
    return found


def test_it_waits_for_its_scores_and_counts_for_nothing_meanwhile(room_of_texts: Room) -> None:
    attempt_id = room_of_texts.take({"single": ["0"], "t1": ["Si je comprends bien"]})
    found = row(attempt_id)
    assert (found.is_unscored, found.is_open, found.mark, found.passed, found.percent) == (
        True,
        False,
        None,
        None,
        None,
    )
    assert acts_of(attempt_id) == [("quiz.handed_in", NOW)]
    assert summary.results_of([room_of_texts.rep.id])[room_of_texts.rep.id] == {}
    assert not closing.finish(found)


def test_one_left_empty_needs_no_score(room_of_texts: Room) -> None:
    attempt_id = room_of_texts.take({"single": ["0"]})
    assert row(attempt_id).mark == 1
    assert [kind for kind, _ in acts_of(attempt_id)] == ["quiz.submitted"]


def test_with_the_last_score_the_result_stands_at_the_moment_it_was_handed_in(room_of_texts: Room) -> None:
    attempt_id = room_of_texts.take({"single": ["0"], "t1": ["Un"], "t2": ["Deux"]})
    with clock.frozen_at(NOW + timedelta(days=2)):
        give(room_of_texts, attempt_id, "t1", 2, 0)
        assert not closing.finish(row(attempt_id))
        give(room_of_texts, attempt_id, "t2", 2, 1)
        assert closing.finish(row(attempt_id))
        assert not closing.finish(row(attempt_id))
        db.session.commit()
    found = row(attempt_id)
    assert (found.mark, found.maximum, found.passed) == (Fraction(6), Fraction(7), True)
    assert acts_of(attempt_id) == [("quiz.handed_in", NOW), ("quiz.submitted", NOW)]
    standing = summary.results_of([room_of_texts.rep.id])[room_of_texts.rep.id][QUIZ]
    assert (standing.best_percent, standing.passed_at, standing.attempts) == (85, NOW, 1)


def test_another_attempt_may_be_started_while_one_waits(room_of_texts: Room) -> None:
    first = room_of_texts.take({"t1": ["Un"]})
    assert room_of_texts.start() != first


def test_what_was_earned_without_the_texts_is_told_at_once(
    room_of_texts: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[events.AttemptClosed] = []
    signal = Namespace().signal("attempt_closed")
    signal.connect(told.append, weak=False)
    monkeypatch.setattr(events, "attempt_closed", signal)
    attempt_id = room_of_texts.take({"single": ["0"], "t1": ["Un"]})
    attempts.submit(actor_for(room_of_texts.rep), attempt_id)
    (closed,) = told
    assert (closed.attempt_id, closed.person_id, closed.document_id) == (attempt_id, room_of_texts.rep.id, QUIZ)
    assert (closed.at, dict(closed.questions)) == (NOW, {"single": Fraction(1)})


def test_the_minutes_of_a_quiz_count_the_time_to_write(room: Room) -> None:
    asked = written_question("free_text", key="text", read_again=questions()[0]["read_again"], most_words=160)
    room.publish(questions=[asked])
    entry = catalogue.current().find(QUIZ, "fr")
    assert entry is not None
    assert isinstance(entry.card, QuizCard)
    assert entry.card.minutes == 9
