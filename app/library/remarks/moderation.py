"""Settling questions and hiding what does not belong, both with who and when."""

from uuid import UUID

from sqlalchemy import update

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.library.remarks import acts, held, letters
from app.library.remarks.held import Held
from app.library.remarks.models import Remark


def resolve(actor: Actor, document_id: str, question_id: UUID) -> None:
    """Mark a question as resolved, and commit. Its asker may do so as well. Twice is once."""
    if settle(actor, document_id, question_id):
        db.session.commit()
    else:
        db.session.rollback()


def settle(actor: Actor, document_id: str, question_id: UUID) -> bool:
    """Part of a larger act, such as publishing the edit that answers: whether it was open until now."""
    question = _question(actor, document_id, question_id)
    if question.resolved_at is not None:
        return False
    db.session.execute(
        update(Remark).where(Remark.id == question_id).values(resolved_at=clock.now(), resolved_by=actor.id)
    )
    acts.record(acts.RESOLVED, actor.id, document_id, question_id)
    return True


def reopen(actor: Actor, document_id: str, question_id: UUID) -> None:
    """Take “resolved” back."""
    _question(actor, document_id, question_id)
    db.session.execute(update(Remark).where(Remark.id == question_id).values(resolved_at=None, resolved_by=None))
    db.session.commit()


def hide(actor: Actor, document_id: str, remark_id: UUID) -> None:
    """Show a remark to nobody but its author and moderators; the author is told. Twice is once."""
    found = held.hold(actor, document_id, remark_id)
    authorise(actor, Action.ANSWER_REMARKS, found.owner_id)
    if found.hidden_at is None:
        db.session.execute(
            update(Remark).where(Remark.id == remark_id).values(hidden_at=clock.now(), hidden_by=actor.id)
        )
        if found.author_id != actor.id:
            letters.tell_hidden(found.author_id, actor, found.entry, found.question_id)
    db.session.commit()


def show(actor: Actor, document_id: str, remark_id: UUID) -> None:
    """Show a hidden remark again."""
    found = held.hold(actor, document_id, remark_id)
    authorise(actor, Action.ANSWER_REMARKS, found.owner_id)
    db.session.execute(update(Remark).where(Remark.id == remark_id).values(hidden_at=None, hidden_by=None))
    db.session.commit()


def _question(actor: Actor, document_id: str, question_id: UUID) -> Held:
    question = held.hold(actor, document_id, question_id)
    if question.is_answer:
        raise NotFound(remark=question_id)
    if actor.id != question.asker_id:
        authorise(actor, Action.ANSWER_REMARKS, question.owner_id)
    return question
