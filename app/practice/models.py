"""Review cards and what was said to them: projections of the acts of reviewing; the words of a reply stand apart."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class ReviewCard(Model):
    """Projection: what a person remembers of a question, by FSRS; `stability` is in days, `difficulty` from 1 to 10.

    `met_at` is when it was first answered in a quiz, `answered_at` when last, there or in review, and `seen_at` when
    what was answered last had been put to them. `suspended_at`: since then it no longer comes back. `before` is the
    card as it was before its last review, which may be rated again.
    """

    __tablename__ = "review_card"
    __table_args__ = (Index("ix_review_card_due", "person_id", "due_at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    stability: Mapped[float]
    difficulty: Mapped[float]
    due_at: Mapped[datetime] = mapped_column(Instant)
    met_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    reviews: Mapped[int]
    lapses: Mapped[int]
    suspended_at: Mapped[datetime | None] = mapped_column(Instant)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Review(Model):
    """Projection: one answer to a card. `predicted` is the chance, in thousandths, that FSRS gave it to be known; null
    for a card that was new again. `rating` is from 1 (again) to 4 (easy). `is_first`: of a card never reviewed."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_person_at", "person_id", "at"),)

    uuid: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    question_key: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
    rating: Mapped[int]
    predicted: Mapped[int | None]
    is_first: Mapped[bool]


class ReviewReply(Model):
    """What was replied to a card: words and choices live here, never in activity. `mark` is the exact share earned.

    `revision_id` is the text that asked and graded, `number` how many reviews the card had had: the values and the
    order that were shown follow from it.
    """

    __tablename__ = "review_reply"

    uuid: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    number: Mapped[int]
    reply: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    mark: Mapped[str] = mapped_column(String(40))
    hints: Mapped[int]
    took_ms: Mapped[int | None]
