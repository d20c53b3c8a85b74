"""The authors' list: every document with its state, found by kind, step, state, language, owner and words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.models import Person
from app.core import clock, languages
from app.core.database import db
from app.core.folding import fold
from app.core.languages import SUPPORTED
from app.core.pagination import PER_PAGE, Page
from app.library import catalogue
from app.library.authoring import stock
from app.library.authoring.models import Draft, SyncConflict
from app.library.authoring.stock import Item
from app.library.kinds import all_kinds
from app.library.models import Acknowledgement
from app.library.trust import owners


class State(StrEnum):
    """How a document stands; one that stands in several ways is listed under each. The most pressing first."""

    CONFLICT = "conflict"
    DRAFT = "draft"
    LAPSED = "lapsed"
    BEHIND = "behind"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Sort(StrEnum):
    """In which order."""

    TITLE = "title"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Asked:
    """What to list. `language` is one the document is in, or `-fr`: one that it lacks."""

    words: str = ""
    kind: str = ""
    step: str = ""
    state: State | None = None
    language: str = ""
    mine: bool = False
    sort: Sort = Sort.TITLE

    @property
    def asks_nothing(self) -> bool:
        """Whether everything fits."""
        return replace(self, sort=Sort.TITLE) == Asked()

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked, or another order."""
        return replace(self, words="") != Asked()


@dataclass(frozen=True)
class OpenDraft:
    """A draft, in a list."""

    language: str
    by: str
    saved_at: datetime


@dataclass(frozen=True)
class Line:
    """A document in the list. `readers` is None for what nobody acknowledges."""

    item: Item
    states: tuple[State, ...]
    missing: tuple[str, ...]
    drafts: tuple[OpenDraft, ...]
    conflicts: tuple[str, ...]
    lapsed_since: datetime | None
    readers: int | None


@dataclass(frozen=True)
class Listing:
    """A page of the list. `total` counts everything there is, `owners` names people by the owner's words."""

    page: Page[Line]
    total: int
    owners: Mapping[str, str]


@dataclass(frozen=True)
class _Beside:
    """What there is beside the stock, by document; `new` are drafts of what nobody published yet."""

    drafts: Mapping[str, list[OpenDraft]]
    new: Mapping[str, Item]
    conflicts: Mapping[str, list[str]]


def listed(actor: Actor, asked: Asked, number: int) -> Listing:
    """The documents that fit. Four statements, whatever their number; more once a generation of the library."""
    items = stock.items()
    beside = _beside(items)
    everything = [*items.values(), *beside.new.values()]
    tests = list(_tests(actor, asked, beside))
    fitting = [item for item in everything if all(test(item) for test in tests)] if tests else everything
    if asked.sort is not Sort.TITLE or beside.new:  # the stock is in the order of titles
        _sort(fitting, asked.sort)
    number = min(number, max(1, -(-len(fitting) // PER_PAGE)))
    shown = fitting[(number - 1) * PER_PAGE : number * PER_PAGE]
    readers = counted_readers(item.id for item in shown if item.kind.is_acknowledged and item.editions)
    people = owners.persons_of({item.owner for item in shown})
    return Listing(
        Page([_line(item, beside, readers.get(item.id)) for item in shown], number, len(fitting), PER_PAGE),
        len(everything),
        {words: person.name for words, person in people.items()},
    )


def counted_readers(document_ids: Iterable[str]) -> dict[str, int]:
    """How many active people acknowledged the text that is published now; 0 for nobody. One statement at most."""
    counts = dict.fromkeys(document_ids, 0)
    if not counts:
        return counts
    rows = db.session.execute(
        select(Acknowledgement.document_id, Acknowledgement.revision_id, func.count())
        .join(Person, Person.id == Acknowledgement.person_id)
        .where(Acknowledgement.document_id.in_(counts), Person.deactivated_at.is_(None))
        .group_by(Acknowledgement.document_id, Acknowledgement.revision_id)
    )
    for document_id, revision_id, count in rows:
        if catalogue.current().stands(document_id, revision_id):
            counts[document_id] += count
    return counts


def steps() -> list[tuple[str, str]]:
    """The steps to choose from, by id."""
    return [(entry.id, entry.title) for entry in catalogue.current().of_kind("step", languages.readers())]


def _beside(items: Mapping[str, Item]) -> _Beside:
    drafts: dict[str, list[OpenDraft]] = {}
    new: dict[str, Item] = {}
    rows = db.session.execute(
        select(Draft.document_id, Draft.language, Draft.kind, Draft.title, Draft.saved_at, Person.name).join(
            Person, Person.id == Draft.saved_by
        )
    )
    for row in rows:
        drafts.setdefault(row.document_id, []).append(OpenDraft(row.language, row.name, row.saved_at))
        kind = all_kinds().by_name.get(row.kind)
        if row.document_id not in items and kind is not None:
            new.setdefault(row.document_id, stock.begun(row.document_id, kind, row.title, row.language, row.saved_at))
    conflicts: dict[str, list[str]] = {}
    for document_id, language in db.session.execute(select(SyncConflict.document_id, SyncConflict.language)):
        conflicts.setdefault(document_id, []).append(language)
    return _Beside(drafts, new, conflicts)


def _line(item: Item, beside: _Beside, readers: int | None) -> Line:
    return Line(
        item=item,
        states=tuple(state for state in State if _is(item, state, beside)),
        missing=tuple(each for each in SUPPORTED if item.editions and each not in item.languages),
        drafts=tuple(beside.drafts.get(item.id, ())),
        conflicts=tuple(beside.conflicts.get(item.id, ())),
        lapsed_since=lapsed_since(item),
        readers=readers,
    )


def _is(item: Item, state: State, beside: _Beside) -> bool:
    """Whether a document stands so."""
    match state:
        case State.CONFLICT:
            return item.id in beside.conflicts
        case State.DRAFT:
            return item.id in beside.drafts
        case State.LAPSED:
            return lapsed_since(item) is not None
        case State.BEHIND:
            return bool(item.behind)
        case State.PUBLISHED:
            return bool(item.editions)
    return item.is_archived


def lapsed_since(item: Item) -> datetime | None:
    """Since when nobody has said that it is true, if that is too long."""
    return item.verified_at if item.lapses_at is not None and item.lapses_at <= clock.now() else None


def _tests(actor: Actor, asked: Asked, beside: _Beside) -> Iterator[Callable[[Item], bool]]:
    """What a document must pass; none for what was not asked."""
    words = fold(asked.words).split()
    if words:
        yield lambda item: all(word in item.key for word in words)
    if asked.kind:
        yield lambda item: item.kind.name == asked.kind
    if asked.step:
        yield lambda item: asked.step in item.steps
    if asked.mine:
        mine = actor.email.lower()
        yield lambda item: item.owner is not None and owners.mail_of(item.owner) == mine
    if asked.language.startswith("-"):
        yield lambda item: bool(item.editions) and asked.language[1:] not in item.languages
    elif asked.language:
        yield lambda item: asked.language in item.languages
    if asked.state is not None:
        state = asked.state
        yield lambda item: _is(item, state, beside)


def _sort(found: list[Item], sort: Sort) -> None:
    if sort is Sort.TITLE:
        found.sort(key=lambda item: (item.key, item.id))
    else:
        found.sort(key=lambda item: (item.changed_at, item.id), reverse=sort is Sort.NEWEST)
