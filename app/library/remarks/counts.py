"""How many questions are open, for lists of documents."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select

from app.core.database import db
from app.library.remarks.states import is_open, question

MOST_NAMED = 500

_OPEN = select(question.c.document_id, func.count()).where(is_open).group_by(question.c.document_id)
_OPEN_OF = _OPEN.where(question.c.document_id.in_(bindparam("document_ids", expanding=True)))


def open_counts(document_ids: Iterable[str] | None = None) -> dict[str, int]:
    """The open questions by document, without those that have none; of all documents when none are named.

    One statement: only what is open is read, however long the list.
    """
    wanted = None if document_ids is None else list(document_ids)
    if wanted is not None and len(wanted) <= MOST_NAMED:
        rows = db.session.execute(_OPEN_OF, {"document_ids": wanted}).all() if wanted else []
        return {row[0]: row[1] for row in rows}
    kept = None if wanted is None else set(wanted)
    return {each: number for each, number in db.session.execute(_OPEN) if kept is None or each in kept}
