"""Attachments by name, and their bytes by content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Blob(Model):
    """Bytes, kept once however often they are attached; `digest` is their SHA-256. Width and height for images."""

    __tablename__ = "blob"
    __table_args__ = (
        CheckConstraint(
            "media_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif', 'application/pdf')", name="media_type"
        ),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Model):
    """A name for bytes (`plan-atelier.png`), as texts link to it. A name never changes what it stands for.

    `file_digest` is that of its file as sync last saw it, which may still hold what cleaning took away; null when it
    is in no file. `published_at`: when a revision first showed it; it is then kept for as long as its history is.
    `retired_at`: it was taken away, and is kept for that history alone.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_digest", "digest"),)

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))
    file_digest: Mapped[str | None] = mapped_column(String(64))
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
