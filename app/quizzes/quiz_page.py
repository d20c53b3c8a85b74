"""The page of a quiz before and between attempts: rules, where the reader stands, past attempts."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from app.library import catalogue
from app.library.catalogue import Entry
from app.playbook.staircase import Stair
from app.quizzes import attempts, papers, summary
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.allowance import Allowance
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.documents import QuizFacts
from app.quizzes.papers import Paper
from app.quizzes.question_page import stair_of
from app.quizzes.questions import FreeTextQuestion, Question
from app.quizzes.result_page import submitted
from app.quizzes.summary import QuizStanding

MOST_SHOWN = 50


class State(Enum):
    """Where somebody is with a quiz."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting for a score"
    PASSED = "passed"
    NOT_PASSED = "not passed"


@dataclass(frozen=True)
class QuizPage:
    """A quiz for a reader. `current` is the attempt to go on with, `asked` and `answered` its numbers of
    questions and of replies (it may be on an older text than `paper`). `has_hints` and `has_texts`: some question that
    may be drawn has hints, or is answered in sentences. `refused` is why no attempt could be started."""

    quiz: Entry
    paper: Paper
    stair: Stair | None
    state: State
    standing: QuizStanding | None
    current: AttemptRow | None
    asked: int
    answered: int
    history: tuple[AttemptRow, ...]
    allowance: Allowance
    has_hints: bool
    has_texts: bool
    refused: object = ""

    @property
    def facts(self) -> QuizFacts:
        """The settings."""
        return self.paper.facts

    @property
    def waiting(self) -> int:
        """How many attempts wait for a manager's scores."""
        return sum(attempt.is_unscored for attempt in self.history)

    @property
    def draws(self) -> bool:
        """Whether the questions are not the same from one attempt to the next."""
        return any(section.draw is not None for section in self.facts.sections)


def quiz_page(person_id: UUID, quiz_id: str, refused: object = "") -> QuizPage:
    """Raises NotFound. An attempt whose time is up is closed on the way."""
    quiz = catalogue.entry(quiz_id, "quiz")
    paper = papers.of(quiz.revision_id)
    taken = summary.attempts_of(person_id, quiz_id, MOST_SHOWN)
    taken = [attempts.expire(attempt) for attempt in taken]
    current = next((attempt for attempt in taken if attempt.is_open), None)
    standing = summary.results_of_reader(person_id).get(quiz_id)
    questions = list(_may_be_asked(quiz, paper.facts))
    is_waiting = any(attempt.is_unscored for attempt in taken)
    return QuizPage(
        quiz=quiz,
        paper=paper,
        stair=stair_of(paper),
        state=state_of(standing, is_open=current is not None, is_waiting=is_waiting),
        standing=standing,
        current=current,
        asked=papers.of_attempt(current).length if current else paper.facts.asked,
        answered=attempt_rows.count_replies(current.id) if current else 0,
        history=tuple(submitted(taken)),
        allowance=attempts.allowance_of(person_id, quiz),
        has_hints=any(question.hints for question in questions),
        has_texts=any(isinstance(question, FreeTextQuestion) for question in questions),
        refused=refused,
    )


def state_of(standing: QuizStanding | None, *, is_open: bool, is_waiting: bool = False) -> State:
    """In one word; an attempt under way comes first, since that is what to do next."""
    if is_open:
        return State.OPEN
    if standing and standing.passed_at:
        return State.PASSED
    if is_waiting:
        return State.WAITING
    return State.NOT_PASSED if standing else State.NEW


def _may_be_asked(quiz: Entry, facts: QuizFacts) -> Iterator[Question]:
    """The quiz's own questions and those of its banks, as they are published; the banks are held in memory."""
    yield from facts.questions
    current = catalogue.current()
    for bank in {section.bank for section in facts.sections if section.bank}:
        entry = current.find(bank, quiz.language, "bank")
        if entry:
            yield from papers.bank(entry.revision_id).values()
