"""The projections of review: cards, and the answers given to them, made from acts alone."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import update

from app.activity import projections
from app.activity.projections import Entry
from app.core.database import db, insert, table_of
from app.practice import acts, card_rows
from app.practice import card as cards
from app.practice.card import Answered, Card, Met
from app.practice.models import Review, ReviewCard
from app.practice.rating import Rating

_review = table_of(Review)


@projections.project(ReviewCard, acts.MET, acts.ANSWERED, acts.RERATED, acts.SUSPENDED, acts.RESUMED)
def _advance_cards(entry: Entry) -> None:
    assert entry.document_id is not None  # noqa: S101 - every act of review is about a document's question
    keys = entry.details["shares"] if entry.kind == acts.MET else [entry.details["question"]]
    there = card_rows.of_document(entry.person_id, entry.document_id, keys, hold=True)
    if entry.kind == acts.MET:
        after = {key: cards.met(there.get(key), _met(entry, key)) for key in keys}
    else:
        after = {key: _after(entry, card) for key, card in there.items()}
    moved = {key: card for key, card in after.items() if card != there.get(key)}
    card_rows.keep(entry.person_id, entry.document_id, moved)


def _met(entry: Entry, key: str) -> Met:
    return Met(
        share=Fraction(entry.details["shares"][key]),
        started=datetime.fromisoformat(entry.details["started"]),
        at=entry.at,
        fresh=key in entry.details["fresh"],
        retention=entry.details["retention"],
    )


def _after(entry: Entry, card: Card) -> Card:
    details = entry.details
    match entry.kind:
        case acts.ANSWERED:
            rating = Rating(details["rating"])
            return cards.answered(
                card, Answered(str(entry.uuid), rating, entry.at, details["fresh"], details["retention"])
            )
        case acts.RERATED:
            return cards.rerated(card, details["review"], Rating(details["rating"]))
        case acts.SUSPENDED:
            return replace(card, suspended_at=card.suspended_at or entry.at)
        case _:
            return replace(card, suspended_at=None)


@projections.project(Review, acts.ANSWERED, acts.RERATED)
def _advance_reviews(entry: Entry) -> None:
    details = entry.details
    if entry.kind == acts.RERATED:
        this = (_review.c.uuid == UUID(details["review"]), _review.c.person_id == entry.person_id)
        db.session.execute(update(_review).where(*this).values(rating=details["rating"]))
        return
    row = {
        "uuid": entry.uuid,
        "person_id": entry.person_id,
        "document_id": entry.document_id,
        "question_key": details["question"],
        "at": entry.at,
        "rating": details["rating"],
        "predicted": details["predicted"],
        "is_first": details["first"],
    }
    db.session.execute(insert(_review).values(**row))
