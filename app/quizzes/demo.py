"""Attempts for the demo data: real ones, played through the use cases at a chosen moment of the past."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from app.accounts.actor import Actor, Role
from app.core import clock
from app.quizzes import attempts, demo_replies, papers
from app.quizzes.attempting import attempt_rows
from app.quizzes.papers import Paper
from app.quizzes.questions import FreeTextQuestion
from app.quizzes.scoring import rubric_scores

PACE = timedelta(seconds=25)


def make_attempt(person_id: UUID, quiz_id: str, share_right: float, at: datetime, written: str = "") -> UUID:
    """Start at `at`, answer every question with about this share of them right, hand in; the attempt's id.

    Which ones are right depends on the arguments alone, so the same demo is made each time; some questions are harder
    than others for everybody. `written` is what is answered in sentences, where that is asked for. Raises NotFound.
    """
    person = Actor(person_id, "", "", Role.REP)
    chance = random.Random(f"{person_id} {quiz_id} {at.isoformat()}")  # noqa: S311 - nothing secret here
    attempt_id, paper = _started(person, quiz_id, at)
    easiest = sorted(paper.questions, key=lambda each: _difficulty(each.key) + chance.random() / 2)
    right = {question.key for question in easiest[: round(paper.length * share_right)]}
    for place, question in enumerate(paper.questions):
        values = demo_replies.right(question) if question.key in right else demo_replies.wrong(question, chance)
        if written and isinstance(question, FreeTextQuestion):
            values = [written]
        with clock.frozen_at(at + PACE * (place + 1)):
            attempts.answer(person, attempt_id, question.key, values)
    with clock.frozen_at(at + PACE * (paper.length + 1)):
        attempts.submit(person, attempt_id)
    return attempt_id


def begin_attempt(person_id: UUID, quiz_id: str, answered: int, at: datetime) -> UUID:
    """Start at `at`, answer the first few questions rightly, and leave it there; the attempt's id. Raises NotFound."""
    person = Actor(person_id, "", "", Role.REP)
    attempt_id, paper = _started(person, quiz_id, at)
    for place, question in enumerate(paper.questions[:answered]):
        with clock.frozen_at(at + PACE * (place + 1)):
            attempts.answer(person, attempt_id, question.key, demo_replies.right(question))
    return attempt_id


def score_writing(manager: Actor, attempt_id: UUID, share: float, comment: str, at: datetime) -> None:
    """Give what was written in an attempt about this share of each criterion's points. Raises NotFound."""
    attempt = attempt_rows.find(attempt_id)
    assert attempt is not None  # noqa: S101 - it was handed in just before
    kept = attempt_rows.kept_replies(attempt_id)
    with clock.frozen_at(at):
        for question in rubric_scores.written(papers.of_attempt(attempt), kept):
            points = [round(criterion.points * share) for criterion in question.rubric]
            rubric_scores.score(manager, attempt_id, question.key, points, comment)


def _difficulty(key: str) -> float:
    return random.Random(key).random()  # noqa: S311 - nothing secret here


def _started(person: Actor, quiz_id: str, at: datetime) -> tuple[UUID, Paper]:
    with clock.frozen_at(at):
        attempt_id = attempts.start(person, quiz_id)
    attempt = attempt_rows.find(attempt_id)
    assert attempt is not None  # noqa: S101 - it was started just above
    return attempt_id, papers.of_attempt(attempt)
