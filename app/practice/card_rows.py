"""The rows behind cards: statements written once, on the tables themselves."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from app.core.database import db, insert, table_of
from app.practice import card as cards
from app.practice.card import Card
from app.practice.models import ReviewCard
from app.practice.queue import Name
from app.practice.scheduling import Memory

_card = table_of(ReviewCard)
COLUMNS = tuple(_card.c)
_OF_DOCUMENT = select(*COLUMNS).where(
    _card.c.person_id == bindparam("person_id"),
    _card.c.document_id == bindparam("document_id"),
    _card.c.question_key.in_(bindparam("keys", expanding=True)),
)
# Two acts on one card do not pass each other. SQLite ignores this, having one writer.
_HELD: Select[Any] = _OF_DOCUMENT.with_for_update()


def from_columns(row: Any) -> Card:
    """The card in a row of COLUMNS."""
    return Card(
        memory=Memory(row.stability, row.difficulty, row.answered_at),
        due_at=row.due_at,
        met_at=row.met_at,
        seen_at=row.seen_at,
        reviews=row.reviews,
        lapses=row.lapses,
        suspended_at=row.suspended_at,
        before=cards.before_from_json(row.before),
    )


def of_document(person_id: UUID, document_id: str, keys: Collection[str], *, hold: bool = False) -> dict[str, Card]:
    """A person's cards of one document, by key."""
    values = {"person_id": person_id, "document_id": document_id, "keys": list(keys)}
    rows = db.session.execute(_HELD if hold else _OF_DOCUMENT, values)
    return {row.question_key: from_columns(row) for row in rows}


def find(person_id: UUID, name: Name, *, hold: bool = False) -> Card | None:
    """A person's card of one question."""
    document_id, key = name
    return of_document(person_id, document_id, [key], hold=hold).get(key)


def keep(person_id: UUID, document_id: str, found: Mapping[str, Card]) -> None:
    """Write cards, over those that are there."""
    if not found:
        return
    statement = insert(_card)
    names = ("person_id", "document_id", "question_key")
    kept = {column.name: statement.excluded[column.name] for column in _card.c if column.name not in names}
    db.session.execute(
        statement.on_conflict_do_update(index_elements=list(names), set_=kept),
        [{"person_id": person_id, "document_id": document_id, **_row(key, card)} for key, card in found.items()],
    )


def _row(key: str, card: Card) -> dict[str, Any]:
    return {
        "question_key": key,
        "stability": card.memory.stability,
        "difficulty": card.memory.difficulty,
        "due_at": card.due_at,
        "met_at": card.met_at,
        "answered_at": card.memory.answered_at,
        "seen_at": card.seen_at,
        "reviews": card.reviews,
        "lapses": card.lapses,
        "suspended_at": card.suspended_at,
        "before": cards.before_as_json(card.before),
    }
