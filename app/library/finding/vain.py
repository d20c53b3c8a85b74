"""Searches that found nothing, for authors: which words, how often, when last; never who.

Only a search that somebody finished is counted: the page tells it once it is shown, by a request of its own, so that
looking changes nothing and a database that cannot be written to hurts no search.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy import Connection, bindparam, delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core import clock
from app.core.database import BUSY_TIMEOUT_MS, db, insert, is_postgresql, table_of
from app.core.errors import NotFound
from app.core.pagination import PER_PAGE, Page
from app.library import analysis, catalogue, search
from app.library.finding.everything import LONGEST
from app.library.finding.models import VainSearch

MOST_KEPT = 2_000
LONGEST_WAIT_MS = 250

log = logging.getLogger(__name__)

_vain = table_of(VainSearch)
_COLUMNS = (_vain.c.words, _vain.c.language, _vain.c.typed, _vain.c.times, _vain.c.last_at)
_LEAST = (
    select(_vain.c.words, _vain.c.language)
    .order_by(_vain.c.times, _vain.c.last_at, _vain.c.words)
    .limit(bindparam("too_many"))
)
_THIS = delete(_vain).where(_vain.c.words == bindparam("its_words"), _vain.c.language == bindparam("its_language"))
_HOW_MANY = select(func.count()).select_from(_vain)


@dataclass(frozen=True)
class Vain:
    """Words that found nothing."""

    words: str
    language: str
    typed: str
    times: int
    last_at: datetime


def note(actor: Actor, typed: str, *, language: str) -> bool:
    """Count a finished search that found nothing; says whether it was counted.

    Asked again first, so that nobody fills the list with what is found. A failure to write is logged, not raised.
    """
    authorise(actor, Action.READ_LIBRARY)
    typed = " ".join(typed[:LONGEST].split())
    words = analysis.parse_query(typed, language).words
    if not words:
        return False
    # With a space behind: somebody who finished typed no beginning.
    results = search.search(typed + " ", language=language, most=1)
    if results.hits and not results.nearest:
        return False
    try:
        _count(" ".join(words), language, typed)
    except SQLAlchemyError:
        log.warning("a search in vain could not be counted", exc_info=True)
        return False
    return True


def listed(actor: Actor, number: int) -> Page[Vain]:
    """A page of the words that found nothing, those sought most often first. Two statements."""
    authorise(actor, Action.WRITE_LIBRARY)
    rows = db.session.execute(
        select(*_COLUMNS)
        .order_by(_vain.c.times.desc(), _vain.c.last_at.desc(), _vain.c.words, _vain.c.language)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    return Page([Vain(*row) for row in rows], number, db.session.execute(_HOW_MANY).scalar_one())


def dismiss(actor: Actor, words: str, language: str) -> None:
    """Take words off the list: nothing needs to be written for them. Raises NotFound."""
    authorise(actor, Action.WRITE_LIBRARY)
    this = {"its_words": words, "its_language": language}
    if db.session.execute(_THIS.returning(_vain.c.words), this).scalar_one_or_none() is None:
        raise NotFound(words=words)
    db.session.commit()


def write_address(sought: Vain) -> str:
    """Where a script begins that is titled like what was sought."""
    query = urlencode({"kind": "script", "title": sought.typed, "language": sought.language})
    return f"/library/new?{query}"


def synonym_address(sought: Vain) -> str | None:
    """Where the glossary of the language is written, if there is one."""
    entry = next(
        (each for each in catalogue.current().editions_of_kind("glossary") if each.language == sought.language), None
    )
    return f"/library/{entry.id}/{entry.language}/fields" if entry else None


def _count(words: str, language: str, typed: str) -> None:
    """In a transaction of its own, which waits a quarter of a second and no more for another that writes."""
    row = {"words": words, "language": language, "typed": typed, "times": 1, "last_at": clock.now()}
    upsert = insert(_vain).values(**row)
    changed = {"typed": typed, "times": _vain.c.times + 1, "last_at": row["last_at"]}
    with db.engine.connect() as connection, _patience(connection):
        connection.execute(upsert.on_conflict_do_update(index_elements=["words", "language"], set_=changed))
        too_many = connection.execute(_HOW_MANY).scalar_one() - MOST_KEPT
        if too_many > 0:
            least = connection.execute(_LEAST, {"too_many": too_many}).all()
            connection.execute(_THIS, [{"its_words": gone.words, "its_language": gone.language} for gone in least])
        connection.commit()


@contextmanager
def _patience(connection: Connection) -> Iterator[None]:
    if is_postgresql():
        connection.execute(text(f"SET LOCAL lock_timeout = {LONGEST_WAIT_MS}"))
        yield
        return
    connection.execute(text(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}"))
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"))
