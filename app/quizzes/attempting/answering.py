"""What happens within an open attempt: replies saved one at a time, hints taken, replies checked at once.

An answer that `answer` returns from is on disk, with its act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select

from app.accounts.actor import Actor
from app.activity import journal
from app.activity.journal import Act
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.quizzes import acts, arrangement, grading, papers, replies
from app.quizzes.attempting import attempt_rows, help_rows
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.attempting.closing import TIME_IS_UP, AttemptClosed, expire
from app.quizzes.attempting.ownership import own
from app.quizzes.papers import Paper
from app.quizzes.questions import FreeTextQuestion, Question
from app.quizzes.replies import Reply

CHANGED_SINCE = _l("Another reply to this question was saved since, perhaps in another window. Reload the page.")
NOTHING_TO_CHECK = _l("There is no complete reply to check yet. Answer the question first.")


class AlreadyChecked(Conflict):
    """The reply was checked, and what is right may have been read."""

    sentence = _l("This reply has been checked, so it no longer changes. Reload the page and go on.")


@dataclass(frozen=True)
class Saved:
    """What is on disk after an answer: the reply to this question of this paper, None when it was taken back."""

    paper: Paper
    question: Question
    reply: Reply | None


def answer(
    actor: Actor,
    attempt_id: UUID,
    question_key: str,
    values: Sequence[str],
    uuid: UUID | None = None,
    *,
    as_shown: bool = False,
) -> Saved:
    """Save the reply that a form's values make, over the one before, and commit.

    The values name options and items by their place in the file, or, `as_shown`, by their number on the page. `uuid`
    names this act of answering: sent again, it changes nothing. Values that make no reply take one back.
    Raises NotFound, WrongReply, AttemptClosed, AlreadyChecked, and Conflict when a repeat arrives after another reply.
    """
    at = clock.now()
    attempt = own(actor, attempt_id, hold=True)
    paper, question = _asked(attempt, question_key)
    if as_shown:
        values = arrangement.in_file(question, paper.order_of(question), values)
    reply = replies.parse(question, values)
    uuid = uuid or ids.new()
    if not attempt.is_open or attempt.is_overdue(at):
        _answer_too_late(attempt, question_key, reply, uuid)
    elif reply is None and attempt_rows.kept_reply(attempt_id, question_key) is None:
        db.session.rollback()  # nothing to take back, and nothing written
    elif not _record(attempt, uuid, question_key):
        _answer_again(attempt, question_key, reply, uuid)
    elif _keep(attempt, question_key, reply, at):
        db.session.commit()
    else:
        raise _refused(attempt, question_key)
    return Saved(paper, question, reply)


def take_hint(actor: Actor, attempt_id: UUID, question_key: str, number: int) -> int:
    """Take the hint of this number, from 1, of a question, and commit; how many are taken now.

    One taken already is not taken twice, whoever asks again. Hints come in order. Raises NotFound for one that the
    question does not have, InvalidInput for one whose turn has not come, AttemptClosed, AlreadyChecked.
    """
    at = clock.now()
    attempt = own(actor, attempt_id, hold=True)
    _, question = _asked(attempt, question_key)
    if not 1 <= number <= len(question.hints):
        raise NotFound(question=question_key, hint=number)
    _refuse_when_over(attempt, at)
    taken = help_rows.hints_taken(attempt_id).get(question_key, 0)
    if number > taken + 1:
        raise InvalidInput(hint=number, taken=taken)
    if number > taken:
        if not help_rows.keep_hint(attempt_id, question_key, number):
            raise _refused(attempt, question_key)
        taken = number
    db.session.commit()
    return taken


def check(actor: Actor, attempt_id: UUID, question_key: str) -> Saved:
    """Freeze a saved reply, in a quiz that says at once whether it is right, and commit: it no longer changes.

    The reply that comes back is the one that was kept. Checking again changes nothing. Raises NotFound (also for a quiz
    that says nothing at once, and for a free text), InvalidInput without a complete reply, AttemptClosed.
    """
    at = clock.now()
    attempt = own(actor, attempt_id, hold=True)
    paper, question = _asked(attempt, question_key)
    if paper.facts.show_feedback != "at_once" or isinstance(question, FreeTextQuestion):
        raise NotFound(question=question_key)
    _refuse_when_over(attempt, at)
    reply = help_rows.freeze(attempt_id, question_key, at)
    if reply is None:
        db.session.rollback()
        if question_key in help_rows.checked(attempt_id):
            return Saved(paper, question, attempt_rows.kept_reply(attempt_id, question_key))
        if not own(actor, attempt_id).is_open:
            raise AttemptClosed(attempt=attempt_id)
    if not grading.is_readable(question, reply):
        db.session.rollback()
        raise InvalidInput(NOTHING_TO_CHECK, question=question_key)
    db.session.commit()
    return Saved(paper, question, reply)


def _asked(attempt: AttemptRow, question_key: str) -> tuple[Paper, Question]:
    paper = papers.of_attempt(attempt)
    question = paper.question(question_key)
    if question is None:
        raise NotFound(question=question_key)
    return paper, question


def _refuse_when_over(attempt: AttemptRow, at: datetime) -> None:
    """Raises AttemptClosed; an attempt whose time is up is closed."""
    if attempt.is_open and not attempt.is_overdue(at):
        return
    db.session.rollback()  # let go of the attempt: closing it must not wait for ourselves
    expire(attempt)
    raise AttemptClosed(TIME_IS_UP if attempt.is_open else None, attempt=attempt.id)


def _refused(attempt: AttemptRow, question_key: str) -> Conflict:
    """Why nothing could be written."""
    db.session.rollback()
    if question_key in help_rows.checked(attempt.id):
        return AlreadyChecked(attempt=attempt.id, question=question_key)
    return AttemptClosed(attempt=attempt.id)


def _keep(attempt: AttemptRow, question_key: str, reply: Reply | None, at: datetime) -> bool:
    if reply is None:
        return attempt_rows.take_back(attempt.id, question_key)
    return attempt_rows.keep_reply(attempt.id, question_key, reply, at)


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


def _record(attempt: AttemptRow, uuid: UUID, question_key: str) -> bool:
    act = Act(
        acts.ANSWERED,
        attempt.person_id,
        document_id=attempt.document_id,
        revision_id=attempt.revision_id,
        details={"attempt": str(attempt.id), "question": question_key},
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
