"""Questions answered by putting things where they belong."""

from fractions import Fraction

from app.quizzes.grading.exact import part
from app.quizzes.questions import CategoriesQuestion, GapsQuestion, MatchingQuestion, OrderingQuestion
from app.quizzes.replies import Filled, Placed
from app.quizzes.wording import essence


def words_in_gaps(question: GapsQuestion, reply: Placed) -> tuple[bool, ...]:
    """For each gap with words to choose from, whether one that it accepts was chosen."""
    chosen = reply.places
    return tuple(chosen.get(gap) in right for gap, right in enumerate(question.right_words))


def typed_in_gaps(question: GapsQuestion, reply: Filled) -> tuple[bool, ...]:
    """For each gap to be typed into, whether it holds accepted words."""
    typed, case, accents = reply.texts, question.case_counts, question.accents_count
    return tuple(
        gap in typed and accepted.holds(essence(typed[gap], case=case, accents=accents))
        for gap, accepted in enumerate(question.acceptable)
    )


def near_gaps(question: GapsQuestion, reply: Filled) -> frozenset[int]:
    """The gaps, from 0, whose words are one typing error away from accepted ones."""
    typed, case, accents = reply.texts, question.case_counts, question.accents_count
    return frozenset(
        gap
        for gap, accepted in enumerate(question.acceptable)
        if gap in typed and accepted.misses_by_one(essence(typed[gap], case=case, accents=accents))
    )


def in_place(question: MatchingQuestion | CategoriesQuestion, reply: Placed) -> tuple[bool, ...]:
    """For each prompt or item, whether it is where it belongs."""
    placed = reply.places
    return tuple(placed.get(thing) == right for thing, right in enumerate(question.right_places))


def at_positions(question: OrderingQuestion, reply: Placed) -> tuple[bool, ...]:
    """For each item, whether it is at its very position."""
    return tuple(reply.places.get(item) == item for item in range(len(question.items)))


def ordering(question: OrderingQuestion, reply: Placed) -> Fraction:
    """The pairs of items in the right order, of all pairs: n × (n − 1) / 2. A pair with an item that has no position,
    or with both at one, is not in order. So the reversed order earns nothing, and one item out of its place costs
    what it passes over."""
    length = len(question.items)
    ordered = 0
    before: list[int] = []
    for item in range(length):
        position = reply.places.get(item)
        if position is not None:
            for other in before:
                if other < position:
                    ordered += 1
            before.append(position)
    return part(ordered, length * (length - 1) // 2)


def share_of(right: tuple[bool, ...]) -> Fraction:
    """The right ones, of all."""
    return part(sum(right), len(right))
