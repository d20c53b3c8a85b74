"""Demo attempts are real ones, made in the past, whatever the types of the questions."""

import random
from datetime import timedelta
from fractions import Fraction

from app.accounts.actor import Role
from app.quizzes import demo, demo_replies, grading, replies, summary
from app.quizzes.attempting import attempt_rows
from tests.conftest import NOW
from tests.factories import actor_for, make_person
from tests.quizzes.conftest import QUIZ, Room
from tests.quizzes.every_type import every_question, question
from tests.quizzes.question_factories import QUESTION


def test_a_demo_attempt_has_about_the_share_asked_for_and_its_own_day(room: Room) -> None:
    at = NOW - timedelta(days=9)
    for share in (1.0, 0.0):
        demo.make_attempt(room.rep.id, QUIZ, share, at)
    worst, best = sorted(summary.attempts_of(room.rep.id), key=lambda attempt: attempt.percent or 0)
    assert (best.percent, best.passed, worst.percent) == (100, True, 0)
    assert best.started_at == at
    assert best.submitted_at is not None
    assert at < best.submitted_at < at + timedelta(hours=1)


def test_right_replies_earn_everything_and_wrong_ones_nothing_for_every_type() -> None:
    chance = random.Random(3)
    for each in every_question():
        if each["type"] in ("calculated", "free_text"):
            continue
        asked = QUESTION.validate_python(each)
        right = replies.parse(asked, demo_replies.right(asked))
        assert grading.share(asked, right) == 1, asked.type
        for _ in range(20):
            wrong = replies.parse(asked, demo_replies.wrong(asked, chance))
            assert grading.share(asked, wrong) == Fraction(0), asked.type


def test_an_attempt_with_sentences_waits_and_counts_once_it_is_scored(room: Room) -> None:
    room.publish(questions=[question("free_text"), question("calculated"), question("gaps")])
    at = NOW - timedelta(days=9)
    attempt_id = demo.make_attempt(room.rep.id, QUIZ, 1.0, at, "Jeudi, 9 heures.")
    attempt = attempt_rows.find(attempt_id)
    assert attempt is not None
    assert attempt.is_unscored
    administrator = actor_for(make_person(role=Role.ADMINISTRATOR))
    demo.score_writing(administrator, attempt_id, 1.0, "Bien.", at + timedelta(days=1))
    scored = attempt_rows.find(attempt_id)
    assert scored is not None
    assert (scored.is_unscored, scored.mark, scored.passed) == (False, 3, True)


def test_a_demo_attempt_draws_from_a_bank(room: Room) -> None:
    room.publish_bank(every_question()[:5])
    room.publish(questions=[], sections=[{"title": "Tout", "bank": "banque-prix", "draw": 4}])
    demo.make_attempt(room.rep.id, QUIZ, 0.5, NOW - timedelta(days=1))
    (attempt,) = summary.attempts_of(room.rep.id)
    assert attempt.percent == 50
