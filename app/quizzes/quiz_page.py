"""The page of a quiz before and between attempts: rules, where the reader stands, past attempts."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from app.library import catalogue
from app.library.catalogue import Entry
from app.playbook.staircase import Stair
from app.quizzes import attempt_rows, attempts, papers, summary
from app.quizzes.attempt_rows import AttemptRow
from app.quizzes.papers import Paper
from app.quizzes.question_page import stair_of
from app.quizzes.result_page import submitted
from app.quizzes.summary import QuizStanding

MOST_SHOWN = 50


class State(Enum):
    """Where somebody is with a quiz."""

    NEW = "new"
    OPEN = "open"
    PASSED = "passed"
    NOT_PASSED = "not passed"


@dataclass(frozen=True)
class QuizPage:
    """A quiz for a reader. `current` is the attempt to go on with, `asked` and `answered` its numbers of
    questions and of replies (it may be on an older text than `paper`)."""

    quiz: Entry
    paper: Paper
    stair: Stair | None
    state: State
    standing: QuizStanding | None
    current: AttemptRow | None
    asked: int
    answered: int
    history: tuple[AttemptRow, ...]


def quiz_page(person_id: UUID, quiz_id: str) -> QuizPage:
    """Raises NotFound. An attempt whose time is up is closed on the way."""
    quiz = catalogue.entry(quiz_id, "quiz")
    paper = papers.of(quiz.revision_id)
    taken = summary.attempts_of(person_id, quiz_id, MOST_SHOWN)
    taken = [attempts.expire(attempt) for attempt in taken]
    current = next((attempt for attempt in taken if attempt.is_open), None)
    standing = summary.results_of_reader(person_id).get(quiz_id)
    return QuizPage(
        quiz=quiz,
        paper=paper,
        stair=stair_of(paper),
        state=state_of(standing, is_open=current is not None),
        standing=standing,
        current=current,
        asked=papers.of(current.revision_id).length if current else paper.length,
        answered=attempt_rows.count_replies(current.id) if current else 0,
        history=tuple(submitted(taken)),
    )


def state_of(standing: QuizStanding | None, *, is_open: bool) -> State:
    """In one word; an attempt under way comes first, since that is what to do next."""
    if is_open:
        return State.OPEN
    if standing is None:
        return State.NEW
    return State.PASSED if standing.passed_at else State.NOT_PASSED
