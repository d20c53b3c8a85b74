"""Files of questions that people uploaded and look at before anything is made of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class QuestionUpload(Model):
    """The file that a person has before them: one a person, for an hour. `wanted` is what is to become of it, `made`
    the address of the draft that was made of it."""

    __tablename__ = "question_upload"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    made: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
