"""From the facts of an offer and of those beside it to questions: always the same ones, under keys made of the facts'
names, so that moving a fact changes nothing and changing one changes the questions about it."""

from collections.abc import Iterable

from app.quizzes.from_offers import sentences
from app.quizzes.from_offers.amounts import amounts
from app.quizzes.from_offers.facts import Offer
from app.quizzes.from_offers.matchings import matchings
from app.quizzes.from_offers.statements import statements
from app.quizzes.from_offers.suggestions import Making, Suggestion
from app.quizzes.from_offers.values import values


def suggestions(offer: Offer, siblings: Iterable[Offer], language: str) -> tuple[Suggestion, ...]:
    """Every question that the offer's facts give, each key once."""
    others = tuple(sorted((each for each in siblings if each.id != offer.id), key=lambda each: each.id))
    making = Making(offer, others, sentences.of(language))
    found: dict[str, Suggestion] = {}
    for make in (matchings, values, amounts, statements):
        for each in make(making):
            found.setdefault(each.key, each)
    return tuple(found.values())


def facts_of(offer: Offer) -> frozenset[str]:
    """The names of all the facts of an offer, as questions made from them name them."""
    parts = {
        "characteristics": offer.characteristics,
        "limits": offer.limits,
        "prices": offer.prices,
        "competitors": offer.competitors,
    }
    return frozenset({*parts, *(f"{part}-{each.name}" for part, rows in parts.items() for each in rows)})  # type: ignore[attr-defined]
