"""A score corrected after the result was known: the attempt is graded again, and keeps its first result."""

from app.accounts.actor import Actor
from app.core import clock, ids
from app.quizzes import grading
from app.quizzes.attempting import attempt_rows, marking
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.questions import FreeTextQuestion
from app.quizzes.regrading import regraded_rows
from app.quizzes.regrading.regraded_rows import Regraded, Standing


def correct(actor: Actor, attempt: AttemptRow) -> bool:
    """Part of scoring, which holds the attempt and commits: give it the result that its texts make as they are scored
    now; False when that is the one it has. Everything else keeps its mark."""
    before = Standing.before(attempt)
    marked, was = marking.mark(attempt), attempt_rows.kept_marks(attempt.id)
    texts = [each.key for each in marked.paper.questions if isinstance(each, FreeTextQuestion) and each.key in was]
    changed = {key: mark for key in texts if (mark := marked.result.marks[key]) != was[key]}
    if not changed:
        return False
    gained = sum((mark - was[key] for key, mark in changed.items()), grading.NOTHING)
    after = Standing.of(before.mark + gained, before.maximum, marked.result.pass_mark)
    graded_by, regrading_id = attempt.regraded_by or attempt.revision_id, ids.new()
    regraded_rows.begin(regrading_id, attempt.document_id, graded_by, actor.id, clock.now())
    regraded = Regraded(attempt, before, after, changed, attempt.revised_sheet)
    regraded_rows.keep(regrading_id, attempt.document_id, graded_by, [regraded])
    return True
