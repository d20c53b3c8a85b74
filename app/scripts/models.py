"""Pinned scripts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Pin(Model):
    """Projection: a script that a person keeps at hand on *Today*."""

    __tablename__ = "pin"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
