"""Attempts for the demo data: real ones, played through the use cases at a chosen moment of the past."""

import random
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from app.accounts.actor import Actor, Role
from app.core import clock
from app.quizzes import attempt_rows, attempts, grading, papers
from app.quizzes.questions import (
    MultipleQuestion,
    NumericQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)

PACE = timedelta(seconds=25)


def make_attempt(person_id: UUID, quiz_id: str, share_right: float, at: datetime) -> UUID:
    """Start at `at`, answer every question with about this share of them right, hand in; the attempt's id.

    Which ones are right depends on the arguments alone, so the same demo is made each time. Raises NotFound.
    """
    person = Actor(person_id, "", "", Role.REP)
    chance = random.Random(f"{person_id} {quiz_id} {at.isoformat()}")  # noqa: S311 - nothing secret here
    with clock.frozen_at(at):
        attempt_id = attempts.start(person, quiz_id)
    attempt = attempt_rows.find(attempt_id)
    assert attempt is not None  # noqa: S101 - it was started just above
    questions = papers.of_attempt(attempt).questions
    right = set(chance.sample(range(len(questions)), round(len(questions) * share_right)))
    for place, question in enumerate(questions):
        with clock.frozen_at(at + PACE * (place + 1)):
            values = _right(question) if place in right else _wrong(question, chance)
            attempts.answer(person, attempt_id, question.key, values)
    with clock.frozen_at(at + PACE * (len(questions) + 1)):
        attempts.submit(person, attempt_id)
    return attempt_id


def begin_attempt(person_id: UUID, quiz_id: str, answered: int, at: datetime) -> UUID:
    """Start at `at`, answer the first few questions rightly, and leave it there; the attempt's id. Raises NotFound."""
    person = Actor(person_id, "", "", Role.REP)
    with clock.frozen_at(at):
        attempt_id = attempts.start(person, quiz_id)
    attempt = attempt_rows.find(attempt_id)
    assert attempt is not None  # noqa: S101 - it was started just above
    for place, question in enumerate(papers.of_attempt(attempt).questions[:answered]):
        with clock.frozen_at(at + PACE * (place + 1)):
            attempts.answer(person, attempt_id, question.key, _right(question))
    return attempt_id


def _right(question: Question) -> list[str]:
    match question:
        case SingleQuestion() | MultipleQuestion():
            return [str(place) for place in sorted(grading.right_options(question))]
        case TrueFalseQuestion():
            return ["true" if question.answer else "false"]
        case NumericQuestion():
            return [str(question.value).replace(".", ",")]
        case ShortAnswerQuestion():
            return [question.accepted[0]]


def _wrong(question: Question, chance: random.Random) -> list[str]:
    match question:
        case SingleQuestion() | MultipleQuestion():
            wrong = set(range(len(question.options))) - grading.right_options(question)
            return [str(chance.choice(sorted(wrong)))]
        case TrueFalseQuestion():
            return ["false" if question.answer else "true"]
        case NumericQuestion():
            missed = Fraction(question.value) + Fraction(question.tolerance) + chance.randint(2, 9)
            return [f"{float(missed):.10g}".replace(".", ",")]
        case ShortAnswerQuestion():
            return ["je ne sais plus"]
