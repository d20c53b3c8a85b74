"""What two sequences have in common: Myers' shortest script within a budget of steps, so that no text can hold us up.

A part that would cost too much is taken apart at what stands once on each side; a part without such things counts as
replaced as a whole. That is less fine, never wrong.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

STEPS = (
    1_000_000  # some tenths of a second; a real text of 64,000 characters with a hundred changes takes a tenth of it
)
MOST_EDITS = 500

Match = tuple[int, int, int]
Region = tuple[int, int, int, int]


class Budget:
    """The steps that are left for one comparison."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps


def matches(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget | None = None) -> list[Match]:
    """Where the two agree: (place in old, place in new, length), in order and as long as they can be."""
    numbers: dict[Hashable, int] = {}
    a = [numbers.setdefault(each, len(numbers)) for each in old]
    b = [numbers.setdefault(each, len(numbers)) for each in new]
    return _joined(_matches(a, b, budget or Budget()))


def _matches(a: list[int], b: list[int], budget: Budget) -> list[Match]:
    found: list[Match] = []
    waiting: list[Region] = [(0, len(a), 0, len(b))]
    while waiting:
        region = _trimmed(a, b, waiting.pop(), found)
        if region is None:
            continue
        steps = _shortest(a, b, region, budget)
        if steps is not None:
            found += steps
        else:
            waiting += _between(_landmarks(a, b, region), region, found)
    return found


def _trimmed(a: list[int], b: list[int], region: Region, found: list[Match]) -> Region | None:
    """Take off what both sides begin and end with; None when nothing is left on one of them."""
    i, i_end, j, j_end = region
    begun = i
    while i < i_end and j < j_end and a[i] == b[j]:
        i, j = i + 1, j + 1
    if i > begun:
        found.append((begun, j - i + begun, i - begun))
    ended = i_end
    while i < i_end and j < j_end and a[i_end - 1] == b[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
    if ended > i_end:
        found.append((i_end, j_end, ended - i_end))
    return (i, i_end, j, j_end) if i < i_end and j < j_end else None


def _shortest(a: list[int], b: list[int], region: Region, budget: Budget) -> list[Match] | None:
    """Myers' greedy search; None when it would take too many edits, or the budget is spent."""
    i, i_end, j, j_end = region
    n, m = i_end - i, j_end - j
    most = min(n + m, MOST_EDITS)
    middle = most + 1
    reached = [0] * (2 * middle + 1)
    trail: list[list[int]] = []
    for edits in range(most + 1):
        if budget.left <= 0:
            return None
        trail.append(reached[middle - edits - 1 : middle + edits + 2])
        for diagonal in range(-edits, edits + 1, 2):
            at = middle + diagonal
            down = diagonal == -edits or (diagonal != edits and reached[at - 1] < reached[at + 1])
            x = begun = reached[at + 1] if down else reached[at - 1] + 1
            y = x - diagonal
            while x < n and y < m and a[i + x] == b[j + y]:
                x, y = x + 1, y + 1
            reached[at] = x
            budget.left -= 1 + x - begun
            if x >= n and y >= m:
                return _walked_back(trail, n, m, i, j)
    return None


def _walked_back(trail: list[list[int]], x: int, y: int, i: int, j: int) -> list[Match]:
    """The matches on the way that the search found, from its end."""
    found: list[Match] = []
    for edits in range(len(trail) - 1, -1, -1):
        reached, middle = trail[edits], edits + 1
        diagonal = x - y
        at = middle + diagonal
        down = diagonal == -edits or (diagonal != edits and reached[at - 1] < reached[at + 1])
        before = diagonal + 1 if down else diagonal - 1
        x_before = reached[middle + before] if edits else 0
        x_begun = 0 if not edits else x_before if down else x_before + 1
        if x > x_begun:
            found.append((i + x_begun, j + x_begun - diagonal, x - x_begun))
        x, y = x_before, x_before - before
    return found


def _landmarks(a: list[int], b: list[int], region: Region) -> list[tuple[int, int]]:
    """What stands once on each side, as much of it as keeps its order (patience sorting)."""
    i, i_end, j, j_end = region
    counted_a, counted_b = Counter(a[i:i_end]), Counter(b[j:j_end])
    place = {each: at for at, each in enumerate(b[j:j_end], j) if counted_b[each] == 1}
    pairs = [(at, place[a[at]]) for at in range(i, i_end) if counted_a[a[at]] == 1 and a[at] in place]
    ends: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for number, (_, at) in enumerate(pairs):
        pile = bisect_left(ends, at)
        previous.append(last[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [at]
        last[pile : pile + 1] = [number]
    chosen = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = previous[number]
    return chosen[::-1]


def _between(landmarks: list[tuple[int, int]], region: Region, found: list[Match]) -> list[Region]:
    """Keep the landmarks as matches; what lies between them is still to be compared."""
    if not landmarks:
        return []
    i, i_end, j, j_end = region
    regions = []
    for at_a, at_b in landmarks:
        found.append((at_a, at_b, 1))
        regions.append((i, at_a, j, at_b))
        i, j = at_a + 1, at_b + 1
    return [*regions, (i, i_end, j, j_end)]


def _joined(found: list[Match]) -> list[Match]:
    joined: list[Match] = []
    for i, j, size in sorted(found):
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined
