"""The pages where a manager scores: what waits, and one written reply beside its rubric."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from werkzeug.datastructures import MultiDict

from app.accounts import teams
from app.accounts.actor import Actor
from app.accounts.teams import PersonSummary
from app.core import languages
from app.core.errors import InvalidInput, NotFound
from app.core.pagination import Page
from app.library import catalogue
from app.playbook.staircase import Stair
from app.quizzes import papers
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.papers import Paper
from app.quizzes.question_page import stair_of
from app.quizzes.questions import FreeTextQuestion
from app.quizzes.replies import Typed
from app.quizzes.scoring import rubric_scores, scorers
from app.quizzes.scoring.rubric_scores import TextScored
from app.quizzes.scoring.scorers import Waiting
from app.quizzes.sheets import Sheet

LONGEST_KEY = 250
_FIELDS = frozenset(("csrf_token", "question", "seen", "comment"))


@dataclass(frozen=True)
class ToScore:
    """A line of the list: an attempt, the quiz's title, how many replies wait in it."""

    waiting: Waiting
    title: str
    language: str
    texts: int

    @property
    def address(self) -> str:
        """Where it is scored."""
        return f"/attempts/{self.waiting.attempt.id}/score"


@dataclass(frozen=True)
class Place:
    """A written reply among those of the attempt. `number` is the question's, from 1."""

    number: int
    key: str
    title: str
    is_scored: bool


@dataclass(frozen=True)
class Filled:
    """What a form was filled in with: what was there already, or what was sent and refused, with the reason."""

    points: tuple[str, ...]
    comment: str
    error: str = ""


@dataclass(frozen=True)
class ScorePage:
    """One written reply with its rubric. `scored` is what it was given, None when it waits; `words` how many it has."""

    attempt: AttemptRow
    person: PersonSummary
    paper: Paper
    stair: Stair | None
    sheet: Sheet
    question: FreeTextQuestion
    text: str
    words: int
    scored: TextScored | None
    filled: Filled
    places: tuple[Place, ...]

    @property
    def left(self) -> int:
        """How many replies of the attempt wait."""
        return sum(not place.is_scored for place in self.places)

    @property
    def most(self) -> int:
        """All the points of the rubric."""
        return sum(criterion.points for criterion in self.question.rubric)


@dataclass(frozen=True)
class ScoreForm:
    """What the page sends: the question, the token of the score it showed, points as typed, the comment."""

    question: str
    seen: str
    points: tuple[str, ...]
    comment: str

    def numbers(self) -> list[int]:
        """Raises InvalidInput for what is no number, or missing."""
        if not all(each.isascii() and each.isdecimal() and len(each) <= 3 for each in self.points):
            raise InvalidInput(rubric_scores.TOO_MANY_POINTS, field="points")
        return [int(each) for each in self.points]


def read_form(form: MultiDict[str, str]) -> ScoreForm:
    """Raises InvalidInput when a field is foreign, twice there, or far too long."""
    criteria = [name for name in form if name.startswith("points-") and name[7:].isdecimal() and len(name) <= 9]
    if form.keys() - _FIELDS - set(criteria) or any(len(form.getlist(name)) > 1 for name in form):
        raise InvalidInput(foreign=True)
    question = form.get("question", "")
    if not 0 < len(question) <= LONGEST_KEY or len(criteria) > 10:
        raise InvalidInput(question=len(question))
    points = tuple(form.get(f"points-{place}", "").strip() for place in range(len(criteria)))
    return ScoreForm(question, form.get("seen", "")[:40], points, form.get("comment", ""))


def to_score(actor: Actor, number: int) -> Page[ToScore]:
    """What waits for the actor's scores, the longest first. Three statements, whatever their number, once the revisions
    are in memory."""
    page = scorers.waiting_for(actor, number)
    texts = scorers.texts_waiting(page.items)
    lines = [_line(each, texts[each.attempt.id]) for each in page.items]
    return Page(lines, page.number, page.total, page.per_page)


def score_page(actor: Actor, attempt_id: UUID, asked: str | None, sent: ScoreForm | None = None) -> ScorePage | None:
    """One reply of an attempt: the one asked for by its key, else the first that waits; None when nothing was written.

    `sent` is a form that was refused. Raises NotFound, and Conflict while the attempt is under way.
    """
    attempt = rubric_scores.to_score(actor, attempt_id)
    paper = papers.as_asked(attempt)
    kept, scores = attempt_rows.kept_replies(attempt_id), rubric_scores.scores_of(attempt_id)
    written = rubric_scores.written(paper, kept)
    if not written:
        return None
    if asked is None:
        question = next((each for each in written if each.key not in scores), written[0])
    else:
        question = _of_key(written, asked)
    reply, scored = kept[question.key], scores.get(question.key)
    text = reply.text if isinstance(reply, Typed) else ""
    return ScorePage(
        attempt=attempt,
        person=teams.person_summary(attempt.person_id),
        paper=paper,
        stair=stair_of(paper),
        sheet=paper.sheet(paper.number_of(question.key)),
        question=question,
        text=text,
        words=len(text.split()),
        scored=scored,
        filled=_filled(question, scored, sent),
        places=_places(paper, written, scores),
    )


def following(actor: Actor, done: UUID) -> UUID | None:
    """The attempt to score next; None when none waits."""
    waiting = scorers.waiting_for(actor).items
    return next((each.attempt.id for each in waiting if each.attempt.id != done), None)


def _line(each: Waiting, texts: int) -> ToScore:
    entry = catalogue.current().find(each.document_id, languages.readers(), "quiz")
    if entry is not None:
        return ToScore(each, entry.title, entry.language, texts)
    paper = papers.of(each.attempt.revision_id)  # withdrawn since
    return ToScore(each, paper.facts.title, paper.language, texts)


def _of_key(written: list[FreeTextQuestion], key: str) -> FreeTextQuestion:
    for question in written:
        if question.key == key:
            return question
    raise NotFound(question=key)


def _places(paper: Paper, written: list[FreeTextQuestion], scores: Mapping[str, TextScored]) -> tuple[Place, ...]:
    return tuple(Place(paper.number_of(each.key), each.key, each.title, each.key in scores) for each in written)


def _filled(question: FreeTextQuestion, scored: TextScored | None, sent: ScoreForm | None) -> Filled:
    empty = ("",) * len(question.rubric)
    if sent is not None:
        return Filled((*sent.points, *empty)[: len(empty)], sent.comment)
    return Filled(tuple(map(str, scored.points)), scored.comment) if scored else Filled(empty, "")
