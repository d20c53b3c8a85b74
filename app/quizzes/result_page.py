"""The result of an attempt: the whole, what to do next, and each question with its correction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import bindparam, select

from app.accounts import teams
from app.accounts.teams import PersonSummary
from app.core import languages
from app.core.database import db
from app.library import catalogue
from app.library.models import Revision
from app.playbook.staircase import Stair
from app.quizzes import attempts, corrections, papers, summary
from app.quizzes.advice import weakest_sections
from app.quizzes.attempting import marking
from app.quizzes.attempting.allowance import Allowance
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.attempting.marking import Marked
from app.quizzes.corrections import Correction, Criterion, Scored, Shown
from app.quizzes.documents import QuizFacts
from app.quizzes.papers import Paper
from app.quizzes.question_page import stair_of
from app.quizzes.questions import FreeTextQuestion, Question
from app.quizzes.scoring import rubric_scores
from app.quizzes.scoring.rubric_scores import TextScored
from app.quizzes.sections import Section, section

MOST_SHOWN = 20
NO_LIMIT = Allowance(None, None, True)


@dataclass(frozen=True)
class ResultPage:
    """A submitted attempt. `passed` and `percent` are None while a manager still has to score something. `person` is
    set when somebody else looks at it; `history` has the newest first. `is_published`: the quiz can still be taken, as
    far as `allowance` goes. `shown` is what the reader may see of the answers."""

    attempt: AttemptRow
    paper: Paper
    percent: int | None
    passed: bool | None
    shown: Shown
    corrections: tuple[Correction, ...]
    weakest: tuple[Section, ...]
    history: tuple[AttemptRow, ...]
    stair: Stair | None
    person: PersonSummary | None
    is_published: bool
    allowance: Allowance
    note: str

    def count(self, verdict: str) -> int:
        """How many questions got this verdict, by its name."""
        return sum(each.verdict is not None and each.verdict.name == verdict for each in self.corrections)

    @property
    def left_out(self) -> int:
        """How many of the questions asked count no longer, since they were taken out of the quiz."""
        return len((self.attempt.revised_sheet or {}).get("left_out", ()))

    @property
    def waiting(self) -> int:
        """How many replies wait for a manager's score."""
        return sum(each.verdict is None for each in self.corrections)

    @property
    def is_scored(self) -> bool:
        """Whether a manager has scored something that was written in it."""
        return any(each.scored for each in self.corrections)

    @property
    def answers_from_pass(self) -> bool:
        """Whether the right answers are shown as soon as the quiz is passed, and only then."""
        return not self.shown.answers and self.paper.facts.show_answers == "passed"


def result_page(attempt: AttemptRow, reader_id: UUID) -> ResultPage:
    """The page of a submitted attempt, for the person themselves or for who leads them."""
    is_own = attempt.person_id == reader_id
    marked = marking.mark(attempt)
    paper = marked.paper
    shown = shown_to_rep(paper.facts, attempt.passed) if is_own else Shown()
    if is_own and attempt.is_unscored:
        shown = replace(shown, models=False)
    judged = [each for each in paper.questions if each.key not in marked.result.unscored]
    sections = [section(target) for target in weakest_sections(judged, marked.result.marks)]
    quiz = catalogue.current().find(attempt.document_id, languages.readers(), "quiz")
    return ResultPage(
        attempt=attempt,
        paper=paper,
        percent=attempt.percent,
        passed=attempt.passed,
        shown=shown,
        corrections=_corrections(attempt, marked, shown),
        weakest=tuple(each for each in sections if each),
        history=tuple(submitted(summary.attempts_of(attempt.person_id, attempt.document_id, MOST_SHOWN))),
        stair=stair_of(paper),
        person=None if is_own else teams.person_summary(attempt.person_id),
        is_published=quiz is not None,
        allowance=attempts.allowance_of(reader_id, quiz) if quiz and is_own else NO_LIMIT,
        note=_note_of(attempt),
    )


def shown_to_rep(facts: QuizFacts, passed: bool | None) -> Shown:
    """What the person who took the quiz sees once it is handed in."""
    answers = facts.show_answers == "handed_in" or (facts.show_answers == "passed" and bool(passed))
    return Shown(feedback=facts.show_feedback != "never", answers=answers)


def submitted(taken: list[AttemptRow]) -> list[AttemptRow]:
    """The attempts that were handed in."""
    return [attempt for attempt in taken if not attempt.is_open]


def _corrections(attempt: AttemptRow, marked: Marked, shown: Shown) -> tuple[Correction, ...]:
    paper = marked.paper
    is_written = any(isinstance(question, FreeTextQuestion) for question in paper.questions)
    scores: Mapping[str, TextScored] = rubric_scores.scores_of(attempt.id) if is_written else {}
    # What was written is scored on the rubric that stood beside the question.
    asked = papers.as_asked(attempt) if scores else paper
    return tuple(
        corrections.correct(
            sheet,
            marked.replies.get(key),
            marked.result.marks[key],
            shown,
            hints=marked.hints.get(key, 0),
            hint_cost=paper.facts.hint_cost,
            scored=_scored(asked.question(key), scores.get(key)),
        )
        for sheet in paper.sheets()
        for key in (sheet.question.key,)
    )


def _scored(question: Question | None, given: TextScored | None) -> Scored | None:
    if given is None or not isinstance(question, FreeTextQuestion):
        return None
    rubric = zip(question.rubric, given.points, strict=False)
    criteria = tuple(Criterion(criterion.name, points, criterion.points) for criterion, points in rubric)
    return Scored(given.share, criteria, given.comment, given.by_name, given.at)


_NOTE = select(Revision.note).where(Revision.id == bindparam("revision_id"))


def _note_of(attempt: AttemptRow) -> str:
    """Why the questions were corrected, where that is what graded the attempt again."""
    if attempt.regraded_by in (None, attempt.revision_id):
        return ""
    note: str | None = db.session.execute(_NOTE, {"revision_id": attempt.regraded_by}).scalar()
    return note or ""
