"""A card: what a person remembers of one question, and what each act of theirs makes of it. Plain values."""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from app.practice import rating as ratings
from app.practice import scheduling
from app.practice.rating import Rating
from app.practice.scheduling import Memory


@dataclass(frozen=True)
class Before:
    """The card as it was before its last review, which may be rated again. `memory` is None when it was new again."""

    review: str
    memory: Memory | None
    lapses: int
    retention: int


@dataclass(frozen=True)
class Card:
    """`met_at`: first answered in a quiz; `seen_at`: when what was answered last had been put to the person.

    `suspended_at`: it no longer comes back since then. `lapses` counts the reviews that found it forgotten.
    """

    memory: Memory
    due_at: datetime
    met_at: datetime
    seen_at: datetime
    reviews: int = 0
    lapses: int = 0
    suspended_at: datetime | None = None
    before: Before | None = None


@dataclass(frozen=True)
class Met:
    """An answer in a quiz: the share earned, when the attempt was begun and handed in; `fresh`: it was new again."""

    share: Fraction
    started: datetime
    at: datetime
    fresh: bool
    retention: int


@dataclass(frozen=True)
class Answered:
    """An answer in review."""

    review: str
    rating: Rating
    at: datetime
    fresh: bool
    retention: int


def met(card: Card | None, act: Met) -> Card:
    """A first answer makes the card; later ones are as good a sign of what is known as a review is.

    One that is older than what the card knows changes nothing: an overdue attempt may be closed days later.
    """
    if card is not None and act.at <= card.memory.answered_at:
        return card
    known = None if card is None or act.fresh else card.memory
    memory, due_at = scheduling.rate(known, ratings.deduce(act.share), act.at, act.retention)
    if card is None:
        return Card(memory, due_at, met_at=act.at, seen_at=act.started)
    return replace(card, memory=memory, due_at=due_at, seen_at=max(card.seen_at, act.started), before=None)


def answered(card: Card, act: Answered) -> Card:
    """One review more."""
    known = None if act.fresh else card.memory
    memory, due_at = scheduling.rate(known, act.rating, act.at, act.retention)
    return replace(
        card,
        memory=memory,
        due_at=due_at,
        seen_at=act.at,
        reviews=card.reviews + 1,
        lapses=card.lapses + (act.rating is Rating.AGAIN),
        before=Before(act.review, known, card.lapses, act.retention),
    )


def rerated(card: Card, review: str, rating: Rating) -> Card:
    """The last review under another rating; the card as it is when that review is not its last."""
    if card.before is None or card.before.review != review:
        return card
    memory, due_at = scheduling.rate(card.before.memory, rating, card.memory.answered_at, card.before.retention)
    return replace(card, memory=memory, due_at=due_at, lapses=card.before.lapses + (rating is Rating.AGAIN))


def next_dates(card: Card) -> dict[Rating, datetime]:
    """When it would come back under each rating of its last review; empty when that can no longer change."""
    if card.before is None:
        return {}
    before, at = card.before, card.memory.answered_at
    return {each: scheduling.rate(before.memory, each, at, before.retention)[1] for each in Rating}


def before_as_json(before: Before | None) -> dict[str, Any] | None:
    """How it is kept."""
    if before is None:
        return None
    memory = before.memory
    return {
        "review": before.review,
        "memory": [memory.stability, memory.difficulty, memory.answered_at.isoformat()] if memory else None,
        "lapses": before.lapses,
        "retention": before.retention,
    }


def before_from_json(kept: dict[str, Any] | None) -> Before | None:
    """What was kept."""
    if kept is None:
        return None
    memory = None
    if kept["memory"]:
        stability, difficulty, answered_at = kept["memory"]
        memory = Memory(stability, difficulty, datetime.fromisoformat(answered_at))
    return Before(kept["review"], memory, kept["lapses"], kept["retention"])
