"""What was answered to a card, read back."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from app.core.database import Instant, db, table_of
from app.library.models import Document, Revision
from app.practice.calibration import Answered
from app.practice.models import Review, ReviewReply
from app.practice.queue import Name
from app.practice.rating import Rating
from app.quizzes import replies
from app.quizzes.replies import Reply

_review, _reply = table_of(Review), table_of(ReviewReply)
_revision, _document = table_of(Revision), table_of(Document)
_FIND = (
    select(*_review.c, _reply.c.revision_id, _reply.c.number, _reply.c.reply, _reply.c.mark, _reply.c.hints)
    .join(_reply, _reply.c.uuid == _review.c.uuid)
    .where(_review.c.uuid == bindparam("uuid"), _review.c.person_id == bindparam("person_id"))
)
_REVISION = (
    select(_document.c.kind, _revision.c.language)
    .join(_document, _document.c.id == _revision.c.document_id)
    .where(_revision.c.id == bindparam("revision_id"))
)
_SINCE = select(_review.c.rating).where(
    _review.c.person_id == bindparam("person_id"), _review.c.at >= bindparam("since", type_=Instant)
)
_PREDICTED = (
    select(_review.c.predicted, _review.c.rating, _review.c.at)
    .where(_review.c.person_id == bindparam("person_id"), _review.c.predicted.is_not(None))
    .order_by(_review.c.at.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True)
class Reviewed:
    """One answer to a card, with what was replied."""

    uuid: UUID
    name: Name
    at: datetime
    rating: Rating
    predicted: int | None
    revision_id: int
    number: int
    reply: Reply | None
    share: Fraction
    hints: int


def find(person_id: UUID, review_id: UUID) -> Reviewed | None:
    """A person's answer; None for somebody else's."""
    row = db.session.execute(_FIND, {"uuid": review_id, "person_id": person_id}).one_or_none()
    return _from_columns(row) if row else None


def revision(revision_id: int) -> tuple[str, str]:
    """The kind of document that a revision is of, and its language."""
    row = db.session.execute(_REVISION, {"revision_id": revision_id}).one()
    return row.kind, row.language


def ratings_since(person_id: UUID, since: datetime) -> list[Rating]:
    """How the answers of a person since then were rated."""
    return [Rating(each) for each in db.session.execute(_SINCE, {"person_id": person_id, "since": since}).scalars()]


def predicted(person_id: UUID, most: int) -> list[Answered]:
    """A person's last answers that were given a chance beforehand, the newest first."""
    rows = db.session.execute(_PREDICTED, {"person_id": person_id, "most": most})
    return [Answered(row.predicted, row.rating > Rating.AGAIN) for row in rows]


def _from_columns(row: Any) -> Reviewed:
    return Reviewed(
        uuid=row.uuid,
        name=(row.document_id, row.question_key),
        at=row.at,
        rating=Rating(row.rating),
        predicted=row.predicted,
        revision_id=row.revision_id,
        number=row.number,
        reply=replies.from_json(row.reply) if row.reply is not None else None,
        share=Fraction(row.mark),
        hints=row.hints,
    )
