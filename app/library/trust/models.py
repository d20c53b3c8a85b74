"""Who last said that a document is true, and which lapses their owners were told of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Verification(Model):
    """Projection: the last word that a document, in all its languages, is still true."""

    __tablename__ = "verification"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class LapseNotice(Model):
    """A lapse that somebody was written about, so that no lapse is told twice. `lapsed_at` tells lapses apart."""

    __tablename__ = "lapse_notice"

    document_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    lapsed_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(Instant)
