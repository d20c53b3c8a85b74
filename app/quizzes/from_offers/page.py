"""The page where an author decides about the questions of an offer."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from app.library.authoring import drafts
from app.library.authoring.drafts import DraftView
from app.library.catalogue import Entry
from app.playbook.documents import OFFER_PARTS
from app.quizzes import previews
from app.quizzes.from_offers import bank, provenance
from app.quizzes.from_offers.following import Held, State, state_of
from app.quizzes.from_offers.suggestions import Suggestion
from app.quizzes.previews import Shown
from app.quizzes.questions import Question

RENDERED_KEPT = 600

_rendered: OrderedDict[tuple[str, str, str], Shown] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Row:
    """A question, how it stands, and as it is asked: `shown` is the bank's own where it is in it, `fresh` what the
    offer gives now where that differs."""

    key: str
    part: str
    state: State
    shown: Shown
    fresh: Shown | None = None


@dataclass(frozen=True)
class Group:
    """The questions about one part of the offer."""

    part: str
    title: object
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class OfferQuestions:
    """Everything an author decides about, by what is next."""

    offer: Entry
    bank_id: str
    is_published: bool
    draft: DraftView | None
    rows: tuple[Row, ...]

    def of(self, *states: State) -> list[Row]:
        """The rows in one of these states."""
        return [row for row in self.rows if row.state in states]

    @property
    def proposed(self) -> list[Row]:
        """Those that nobody decided about."""
        return self.of(State.NEW)

    @property
    def differing(self) -> list[Row]:
        """Those whose fact changed after they were edited."""
        return self.of(State.CHANGED, State.LEFT)

    @property
    def asked(self) -> list[Row]:
        """Those that quizzes and reviews may ask."""
        return self.of(State.IN_USE, State.EDITED)

    @property
    def rejected(self) -> list[Row]:
        """Those that are not wanted."""
        return self.of(State.REJECTED)

    @property
    def in_bank(self) -> int:
        """How many the bank holds that come from the offer."""
        return len(self.asked) + len(self.differing)

    def groups(self) -> Iterator[Group]:
        """The proposed ones, by part of the offer."""
        for part, title in OFFER_PARTS.items():
            if rows := tuple(row for row in self.proposed if row.part == part):
                yield Group(part, title, rows)

    def after(self, key: str) -> str:
        """The key of the proposed question that follows this one in the page; empty for the last."""
        keys = [row.key for group in self.groups() for row in group.rows]
        following = keys[keys.index(key) + 1 :] if key in keys else []
        return following[0] if following else ""


def offer_questions(entry: Entry) -> OfferQuestions:
    """The page of an offer. Three statements, and one more when the library has changed since it was last looked at."""
    world = bank.world(entry)
    held = bank.read(entry)
    rows = [
        _row(entry, made, held.get(key), rejected=key in held.rejected)
        for key, made in world.made.items()
        if not made.spare or held.get(key) is not None
    ]
    rows += [_left(entry, each) for each in held.held if each.key not in world.made and each.source(entry.id)]
    draft = drafts.find(held.id, entry.language)
    return OfferQuestions(entry, held.id, held.base is not None, draft, tuple(rows))


def _row(entry: Entry, made: Suggestion, held: Held | None, *, rejected: bool) -> Row:
    state = state_of(made, held, entry.id, rejected=rejected)
    shown = _shown(held.question if held else made.question, entry.language)
    fresh = _shown(made.question, entry.language) if state is State.CHANGED else None
    return Row(made.key, _part(made.fact), state, shown, fresh)


def _left(entry: Entry, held: Held) -> Row:
    source = held.source(entry.id)
    return Row(held.key, _part(source.fact if source else ""), State.LEFT, _shown(held.question, entry.language))


def _part(fact: str) -> str:
    return fact.partition("-")[0]


def _shown(question: Question, language: str) -> Shown:
    """A question rendered, once for each text of it."""
    name = (language, question.key, provenance.digest(question))
    with _lock:
        if name in _rendered:
            _rendered.move_to_end(name)
            return _rendered[name]
    shown = previews.shown(question, language)
    with _lock:
        _rendered[name] = shown
        if len(_rendered) > RENDERED_KEPT:
            _rendered.popitem(last=False)
    return shown
