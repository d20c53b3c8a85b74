"""Assignments and enrolments."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Assignment(Model):
    """A play, a quiz or a whole step given to people, due at an instant.

    The form makes `id`, so that a double submit is one assignment.
    """

    __tablename__ = "assignment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"))
    assigned_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(300), default="")
    due_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)


class Enrolment(Model):
    """One person's copy of an assignment. Whether it is done is read from what they did, never stored."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("assignment_id", "person_id"),
        Index("ix_enrolment_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
