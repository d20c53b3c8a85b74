"""Whether attempts at a quiz were graded by earlier questions than the published ones: said where its author looks."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy import bindparam, func, or_, select

from app.core.database import db, table_of
from app.library.catalogue import Entry
from app.library.models import Revision
from app.quizzes import papers
from app.quizzes.models import Attempt, ChangedQuestion, Regrading
from app.quizzes.papers import Paper
from app.quizzes.regrading.changes import counts_alike

_attempt, _changed, _regrading = table_of(Attempt), table_of(ChangedQuestion), table_of(Regrading)
_REVISIONS = select(Revision.id).where(
    Revision.document_id == bindparam("quiz_id"), Revision.language == bindparam("language")
)
_graded_by = func.coalesce(_attempt.c.revised_revision_id, _attempt.c.revision_id)
_GRADED_BY = (
    select(_graded_by.label("revision_id"), func.count().label("attempts"))
    .where(
        _attempt.c.document_id == bindparam("quiz_id"),
        _attempt.c.mark.is_not(None),
        _attempt.c.revision_id.in_(_REVISIONS),
    )
    .group_by(_graded_by)
)
_last_regrading = (
    select(func.max(_regrading.c.at)).where(_regrading.c.document_id == bindparam("quiz_id")).scalar_subquery()
)
_last_change = (
    select(func.max(_changed.c.changed_at))
    .where(_changed.c.document_id.in_(bindparam("banks", expanding=True)), _changed.c.language == bindparam("language"))
    .scalar_subquery()
)
_DRAWN_BEFORE = select(func.count()).where(
    _attempt.c.document_id == bindparam("quiz_id"),
    _attempt.c.mark.is_not(None),
    _attempt.c.sheet.is_not(None),
    _attempt.c.revision_id.in_(_REVISIONS),
    _attempt.c.started_at < _last_change,
    or_(_last_regrading.is_(None), _last_regrading < _last_change),
)


def outdated(quiz: Entry) -> int:
    """How many attempts were graded by questions that ask something else, take something else for right or pay
    otherwise than the published ones. Of what banks hold, only that a question changed in substance is looked at.

    Two statements at most, once the revisions are in memory.
    """
    known = {"quiz_id": quiz.id, "language": quiz.language}
    published = papers.of(quiz.revision_id)
    rows = db.session.execute(_GRADED_BY, known).all()
    by_quiz: int = sum(row.attempts for row in rows if _differs(papers.of(row.revision_id), published))
    banks = [section.bank for section in published.facts.sections if section.bank]
    by_banks: int = db.session.execute(_DRAWN_BEFORE, {**known, "banks": banks}).scalar_one() if banks else 0
    return max(by_quiz, by_banks)


def on_document(entry: Entry | None) -> Markup | None:
    """For the slot `library_document`: the way to the regrading, when there is something to grade again."""
    if entry is None or entry.kind.name != "quiz":
        return None
    attempts = outdated(entry)
    if not attempts:
        return None
    return Markup(render_template("quizzes/_regrading_notice.html", quiz=entry, attempts=attempts))  # noqa: S704 - escaped


def _differs(graded_by: Paper, published: Paper) -> bool:
    return any(
        now is not None and not counts_alike(question, now)
        for question in graded_by.facts.questions
        for now in (published.question(question.key),)
    )
