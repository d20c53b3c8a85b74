"""What people did (the database itself refuses to change or delete a row), and how often that moved their progress."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Activity(Model):
    """An act: who, what kind, when, on which document, and numbers. Never a person's words."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_person_at", "person_id", "at"),
        Index("ix_activity_document_id", "document_id"),
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    document_id: Mapped[str | None] = mapped_column(String(120))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class ProgressVersion(Model):
    """Projection: how many of a person's acts have moved a projection, so that what is kept of it knows it is old."""

    __tablename__ = "progress_version"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    number: Mapped[int]
