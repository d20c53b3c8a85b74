"""Questions and comments on documents, with their answers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model

_ANSWERS = text("parent_id IS NOT NULL")
_OPEN = text("parent_id IS NULL AND resolved_at IS NULL AND hidden_at IS NULL")


class Remark(Model):
    """What a reader asks or says about a document, at a heading (`anchor`, empty for the whole), or an answer to one.

    Answers have a `parent_id` and stand one level deep. `revision_id` is the text the reader had before their eyes.
    A hidden remark is shown to nobody but its author and those who may hide. `seen_at`: when its author last looked at
    the answers. A person who is erased leaves the row with an empty text.
    """

    __tablename__ = "remark"
    __table_args__ = (
        CheckConstraint("parent_id is null or resolved_at is null", name="only_questions_are_resolved"),
        Index("ix_remark_document_id", "document_id", "created_at"),
        # Of answers alone: a list of questions must not be read by it.
        Index("ix_remark_parent_id", "parent_id", "created_at", sqlite_where=_ANSWERS, postgresql_where=_ANSWERS),
        Index("ix_remark_author_id", "author_id"),
        Index("ix_remark_open", "document_id", "created_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    language: Mapped[str] = mapped_column(String(8))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    anchor: Mapped[str] = mapped_column(String(200))
    heading: Mapped[str] = mapped_column(Text)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("remark.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    hidden_at: Mapped[datetime | None] = mapped_column(Instant)
    hidden_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
