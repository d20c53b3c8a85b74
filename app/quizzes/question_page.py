"""One question at a time: what the page of an open attempt shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from app.core import clock, ids
from app.playbook.staircase import Stair, staircase
from app.quizzes import asks, corrections, grading, papers
from app.quizzes.asks import Ask
from app.quizzes.attempting import attempt_rows, help_rows
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.corrections import Correction, Shown
from app.quizzes.papers import Paper
from app.quizzes.questions import NumericQuestion
from app.quizzes.replies import Reply
from app.quizzes.sheets import Sheet


@dataclass(frozen=True)
class Place:
    """A question in the overview. `is_doubtful`: its reply cannot count as it is, being no number or not complete."""

    number: int
    title: str
    section: str
    is_answered: bool
    is_doubtful: bool
    is_number: bool


@dataclass(frozen=True)
class Hints:
    """The hints of a question: those taken, as HTML, how many there are, and what each costs in percent."""

    taken: tuple[str, ...]
    several: int
    cost: int

    @property
    def lost(self) -> int:
        """What those taken cost together, in percent."""
        return min(100, len(self.taken) * self.cost)


@dataclass(frozen=True)
class QuestionPage:
    """An open attempt at one of its questions. `uuid` names the act of answering this once. `checks`: what the author
    says is heard at once; `checked` is the correction, once it was heard and the reply no longer changes."""

    attempt: AttemptRow
    paper: Paper
    sheet: Sheet
    ask: Ask
    doubt: str
    places: tuple[Place, ...]
    hints: Hints
    checks: bool
    checked: Correction | None
    uuid: UUID
    stair: Stair | None
    now: datetime

    @property
    def is_last(self) -> bool:
        """Whether no question follows."""
        return self.sheet.number == self.paper.length

    @property
    def place(self) -> Place:
        """This question in the overview."""
        return self.places[self.sheet.number - 1]

    @property
    def answered(self) -> int:
        """How many questions have a reply."""
        return sum(place.is_answered for place in self.places)

    @property
    def sections(self) -> Iterator[tuple[str, list[Place]]]:
        """The questions by section, in order."""
        for title, places in groupby(self.places, key=lambda place: place.section):
            yield title, list(places)


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
    def unreadable(self) -> list[Place]:
        """Those whose reply is no number."""
        return [place for place in self.places if place.is_doubtful and place.is_number]

    @property
    def incomplete(self) -> list[Place]:
        """Those whose reply lacks something, or holds too much."""
        return [place for place in self.places if place.is_doubtful and not place.is_number]


def question_page(attempt: AttemptRow, asked: str | None) -> QuestionPage:
    """The page of the question asked for by number; of the first without a reply when that is none of them."""
    paper = papers.of_attempt(attempt)
    kept = attempt_rows.kept_replies(attempt.id)
    places = _places(paper, kept)
    number = int(asked) if asked and asked.isdecimal() and len(asked) <= 4 else 0
    if not 1 <= number <= paper.length:
        number = next((place.number for place in places if not place.is_answered), 1)
    sheet = paper.sheet(number)
    key = sheet.question.key
    reply = kept.get(key)
    taken = help_rows.hints_taken(attempt.id).get(key, 0) if sheet.hints else 0
    checks = paper.facts.show_feedback == "at_once"
    return QuestionPage(
        attempt=attempt,
        paper=paper,
        sheet=sheet,
        ask=asks.ask(sheet, reply, paper.order_of(sheet.question)),
        doubt=asks.doubt(sheet.question),
        places=places,
        hints=Hints(sheet.hints[:taken], len(sheet.hints), paper.facts.hint_cost),
        checks=checks,
        checked=_checked(attempt, paper, sheet, reply, taken) if checks else None,
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


def _checked(attempt: AttemptRow, paper: Paper, sheet: Sheet, reply: Reply | None, hints: int) -> Correction | None:
    """What is said of a reply once it is checked: never what was right, which waits for the result."""
    key = sheet.question.key
    if reply is None or key not in help_rows.checked(attempt.id):
        return None
    cost = paper.facts.hint_cost
    mark = grading.grade(sheet.question, reply, hints=hints, hint_cost=cost)
    return corrections.correct(sheet, reply, mark, Shown(answers=False), hints=hints, hint_cost=cost)


def _places(paper: Paper, kept: dict[str, Reply]) -> tuple[Place, ...]:
    return tuple(
        Place(
            number,
            question.title,
            paper.section_of(number),
            reply is not None,
            reply is not None and not grading.is_readable(question, reply),
            isinstance(question, NumericQuestion),
        )
        for number, question in enumerate(paper.questions, start=1)
        for reply in (kept.get(question.key),)
    )
