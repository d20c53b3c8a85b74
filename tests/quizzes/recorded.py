"""Attempts with a result, written straight into the tables: statistics need many, and how they were taken is tested
elsewhere."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from app.accounts.models import Person
from app.core import clock, ids
from app.core.database import db
from app.library import catalogue
from app.quizzes import grading, papers, replies
from app.quizzes.models import Answer, Attempt
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed
from tests.factories import make_person

_minutes = count(1)

# Of the questions that tests/library_factories.py writes.
ALL_RIGHT: dict[str, Reply] = {
    "single": Chosen(frozenset({0})),
    "multiple": Chosen(frozenset({0, 1})),
    "true-false": Judged(True),
    "numeric": Typed("1026"),
    "short-answer": Typed("BATNA"),
}
ALL_WRONG: dict[str, Reply] = {
    "single": Chosen(frozenset({1})),
    "multiple": Chosen(frozenset({2})),
    "true-false": Judged(False),
    "numeric": Typed("12"),
    "short-answer": Typed("prix"),
}


def record(
    quiz_id: str, given: dict[str, Reply], *, by: Person | None = None, sheet: dict[str, Any] | None = None
) -> UUID:
    """An attempt at the published quiz, handed in after those before it. With a sheet, what it names was asked."""
    entry = catalogue.current().get(quiz_id, "fr", "quiz")
    asked = {question.key: question for question in papers.of(entry.revision_id).questions}
    if sheet is not None:
        for source in sheet.get("sources", {}).values():
            asked |= papers.bank(source)
        asked = {key: asked[key] for key in sheet["questions"]}
    result = grading.grade_all(list(asked.values()), given, 80)
    at = clock.now() + timedelta(minutes=next(_minutes))
    attempt = Attempt(
        id=ids.new(),
        person_id=(by or make_person()).id,
        document_id=quiz_id,
        revision_id=entry.revision_id,
        started_at=at,
        submitted_at=at,
        mark=str(result.mark),
        maximum=str(result.maximum),
        passed=result.passed,
        sheet=sheet,
    )
    db.session.add(attempt)
    db.session.flush()
    db.session.add_all(
        Answer(
            attempt_id=attempt.id,
            question_key=key,
            reply=replies.as_json(reply),
            saved_at=at,
            mark=str(result.marks[key]),
        )
        for key, reply in given.items()
    )
    db.session.commit()
    return attempt.id


__all__ = ["ALL_RIGHT", "ALL_WRONG", "Chosen", "Filled", "Judged", "Placed", "Typed", "record"]
