"""The catalogue: what is published, in the memory of each web process, replaced when the library's generation moves.

Titles, cards and the order of things are read once a generation; bodies are read when a page first shows them.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from flask import current_app, g
from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from app.accounts import sign_ins
from app.accounts.models import Person
from app.core import languages
from app.core.database import db, table_of
from app.core.errors import Moved, NotFound
from app.library.kinds import Block, Kind, all_kinds
from app.library.models import Document, Edition, LibraryState, Rendering, Revision
from app.library.trust.models import Verification

BODIES_KEPT = 400


@dataclass(frozen=True)
class Entry:
    """A published document in one language. `card` is of its kind's card model.

    `verified_at`: when its owner last said that it is true, or when its text last changed in substance, if later;
    `verified_by` is the name of who said so, None where a change was later.
    """

    id: str
    kind: Kind
    language: str
    title: str
    revision_id: int
    number: int
    published_at: datetime
    card: Any
    folder: str
    owner: str | None = None
    verify_every: int | None = None
    verified_at: datetime | None = None
    verified_by: str | None = None

    @property
    def address(self) -> str:
        """Its page."""
        return self.kind.address_of(self.id)


@dataclass(frozen=True)
class Body:
    """What a document's own page shows: everything structured, and the rendered blocks by order."""

    facts: Any
    blocks: tuple[Block, ...]

    def block(self, name: str) -> Block | None:
        """The block of this name."""
        return next((block for block in self.blocks if block.name == name), None)


class Catalogue:
    """Everything published, at one generation of the library."""

    def __init__(
        self,
        generation: int,
        entries: Iterable[Entry],
        standing: Mapping[str, frozenset[int]],
        redirects: Mapping[str, str] | None = None,
    ) -> None:
        self.generation = generation
        self._redirects = redirects or {}
        self._standing = standing
        self._editions: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            self._editions.setdefault(entry.id, {})[entry.language] = entry
        self._by_kind: dict[tuple[str, str], list[Entry]] = {}
        self._beside: dict[tuple[str, str, str], list[Entry]] = {}
        self._bodies: OrderedDict[int, Body] = OrderedDict()
        self._lock = Lock()

    def find(self, document_id: str, language: str, kind: str | None = None) -> Entry | None:
        """A document in this language, else in another one that exists; None when there is none of this kind."""
        editions = self._editions.get(document_id)
        if not editions:
            return None
        entry = editions.get(language) or editions.get("fr") or next(iter(editions.values()))
        return entry if kind in (None, entry.kind.name) else None

    def get(self, document_id: str, language: str, kind: str) -> Entry:
        """The same; raises Moved to the document that an archived one sends its readers to, else NotFound."""
        entry = self.find(document_id, language, kind)
        if entry is not None:
            return entry
        successor = self._successor(document_id, language)
        if successor is not None and document_id not in self._editions:
            raise Moved(successor.address)
        raise NotFound(document=document_id)

    def _successor(self, document_id: str, language: str) -> Entry | None:
        """Where an archived document leads, from one archived document to the next."""
        seen: set[str] = set()
        while document_id in self._redirects and document_id not in seen:
            seen.add(document_id)
            document_id = self._redirects[document_id]
            if entry := self.find(document_id, language):
                return entry
        return None

    def of_kind(self, kind: str, language: str) -> list[Entry]:
        """All documents of a kind, each in this language or another, by `order` then title."""
        key = (kind, language)
        if key not in self._by_kind:
            found = [entry for each in self._editions if (entry := self.find(each, language, kind))]
            found.sort(key=lambda entry: (getattr(entry.card, "order", 0), entry.title.casefold(), entry.id))
            self._by_kind[key] = found
        return self._by_kind[key]

    def editions_of_kind(self, kind: str) -> list[Entry]:
        """All documents of a kind, each in every language it has, by id then language."""
        found = [each for each in self.all_editions() if each.kind.name == kind]
        return sorted(found, key=lambda entry: (entry.id, entry.language))

    def all_editions(self) -> Iterable[Entry]:
        """Everything published, in every language it has."""
        return (each for editions in self._editions.values() for each in editions.values())

    def editions(self, document_id: str) -> list[Entry]:
        """A document in every language it has; none for one that is not published."""
        return list(self._editions.get(document_id, {}).values())

    def everything(self) -> Iterable[Entry]:
        """All that is published, each document in every language it has."""
        return (entry for editions in self._editions.values() for entry in editions.values())

    def beside(self, entry: Entry, kind: str) -> list[Entry]:
        """Documents of a kind whose files lie in the entry's folder, whatever the language each is shown in."""
        key = (entry.id, entry.language, kind)
        if key not in self._beside:
            folders = self._folders_of(entry.id)
            self._beside[key] = [
                each for each in self.of_kind(kind, entry.language) if folders & self._folders_of(each.id)
            ]
        return self._beside[key]

    def stands(self, document_id: str, revision_id: int) -> bool:
        """Whether a word given on this revision still holds: nothing material was published after it."""
        return revision_id in self._standing.get(document_id, ())

    def standing(self, document_id: str) -> frozenset[int]:
        """The revisions on which a word still holds, in any language."""
        return self._standing.get(document_id, frozenset())

    def _folders_of(self, document_id: str) -> set[str]:
        return {entry.folder for entry in self._editions[document_id].values()}

    def body(self, entry: Entry) -> Body:
        """What the document's page shows; read from the database once, then kept."""
        with self._lock:
            if entry.revision_id in self._bodies:
                self._bodies.move_to_end(entry.revision_id)
                return self._bodies[entry.revision_id]
        body = _read_body(entry)
        with self._lock:
            self._bodies[entry.revision_id] = body
            if len(self._bodies) > BODIES_KEPT:
                self._bodies.popitem(last=False)
        return body


def current() -> Catalogue:
    """The catalogue at the library's present generation, which comes with the statement that recognises the reader."""
    held: Catalogue | None = g.get("catalogue")
    if held is None:
        carried = g.get("carried") or {}
        generation = carried.get(GENERATION) or db.session.execute(_GENERATION).scalar_one()
        held = g.catalogue = _at(generation)
    return held


def refresh() -> None:
    """Look at the library's generation again: for the worker, which has no requests to begin anew with."""
    g.pop("catalogue", None)
    g.pop("carried", None)


def entry(document_id: str, kind: str) -> Entry:
    """A document in the reader's language, else in another. Raises NotFound."""
    return current().get(document_id, languages.readers(), kind)


def entries(kind: str) -> list[Entry]:
    """All documents of a kind for the reader."""
    return current().of_kind(kind, languages.readers())


GENERATION = "library_generation"
_state = table_of(LibraryState)
_GENERATION = select(_state.c.generation).where(_state.c.id == 1)
sign_ins.carry(GENERATION, _GENERATION.scalar_subquery())


def _at(generation: int) -> Catalogue:
    held: Catalogue | None = current_app.extensions.get("palier_catalogue")
    if held is None or held.generation != generation:
        held = current_app.extensions["palier_catalogue"] = _read(generation)
    return held


def _read(generation: int) -> Catalogue:
    standing: dict[str, set[int]] = {}
    material_at: dict[tuple[str, str], datetime] = {}
    for document_id, language, revision_id, published_at in _read_standing():
        standing.setdefault(document_id, set()).add(revision_id)
        material_at.setdefault((document_id, language), published_at)
    archived = db.session.execute(select(Document.id, Document.redirect_to).where(Document.redirect_to.is_not(None)))
    return Catalogue(
        generation,
        _read_entries(material_at),
        {document_id: frozenset(ids) for document_id, ids in standing.items()},
        {document_id: successor for document_id, successor in archived if successor is not None},
    )


def _read_entries(material_at: Mapping[tuple[str, str], datetime]) -> Iterable[Entry]:
    kinds = all_kinds().by_name
    rows = db.session.execute(
        select(
            Document.id,
            Document.kind,
            Edition.language,
            Edition.path,
            Edition.owner,
            Edition.verify_every,
            Verification.at.label("verified_at"),
            Person.name.label("verified_by"),
            Revision.id.label("revision_id"),
            Revision.number,
            Revision.title,
            Revision.card,
            Revision.published_at,
        )
        .join(Edition, Edition.document_id == Document.id)
        .join(Revision, Revision.id == Edition.published_id)
        .outerjoin(Verification, Verification.document_id == Document.id)
        .outerjoin(Person, Person.id == Verification.person_id)
    )
    for row in rows:
        kind = kinds.get(row.kind)
        if kind is None:  # published by a room that this installation no longer has
            continue
        verified_at = max(filter(None, (row.verified_at, material_at.get((row.id, row.language)))), default=None)
        yield Entry(
            id=row.id,
            kind=kind,
            language=row.language,
            title=row.title,
            revision_id=row.revision_id,
            number=row.number,
            published_at=row.published_at,
            card=kind.card_model.model_validate(row.card),
            folder=row.path.rpartition("/")[0],
            owner=row.owner,
            verify_every=row.verify_every,
            verified_at=verified_at,
            verified_by=row.verified_by if verified_at == row.verified_at else None,
        )


def _read_standing() -> Iterable[Row[str, str, int, datetime]]:
    """The published revisions not older than the last material one of their language, the oldest first."""
    later = aliased(Revision)
    last_material = (
        select(func.max(later.number))
        .where(
            later.document_id == Revision.document_id,
            later.language == Revision.language,
            later.materiality == "material",
        )
        .scalar_subquery()
    )
    return db.session.execute(
        select(Revision.document_id, Revision.language, Revision.id, Revision.published_at)
        .join(Edition, (Edition.document_id == Revision.document_id) & (Edition.language == Revision.language))
        .where(Edition.published_id.is_not(None), Revision.number >= last_material)
        .order_by(Revision.id)
    )


def _read_body(entry: Entry) -> Body:
    row = db.session.execute(
        select(Revision.facts, Rendering.blocks)
        .join(Rendering, Rendering.revision_id == Revision.id)
        .where(Revision.id == entry.revision_id)
    ).one()
    return Body(
        facts=entry.kind.facts.model_validate(row.facts, strict=False),
        blocks=tuple(Block(**block) for block in row.blocks),
    )
