"""Attempts: started (`starting.py`), answered one reply at a time (`answering.py`), submitted, or closed when their
time is up (`closing.py`). What pages and other rooms do with an attempt, they do from here."""

from uuid import UUID

from app.accounts import teams
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, PersonSubject, authorise
from app.core.database import db
from app.core.errors import NotFound
from app.quizzes import grading, papers
from app.quizzes.attempting import attempt_rows, closing
from app.quizzes.attempting.answering import CHANGED_SINCE, AlreadyChecked, Saved, answer, check, take_hint
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.attempting.closing import TIME_IS_UP, AttemptClosed, expire
from app.quizzes.attempting.ownership import own
from app.quizzes.attempting.starting import NoAttemptLeft, NothingToAsk, TooSoon, allowance_of, start

__all__ = [
    "CHANGED_SINCE",
    "TIME_IS_UP",
    "AlreadyChecked",
    "AttemptClosed",
    "NoAttemptLeft",
    "NothingToAsk",
    "Saved",
    "TooSoon",
    "allowance_of",
    "answer",
    "check",
    "expire",
    "look",
    "start",
    "submit",
    "submit_when_complete",
    "take_hint",
]


def submit(actor: Actor, attempt_id: UUID) -> None:
    """Hand an attempt in: grade it against its revision, and commit. A second time changes nothing. Raises NotFound."""
    attempt = own(actor, attempt_id)
    if attempt.is_open:
        closing.close(attempt)
        db.session.commit()


def submit_when_complete(actor: Actor, attempt_id: UUID) -> bool:
    """Hand it in when every question has a reply that can be read; else leave it, and return False: the person is
    asked first. Raises NotFound."""
    attempt = own(actor, attempt_id)
    kept = attempt_rows.kept_replies(attempt_id)
    questions = papers.of_attempt(attempt).questions
    if attempt.is_open and not all(grading.is_readable(question, kept.get(question.key)) for question in questions):
        return False
    submit(actor, attempt_id)
    return True


def look(actor: Actor, attempt_id: UUID) -> AttemptRow:
    """An attempt that the actor may see: their own, or one of somebody they lead; closed if its time is up.

    Raises NotFound.
    """
    attempt = attempt_rows.find(attempt_id)
    if attempt is None:
        raise NotFound(attempt=attempt_id)
    is_own = attempt.person_id == actor.id
    subject = PersonSubject(actor.id, frozenset()) if is_own else teams.subject_of(attempt.person_id)
    authorise(actor, Action.SEE_ATTEMPT, subject)
    return expire(attempt)
