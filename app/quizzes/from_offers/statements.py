"""Statements that are true of the offer, or of another one; and which offer answers a need."""

from collections.abc import Iterator

from app.core.folding import fold
from app.playbook.documents import Characteristic
from app.quizzes.from_offers.facts import Named, Offer, name_of, ranked
from app.quizzes.from_offers.suggestions import Making, Suggestion, plain
from app.quizzes.wording import essence

MOST_FOREIGN_LIMITS, MOST_FOREIGN_VALUES, MOST_NEEDS = 3, 3, 3
MOST_OTHER_OFFERS, FEWEST_OTHER_OFFERS = 3, 2
LONG_WORD = 5


def statements(making: Making) -> Iterator[Suggestion]:
    """Limits of the offer and of others, values of others, needs."""
    yield from _limits(making)
    yield from _foreign_limits(making)
    yield from _foreign_values(making)
    yield from _needs(making)


def _limits(making: Making) -> Iterator[Suggestion]:
    asked = making.words.limit
    for each in making.offer.limits:
        said = {
            "offer": plain(making.offer.title),
            "limit": plain(each.row.limit),
            "answer": plain(each.row.answer),
        }
        values = {
            "text": asked.text.format(**said),
            "answer": True,
            "if_true": asked.right.format(**said),
            "if_false": asked.wrong.format(**said),
        }
        title = asked.title.format(limit=each.row.limit)
        yield making.suggestion("true_false", f"limit-{each.name}", "limits", each.name, title, values)


def _foreign_limits(making: Making) -> Iterator[Suggestion]:
    """Limits that stand on another sheet and not on this one, which the statement names: so they are false for sure.
    One that names what the other sells would give itself away."""
    asked = making.words.foreign_limit
    own = {each.name for each in making.offer.limits}
    known = [essence(row.limit) for row in making.offer.facts.limits]
    found = {
        f"{sibling.id} {each.name}": (sibling, each)
        for sibling in making.siblings
        for each in sibling.limits
        if each.name not in own and essence(each.row.limit) not in known
        if not (_words_of(sibling) - _words_of(making.offer)) & set(fold(each.row.limit).split())
    }
    for place, which in enumerate(ranked(found, making.offer.id)):
        sibling, each = found[which]
        said = {
            "offer": plain(making.offer.title),
            "sibling": plain(sibling.title),
            "limit": plain(each.row.limit),
        }
        name = name_of(f"{each.name} {sibling.id}")
        values = {
            "text": asked.text.format(**said),
            "answer": False,
            "if_true": asked.wrong.format(**said),
            "if_false": asked.right.format(**said),
        }
        title = asked.title.format(limit=each.row.limit)
        spare = place >= MOST_FOREIGN_LIMITS
        yield making.suggestion("true_false", f"not-{name}", "limits", f"not-{name}", title, values, spare=spare)


def _foreign_values(making: Making) -> Iterator[Suggestion]:
    """What another offer has under the same name."""
    asked = making.words.foreign_value
    found: dict[str, tuple[Offer, Named[Characteristic], str]] = {}
    for each in making.offer.characteristics:
        for sibling in making.siblings:
            row = sibling.characteristic(each.name)
            if row and row.value and each.row.value and _differ(row.value, each.row.value):
                found[f"{each.name} {sibling.id}"] = (sibling, each, row.value)
    for place, which in enumerate(ranked(found, making.offer.id)):
        sibling, each, foreign = found[which]
        said = {
            "offer": plain(making.offer.title),
            "sibling": plain(sibling.title),
            "name": plain(each.row.name),
            "value": plain(each.row.value or ""),
            "foreign": plain(foreign),
        }
        values = {
            "text": asked.text.format(**said),
            "answer": False,
            "if_true": asked.wrong.format(**said),
            "if_false": asked.right.format(**said),
        }
        title = asked.title.format(name=each.row.name)
        key = f"not-{name_of(f'{each.name} {sibling.id}')}"
        spare = place >= MOST_FOREIGN_VALUES
        yield making.suggestion("true_false", key, "characteristics", each.name, title, values, spare=spare)


def _needs(making: Making) -> Iterator[Suggestion]:
    """An advantage that only this offer has: which offer is it? Asked where there are enough to choose from."""
    offer = making.offer
    found = {each.name: each for each in offer.characteristics if fold(offer.title) not in fold(each.row.advantage)}
    place = 0
    for name in ranked(found, offer.id):
        each = found[name]
        advantage = essence(each.row.advantage)
        others = {
            sibling.id: sibling
            for sibling in making.siblings
            if sibling.characteristic(name) is None
            and not any(essence(row.advantage) == advantage for row in sibling.facts.characteristics)
            and fold(sibling.title) != fold(offer.title)
        }
        if len(others) < FEWEST_OTHER_OFFERS:
            continue
        chosen = [others[which] for which in ranked(others, name)[:MOST_OTHER_OFFERS]]
        yield _need(making, each, chosen, spare=place >= MOST_NEEDS)
        place += 1


def _need(making: Making, each: Named[Characteristic], others: list[Offer], *, spare: bool) -> Suggestion:
    words, offer = making.words, making.offer
    said = {"offer": plain(offer.title), "name": plain(each.row.name), "advantage": plain(each.row.advantage)}
    options: list[dict[str, object]] = [
        {
            "text": plain(sibling.title),
            "feedback": words.need_there.format(
                **said, sibling=plain(sibling.title), summary=plain(sibling.facts.summary)
            ),
        }
        for sibling in others
    ]
    options.append({"text": said["offer"], "right": True, "feedback": words.need.right.format(**said)})
    values = {
        "text": words.need.text.format(**said),
        "options": sorted(options, key=lambda option: fold(str(option["text"]))),
    }
    title = words.need.title.format(name=each.row.name)
    return making.suggestion("single", f"need-{each.name}", "characteristics", each.name, title, values, spare=spare)


def _words_of(offer: Offer) -> frozenset[str]:
    """The longer words of an offer's title and of what it sells."""
    named = " ".join([offer.title, *(price.item for price in offer.facts.prices)])
    return frozenset(word for word in fold(named).split() if len(word) >= LONG_WORD)


def _differ(one: str, other: str) -> bool:
    """Whether two values say different things: neither is a part of the other."""
    left, right = essence(one), essence(other)
    return left not in right and right not in left
