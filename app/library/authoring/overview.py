"""One document as its authors see it, in one language: how it stands, what is next, what it is tied to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, may
from app.accounts.models import Person
from app.core import languages
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import SUPPORTED
from app.library import catalogue, linked
from app.library.authoring import archiving, listing, stock
from app.library.authoring.catching_up import Behind
from app.library.authoring.models import Draft, SyncConflict
from app.library.authoring.reading import DraftView, find
from app.library.authoring.stock import Item
from app.library.catalogue import Entry
from app.library.differences import revisions
from app.library.differences.revisions import RevisionLine
from app.library.kinds import Kind, all_kinds
from app.library.trust import owners, stewardship
from app.library.trust.lapses import Standing

SHOWN_LINKS = 30


class Stands(StrEnum):
    """How a document stands in one language, the most pressing first."""

    CONFLICT = "conflict"
    DRAFT = "draft"
    ARCHIVED = "archived"
    MISSING = "missing"
    LAPSED = "lapsed"
    BEHIND = "behind"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Tongue:
    """A language of the document: what is published in it, and who writes in it."""

    language: str
    stands: Stands
    entry: Entry | None
    behind: Behind | None
    draft_by: str | None


@dataclass(frozen=True)
class Overview:
    """Everything on the page. `entry` is what is published in this language, `draft` what is being written in it.

    `links_to` and `links_from` are published documents; `more_links` how many more link to it. `readers` is None for
    what nobody acknowledges.
    """

    document_id: str
    language: str
    kind: Kind
    title: str
    title_language: str
    stands: Stands
    item: Item | None
    entry: Entry | None
    draft: DraftView | None
    tongues: tuple[Tongue, ...]
    history: tuple[RevisionLine, ...]
    links_to: tuple[Entry, ...]
    more_links: int
    links_from: tuple[Entry, ...]
    owner: str
    standing: Standing | None
    may_publish: bool
    readers: int | None
    successor: Entry | None

    @property
    def tongue(self) -> Tongue:
        """This language among the others."""
        return next(each for each in self.tongues if each.language == self.language)

    @property
    def address(self) -> str:
        """Its place in the library; the pages about it stand below."""
        return f"/library/{self.document_id}/{self.language}"


def of(actor: Actor, document_id: str, language: str) -> Overview:
    """The document in this language, which may not exist yet. Raises NotFound when it does in none."""
    item = stock.items().get(document_id)
    draft = find(document_id, language)
    writing = _drafts_of(document_id)
    kind = item.kind if item else all_kinds().by_name.get(next(iter(writing.values())).kind) if writing else None
    if language not in SUPPORTED or kind is None:
        raise NotFound(document=document_id)
    contested = _contested(document_id)
    tongues = tuple(_tongue(item, each, writing, contested) for each in SUPPORTED)
    tongue = next(each for each in tongues if each.language == language)
    entry = tongue.entry
    title, title_language = _title(item, entry, draft, writing)
    linking = _entries({link.document_id for link in linked.links_to(document_id)} - {document_id})
    return Overview(
        document_id=document_id,
        language=language,
        kind=kind,
        title=title,
        title_language=title_language,
        stands=tongue.stands,
        item=item,
        entry=entry,
        draft=draft,
        tongues=tongues,
        history=tuple(revisions.of_edition(document_id, language)),
        links_to=tuple(linking[:SHOWN_LINKS]),
        more_links=len(linking[SHOWN_LINKS:]),
        links_from=tuple(_entries({link.target_id for link in linked.links_from(document_id, language)})),
        owner=_owner(item),
        standing=stewardship.standing_of(entry) if entry else None,
        may_publish=draft is not None and may(actor, Action.PUBLISH_DRAFT, draft.subject),
        readers=listing.counted_readers([document_id])[document_id] if entry and kind.is_acknowledged else None,
        successor=archiving.leads_to(document_id) if item and item.is_archived else None,
    )


def language_of(document_id: str) -> str:
    """The language in which a document is best opened: the reader's, else one it is in. Raises NotFound."""
    item = stock.items().get(document_id)
    known = [*(item.languages or item.archived if item else ()), *_drafts_of(document_id)]
    if not known:
        raise NotFound(document=document_id)
    spoken = languages.readers()
    return spoken if spoken in known else known[0]


@dataclass(frozen=True)
class _Writing:
    """A draft of the document in some language."""

    kind: str
    title: str
    by: str
    saved_at: datetime


def _drafts_of(document_id: str) -> dict[str, _Writing]:
    rows = db.session.execute(
        select(Draft.language, Draft.kind, Draft.title, Person.name, Draft.saved_at)
        .join(Person, Person.id == Draft.saved_by)
        .where(Draft.document_id == document_id)
        .order_by(Draft.language)
    )
    return {row.language: _Writing(*row[1:]) for row in rows}


def _contested(document_id: str) -> set[str]:
    this = select(SyncConflict.language).where(SyncConflict.document_id == document_id)
    return set(db.session.execute(this).scalars())


def _tongue(item: Item | None, language: str, writing: Mapping[str, _Writing], contested: set[str]) -> Tongue:
    entry = next((each for each in item.editions if each.language == language), None) if item else None
    behind = item.behind.get(language) if item else None
    if language in contested:
        stands = Stands.CONFLICT
    elif language in writing:
        stands = Stands.DRAFT
    elif entry is None:
        stands = Stands.ARCHIVED if item and language in item.archived else Stands.MISSING
    elif stewardship.standing_of(entry).has_lapsed:
        stands = Stands.LAPSED
    else:
        stands = Stands.BEHIND if behind else Stands.PUBLISHED
    return Tongue(language, stands, entry, behind, writing[language].by if language in writing else None)


def _title(
    item: Item | None, entry: Entry | None, draft: DraftView | None, writing: Mapping[str, _Writing]
) -> tuple[str, str]:
    """The title and its language: as it is being written, as published, as in another language."""
    if draft is not None:
        return draft.title, draft.language
    if entry is not None:
        return entry.title, entry.language
    if item is not None:
        return item.title, item.title_language
    language, first = next(iter(writing.items()))
    return first.title, language


def _entries(document_ids: set[str]) -> list[Entry]:
    """The published documents among these, by title."""
    spoken = languages.readers()
    found = (catalogue.current().find(each, spoken) for each in document_ids)
    return sorted((entry for entry in found if entry), key=lambda entry: (entry.title.casefold(), entry.id))


def _owner(item: Item | None) -> str:
    """Who answers for it, by name where they have an account; empty when nobody does."""
    words = item.owner if item else None
    if not words:
        return ""
    person = owners.persons_of([words]).get(words)
    return person.name if person else owners.words_of(words)
