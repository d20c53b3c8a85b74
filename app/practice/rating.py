"""How well a question was known, from the answer itself: what it earned, the hints it took, the time it took."""

from datetime import timedelta
from enum import IntEnum
from fractions import Fraction

# Below half of what was asked, more is forgotten than known: asking it soon again costs less than letting it go.
KNOWN_FROM = Fraction(1, 2)
# Adults read 238 words a minute (Brysbaert 2019, “How many words do we read per minute?”): four a second.
WORDS_A_SECOND = 4
# Having read, who knows answers within four seconds a thing to be found: a choice, a gap, a pair.
SECONDS_A_THING = 4
# Five times as long as somebody who knows: the answer was worked out or guessed at, not remembered.
SLOW_TIMES = 5
# Longer than this the person was elsewhere, and the time says nothing of what they know.
AWAY = timedelta(minutes=5)


class Rating(IntEnum):
    """How well it was known, in the words of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def deduce(
    share: Fraction, *, hints: int = 0, took: timedelta | None = None, expected: timedelta | None = None
) -> Rating:
    """The rating of an answer that earned this share, from 0 to 1, of what the question asks.

    Less than half is AGAIN; partly right, with a hint, or very slow is HARD; right is GOOD, and right at once EASY.
    Without a time (an answer in a quiz), what is right is GOOD.
    """
    if share < KNOWN_FROM:
        return Rating.AGAIN
    if share < 1 or hints:
        return Rating.HARD
    if took is None or expected is None or took > AWAY:
        return Rating.GOOD
    if took > expected * SLOW_TIMES:
        return Rating.HARD
    return Rating.EASY if took <= expected else Rating.GOOD


def expected_time(words: int, things: int) -> timedelta:
    """How long somebody who knows takes to read a question of so many words and to answer its parts.

    >>> expected_time(words=24, things=1)
    datetime.timedelta(seconds=10)
    """
    return timedelta(seconds=words / WORDS_A_SECOND + SECONDS_A_THING * max(1, things))
