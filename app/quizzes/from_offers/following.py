"""How the questions of a bank stand to what the offer gives now, and what becomes of them when it changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.quizzes.from_offers import provenance
from app.quizzes.from_offers.suggestions import Suggestion
from app.quizzes.questions import Question


class State(Enum):
    """Where a question that the offer gives, or gave, stands."""

    NEW = "new"
    IN_USE = "in use"
    EDITED = "edited"
    CHANGED = "its fact changed"
    LEFT = "no longer made"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Held:
    """A question of a bank: as its file holds it, and read."""

    values: Mapping[str, Any]
    question: Question

    @property
    def key(self) -> str:
        """Its key."""
        return self.question.key

    def source(self, offer_id: str) -> provenance.Source | None:
        """What it was made from; None when it is an author's own, or another offer's."""
        found = provenance.read(self.question.made_from)
        return found if found and found.offer == offer_id else None

    def is_as_made(self, source: provenance.Source) -> bool:
        """Whether nobody edited it since it was made."""
        return source.digest == provenance.digest(self.question)


def state_of(made: Suggestion | None, held: Held | None, offer_id: str, *, rejected: bool) -> State:
    """The state of a key that is made now, held in the bank, or both.

    A question of which nobody knows how it was made counts as edited.
    """
    if held is None:
        return State.REJECTED if rejected else State.NEW
    source = held.source(offer_id)
    if made is None:
        return State.LEFT
    if source is None or source.digest is None:
        return State.EDITED
    is_as_made, is_same_fact = held.is_as_made(source), source.digest == made.digest
    if is_as_made:
        return State.IN_USE  # when its fact changed just now, it is about to follow
    return State.EDITED if is_same_fact else State.CHANGED


def followed(
    held: Sequence[Held], made: Mapping[str, Suggestion], facts: Collection[str], offer_id: str
) -> list[dict[str, Any]]:
    """The questions of a bank after its offer changed, in their order: those that nobody edited are what the offer
    gives now; edited ones stay as they are while their fact stands; the others are withdrawn."""
    kept = []
    for each in held:
        source = each.source(offer_id)
        suggestion = made.get(each.key)
        if source is None:
            kept.append(dict(each.values))
        elif suggestion is None:
            if source.fact in facts and not each.is_as_made(source):
                kept.append(dict(each.values))
        elif each.is_as_made(source) and source.digest != suggestion.digest:
            kept.append(dict(suggestion.values))
        else:
            kept.append(dict(each.values))
    return kept
