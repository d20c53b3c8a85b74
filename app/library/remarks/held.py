"""A remark that is about to change: held until the end of the transaction, with who may do what to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, may
from app.core.database import db
from app.core.errors import NotFound
from app.library import catalogue
from app.library.catalogue import Entry
from app.library.remarks.headings import takes_questions
from app.library.remarks.models import Remark
from app.library.trust import owners


@dataclass(frozen=True)
class Held:
    """A remark and its question, which is the same when it is no answer. `is_followed`: somebody wrote after it."""

    id: UUID
    question_id: UUID
    document_id: str
    language: str
    revision_id: int
    author_id: UUID
    asker_id: UUID
    text: str
    is_answer: bool
    is_followed: bool
    hidden_at: datetime | None
    hidden_by: UUID | None
    question_hidden_at: datetime | None
    resolved_at: datetime | None
    owner_id: UUID | None
    entry: Entry


def entry_of(document_id: str, language: str) -> Entry:
    """The published document that readers may ask about. Raises NotFound, or Moved to the successor of one archived."""
    found = catalogue.current().find(document_id, language)
    if found is None:
        found = catalogue.current().get(document_id, language, "")  # says where an archived one leads
    if not takes_questions(found.kind):
        raise NotFound(document=document_id)
    return found


def owner_of(document_id: str, language: str) -> UUID | None:
    """The person who answers for a document in a language: one statement at most."""
    return owners.person_of(entry_of(document_id, language).owner)


def moderates(actor: Actor, owner_id: UUID | None) -> bool:
    """Whether somebody may answer, settle and hide."""
    return may(actor, Action.ANSWER_REMARKS, owner_id)


def hold(actor: Actor, document_id: str, remark_id: UUID) -> Held:
    """Take a remark of a document, and its question, for the rest of the transaction.

    Raises NotFound for one of another document, and for a hidden one that is not the actor's to see.
    """
    known = db.session.execute(
        select(Remark.parent_id).where(Remark.id == remark_id, Remark.document_id == document_id)
    ).one_or_none()
    if known is None:
        raise NotFound(remark=remark_id)
    # Writing takes the lock on both databases before what the rules ask is read.
    db.session.execute(
        update(Remark)
        .where(Remark.id == (known.parent_id or remark_id))
        .values(created_at=Remark.created_at)
        .execution_options(synchronize_session=False)
    )
    return find(actor, document_id, remark_id)


def find(actor: Actor, document_id: str, remark_id: UUID) -> Held:
    """The same, only to be looked at. Raises NotFound."""
    held = _read(document_id, remark_id)
    see_hidden = moderates(actor, held.owner_id) or actor.id == (
        held.asker_id if held.question_hidden_at else held.author_id
    )
    if (held.hidden_at or held.question_hidden_at) and not see_hidden:
        raise NotFound(remark=remark_id)
    return held


def _read(document_id: str, remark_id: UUID) -> Held:
    root, later = aliased(Remark), aliased(Remark)
    followed = exists(
        select(later.id).where(
            later.parent_id == root.id,
            later.id != Remark.id,
            # Every answer follows its question, even if the clock went back in between.
            or_(Remark.parent_id.is_(None), later.created_at >= Remark.created_at),
        )
    )
    row = db.session.execute(
        select(
            Remark.id,
            root.id.label("question_id"),
            Remark.document_id,
            Remark.language,
            Remark.revision_id,
            Remark.author_id,
            root.author_id.label("asker_id"),
            Remark.text,
            Remark.parent_id.is_not(None).label("is_answer"),
            followed.label("is_followed"),
            Remark.hidden_at,
            Remark.hidden_by,
            root.hidden_at.label("question_hidden_at"),
            root.resolved_at,
        )
        .join(root, (root.id == Remark.parent_id) | ((root.id == Remark.id) & Remark.parent_id.is_(None)))
        .where(Remark.id == remark_id, Remark.document_id == document_id)
    ).one_or_none()
    if row is None:
        raise NotFound(remark=remark_id)
    entry = entry_of(row.document_id, row.language)
    return Held(**row._mapping, owner_id=owners.person_of(entry.owner), entry=entry)
