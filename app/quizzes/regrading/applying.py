"""Regrading: attempts graded by earlier questions get the result that the published ones give, beside their first.

Whoever applies a regrading has seen what it does: anything that changes it meanwhile shows it to them again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core import clock, outbox
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.library import catalogue, publishing
from app.library.catalogue import Entry
from app.quizzes.regrading import letters, plan, regraded_rows
from app.quizzes.regrading.plan import Seen, Target
from app.quizzes.regrading.regraded_rows import Regraded

CHANGED_SINCE = _l(
    "The attempts or the questions changed since this page was shown. Here is what a regrading does now."
)
NOTHING_TO_DO = _l("Nothing is left to grade again: every attempt counts by the published questions.")


class Outdated(Conflict):
    """What would be applied is not what was shown."""

    sentence = CHANGED_SINCE


@dataclass(frozen=True)
class Applied:
    """What a regrading did: how many attempts it graded again, how many have another result, and how many moved."""

    attempts: int
    changed: int
    up: int
    down: int


@dataclass
class Tally:
    """Counts what a regrading does, and names it: two that do the same have one fingerprint."""

    attempts: int = 0
    changed: int = 0
    up: int = 0
    down: int = 0

    def __post_init__(self) -> None:
        self._digest = hashlib.sha256()

    def begin(self, target: Target) -> None:
        """What it is graded by."""
        self._digest.update(repr((target.revision_id, target.leave_out)).encode())

    def add(self, each: Regraded) -> None:
        """One more attempt."""
        self.attempts += 1
        self.changed += each.has_changed
        self.up += each.has_moved and each.after.passed
        self.down += each.has_moved and not each.after.passed
        told = (each.attempt.id, each.before, each.after, sorted(each.marks.items()), each.sheet)
        self._digest.update(repr(told).encode())

    @property
    def fingerprint(self) -> str:
        """Of all that was added."""
        return self._digest.hexdigest()[:32]


def quiz_of(quiz_id: str, language: str) -> Entry:
    """The quiz as it is published in a language. Raises NotFound."""
    for entry in catalogue.current().editions(quiz_id):
        if entry.kind.name == "quiz" and entry.language == language:
            return entry
    raise NotFound(document=quiz_id, language=language)


def target_of(quiz: Entry, *, leave_out: bool) -> Target:
    """What grades attempts at a quiz from now on: it and the banks, as they are published in its language."""
    current = catalogue.current()
    banks = (current.find(each.id, quiz.language, "bank") for each in current.editions_of_kind("bank"))
    known = {bank.id: bank.revision_id for bank in banks if bank}
    return Target(quiz.id, quiz.language, quiz.revision_id, known, leave_out)


def apply(
    actor: Actor | None, quiz_id: str, language: str, regrading_id: UUID, fingerprint: str, *, leave_out: bool = False
) -> Applied:
    """Grade again what a preview with this fingerprint showed, tell who moved, and commit. Nobody for the command line.

    `regrading_id` was made by the page, so that a second click changes nothing. Raises Forbidden, NotFound; Outdated
    when it would do something else than what was shown.
    """
    if actor is not None:
        authorise(actor, Action.WRITE_LIBRARY)
    quiz = quiz_of(quiz_id, language)
    target, tally = target_of(quiz, leave_out=leave_out), Tally()
    by = actor.id if actor else None
    if not regraded_rows.begin(regrading_id, quiz_id, quiz.revision_id, by, clock.now()):
        db.session.rollback()
        return _done(regrading_id)
    if catalogue.current().generation != publishing.newest_generation():
        db.session.rollback()
        raise Outdated
    tally.begin(target)
    for batch in plan.regraded(target, Seen(), hold=True):
        for each in batch:
            tally.add(each)
        regraded_rows.keep(regrading_id, quiz_id, quiz.revision_id, batch)
    if tally.attempts == 0 or tally.fingerprint != fingerprint:
        db.session.rollback()
        raise Outdated(None if tally.attempts else NOTHING_TO_DO)
    if tally.up or tally.down:
        outbox.put(letters.KIND, {"regrading": str(regrading_id)})
    db.session.commit()
    return Applied(tally.attempts, tally.changed, tally.up, tally.down)


def _done(regrading_id: UUID) -> Applied:
    counts: Mapping[str, int] = regraded_rows.counts_of(regrading_id)
    return Applied(counts["changed"], counts["changed"], counts["up"], counts["down"])
