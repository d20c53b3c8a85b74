"""Attempts, the answers given in them, and the projection of results."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Attempt(Model):
    """One person taking one revision of a quiz. Marks are exact fractions, written "7/2"; null until submitted."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_person_document", "person_id", "document_id", "started_at"),
        # One open attempt a quiz and person: a double click starts one.
        Index(
            "uq_attempt_open",
            "person_id",
            "document_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    deadline_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    mark: Mapped[str | None] = mapped_column(String(40))
    maximum: Mapped[str | None] = mapped_column(String(40))
    passed: Mapped[bool | None]


class Answer(Model):
    """What a person replied to one question of an attempt: words and choices live here, never in activity."""

    __tablename__ = "answer"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    reply: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    mark: Mapped[str | None] = mapped_column(String(40))


class QuizResult(Model):
    """Projection: how a person stands on a quiz. `best_percent` is rounded down, so 79.9 does not pass at 80."""

    __tablename__ = "quiz_result"
    __table_args__ = (CheckConstraint("best_percent between 0 and 100", name="percent"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    attempts: Mapped[int]
    best_percent: Mapped[int]
    passed_at: Mapped[datetime | None] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
