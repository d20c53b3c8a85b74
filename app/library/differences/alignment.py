"""Which paragraph of the old text became which of the new: the same ones first, then those that are most alike."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Generic, TypeVar

from app.library.differences.words import runs

T = TypeVar("T")
Pair = tuple[T | None, T | None]

ALIKE = 0.4
MOST_PAIRS = 2_500  # of this many, each is compared with each; of more, by their order alone


@dataclass(frozen=True)
class Likeness(Generic[T]):
    """How elements are told apart: equal `key`s are the same; others pair by the `words` they share, if `may_pair`.

    Alone with one another those pair that `must_pair`, whatever their words.
    """

    key: Callable[[T], str]
    words: Callable[[T], Sequence[str]]
    may_pair: Callable[[T, T], bool]
    must_pair: Callable[[T, T], bool] = lambda _old, _new: False


def align(old: Sequence[T], new: Sequence[T], likeness: Likeness[T]) -> list[Pair[T]]:
    """Pairs in reading order: both sides, or None on the one that has nothing."""
    pairs: list[Pair[T]] = []
    at_old = at_new = 0
    for run in runs([likeness.key(each) for each in old], [likeness.key(each) for each in new]):
        if run.same:
            size = len(run.same)
            pairs += zip(old[at_old : at_old + size], new[at_new : at_new + size], strict=True)
            at_old, at_new = at_old + size, at_new + size
            continue
        was, now = old[at_old : at_old + len(run.was)], new[at_new : at_new + len(run.now)]
        at_old, at_new = at_old + len(was), at_new + len(now)
        _alike(was, now, likeness, pairs)
    return pairs


def similarity(old: Counter[str], new: Counter[str]) -> float:
    """The share of words that two texts have in common; of two without words, all."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def _alike(was: Sequence[T], now: Sequence[T], likeness: Likeness[T], pairs: list[Pair[T]]) -> None:
    """Add the pairs of what has no equal on the other side."""
    if len(was) == len(now) == 1 and likeness.must_pair(was[0], now[0]):
        pairs.append((was[0], now[0]))
    elif len(was) * len(now) > MOST_PAIRS:
        _by_order(was, now, likeness, pairs)
    else:
        _best(was, now, _worth(was, now, likeness), pairs)


def _worth(was: Sequence[T], now: Sequence[T], likeness: Likeness[T]) -> list[list[float]]:
    """How alike each is to each; 0 for what must not pair."""
    counted = [Counter(likeness.words(each)) for each in now]
    worth = []
    for a in was:
        words = Counter(likeness.words(a))
        row = [similarity(words, counted[j]) if likeness.may_pair(a, b) else 0.0 for j, b in enumerate(now)]
        worth.append([found if found >= ALIKE else 0.0 for found in row])
    return worth


def _by_order(was: Sequence[T], now: Sequence[T], likeness: Likeness[T], pairs: list[Pair[T]]) -> None:
    for a, b in zip_longest(was, now):
        if a is not None and b is not None and likeness.may_pair(a, b):
            pairs.append((a, b))
        else:
            pairs += [(each, None) for each in (a,) if each is not None]
            pairs += [(None, each) for each in (b,) if each is not None]


def _best(was: Sequence[T], now: Sequence[T], worth: list[list[float]], pairs: list[Pair[T]]) -> None:
    """The pairs in order whose likeness adds up to most; what was stands before what came in its place."""
    rows, columns = len(was), len(now)
    sums = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = worth[i][j] + sums[i + 1][j + 1] if worth[i][j] else 0.0
            sums[i][j] = max(paired, sums[i + 1][j], sums[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        if worth[i][j] and sums[i][j] == worth[i][j] + sums[i + 1][j + 1]:
            pairs.append((was[i], now[j]))
            i, j = i + 1, j + 1
        elif sums[i][j] == sums[i + 1][j]:
            pairs.append((was[i], None))
            i += 1
        else:
            pairs.append((None, now[j]))
            j += 1
    pairs += [(each, None) for each in was[i:]]
    pairs += [(None, each) for each in now[j:]]
