"""When a question comes back: FSRS-6, which predicts from past answers how a memory fades.

The package's scheduler with its default parameters, without chance, and in whole days: a question that was missed comes
back tomorrow, not in ten minutes, since people come once a day. Source: Ye, Su and Cao 2022, “A stochastic shortest
path algorithm for optimizing spaced repetition scheduling”, and github.com/open-spaced-repetition.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from app.practice.rating import Rating

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

# Offers and words change: what is known best is still asked once a year.
LONGEST_DAYS = 365
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Memory:
    """What is known of a memory: `stability` is the days after which nine in ten still know it.

    `difficulty` is from 1 to 10.
    """

    stability: float
    difficulty: float
    answered_at: datetime


def rate(memory: Memory | None, rating: Rating, at: datetime, retention: float) -> tuple[Memory, datetime]:
    """The memory after an answer, and when the chance to know it will have fallen to `retention` percent.

    None is a question that is new. The same arguments always give the same.
    """
    from fsrs import Rating as TheirRating

    at = at.astimezone(UTC)
    card, _ = _scheduler(retention).review_card(_card(memory, at), TheirRating(int(rating)), at)
    assert card.stability is not None and card.difficulty is not None  # noqa: S101, PT018 - it was rated just above
    return Memory(card.stability, card.difficulty, at), card.due


def chance(memory: Memory, at: datetime) -> float:
    """The chance, from 0 to 1, that it is still known."""
    return _scheduler(90).get_card_retrievability(_card(memory, at), at.astimezone(UTC))


@cache
def _scheduler(retention: float) -> "Scheduler":
    """The package is imported when somebody reviews: no page before that needs it."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=retention / 100,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _card(memory: Memory | None, at: datetime) -> "Card":
    """Days count by the night between them: somebody who comes a little earlier than yesterday has slept on it too."""
    from fsrs import Card, State

    at = at.astimezone(UTC)
    if memory is None:
        return Card(card_id=0, due=at)
    days = max(0, round((at - memory.answered_at) / DAY))
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=at,
        last_review=at - days * DAY,
    )
