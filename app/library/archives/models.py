"""Archives that people uploaded and look at before anything of them is published."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class ArchiveUpload(Model):
    """The archive that a person has before them: one a person, for an hour. `digest` is the SHA-256 of its bytes."""

    __tablename__ = "archive_upload"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)


class ArchivePart(Model):
    """A piece of an uploaded archive, so that none is ever whole in memory."""

    __tablename__ = "archive_part"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("archive_upload.person_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
