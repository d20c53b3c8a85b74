"""In which order the things of a question are shown, so that the order itself gives nothing away."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from app.quizzes.questions import CategoriesQuestion, GapsQuestion, MatchingQuestion, OrderingQuestion


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
