"""The projection of results: how a person stands on a quiz, made from the attempts they submitted."""

from sqlalchemy import case

from app.activity import projections
from app.activity.projections import Entry
from app.core.database import db, insert, table_of
from app.quizzes.acts import SUBMITTED
from app.quizzes.models import QuizResult


@projections.project(QuizResult, SUBMITTED)
def _advance(entry: Entry) -> None:
    """One attempt more. The best percent and the first pass count, in whatever order the acts arrive."""
    kept, percent = table_of(QuizResult).c, entry.details["percent"]
    passed_at = entry.at if entry.details["passed"] else None
    statement = insert(table_of(QuizResult)).values(
        person_id=entry.person_id,
        document_id=entry.document_id,
        attempts=1,
        best_percent=percent,
        passed_at=passed_at,
        last_at=entry.at,
    )
    new = statement.excluded
    first_pass = case(
        (kept.passed_at.is_(None), new.passed_at),
        (new.passed_at.is_(None), kept.passed_at),
        (new.passed_at < kept.passed_at, new.passed_at),
        else_=kept.passed_at,
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "document_id"],
            set_={
                "attempts": kept.attempts + 1,
                "best_percent": case((new.best_percent > kept.best_percent, new.best_percent), else_=kept.best_percent),
                "passed_at": first_pass,
                "last_at": case((new.last_at > kept.last_at, new.last_at), else_=kept.last_at),
            },
        )
    )
