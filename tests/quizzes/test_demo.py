"""Demo attempts are real ones, made in the past."""

from datetime import timedelta

from app.quizzes import demo, summary
from tests.conftest import NOW
from tests.quizzes.conftest import QUIZ, Room


def test_a_demo_attempt_has_about_the_share_asked_for_and_its_own_day(room: Room) -> None:
    at = NOW - timedelta(days=9)
    for share in (1.0, 0.0):
        demo.make_attempt(room.rep.id, QUIZ, share, at)
    worst, best = sorted(summary.attempts_of(room.rep.id), key=lambda attempt: attempt.percent or 0)
    assert (best.percent, best.passed, worst.percent) == (100, True, 0)
    assert best.started_at == at
    assert best.submitted_at is not None
    assert at < best.submitted_at < at + timedelta(hours=1)
