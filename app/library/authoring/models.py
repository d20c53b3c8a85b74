"""Drafts with every text that was saved in them, and the conflicts that sync found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Draft(Model):
    """What is being written of a document in one language: one draft for all its authors, `version` counts its saves.

    `base_id` is the revision it began from, null for a new document. `source` is the text as it would be published,
    `file_digest` that of the file a conflict was settled against: publishing then counts the file as seen.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("document_id", "language"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(30))
    path: Mapped[str] = mapped_column(String(400))
    title: Mapped[str] = mapped_column(Text)
    base_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    version: Mapped[int]
    source: Mapped[bytes] = mapped_column(LargeBinary)
    file_digest: Mapped[str | None] = mapped_column(String(64))
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(Instant)


class SavedText(Model):
    """A text that somebody saved in a draft.

    One that came too late is kept `aside`, with the version it was written on, until its author has merged it.
    """

    __tablename__ = "saved_text"
    __table_args__ = (Index("ix_saved_text_draft_version", "draft_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    version: Mapped[int]
    aside: Mapped[bool] = mapped_column(default=False, server_default=false())
    source: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(Instant)


class DraftWriter(Model):
    """Somebody who opened a draft: when they were last there, and whether they wrote in it."""

    __tablename__ = "draft_writer"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    wrote_at: Mapped[datetime | None] = mapped_column(Instant)


class SyncConflict(Model):
    """An edition that changed in its file and in the database since sync last saw both.

    `file_source` is null when the file is gone, `published_id` when the document was withdrawn in the database.
    """

    __tablename__ = "sync_conflict"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    path: Mapped[str] = mapped_column(String(400))
    file_source: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_digest: Mapped[str | None] = mapped_column(String(64))
    published_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    found_at: Mapped[datetime] = mapped_column(Instant)
