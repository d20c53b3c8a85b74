"""A reply to an earlier form of a question, as a reply to a corrected one: replies name options and items by their
place, and a correction may move, add or take out some. What a person meant goes with its words."""

from collections.abc import Iterable, Mapping, Sequence

from app.quizzes.arrangement import places_of, things_of
from app.quizzes.questions import (
    CalculatedQuestion,
    GapsQuestion,
    MultipleQuestion,
    OrderingQuestion,
    Question,
    SingleQuestion,
)
from app.quizzes.replies import Chosen, Filled, Placed, Reply

_CHOICES = (SingleQuestion, MultipleQuestion)


def fits(old: Question, new: Question) -> bool:
    """Whether what was replied to the old form can be read as a reply to the new one: else it is another question."""
    if isinstance(old, _CHOICES):
        return isinstance(new, _CHOICES)
    if isinstance(old, GapsQuestion) and isinstance(new, GapsQuestion):
        return old.choose == new.choose
    if isinstance(old, CalculatedQuestion) and isinstance(new, CalculatedQuestion):
        # The values were drawn for the old one.
        return {each.name for each in new.variables} <= {each.name for each in old.variables}
    return type(old) is type(new)


def carry(old: Question, new: Question, reply: Reply) -> Reply:
    """The reply in the places of the new form; what it named and is no longer there falls away."""
    match reply:
        case Chosen(options) if isinstance(old, _CHOICES) and isinstance(new, _CHOICES):
            moved = _moves([each.text for each in old.options], [each.text for each in new.options])
            return Chosen(frozenset(moved[place] for place in options if place in moved))
        case Placed(places) if isinstance(old, OrderingQuestion) and isinstance(new, OrderingQuestion):
            return _order(places, _moves(old.items, new.items))
        case Placed(places):
            return _placed(old, new, places)
        case Filled(texts) if isinstance(new, GapsQuestion):
            return Filled({gap: text for gap, text in texts.items() if gap < len(new.gaps)})
        case _:
            return reply


def _placed(old: Question, new: Question, places: Mapping[int, int]) -> Placed:
    """Prompts beside matches, items in categories, words in gaps: gaps have no words of their own, and keep their
    number."""
    if isinstance(old, GapsQuestion) and isinstance(new, GapsQuestion):
        things = {gap: gap for gap in range(len(new.gaps))}
    else:
        things = _moves(things_of(old), things_of(new))
    where = _moves(places_of(old), places_of(new))
    return Placed(
        {things[thing]: where[place] for thing, place in places.items() if thing in things and place in where}
    )


def _order(places: Mapping[int, int], items: Mapping[int, int]) -> Placed:
    """The items that are still there, in the order given: positions close up over those that are not."""
    there = sorted((position, thing) for thing, position in places.items() if thing in items)
    if len(there) == len(places):
        return Placed({items[thing]: position for position, thing in there})
    ranks = {position: rank for rank, position in enumerate(sorted({position for position, _ in there}))}
    return Placed({items[thing]: ranks[position] for position, thing in there})


def _moves(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Where each text of the old list stands in the new one. A text whose words were corrected is known by its place
    among those that were."""
    free: dict[str, list[int]] = {}
    for place, text in enumerate(new):
        free.setdefault(_plain(text), []).append(place)
    moves = {place: free[_plain(text)].pop(0) for place, text in enumerate(old) if free.get(_plain(text))}
    lost = [place for place in range(len(old)) if place not in moves]
    fresh = sorted(place for places in free.values() for place in places)
    return moves | dict(_reworded(lost, fresh))


def _reworded(lost: Sequence[int], fresh: Sequence[int]) -> Iterable[tuple[int, int]]:
    if len(lost) == len(fresh):
        return zip(lost, fresh, strict=True)
    return ((place, place) for place in lost if place in fresh)


def _plain(text: str) -> str:
    return " ".join(text.split())
