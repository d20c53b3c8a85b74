"""The words that texts hold, for mending typing mistakes, and what was sought and not found."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class SearchWord(Model):
    """A folded word of at least three letters that stands in published texts, and in how many search entries.

    Kept with the index, in the transaction that changes it (`finding/vocabulary.py`).
    """

    __tablename__ = "search_word"

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    entries: Mapped[int]


class VainSearch(Model):
    """Words that found nothing: how often, when last, never who. `words` are folded, `typed` as they last came."""

    __tablename__ = "vain_search"

    words: Mapped[str] = mapped_column(String(400), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    typed: Mapped[str] = mapped_column(String(400))
    times: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant)
