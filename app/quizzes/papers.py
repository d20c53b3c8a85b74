"""Question papers: a revision of a quiz as people meet it, its Markdown rendered once, in the memory of each process.

An attempt stays on the revision it was started on, so papers are kept by revision, published or not.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from flask import current_app
from sqlalchemy import bindparam, select

from app.core.database import db
from app.library import markup, parsing
from app.library.models import Revision
from app.quizzes.attempt_rows import AttemptRow
from app.quizzes.documents import QuizFacts
from app.quizzes.questions import MultipleQuestion, Question, SingleQuestion

PAPERS_KEPT = 200
LETTERS = "ABCDEFGHIJKL"

_BLOCKS = ("<p", "<ul", "<ol", "<dl", "<table", "<blockquote", "<pre", "<div", "<hr", "<h")


@dataclass(frozen=True)
class Choice:
    """An option to pick: its letter on the keyboard, the form's value, its text and feedback as HTML."""

    letter: str
    value: str
    html: str
    feedback: str


@dataclass(frozen=True)
class Sheet:
    """A question as shown. `number` counts from 1. `is_line`: its text is one line, fit for a title.

    `feedback` holds what belongs to no option, by the name of its key in the file: if_true, if_right…
    """

    number: int
    question: Question
    html: str
    is_line: bool
    choices: tuple[Choice, ...]
    feedback: Mapping[str, str]


@dataclass
class Paper:
    """A revision of a quiz. Its sheets are rendered when first shown: saving an answer needs none of them."""

    revision_id: int
    document_id: str
    language: str
    number: int
    facts: QuizFacts
    _sheets: dict[int, Sheet] = field(default_factory=dict)

    @property
    def questions(self) -> Sequence[Question]:
        """What is asked, in order. A calculated question stands here as the numeric one that its values make."""
        return self.facts.questions

    @property
    def length(self) -> int:
        """How many questions."""
        return len(self.questions)

    @cached_property
    def intro(self) -> str:
        """What the author says before the first question, as HTML."""
        return self._html(self.facts.intro) if self.facts.intro else ""

    @cached_property
    def _places(self) -> dict[str, int]:
        return {question.key: place for place, question in enumerate(self.questions)}

    def question(self, key: str) -> Question | None:
        """The question of this key."""
        place = self._places.get(key)
        return None if place is None else self.questions[place]

    def number_of(self, key: str) -> int:
        """Where a question stands, from 1."""
        return self._places[key] + 1

    def sheet(self, number: int) -> Sheet:
        """The question at this number, from 1."""
        if number not in self._sheets:
            self._sheets[number] = self._render(number)
        return self._sheets[number]

    def sheets(self) -> list[Sheet]:
        """All questions, in order."""
        return [self.sheet(number) for number in range(1, self.length + 1)]

    def _render(self, number: int) -> Sheet:
        question = self.questions[number - 1]
        html = self._html(question.text)
        choices: tuple[Choice, ...] = ()
        if isinstance(question, SingleQuestion | MultipleQuestion):
            choices = tuple(
                Choice(LETTERS[place], str(place), self._html(option.text), self._html(option.feedback))
                for place, option in enumerate(question.options)
            )
        names = ("if_true", "if_false", "if_right", "if_wrong")
        feedback = {name: self._html(getattr(question, name)) for name in names if hasattr(question, name)}
        return Sheet(number, question, html, not any(tag in html for tag in _BLOCKS), choices, feedback)

    def _html(self, text: str) -> str:
        return markup.inline(text, language=self.language, address=parsing.link_address)


class Papers:
    """The papers one process holds, the least used forgotten first."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, Paper] = OrderedDict()
        self._lock = Lock()

    def get(self, revision_id: int) -> Paper:
        """The paper of a revision; one statement the first time, none afterwards."""
        with self._lock:
            if revision_id in self._held:
                self._held.move_to_end(revision_id)
                return self._held[revision_id]
        paper = _read(revision_id)
        with self._lock:
            self._held[revision_id] = paper
            if len(self._held) > PAPERS_KEPT:
                self._held.popitem(last=False)
        return paper


def of(revision_id: int) -> Paper:
    """The paper of a revision of a quiz."""
    papers: Papers = current_app.extensions["palier_papers"]
    return papers.get(revision_id)


def of_attempt(attempt: AttemptRow) -> Paper:
    """What an attempt asks: the questions drawn for it, their options in the order drawn, their values put in."""
    return of(attempt.revision_id)


_REVISION = select(Revision.id, Revision.document_id, Revision.language, Revision.number, Revision.facts).where(
    Revision.id == bindparam("revision_id")
)


def _read(revision_id: int) -> Paper:
    row = db.session.execute(_REVISION, {"revision_id": revision_id}).one()
    facts = QuizFacts.model_validate(row.facts, strict=False)
    return Paper(row.id, row.document_id, row.language, row.number, facts)
