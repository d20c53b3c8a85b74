"""Starting an attempt: what it asks is drawn, the revisions of its banks pinned, and its limits held by the server."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.actor import Actor
from app.activity import journal
from app.activity.journal import Act
from app.core import clock, ids, web
from app.core.database import db
from app.core.errors import Conflict
from app.library import catalogue
from app.library.catalogue import Entry
from app.quizzes import acts, papers
from app.quizzes.attempting import allowance, attempt_rows, closing, drawing
from app.quizzes.attempting.allowance import Allowance
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.attempting.drawing import Sheet, Source
from app.quizzes.documents import QuizFacts

TRIES = 3


class NothingToAsk(Conflict):
    """None of the banks that the quiz draws from has a question for it."""

    sentence = _l("This quiz has no question to ask at the moment. Its author has to be told.")


class NoAttemptLeft(Conflict):
    """Every attempt that the quiz allows has been started."""


class TooSoon(Conflict):
    """The pause after the last attempt is not over; `facts["again_at"]` is when it is."""


def start(actor: Actor, quiz_id: str) -> UUID:
    """The person's open attempt at a quiz: the one there is, else a new one on the revision they read, and commit.

    Raises NotFound, NothingToAsk, NoAttemptLeft, TooSoon.
    """
    quiz = catalogue.entry(quiz_id, "quiz")
    facts = papers.of(quiz.revision_id).facts
    for _ in range(TRIES):
        at = clock.now()
        deadline = at + timedelta(minutes=quiz.card.minutes) if quiz.card.timed else None
        sheet = _draw(quiz, facts)
        fresh = AttemptRow(ids.new(), actor.id, quiz_id, quiz.revision_id, at, deadline, None, None, None, None, sheet)
        if attempt_rows.add(fresh):
            _hold_limits(facts, fresh)
            _record(fresh)
            db.session.commit()
            return fresh.id
        there = attempt_rows.find_open(actor.id, quiz_id)
        # Nothing is written yet, and SQLite holds its lock since the refused row.
        db.session.rollback()
        if there is not None and closing.expire(there).is_open:
            return there.id
    raise Conflict(quiz=quiz_id)


def allowance_of(person_id: UUID, quiz: Entry) -> Allowance:
    """Whether a person may start a quiz once more. One statement, none for a quiz without limits."""
    facts = papers.of(quiz.revision_id).facts
    if facts.attempts is None and not facts.cooling_hours:
        return Allowance(None, None, True)
    return _allowance(facts, attempt_rows.taken(person_id, quiz.id), clock.now())


def _hold_limits(facts: QuizFacts, fresh: AttemptRow) -> None:
    """Look at the attempts there were only once the new one is written: as long as it stands open, uncommitted, nobody
    else can start one, so that two devices are counted one after the other."""
    if facts.attempts is None and not facts.cooling_hours:
        return
    taken = attempt_rows.taken(fresh.person_id, fresh.document_id)
    before = allowance.Taken(taken.started - 1, taken.last_end)
    allowed = _allowance(facts, before, fresh.started_at)
    if allowed.may_start:
        return
    db.session.rollback()
    if allowed.again_at is not None:
        raise TooSoon(_too_soon(allowed.again_at), again_at=allowed.again_at)
    raise NoAttemptLeft(_none_left(before.started), started=before.started)


def _allowance(facts: QuizFacts, taken: allowance.Taken, at: datetime) -> Allowance:
    return allowance.allowance(facts.attempts, timedelta(hours=facts.cooling_hours), taken, at)


def _too_soon(again_at: datetime) -> object:
    return _l("You can take this quiz again from %(when)s.", when=web.day_and_time(again_at))


def _none_left(started: int) -> str:
    return str(
        ngettext(
            "You have taken this quiz, and it can be taken once only.",
            "You have taken this quiz %(num)d times, and no attempt is left.",
            started,
        )
    )


def _draw(quiz: Entry, facts: QuizFacts) -> Sheet | None:
    """Raises NothingToAsk."""
    chance = random.Random(ids.new().int)  # noqa: S311 - the seed is secret, as the number of an id is
    sheet = drawing.draw(facts, _banks(quiz, facts), chance)
    if sheet is not None and not sheet["questions"]:
        raise NothingToAsk(quiz=quiz.id)
    return sheet


def _banks(quiz: Entry, facts: QuizFacts) -> dict[str, Source]:
    """The banks that the quiz draws from, as they are published, in its language where they have it."""
    current = catalogue.current()
    wanted = {section.bank for section in facts.sections if section.bank}
    found = (current.find(bank, quiz.language, "bank") for bank in sorted(wanted))
    return {entry.id: Source(entry.revision_id, papers.bank(entry.revision_id)) for entry in found if entry}


def _record(attempt: AttemptRow) -> None:
    act = Act(
        acts.STARTED,
        attempt.person_id,
        document_id=attempt.document_id,
        revision_id=attempt.revision_id,
        details={"attempt": str(attempt.id)},
    )
    journal.record(act)
