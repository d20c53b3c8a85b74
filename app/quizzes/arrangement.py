"""In which order the things of a question are shown, and by which numbers a page names them: neither gives anything
away. Replies are kept by places in the file, where what is right stands in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.quizzes.questions import (
    CategoriesQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    OrderingQuestion,
    SingleQuestion,
)


@dataclass(frozen=True)
class Numbers:
    """How a page numbers what is put (`things`: options, items, prompts, gaps) and where (`places`: positions, matches,
    words): at each number, the place in the file."""

    things: Sequence[int] = ()
    places: Sequence[int] = ()

    def in_file(self, value: str) -> str:
        """What a field sent ("2", or "2:0"), as `replies.parse` takes it: what is no number of the page, it refuses."""
        thing, colon, place = value.partition(":")
        return _place_at(self.things, thing) + colon + (_place_at(self.places, place) if colon else "")


def numbers(question: Any, order: Sequence[int]) -> Numbers | None:
    """How a page that shows a question in this order numbers it; None for what is typed, and for true or false."""
    match question:
        case SingleQuestion() | MultipleQuestion():
            return Numbers(order)
        case OrderingQuestion():
            return Numbers(order, range(len(order)))
        case CategoriesQuestion():
            return Numbers(order, range(len(question.categories)))
        case MatchingQuestion():
            return Numbers(range(len(question.pairs)), order)
        case GapsQuestion(choose=True):
            return Numbers(range(len(question.gaps)), order)
        case _:
            return None


def in_file(question: Any, order: Sequence[int], values: Sequence[str]) -> list[str]:
    """What the fields of a page that shows a question in this order hold, as `replies.parse` takes it."""
    known = numbers(question, order)
    return [known.in_file(value) for value in values] if known else list(values)


def _place_at(places: Sequence[int], number: str) -> str:
    is_one = number.isascii() and number.isdecimal() and len(number) <= 3 and int(number) < len(places)
    return str(places[int(number)]) if is_one else "-"


def shown_order(question: Any, drawn: Sequence[int] | None = None) -> list[int]:
    """The places in the file, in the order shown: what was drawn for the attempt, else one derived from the key.

    Of single and multiple choices: the options, as they stand in the file unless drawn. Of an ordering: its items; of
    categories: all their items; of a matching: the matches; of gaps that are chosen: the words. These never stand as
    they do in the file, where they are right or grouped, unless they were drawn so.
    """
    several = count(question)
    if drawn is not None and sorted(drawn) == list(range(several)):
        return list(drawn)
    places = list(range(several))
    if hasattr(question, "options"):
        return places
    mixed = sorted(places, key=lambda place: sha256(f"{question.key}/{place}".encode()).digest())
    return mixed if mixed != places else mixed[1:] + mixed[:1]


def count(question: Any) -> int:
    """How many things of a question have an order in which they are shown; 0 when none has."""
    if isinstance(question, MatchingQuestion | GapsQuestion):
        return len(places_of(question))
    return len(getattr(question, "options", None) or things_of(question))


def things_of(question: Any) -> list[str]:
    """What is to be put in its place, as the author wrote it, in the order of the file."""
    match question:
        case MatchingQuestion():
            return [pair.prompt for pair in question.pairs]
        case OrderingQuestion():
            return list(question.items)
        case CategoriesQuestion():
            return [item for category in question.categories for item in category.items]
        case _:
            return []


def places_of(question: Any) -> list[str]:
    """Where it may be put: the matches, the categories, the words for gaps."""
    match question:
        case MatchingQuestion():
            return list(question.matches)
        case CategoriesQuestion():
            return [category.name for category in question.categories]
        case GapsQuestion(choose=True):
            return list(question.words)
        case _:
            return []
