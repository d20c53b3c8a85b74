"""One question at a time: what the page of an open attempt shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock, ids
from app.playbook.staircase import Stair, staircase
from app.quizzes import attempt_rows, grading, papers
from app.quizzes.attempt_rows import AttemptRow
from app.quizzes.papers import Choice, Paper, Sheet
from app.quizzes.questions import TrueFalseQuestion
from app.quizzes.replies import Chosen, Judged, Reply, Typed


@dataclass(frozen=True)
class Place:
    """A question in the overview. `is_doubtful`: it was answered with something that is no number."""

    number: int
    title: str
    is_answered: bool
    is_doubtful: bool


@dataclass(frozen=True)
class QuestionPage:
    """An open attempt at one of its questions. `uuid` names the act of answering this once."""

    attempt: AttemptRow
    paper: Paper
    sheet: Sheet
    choices: tuple[Choice, ...]
    picked: frozenset[str]
    typed: str
    places: tuple[Place, ...]
    uuid: UUID
    stair: Stair | None
    now: datetime

    @property
    def is_last(self) -> bool:
        """Whether no question follows."""
        return self.sheet.number == self.paper.length

    @property
    def is_saved(self) -> bool:
        """Whether this question has a reply."""
        return self.places[self.sheet.number - 1].is_answered

    @property
    def answered(self) -> int:
        """How many questions have a reply."""
        return sum(place.is_answered for place in self.places)


@dataclass(frozen=True)
class FinishPage:
    """Before handing in: what is still without a reply."""

    attempt: AttemptRow
    paper: Paper
    places: tuple[Place, ...]
    stair: Stair | None
    now: datetime

    @property
    def open(self) -> list[Place]:
        """The questions without a reply."""
        return [place for place in self.places if not place.is_answered]

    @property
    def doubtful(self) -> list[Place]:
        """Those whose reply is no number."""
        return [place for place in self.places if place.is_doubtful]


def question_page(attempt: AttemptRow, asked: str | None) -> QuestionPage:
    """The page of the question asked for by number; of the first without a reply when that is none of them."""
    paper = papers.of_attempt(attempt)
    kept = attempt_rows.kept_replies(attempt.id)
    places = _places(paper, kept)
    number = int(asked) if asked and asked.isdecimal() and len(asked) <= 4 else 0
    if not 1 <= number <= paper.length:
        number = next((place.number for place in places if not place.is_answered), 1)
    sheet = paper.sheet(number)
    reply = kept.get(sheet.question.key)
    return QuestionPage(
        attempt=attempt,
        paper=paper,
        sheet=sheet,
        choices=_choices(sheet),
        picked=_picked(reply),
        typed=reply.text if isinstance(reply, Typed) else "",
        places=places,
        uuid=ids.new(),
        stair=stair_of(paper),
        now=clock.now(),
    )


def finish_page(attempt: AttemptRow) -> FinishPage:
    """What stands between the person and handing in."""
    paper = papers.of_attempt(attempt)
    places = _places(paper, attempt_rows.kept_replies(attempt.id))
    return FinishPage(attempt, paper, places, stair_of(paper), clock.now())


def stair_of(paper: Paper) -> Stair | None:
    """The step a quiz belongs to; None once it is withdrawn."""
    return next((stair for stair in staircase().stairs if stair.id == paper.facts.step), None)


def _places(paper: Paper, kept: dict[str, Reply]) -> tuple[Place, ...]:
    return tuple(
        Place(number, question.title, reply is not None, reply is not None and not grading.is_readable(question, reply))
        for number, question in enumerate(paper.questions, start=1)
        for reply in (kept.get(question.key),)
    )


def _choices(sheet: Sheet) -> tuple[Choice, ...]:
    if isinstance(sheet.question, TrueFalseQuestion):
        return (Choice("A", "true", _("True"), ""), Choice("B", "false", _("False"), ""))
    return sheet.choices


def _picked(reply: Reply | None) -> frozenset[str]:
    if isinstance(reply, Chosen):
        return frozenset(map(str, reply.options))
    return frozenset(("true" if reply.answer else "false",)) if isinstance(reply, Judged) else frozenset()
