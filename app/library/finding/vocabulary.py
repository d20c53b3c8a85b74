"""The words that published texts hold: counted with the index, kept in each process until the generation moves.

While a transaction indexes texts, the changes gather in the session and are written when it commits, each word once:
a publication of ten thousand texts would otherwise change the row of a common word ten thousand times.
"""

from bisect import bisect_left
from collections import Counter
from typing import Any

from sqlalchemy import bindparam, delete, event, select
from sqlalchemy.orm import Session

from app.core.database import db, insert, table_of
from app.library import memory
from app.library.finding.models import SearchWord

SHORTEST = 3
_PENDING = "palier_words"

_word = table_of(SearchWord)
_OF_LANGUAGE = select(_word.c.word, _word.c.entries).where(_word.c.language == bindparam("language"))
_GONE = delete(_word).where(_word.c.entries <= 0)


def words_in(*terms: str) -> set[str]:
    """The words among an entry's terms that a mistake could be mended to."""
    folded = {term.partition("/")[0] for each in terms for term in each.split()}
    return {word for word in folded if len(word) >= SHORTEST and word.isalpha()}


def gained(language: str, words: set[str]) -> None:
    """One search entry more holds these words."""
    _pending().update((language, word) for word in words)


def lost(language: str, words: set[str]) -> None:
    """One search entry fewer holds these words."""
    _pending().subtract((language, word) for word in words)


def _pending() -> Counter[tuple[str, str]]:
    pending: Counter[tuple[str, str]] = db.session().info.setdefault(_PENDING, Counter())
    return pending


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    pending: Counter[tuple[str, str]] = session.info.pop(_PENDING, None) or Counter()
    changes = [
        {"language": language, "word": word, "entries": change}
        for (language, word), change in sorted(pending.items())
        if change
    ]
    if not changes:
        return
    upsert = insert(_word)
    entries: Any = _word.c.entries + upsert.excluded.entries
    session.execute(
        upsert.on_conflict_do_update(index_elements=["language", "word"], set_={"entries": entries}), changes
    )
    if min(pending.values()) < 0:
        session.execute(_GONE)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _transaction: object) -> None:
    session.info.pop(_PENDING, None)


class Stock:
    """The words of a language's texts: in how many entries each stands, and all of them in order."""

    def __init__(self, entries: dict[str, int]) -> None:
        self.entries = entries
        self._ordered = sorted(entries)

    def standing(self, word: str, *, begun: bool) -> int:
        """In about how many entries a word stands, or, `begun`, a word that begins so."""
        if not begun:
            return self.entries.get(word, 0)
        return sum(self.entries[each] for each in self.beginning_with(word))

    def beginning_with(self, beginning: str) -> list[str]:
        """The words that begin so, in order."""
        first = bisect_left(self._ordered, beginning)
        return self._ordered[first : bisect_left(self._ordered, beginning + "\U0010ffff", first)]


def of(language: str) -> Stock:
    """The words of a language's texts, read once a generation."""
    return memory.shared(("words", language), lambda: Stock(_read(language)))


def _read(language: str) -> dict[str, int]:
    rows = db.session.execute(_OF_LANGUAGE, {"language": language}).all()
    return {word: int(entries) for word, entries in rows}
