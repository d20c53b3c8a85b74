"""Question papers: a revision of a quiz as people meet it, or what one attempt asks, in the memory of each process.

An attempt stays on the revisions it was started on, so papers are kept by revision, published or not. Markdown is
rendered when a question is first shown.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from flask import current_app
from sqlalchemy import bindparam, select

from app.core.database import db
from app.library import markup, parsing
from app.library.models import Revision
from app.quizzes import sheets
from app.quizzes.arrangement import shown_order
from app.quizzes.attempting import composition
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.documents import BankFacts, QuizFacts
from app.quizzes.questions import Question
from app.quizzes.sheets import Sheet

PAPERS_KEPT = 200
BANKS_KEPT = 100
TEXTS_KEPT = 2_000

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class Paper:
    """A revision of a quiz, or what one attempt asks. Its sheets are rendered when first shown: saving an answer needs
    none of them.

    For an attempt, `drawn` are the questions, `orders` how their options or items are shown, `sections` the title of
    each question's section (none for a quiz without sections).
    """

    revision_id: int
    document_id: str
    language: str
    number: int
    facts: QuizFacts
    drawn: Sequence[Question] | None = None
    orders: Mapping[str, Sequence[int]] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    _sheets: dict[int, Sheet] = field(default_factory=dict)

    @property
    def questions(self) -> Sequence[Question]:
        """What is asked, in order. A calculated question stands here as the numeric one that its values make."""
        return self.facts.questions if self.drawn is None else self.drawn

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

    def order_of(self, question: Question) -> list[int]:
        """The order in which its options, items or words are shown, as places in the file."""
        return shown_order(question, self.orders.get(question.key))

    def section_of(self, number: int) -> str:
        """The title of the section of the question at this number, from 1; empty without sections."""
        return self.sections[number - 1] if number <= len(self.sections) else ""

    def sheet(self, number: int) -> Sheet:
        """The question at this number, from 1."""
        if number not in self._sheets:
            self._sheets[number] = self._render(number)
        return self._sheets[number]

    def sheets(self) -> list[Sheet]:
        """All questions, in order."""
        return [self.sheet(number) for number in range(1, self.length + 1)]

    def _render(self, number: int) -> Sheet:
        return sheets.render(number, self.questions[number - 1], self._html)

    def _html(self, text: str) -> str:
        return _html(text, self.language)


@lru_cache(maxsize=TEXTS_KEPT)
def _html(text: str, language: str) -> str:
    """The same text is met in many attempts, and rendered once."""
    return markup.inline(text, language=language, address=parsing.link_address)


class _Kept(Generic[K, V]):
    """The last things made, the least lately used forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            self._held[key] = made
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


_AttemptKey = tuple[UUID, int | None, str]


class Papers:
    """What one process holds: papers by revision, banks by revision, papers of attempts."""

    def __init__(self) -> None:
        self.by_revision: _Kept[int, Paper] = _Kept(PAPERS_KEPT)
        self.banks: _Kept[int, Mapping[str, Question]] = _Kept(BANKS_KEPT)
        self.by_attempt: _Kept[_AttemptKey, Paper] = _Kept(PAPERS_KEPT)


def of(revision_id: int) -> Paper:
    """The paper of a revision of a quiz; one statement the first time, none afterwards."""
    return _papers().by_revision.get(revision_id, lambda: _read(revision_id))


def of_attempt(attempt: AttemptRow) -> Paper:
    """What an attempt asks: the questions drawn for it, from the revisions of banks that it started on, values put in.

    A regraded attempt asks the same as the revision that graded it again has it, and the banks that did. A question
    that is no longer there, or has become another one, keeps its old form; the pass mark stays the one of then.
    """
    if attempt.sheet is None and attempt.regraded_by is None:
        return of(attempt.revision_id)
    key = (attempt.id, attempt.regraded_by, repr(attempt.revised_sheet))
    return _papers().by_attempt.get(key, lambda: _composed(attempt))


def as_asked(attempt: AttemptRow) -> Paper:
    """What an attempt asked when it was taken, whatever graded it since."""
    return of_attempt(replace(attempt, regraded_by=None, revised_sheet=None))


def bank(revision_id: int) -> Mapping[str, Question]:
    """The questions of a revision of a bank by "bank/key"; one statement the first time, none afterwards."""
    return _papers().banks.get(revision_id, lambda: _read_bank(revision_id))


def _papers() -> Papers:
    papers: Papers = current_app.extensions["palier_papers"]
    return papers


def find_asked(attempt: AttemptRow) -> composition.Find:
    """Finds questions as an attempt was asked them."""
    return finder(of(attempt.revision_id), (attempt.sheet or {}).get("sources", {}))


def find_graded(attempt: AttemptRow) -> composition.Find:
    """Finds those that graded a regraded attempt in a corrected form; a question that the last regrading left as an
    earlier one had corrected it is `kept`, by the revision that it stands in."""
    revised = attempt.revised_sheet or {}
    kept: Mapping[str, int] = revised.get("kept", {})
    last = finder(of(attempt.regraded_by or attempt.revision_id), revised.get("sources", {}))

    def find(key: str) -> Question | None:
        if key not in kept:
            return last(key)
        return bank(kept[key]).get(key) if composition.bank_of(key) else of(kept[key]).question(key)

    return composition.corrected(find, find_asked(attempt))


def _composed(attempt: AttemptRow) -> Paper:
    first, sheet = of(attempt.revision_id), attempt.sheet or {}
    standing = of(attempt.regraded_by or attempt.revision_id)
    left_out = (attempt.revised_sheet or {}).get("left_out", ())
    finders = [*([find_graded(attempt)] if attempt.regraded_by else []), find_asked(attempt)]
    keys = sheet.get("questions") or [question.key for question in first.questions]
    titles = composition.section_titles(attempt.sheet, first.facts)
    # As announced when it was taken, whatever a later revision says.
    rules = {name: getattr(first.facts, name) for name in ("pass_mark", "hint_cost")}
    return Paper(
        standing.revision_id,
        standing.document_id,
        standing.language,
        standing.number,
        standing.facts.model_copy(update=rules) if attempt.regraded_by else standing.facts,
        drawn=composition.compose(
            [key for key in keys if key not in left_out], sheet.get("values", {}), standing.language, *finders
        ),
        orders=sheet.get("options", {}),
        sections=tuple(title for key, title in zip(keys, titles, strict=False) if key not in left_out),
    )


def finder(paper: Paper, banks: Mapping[str, int]) -> composition.Find:
    """Finds questions by key, as they stand in a revision of a quiz and in revisions of its banks."""

    def find(key: str) -> Question | None:
        bank_id = composition.bank_of(key)
        if bank_id is None:
            return paper.question(key)
        return bank(banks[bank_id]).get(key) if bank_id in banks else None

    return find


_REVISION = select(Revision.id, Revision.document_id, Revision.language, Revision.number, Revision.facts).where(
    Revision.id == bindparam("revision_id")
)


def _read(revision_id: int) -> Paper:
    row = db.session.execute(_REVISION, {"revision_id": revision_id}).one()
    facts = QuizFacts.model_validate(row.facts, strict=False)
    return Paper(row.id, row.document_id, row.language, row.number, facts)


def _read_bank(revision_id: int) -> Mapping[str, Question]:
    row = db.session.execute(_REVISION, {"revision_id": revision_id}).one()
    return composition.keyed_by_bank(row.document_id, BankFacts.model_validate(row.facts, strict=False))
