"""Attempts, the answers given in them, their scores and regradings, and the projections of results."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Attempt(Model):
    """One person taking one revision of a quiz. Marks are exact fractions, written "7/2"; null until submitted,
    and until a manager has scored what was written in it."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_person_document", "person_id", "document_id", "started_at"),
        Index("ix_attempt_document", "document_id", "submitted_at"),
        # Those that wait for a manager's scores: few among many.
        Index(
            "ix_attempt_unscored",
            "submitted_at",
            sqlite_where=text("submitted_at IS NOT NULL AND mark IS NULL"),
            postgresql_where=text("submitted_at IS NOT NULL AND mark IS NULL"),
        ),
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
    # What was drawn for this attempt (`drawing.py`); null when it asks what the file holds, as it stands there.
    sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # The result under a corrected revision, once regraded; the first one stays above.
    revised_mark: Mapped[str | None] = mapped_column(String(40))
    revised_maximum: Mapped[str | None] = mapped_column(String(40))
    revised_passed: Mapped[bool | None]
    revised_revision_id: Mapped[int | None]
    # By what else it was graded again (`AttemptRow.revised_sheet`).
    revised_sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Answer(Model):
    """What a person replied to one question of an attempt: words and choices live here, never in activity."""

    __tablename__ = "answer"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    reply: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    mark: Mapped[str | None] = mapped_column(String(40))
    revised_mark: Mapped[str | None] = mapped_column(String(40))
    # Once checked, its feedback has been shown, and the reply no longer changes.
    checked_at: Mapped[datetime | None] = mapped_column(Instant)


class HintTaken(Model):
    """How many hints to a question a person has asked for in an attempt."""

    __tablename__ = "hint_taken"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    hints: Mapped[int]


class TextScore(Model):
    """What a manager gave to a written reply: points by criterion, in the order of the rubric, and a word about it.

    `maximum` is what the criteria came to when it was scored, so that the share stands when the rubric changes later.
    """

    __tablename__ = "text_score"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    points: Mapped[list[int]] = mapped_column(JSON)
    maximum: Mapped[int]
    comment: Mapped[str] = mapped_column(Text)
    scored_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    scored_at: Mapped[datetime] = mapped_column(Instant)


class Regrading(Model):
    """Old attempts at a quiz, graded again by a corrected revision. `person_id` is null for the command line."""

    __tablename__ = "regrading"
    __table_args__ = (Index("ix_regrading_document", "document_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class RegradedAttempt(Model):
    """What one attempt had before a regrading, and what it has since. `seen_at`: when its person looked at that."""

    __tablename__ = "regraded_attempt"
    __table_args__ = (Index("ix_regraded_attempt_attempt", "attempt_id"),)

    regrading_id: Mapped[UUID] = mapped_column(ForeignKey("regrading.id", ondelete="CASCADE"), primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    was_mark: Mapped[str] = mapped_column(String(40))
    was_maximum: Mapped[str] = mapped_column(String(40))
    was_passed: Mapped[bool]
    mark: Mapped[str] = mapped_column(String(40))
    maximum: Mapped[str] = mapped_column(String(40))
    passed: Mapped[bool]
    seen_at: Mapped[datetime | None] = mapped_column(Instant)


class AttemptResult(Model):
    """Projection: what each attempt counts for, since its last regrading (`regraded_at`) where it has one.

    `quiz_result` is made of these. `at` is when it was handed in."""

    __tablename__ = "attempt_result"
    __table_args__ = (Index("ix_attempt_result_person_document", "person_id", "document_id"),)

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    percent: Mapped[int]
    passed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Instant)
    regraded_at: Mapped[datetime | None] = mapped_column(Instant)
    regrading_id: Mapped[UUID | None]


class ChangedQuestion(Model):
    """A question of a published quiz or bank, in a language, that a publication has changed or taken out.

    `changed_at` is when a material publication last changed what it asks or what is right, `withdrawn_at` when it was
    taken out. What a person knew before `changed_at` is asked anew. A question never changed has no row.
    """

    __tablename__ = "changed_question"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    changed_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


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
