"""A rep's record: each figure with what makes it, what is expected, what was done. A fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from app.accounts import teams
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise, may
from app.accounts.teams import PersonSummary
from app.core import clock, languages
from app.insights import gathering
from app.insights.gathering import DeedLine, Enrolled, WordGiven
from app.library import catalogue
from app.library.catalogue import Entry
from app.quizzes import summary
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.training import completion, due_dates, mastery, next_things
from app.training import gathering as progress
from app.training.completion import Completion, Deeds
from app.training.due_dates import Due
from app.training.mastery import StepMastery
from app.training.programme import Programme, Step, Target
from app.training.today import Staircase, figures, staircase

MOST_ATTEMPTS = 30


@dataclass(frozen=True)
class StepLine:
    """A step, its figure with what makes it, and what is left to do in it."""

    step: Step
    mastery: StepMastery
    plays_left: int
    quizzes_left: int


@dataclass(frozen=True)
class AssignmentLine:
    """An assignment, with how far it is; `days_late` when it was done too late."""

    target: Target
    due: Due
    completion: Completion
    days_late: int
    note: str
    assigned_by: str


@dataclass(frozen=True)
class WordLine:
    """An acknowledgement; `entry` is the document as published now, None once withdrawn.

    `compared` leads to what changed since, where it can be shown.
    """

    title: str
    entry: Entry | None
    number: int
    at: datetime
    stands: bool
    compared: str | None = None


@dataclass(frozen=True)
class AttemptLine:
    """An attempt at a quiz, with the quiz as published now."""

    title: str
    attempt: AttemptRow


@dataclass(frozen=True)
class Record:
    """Everything on the page. `days` groups the acts of the last thirty days by day, newest first."""

    person: PersonSummary
    is_own: bool
    staircase: Staircase | None
    steps: tuple[StepLine, ...]
    overall: int | None
    assignments: tuple[AssignmentLine, ...]
    words: tuple[WordLine, ...]
    attempts: tuple[AttemptLine, ...]
    days: tuple[tuple[date, tuple[DeedLine, ...]], ...]

    @property
    def late(self) -> list[AssignmentLine]:
        """What is due and not done."""
        return [line for line in self.assignments if not line.completion.is_done and _is_late(line.due)]

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.words or self.attempts)


def look(actor: Actor, person_id: UUID) -> Record:
    """The record of a person whom the actor may see. Raises NotFound."""
    authorise(actor, Action.SEE_PERSON, teams.subject_of(person_id))
    programme, deeds = progress.programme(), progress.deeds_of([person_id])[person_id]
    found = figures(programme, deeds)
    return Record(
        person=teams.person_summary(person_id),
        is_own=actor.id == person_id,
        staircase=staircase(programme, found),
        steps=tuple(StepLine(step, found[step.id], *next_things.unfinished(step, deeds)) for step in programme.steps),
        overall=mastery.overall(found.values()),
        assignments=_assignments(programme, deeds, gathering.expected_of([person_id])[person_id]),
        words=_words(actor, person_id),
        attempts=_attempts(person_id),
        days=_days(person_id),
    )


def _assignments(programme: Programme, deeds: Deeds, expected: list[Enrolled]) -> tuple[AssignmentLine, ...]:
    """To do first, in the order it is due; then what is done, the latest first."""
    zone, now = languages.time_zone(), clock.now()
    lines = []
    for each in expected:
        target = programme.target(each.document_id)
        if target is None:
            continue  # withdrawn: nobody can do it any more
        done = completion.of(target.item_ids, deeds)
        late = due_dates.days_late(each.due_at, done.since, zone) if done.since else 0
        due = due_dates.due(each.due_at, now, zone)
        lines.append(AssignmentLine(target, due, done, late, each.note, each.assigned_by))
    to_do = [line for line in lines if not line.completion.is_done]
    return (*to_do, *reversed([line for line in lines if line.completion.is_done]))


def _words(actor: Actor, person_id: UUID) -> tuple[WordLine, ...]:
    current, language = catalogue.current(), languages.readers()
    lines = []
    for word in gathering.words_given(person_id):
        entry = current.find(word.document_id, language)
        stands = current.stands(word.document_id, word.revision_id)
        compared = None if stands else _compared(actor, person_id, word)
        lines.append(WordLine(entry.title if entry else word.title, entry, word.number, word.at, stands, compared))
    return tuple(lines)


def _compared(actor: Actor, person_id: UUID, word: WordGiven) -> str | None:
    """Where to see what changed: one's own page of changes, or the authors' comparison in the language read."""
    published = catalogue.current().editions(word.document_id)
    if actor.id == person_id:
        return f"{published[0].address}/changes" if published and published[0].kind.name == "play" else None
    now = next((each.number for each in published if each.language == word.language), None)
    if now is None or not may(actor, Action.WRITE_LIBRARY):
        return None
    return f"/library/{word.document_id}/{word.language}/compare?from={word.number}&to={now}"


def _attempts(person_id: UUID) -> tuple[AttemptLine, ...]:
    current, language = catalogue.current(), languages.readers()
    lines = []
    for attempt in summary.attempts_of(person_id, most=MOST_ATTEMPTS):
        entry = current.find(attempt.document_id, language)
        lines.append(AttemptLine(entry.title if entry else attempt.document_id, attempt))
    return tuple(lines)


def _days(person_id: UUID) -> tuple[tuple[date, tuple[DeedLine, ...]], ...]:
    zone = languages.time_zone()
    acts = gathering.recent_acts(person_id)
    return tuple((day, tuple(lines)) for day, lines in groupby(acts, key=lambda line: line.at.astimezone(zone).date()))


def _is_late(due: Due) -> bool:
    return due.when is due_dates.When.LATE
