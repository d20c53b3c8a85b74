"""The end of an attempt, in one place: claim it, grade it, keep the marks, record the act, tell the rooms above."""

import logging
from dataclasses import replace
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.activity import journal
from app.activity.journal import Act, Detail
from app.core import clock, rounds
from app.core.database import db
from app.core.errors import Conflict
from app.quizzes import acts, events
from app.quizzes.attempting import attempt_rows, closing_rows, marking
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.attempting.marking import Marked
from app.quizzes.questions import FreeTextQuestion
from app.quizzes.scoring import letters

MOST_A_ROUND = 500

log = logging.getLogger(__name__)


class AttemptClosed(Conflict):
    """The attempt takes no more replies. `facts["attempt"]` is its id."""

    sentence = _l("This attempt has been handed in: its replies no longer change.")


TIME_IS_UP = _l("The time is up. What had been saved before counts; this reply came too late.")


def close(attempt: AttemptRow) -> None:
    """Hand an attempt in, at its deadline when that has passed. Nothing when another request has claimed it.

    Where something written waits for a score, it has no result yet: see `finish`.
    """
    at = clock.now()
    if attempt.is_overdue(at) and attempt.deadline_at is not None:
        at = attempt.deadline_at
    if not closing_rows.claim(attempt.id, at):
        return
    claimed = replace(attempt, submitted_at=at)
    marked = marking.mark(claimed)
    if marked.result.unscored:
        _record(acts.HANDED_IN, claimed, {})
        letters.ask_to_tell_scorers(claimed)
    else:
        _keep(claimed, marked)
    events.attempt_closed.send(_told(claimed, marked))


def finish(attempt: AttemptRow) -> bool:
    """Once what was written in it is scored: grade it whole, keep its marks and record its result, at the moment it was
    handed in. Does not commit.

    False, and nothing done, while a text waits for its score, or when the attempt is open or has its result. Two people
    who score the last two texts at once do so one after the other, so that one of them finishes it.
    """
    held = attempt_rows.hold(attempt.id)
    if not held.is_unscored:
        return False
    marked = marking.mark(held)
    if marked.result.unscored:
        return False
    _keep(held, marked)
    return True


def expire(attempt: AttemptRow) -> AttemptRow:
    """The attempt; when its time is up it is closed first, with what had been saved, and committed."""
    if not attempt.is_overdue(clock.now()):
        return attempt
    close(attempt)
    db.session.commit()
    return attempt_rows.find(attempt.id) or attempt


@rounds.every("quizzes.overdue", timedelta(minutes=5))
def close_overdue() -> None:
    """Close what nobody looks at any more, so that it counts; the rest of a long list at the next round."""
    for attempt in closing_rows.overdue(clock.now(), MOST_A_ROUND):
        try:
            expire(attempt)
        except Exception:
            db.session.rollback()
            log.exception("the overdue attempt %s could not be closed", attempt.id)


def _keep(attempt: AttemptRow, marked: Marked) -> None:
    result = marked.result
    closing_rows.keep_result(attempt.id, result, marked.replies)
    details: dict[str, Detail] = {
        "mark": str(result.mark),
        "maximum": str(result.maximum),
        "percent": result.percent,
        "passed": result.passed,
    }
    _record(acts.SUBMITTED, attempt, details)


def _record(kind: str, attempt: AttemptRow, details: dict[str, Detail]) -> None:
    act = Act(
        kind,
        attempt.person_id,
        document_id=attempt.document_id,
        revision_id=attempt.revision_id,
        details={"attempt": str(attempt.id), **details},
        at=attempt.submitted_at,
    )
    journal.record(act)


def _told(attempt: AttemptRow, marked: Marked) -> events.AttemptClosed:
    shares = {
        question.key: marked.result.marks[question.key] / question.points
        for question in marked.paper.questions
        if not isinstance(question, FreeTextQuestion)
    }
    return events.AttemptClosed(
        attempt.id,
        attempt.person_id,
        attempt.document_id,
        attempt.started_at,
        attempt.submitted_at or clock.now(),
        shares,
    )
