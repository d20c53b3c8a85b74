"""Reviewing: a question is answered once each time it comes back, its rating may be corrected, it may be put aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.accounts.actor import Actor
from app.activity import journal
from app.activity.journal import Act
from app.core import clock, ids, languages
from app.core.database import db, insert, table_of
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library import catalogue
from app.library.catalogue import Entry
from app.practice import acts, asking, card_rows, changes, due, rating, review_rows, scheduling
from app.practice.asking import Asked
from app.practice.card import Card
from app.practice.models import ReviewReply
from app.practice.queue import Name
from app.practice.rating import Rating
from app.practice.tickets import Ticket
from app.quizzes import grading, replies
from app.quizzes.identity import what_is_asked
from app.quizzes.questions import NumericQuestion
from app.quizzes.replies import Reply

_reply = table_of(ReviewReply)


class NotAnswered(InvalidInput):
    """There is nothing in the reply that could be right or wrong."""

    sentence = _l("Answer first, or say that you do not know.")


NO_NUMBER = _l("This is no number we can read: write for example 1,026.50")
NOT_COMPLETE = _l("Something is still without its place. Complete it, or say that you do not know.")


class Overtaken(Conflict):
    """The question is no longer what was shown. Nothing was counted."""

    sentence = _l("This question has changed since it was shown. Your answer was not counted: here is the next one.")


@dataclass(frozen=True)
class Counted:
    """The name of the review that counts. `is_other`: it had been answered before, in another window or on another
    device, and what was sent now was left out."""

    review: UUID
    is_other: bool = False


def answer(
    actor: Actor, ticket: Ticket, values: Sequence[str], *, gives_up: bool = False, said_ms: int | None = None
) -> Counted:
    """Count an answer to the question of a ticket, and commit. The first one counts; again, it changes nothing.

    `gives_up`: the person does not know, whatever the values. Raises NotFound, WrongReply, NotAnswered, Overtaken.
    """
    card = card_rows.find(actor.id, ticket.name)
    if card is None:
        raise NotFound(question=ticket.name)
    asked = _as_shown(actor, ticket)
    reply = None if gives_up else asked.reply(values)
    if card.reviews != ticket.number:
        return _again(ticket, reply)
    if not gives_up:
        _hold_complete(asked, reply)
    share = grading.share(asked.question, reply)
    took = ticket.took(clock.now(), said_ms)
    if not _record(actor, ticket, asked, card, share, took):
        db.session.rollback()
        return _again(ticket, reply)
    row = {
        "uuid": ticket.review,
        "person_id": actor.id,
        "revision_id": ticket.revision_id,
        "number": ticket.number,
        "reply": replies.as_json(reply) if reply else None,
        "mark": str(share),
        "hints": ticket.hints,
        "took_ms": round(took / timedelta(milliseconds=1)) if took <= rating.AWAY else None,
    }
    db.session.execute(insert(_reply).values(**row))
    db.session.commit()
    return Counted(ticket.review)


def rate(actor: Actor, review_id: UUID, chosen: Rating, uuid: UUID | None = None) -> None:
    """Say oneself how well it was known, and commit. Raises NotFound, and Conflict once it was answered again."""
    review = review_rows.find(actor.id, review_id)
    if review is None:
        raise NotFound(review=review_id)
    card = card_rows.find(actor.id, review.name)
    if card is None or card.before is None or card.before.review != str(review_id):
        raise Conflict(review=review_id)
    if review.rating is chosen:
        return
    details: dict[str, journal.Detail] = {
        "question": review.name[1],
        "review": str(review_id),
        "rating": int(chosen),
    }
    journal.record(Act(acts.RERATED, actor.id, document_id=review.name[0], details=details, uuid=uuid or ids.new()))
    db.session.commit()


def suspend(actor: Actor, name: Name) -> None:
    """Ask this question no more, and commit. Twice changes nothing. Raises NotFound."""
    _set_aside(actor, name, acts.SUSPENDED, when=False)


def resume(actor: Actor, name: Name) -> None:
    """Ask it again when it is due, and commit. Twice changes nothing. Raises NotFound."""
    _set_aside(actor, name, acts.RESUMED, when=True)


def _set_aside(actor: Actor, name: Name, kind: str, *, when: bool) -> None:
    card = card_rows.find(actor.id, name)
    if card is None:
        raise NotFound(question=name)
    if (card.suspended_at is not None) is when:
        journal.record(Act(kind, actor.id, document_id=name[0], details={"question": name[1]}))
        db.session.commit()


def _as_shown(actor: Actor, ticket: Ticket) -> Asked:
    """The question that the ticket was for. Raises Overtaken when it is asked no more, or asks something else now."""
    document_id = ticket.name[0]
    entry = catalogue.current().find(document_id, languages.readers())
    if entry is None or entry.revision_id != ticket.revision_id:
        _hold_same(ticket, entry)
    kind, language = review_rows.revision(ticket.revision_id)
    asked = asking.at_revision(actor.id, ticket.name, kind, ticket.revision_id, language, ticket.number)
    if asked is None:
        raise Overtaken(question=ticket.name)
    return asked


def _hold_same(ticket: Ticket, entry: Entry | None) -> None:
    now = asking.plain_question(ticket.name, entry.kind.name, entry.revision_id) if entry else None
    shown = asking.plain_question(ticket.name, entry.kind.name, ticket.revision_id) if entry else None
    if now is None or shown is None or what_is_asked(now) != what_is_asked(shown):
        raise Overtaken(question=ticket.name)


def _hold_complete(asked: Asked, reply: Reply | None) -> None:
    if reply is None:
        raise NotAnswered()
    if not grading.is_readable(asked.question, reply):
        raise NotAnswered(NO_NUMBER if isinstance(asked.question, NumericQuestion) else NOT_COMPLETE)


def _record(actor: Actor, ticket: Ticket, asked: Asked, card: Card, share: Fraction, took: timedelta) -> bool:
    """Whether it is the first answer: others, sent at the same moment, find the act recorded."""
    at = clock.now()
    fresh = changes.is_fresh(ticket.name, asked.language, card)
    deduced = rating.deduce(share, hints=ticket.hints, took=took, expected=timedelta(seconds=asked.expected_seconds))
    details: dict[str, journal.Detail] = {
        "question": ticket.name[1],
        "rating": int(deduced),
        "share": str(share),
        "predicted": None if fresh else round(scheduling.chance(card.memory, at) * 1000),
        "retention": due.retention(),
        "hints": ticket.hints,
        "fresh": fresh,
        "first": card.reviews == 0,
    }
    return journal.record(
        Act(
            acts.ANSWERED,
            actor.id,
            document_id=ticket.name[0],
            revision_id=ticket.revision_id,
            details=details,
            uuid=ticket.review,
            at=at,
        )
    )


def _again(ticket: Ticket, reply: Reply | None) -> Counted:
    """What counts is what was kept; whether that is what was sent now."""
    kept = review_rows.find(ticket.person_id, ticket.review)
    if kept is None:
        raise Conflict(question=ticket.name)
    return Counted(ticket.review, is_other=kept.reply != reply)
