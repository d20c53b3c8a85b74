"""Which questions ask something else than what a person answered last."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select

from app.core.database import db, table_of
from app.practice.card import Card
from app.practice.queue import Name
from app.quizzes.models import ChangedQuestion

_changed = table_of(ChangedQuestion)
_CHANGED = select(_changed.c.question_key, _changed.c.changed_at).where(
    _changed.c.document_id == bindparam("document_id"),
    _changed.c.language == bindparam("language"),
    _changed.c.question_key.in_(bindparam("keys", expanding=True)),
    _changed.c.changed_at.is_not(None),
)


def changed_at(document_id: str, language: str, keys: Iterable[str]) -> Mapping[str, datetime]:
    """When the last publication changed what these questions ask; those never changed are left out. One statement."""
    rows = db.session.execute(_CHANGED, {"document_id": document_id, "language": language, "keys": list(keys)})
    return {row.question_key: row.changed_at for row in rows}


def is_fresh(name: Name, language: str, card: Card) -> bool:
    """Whether a question is new again to who holds this card. One statement."""
    document_id, key = name
    changed = changed_at(document_id, language, [key]).get(key)
    return changed is not None and changed > card.seen_at
