"""Drafts as pages and use cases see them: plain values, with who wrote in them and what became of their base."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.authorisation import DraftSubject
from app.accounts.models import Person
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.library.authoring.models import Draft, DraftWriter, SavedText
from app.library.models import Edition, Revision
from app.library.trust import owners

PRESENT = timedelta(seconds=90)  # without a sign of life for longer, somebody is not there any more


@dataclass(frozen=True)
class DraftView:
    """A draft. `base_is_old`: the published text is no longer the one that this draft began from.

    `writers` are those who saved something in it, `owner_id` the person who owns the published document.
    `file_digest`: publishing it counts this text of the file as seen.
    """

    id: UUID
    document_id: str
    language: str
    kind: str
    path: str
    title: str
    base_id: int | None
    base_number: int | None
    version: int
    source: bytes
    saved_at: datetime
    saved_by_id: UUID
    saved_by_name: str
    created_at: datetime
    writers: frozenset[UUID]
    owner_id: UUID | None
    base_is_old: bool
    file_digest: str | None = None

    @property
    def subject(self) -> DraftSubject:
        """What the authorisation table asks about."""
        return DraftSubject(self.writers, self.owner_id)

    @property
    def text(self) -> str:
        """Its text; bytes that are none show as such."""
        return self.source.decode("utf-8", "replace")


@dataclass(frozen=True)
class Aside:
    """A text that came too late, kept until somebody has merged it; `version` is the one it was written on."""

    id: UUID
    version: int
    source: bytes
    saved_by_id: UUID
    saved_by_name: str
    saved_at: datetime


@dataclass(frozen=True)
class Reader:
    """Somebody who has a draft open now; `wrote_at` when they last saved in it."""

    id: UUID
    name: str
    seen_at: datetime
    wrote_at: datetime | None


def find(document_id: str, language: str) -> DraftView | None:
    """The draft of a document in a language. Two statements, three when the document has an owner."""
    return _view(Draft.document_id == document_id, Draft.language == language)


def get(draft_id: UUID) -> DraftView:
    """The same, by its id. Raises NotFound."""
    found = _view(Draft.id == draft_id)
    if found is None:
        raise NotFound(draft=draft_id)
    return found


def asides_of(draft_id: UUID) -> list[Aside]:
    """The texts that wait to be merged into a draft, the oldest first."""
    rows = db.session.execute(
        select(
            SavedText.id,
            SavedText.version,
            SavedText.source,
            SavedText.saved_by,
            Person.name,
            SavedText.saved_at,
        )
        .join(Person, Person.id == SavedText.saved_by)
        .where(SavedText.draft_id == draft_id, SavedText.aside)
        .order_by(SavedText.saved_at, SavedText.id)
    )
    return [Aside(*row) for row in rows]


def readers_of(draft_id: UUID) -> list[Reader]:
    """Who has the draft open now, the one who came last first."""
    rows = db.session.execute(
        select(Person.id, Person.name, DraftWriter.seen_at, DraftWriter.wrote_at)
        .join(Person, Person.id == DraftWriter.person_id)
        .where(DraftWriter.draft_id == draft_id, DraftWriter.seen_at > clock.now() - PRESENT)
        .order_by(DraftWriter.seen_at.desc(), Person.name)
    )
    return [Reader(*row) for row in rows]


def text_at(draft_id: UUID, version: int) -> bytes | None:
    """What was saved as this version, while it is still kept."""
    return db.session.execute(
        select(SavedText.source).where(
            SavedText.draft_id == draft_id, SavedText.version == version, SavedText.aside.is_(False)
        )
    ).scalar()


def _view(*condition: Any) -> DraftView | None:
    base, saver = aliased(Revision), aliased(Person)
    row = db.session.execute(
        select(
            Draft.id,
            Draft.document_id,
            Draft.language,
            Draft.kind,
            Draft.path,
            Draft.title,
            Draft.base_id,
            base.number.label("base_number"),
            Draft.version,
            Draft.source,
            Draft.saved_at,
            saver.id.label("saved_by_id"),
            saver.name.label("saved_by_name"),
            Draft.created_at,
            Draft.file_digest,
            Edition.owner,
            Edition.published_id,
        )
        .join(saver, saver.id == Draft.saved_by)
        .outerjoin(base, base.id == Draft.base_id)
        .outerjoin(Edition, (Edition.document_id == Draft.document_id) & (Edition.language == Draft.language))
        .where(*condition)
    ).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    owner, published_id = values.pop("owner"), values.pop("published_id")
    writers = db.session.execute(
        select(DraftWriter.person_id).where(DraftWriter.draft_id == row.id, DraftWriter.wrote_at.is_not(None))
    ).scalars()
    return DraftView(
        **values,
        writers=frozenset(writers),
        owner_id=owners.person_of(owner),
        base_is_old=published_id != row.base_id,
    )
