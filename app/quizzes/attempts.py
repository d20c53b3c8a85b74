"""Attempts: started, answered one reply at a time, submitted, or closed when their time is up.

An answer that `answer` returns from is on disk, with its act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select

from app.accounts import teams
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, PersonSubject, authorise
from app.activity import journal
from app.activity.journal import Act
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library import catalogue
from app.quizzes import acts, attempt_rows, grading, papers, replies
from app.quizzes.attempt_rows import AttemptRow
from app.quizzes.papers import Paper
from app.quizzes.questions import Question
from app.quizzes.replies import Reply

TRIES = 3


class AttemptClosed(Conflict):
    """The attempt takes no more replies. `facts["attempt"]` is its id."""

    sentence = _l("This attempt has been handed in: its replies no longer change.")


TIME_IS_UP = _l("The time is up. What had been saved before counts; this reply came too late.")
CHANGED_SINCE = _l("Another reply to this question was saved since, perhaps in another window. Reload the page.")


@dataclass(frozen=True)
class Saved:
    """What is on disk after an answer: the reply to this question of this paper, None when it was taken back."""

    paper: Paper
    question: Question
    reply: Reply | None


def start(actor: Actor, quiz_id: str) -> UUID:
    """The person's open attempt at a quiz: the one there is, else a new one on the revision they read, and commit.

    Raises NotFound.
    """
    quiz = catalogue.entry(quiz_id, "quiz")
    for _ in range(TRIES):
        at = clock.now()
        deadline = at + timedelta(minutes=quiz.card.minutes) if quiz.card.timed else None
        fresh = AttemptRow(ids.new(), actor.id, quiz_id, quiz.revision_id, at, deadline, None, None, None, None)
        if attempt_rows.add(fresh):
            _record(acts.STARTED, fresh, ids.new())
            db.session.commit()
            return fresh.id
        there = attempt_rows.find_open(actor.id, quiz_id)
        # Nothing is written yet, and SQLite holds its lock since the refused row.
        db.session.rollback()
        if there is not None and expire(there).is_open:
            return there.id
    raise Conflict(quiz=quiz_id)


def answer(actor: Actor, attempt_id: UUID, question_key: str, values: Sequence[str], uuid: UUID | None = None) -> Saved:
    """Save the reply that a form's values make, over the one before, and commit.

    `uuid` names this act of answering: sent again, it changes nothing. Values that make no reply take one back.
    Raises NotFound, WrongReply, AttemptClosed, and Conflict when a repeat arrives after another reply.
    """
    at = clock.now()
    attempt = _own(actor, attempt_id, hold=True)
    paper = papers.of_attempt(attempt)
    question = paper.question(question_key)
    if question is None:
        raise NotFound(question=question_key)
    reply = replies.parse(question, values)
    uuid = uuid or ids.new()
    if not attempt.is_open or attempt.is_overdue(at):
        _answer_too_late(attempt, question_key, reply, uuid)
    elif reply is None and attempt_rows.kept_reply(attempt_id, question_key) is None:
        db.session.rollback()  # nothing to take back, and nothing written
    elif not _record(acts.ANSWERED, attempt, uuid, question=question_key):
        _answer_again(attempt, question_key, reply, uuid)
    elif _keep(attempt, question_key, reply, at):
        db.session.commit()
    else:
        db.session.rollback()
        raise AttemptClosed(attempt=attempt_id)
    return Saved(paper, question, reply)


def submit(actor: Actor, attempt_id: UUID) -> None:
    """Hand an attempt in: grade it against its revision, and commit. A second time changes nothing. Raises NotFound."""
    attempt = _own(actor, attempt_id)
    if attempt.is_open:
        _close(attempt)
        db.session.commit()


def submit_when_complete(actor: Actor, attempt_id: UUID) -> bool:
    """Hand it in when every question has a reply that can be read; else leave it, and return False: the person is
    asked first. Raises NotFound."""
    attempt = _own(actor, attempt_id)
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


def expire(attempt: AttemptRow) -> AttemptRow:
    """The attempt; when its time is up it is closed first, with what had been saved, and committed."""
    if not attempt.is_overdue(clock.now()):
        return attempt
    _close(attempt)
    db.session.commit()
    return attempt_rows.find(attempt.id) or attempt


def _own(actor: Actor, attempt_id: UUID, *, hold: bool = False) -> AttemptRow:
    attempt = attempt_rows.find(attempt_id, hold=hold)
    if attempt is None:
        raise NotFound(attempt=attempt_id)
    authorise(actor, Action.USE_ATTEMPT, attempt.person_id)
    return attempt


def _keep(attempt: AttemptRow, question_key: str, reply: Reply | None, at: datetime) -> bool:
    if reply is None:
        return attempt_rows.take_back(attempt.id, question_key)
    return attempt_rows.keep_reply(attempt.id, question_key, reply, at)


def _close(attempt: AttemptRow) -> None:
    """Claim, grade, keep the marks, record the act. Nothing when another request has claimed it."""
    at = clock.now()
    if attempt.is_overdue(at) and attempt.deadline_at is not None:
        at = attempt.deadline_at
    if not attempt_rows.claim(attempt.id, at):
        return
    answered = attempt_rows.kept_replies(attempt.id)
    result = grading.grade_all(papers.of_attempt(attempt).facts, answered)
    attempt_rows.keep_result(attempt.id, result, answered)
    details: dict[str, journal.Detail] = {
        "attempt": str(attempt.id),
        "mark": str(result.mark),
        "maximum": str(result.maximum),
        "percent": result.percent,
        "passed": result.passed,
    }
    journal.record(
        Act(
            acts.SUBMITTED,
            attempt.person_id,
            document_id=attempt.document_id,
            revision_id=attempt.revision_id,
            details=details,
            at=at,
        )
    )


def _answer_too_late(attempt: AttemptRow, question_key: str, reply: Reply | None, uuid: UUID) -> None:
    """A repeat of what was saved in time is still saved; anything else is refused, and an overdue attempt closed."""
    db.session.rollback()  # let go of the attempt: closing it must not wait for ourselves
    expire(attempt)
    if not _act_was_this(attempt, question_key, uuid) or attempt_rows.kept_reply(attempt.id, question_key) != reply:
        raise AttemptClosed(TIME_IS_UP if attempt.is_open else None, attempt=attempt.id)


def _answer_again(attempt: AttemptRow, question_key: str, reply: Reply | None, uuid: UUID) -> None:
    """The act is recorded already. “Saved” is said only when this very reply is the one that is kept."""
    if not _act_was_this(attempt, question_key, uuid):
        raise InvalidInput(uuid=uuid)
    if attempt_rows.kept_reply(attempt.id, question_key) != reply:
        raise Conflict(CHANGED_SINCE, attempt=attempt.id)
    db.session.rollback()


def _record(kind: str, attempt: AttemptRow, uuid: UUID, **details: str) -> bool:
    act = Act(
        kind,
        attempt.person_id,
        document_id=attempt.document_id,
        revision_id=attempt.revision_id,
        details={"attempt": str(attempt.id), **details},
        uuid=uuid,
    )
    return journal.record(act)


_ACT = select(Activity.person_id, Activity.kind, Activity.details).where(Activity.uuid == bindparam("uuid"))


def _act_was_this(attempt: AttemptRow, question_key: str, uuid: UUID) -> bool:
    """Whether the act of this name is an answer to this question of this attempt, not something else's."""
    act = db.session.execute(_ACT, {"uuid": uuid}).one_or_none()
    answered = {"attempt": str(attempt.id), "question": question_key}
    return act is not None and (act.person_id, act.kind, act.details) == (
        attempt.person_id,
        acts.ANSWERED,
        answered,
    )
