"""The result of an attempt: the whole, what to do next, and each question with its correction."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.accounts import teams
from app.accounts.teams import PersonSummary
from app.core import languages
from app.library import catalogue
from app.playbook.staircase import Stair
from app.quizzes import attempt_rows, grading, papers, summary
from app.quizzes.advice import weakest_sections
from app.quizzes.attempt_rows import AttemptRow
from app.quizzes.grading import Verdict
from app.quizzes.papers import Paper, Sheet
from app.quizzes.question_page import stair_of
from app.quizzes.questions import (
    MultipleQuestion,
    NumericQuestion,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.replies import Chosen, Judged, Reply, Typed
from app.quizzes.sections import Section, section

MOST_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A reply, given or expected, and what the author says to it; HTML from the author, or words to be escaped."""

    html: str = ""
    words: str = ""
    feedback: str = ""


@dataclass(frozen=True)
class Correction:
    """One question of the result. `doubtful`: what was typed is no number."""

    sheet: Sheet
    verdict: Verdict
    mark: Fraction
    given: tuple[Line, ...]
    expected: tuple[Line, ...]
    feedback: str
    is_doubtful: bool
    section: Section | None


@dataclass(frozen=True)
class ResultPage:
    """A submitted attempt. `person` is set when somebody else looks at it; `history` has the newest
    first. `is_published`: the quiz can still be taken."""

    attempt: AttemptRow
    paper: Paper
    percent: int
    passed: bool
    corrections: tuple[Correction, ...]
    weakest: tuple[Section, ...]
    history: tuple[AttemptRow, ...]
    stair: Stair | None
    person: PersonSummary | None
    is_published: bool

    def count(self, verdict: str) -> int:
        """How many questions got this verdict, by its name."""
        return sum(each.verdict.name == verdict for each in self.corrections)


def result_page(attempt: AttemptRow, reader_id: UUID) -> ResultPage:
    """The page of a submitted attempt, for the person themselves or for who leads them."""
    paper = papers.of_attempt(attempt)
    kept = attempt_rows.kept_replies(attempt.id)
    marks = grading.grade_all(paper.facts, kept).marks
    sections = [section(target) for target in weakest_sections(paper.facts, marks)]
    return ResultPage(
        attempt=attempt,
        paper=paper,
        percent=attempt.percent or 0,
        passed=bool(attempt.passed),
        corrections=tuple(_correction(sheet, kept.get(sheet.question.key), marks) for sheet in paper.sheets()),
        weakest=tuple(each for each in sections if each),
        history=tuple(submitted(summary.attempts_of(attempt.person_id, attempt.document_id, MOST_SHOWN))),
        stair=stair_of(paper),
        is_published=catalogue.current().find(attempt.document_id, languages.readers(), "quiz") is not None,
        person=None if attempt.person_id == reader_id else teams.person_summary(attempt.person_id),
    )


def submitted(attempts: list[AttemptRow]) -> list[AttemptRow]:
    """The attempts that have a result."""
    return [attempt for attempt in attempts if not attempt.is_open]


def _correction(sheet: Sheet, reply: Reply | None, marks: Mapping[str, Fraction]) -> Correction:
    question = sheet.question
    mark = marks[question.key]
    verdict = grading.verdict(question, mark)
    given, expected, feedback = _lines(sheet, reply, is_right=verdict is Verdict.RIGHT)
    return Correction(
        sheet=sheet,
        verdict=verdict,
        mark=mark,
        given=given,
        expected=() if verdict is Verdict.RIGHT else expected,
        feedback=feedback,
        is_doubtful=reply is not None and not grading.is_readable(question, reply),
        section=section(question.read_again),
    )


def _lines(sheet: Sheet, reply: Reply | None, *, is_right: bool) -> tuple[tuple[Line, ...], tuple[Line, ...], str]:
    """What was replied, what was expected, and the feedback that belongs to no option."""
    match sheet.question:
        case SingleQuestion() | MultipleQuestion() as question:
            picked = reply.options if isinstance(reply, Chosen) else frozenset()
            # What was picked rightly is not said twice.
            missed = grading.right_options(question) - picked
            return _options(sheet, picked), _options(sheet, missed), ""
        case TrueFalseQuestion() as question:
            judged = (Line(words=_judgement(reply.answer)),) if isinstance(reply, Judged) else ()
            heard = reply.answer if isinstance(reply, Judged) else question.answer
            return (
                judged,
                (Line(words=_judgement(question.answer)),),
                sheet.feedback["if_true" if heard else "if_false"],
            )
        case NumericQuestion() as question:
            expected = (Line(words=_number(question)),)
        case ShortAnswerQuestion() as question:
            expected = (Line(words=_(" or ").join(question.accepted)),)
    typed = (Line(words=reply.text),) if isinstance(reply, Typed) else ()
    return typed, expected, sheet.feedback["if_right" if is_right else "if_wrong"]


def _options(sheet: Sheet, places: frozenset[int]) -> tuple[Line, ...]:
    chosen = (sheet.choices[place] for place in sorted(places))
    return tuple(Line(html=choice.html, feedback=choice.feedback) for choice in chosen)


def _judgement(answer: bool) -> str:
    return str(_("True") if answer else _("False"))


def _number(question: NumericQuestion) -> str:
    value = f"{_decimal(question.value)}\u00a0{question.unit}" if question.unit else _decimal(question.value)
    if not question.tolerance:
        return value
    return str(_("%(value)s, give or take %(tolerance)s", value=value, tolerance=_decimal(question.tolerance)))


def _decimal(value: Decimal) -> str:
    return str(format_decimal(value, format="#,##0.#########"))
