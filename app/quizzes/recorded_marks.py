"""The marks of recorded attempts, for the statistics of a quiz: one attempt a person, all on the same questions."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from app.core.database import db, table_of
from app.library import catalogue
from app.library.models import Revision
from app.quizzes import item_statistics, papers
from app.quizzes.documents import QuizFacts
from app.quizzes.item_statistics import Marks
from app.quizzes.models import Answer, Attempt

FIRST, BEST = "first", "best"

_attempt, _answer = table_of(Attempt), table_of(Answer)
_ATTEMPTS = (
    select(_attempt.c.id, _attempt.c.person_id, _attempt.c.revision_id, _attempt.c.mark)
    .where(_attempt.c.document_id == bindparam("quiz_id"), _attempt.c.mark.is_not(None))
    .order_by(_attempt.c.submitted_at, _attempt.c.id)
)
_ANSWERS = (
    select(_answer.c.attempt_id, _answer.c.question_key, _answer.c.mark)
    .join(_attempt, _attempt.c.id == _answer.c.attempt_id)
    .where(_attempt.c.document_id == bindparam("quiz_id"), _attempt.c.mark.is_not(None))
)
_REVISIONS = select(Revision.id, Revision.number, Revision.language).where(Revision.document_id == bindparam("quiz_id"))


@dataclass(frozen=True)
class Recorded:
    """The marks of a quiz; `guesses` are the random guess scores of its questions, `left_out` how many attempts were on
    a revision that asks something else."""

    marks: Marks
    guesses: dict[str, Fraction | None]
    left_out: int


def of(quiz_id: str, *, which: str = FIRST, revision: int | None = None) -> Recorded | None:
    """The marks of a quiz as it is published, or as it was at a revision; None when there is no such revision.

    An attempt counts when its revision asks and pays the same, whatever the words around. Of each person, the first
    attempt counts that was handed in, or the best one. Three statements, and one more for each revision that was taken.
    Raises NotFound.
    """
    entry = catalogue.entry(quiz_id, "quiz")
    wanted = entry.revision_id
    if revision is not None:
        rows = db.session.execute(_REVISIONS, {"quiz_id": quiz_id}).all()
        numbered = [row.id for row in rows if row.number == revision and row.language == entry.language]
        if not numbered:
            return None
        wanted = numbered[0]
    facts = papers.of(wanted).facts
    attempts = db.session.execute(_ATTEMPTS, {"quiz_id": quiz_id}).all()
    asked = _what_is_asked(facts)
    comparable = {
        each: _what_is_asked(papers.of(each).facts) == asked for each in {row.revision_id for row in attempts}
    }
    chosen = _one_a_person([row for row in attempts if comparable[row.revision_id]], which)
    given = _marks_of(quiz_id, chosen)
    maxima = {question.key: Fraction(question.points) for question in facts.questions}
    rows_of_marks = [[given.get((attempt, key), Fraction(0)) for key in maxima] for attempt in chosen]
    return Recorded(
        item_statistics.marks_of(maxima, rows_of_marks),
        {question.key: item_statistics.random_guess_score(question) for question in facts.questions},
        sum(not comparable[row.revision_id] for row in attempts),
    )


def _marks_of(quiz_id: str, chosen: list[UUID]) -> dict[tuple[UUID, str], Fraction]:
    wanted = set(chosen)
    rows = db.session.execute(_ANSWERS, {"quiz_id": quiz_id})
    return {(attempt, key): Fraction(mark) for attempt, key, mark in rows if attempt in wanted and mark is not None}


def _one_a_person(rows: list[Any], which: str) -> list[UUID]:
    """The first of each person in the order of the rows, or the first among their best."""
    better: Callable[[Any, Any], bool] = (
        (lambda new, old: Fraction(new.mark) > Fraction(old.mark)) if which == BEST else (lambda new, old: False)
    )
    chosen: dict[UUID, Any] = {}
    for row in rows:
        held = chosen.get(row.person_id)
        if held is None or better(row, held):
            chosen[row.person_id] = row
    return [row.id for row in chosen.values()]


def _what_is_asked(facts: QuizFacts) -> frozenset[str]:
    """What makes two revisions one quiz to the statistics: keys, types, points and what is right."""
    kept = {"key", "type", "points", "answer", "value", "tolerance", "accepted"}
    return frozenset(
        repr(
            (
                sorted(question.model_dump(include=kept).items()),
                [option.right for option in getattr(question, "options", ())],
            )
        )
        for question in facts.questions
    )
