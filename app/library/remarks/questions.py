"""Asking, answering, and taking back what one said."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core import clock
from app.core.database import db, insert
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library.catalogue import Entry
from app.library.models import Revision
from app.library.remarks import acts, headings, held, letters, texts
from app.library.remarks.held import Held
from app.library.remarks.models import Remark

MOST_ANSWERS = 100


@dataclass(frozen=True)
class Asked:
    """A question as the form sends it. `uuid` was made with the form, so that sending it twice asks once."""

    uuid: UUID
    revision_id: int
    anchor: str
    text: str


def ask(actor: Actor, document_id: str, asked: Asked) -> UUID:
    """Keep a question on a document, or a comment, and have its owner told.

    Raises NotFound for a document that readers do not have, InvalidInput for a wrong text, heading or revision.
    """
    authorise(actor, Action.READ_LIBRARY)
    text = texts.checked(asked.text)
    language = db.session.execute(
        select(Revision.language).where(Revision.id == asked.revision_id, Revision.document_id == document_id)
    ).scalar()
    entry = held.entry_of(document_id, language or "")
    if language is None:
        raise InvalidInput(revision=asked.revision_id)
    heading = _heading(entry, asked) if asked.anchor else ""
    row = {
        "document_id": document_id,
        "language": language,
        "revision_id": asked.revision_id,
        "anchor": asked.anchor,
        "heading": heading,
    }
    if _add(actor, asked.uuid, text, row):
        acts.record(acts.MADE, actor.id, document_id, asked.uuid)
        letters.ask_to_tell_owner(entry, actor)
    db.session.commit()
    return asked.uuid


def answer(actor: Actor, document_id: str, question_id: UUID, uuid: UUID, text: str) -> None:
    """Answer a question; its asker may add to it, which opens it again. Raises Forbidden, NotFound, Conflict."""
    question = held.hold(actor, document_id, question_id)
    if question.is_answer:
        raise NotFound(remark=question_id)
    if actor.id != question.asker_id:
        authorise(actor, Action.ANSWER_REMARKS, question.owner_id)
    words = texts.checked(text)
    number = db.session.execute(select(func.count()).where(Remark.parent_id == question_id)).scalar_one()
    if number >= MOST_ANSWERS:
        raise Conflict(_l("This conversation has become long. Ask a new question."))
    row = {
        "document_id": document_id,
        "language": question.language,
        "revision_id": question.entry.revision_id
        if question.entry.language == question.language
        else question.revision_id,
        "anchor": "",
        "heading": "",
        "parent_id": question_id,
    }
    if _add(actor, uuid, words, row):
        acts.record(acts.ANSWERED, actor.id, document_id, uuid)
        _tell(actor, question)
    db.session.commit()


def change(actor: Actor, document_id: str, remark_id: UUID, text: str) -> None:
    """Write one's own words anew, as long as nobody has written after them. Raises NotFound, Conflict, InvalidInput."""
    _own(actor, document_id, remark_id)
    words = texts.checked(text)
    db.session.execute(update(Remark).where(Remark.id == remark_id).values(text=words, edited_at=clock.now()))
    db.session.commit()


def withdraw(actor: Actor, document_id: str, remark_id: UUID) -> None:
    """Take one's own words back, as long as nobody has written after them. Raises NotFound, Conflict."""
    _own(actor, document_id, remark_id)
    db.session.execute(delete(Remark).where(Remark.id == remark_id))
    db.session.commit()


def may_still_change(actor_id: UUID, author_id: UUID, *, is_followed: bool, is_settled: bool) -> bool:
    """Whether somebody may change or take back what they wrote: not once it was answered, settled or hidden."""
    return actor_id == author_id and not is_followed and not is_settled


def _own(actor: Actor, document_id: str, remark_id: UUID) -> Held:
    found = held.hold(actor, document_id, remark_id)
    authorise(actor, Action.CHANGE_REMARK, found.author_id)
    settled = bool(found.hidden_at or found.question_hidden_at or (found.resolved_at and not found.is_answer))
    if not may_still_change(actor.id, found.author_id, is_followed=found.is_followed, is_settled=settled):
        raise Conflict(_l("Somebody has answered or settled this since: it stays as they read it. Add to it instead."))
    return found


def _add(actor: Actor, uuid: UUID, text: str, row: dict[str, object]) -> bool:
    """Write a remark; False when it was sent before. Raises Conflict when its id is somebody else's."""
    values = {**row, "id": uuid, "author_id": actor.id, "text": text, "created_at": clock.now()}
    made = db.session.execute(
        insert(Remark).values(**values).on_conflict_do_nothing(index_elements=["id"]).returning(Remark.id)
    ).scalar()
    if made is not None:
        return True
    there = db.session.execute(
        select(Remark.author_id, Remark.document_id, Remark.parent_id).where(Remark.id == uuid)
    ).one()
    if tuple(there) != (actor.id, row["document_id"], row.get("parent_id")):
        raise Conflict(remark=uuid)
    return False


def _heading(entry: Entry, asked: Asked) -> str:
    """What stood at the anchor in the revision that was read."""
    known = (
        headings.headings_of(entry)
        if entry.revision_id == asked.revision_id
        else headings.headings_in(asked.revision_id)
    )
    if asked.anchor not in known:
        raise InvalidInput(_l("This heading does not exist. Reload the page and ask again."), anchor=asked.anchor)
    return known[asked.anchor]


def _tell(actor: Actor, question: Held) -> None:
    """Tell the asker; when it is the asker who adds something, the question is open again and its owner is told."""
    if actor.id != question.asker_id:
        letters.tell_asker(question.asker_id, actor, question.entry, question.question_id)
        return
    db.session.execute(
        update(Remark).where(Remark.id == question.question_id).values(resolved_at=None, resolved_by=None)
    )
    letters.ask_to_tell_owner(question.entry, actor)
