"""Merging two texts that were written from the same one, line by line: what only one side changed is taken from it.

Time is bounded: lines that stand once on both sides anchor the comparison, and only so many others are compared.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

OURS, BETWEEN, THEIRS = "<<<<<<<", "=======", ">>>>>>>"
MARKS = (OURS, BETWEEN, THEIRS)
MOST_COMPARED = 2_000_000  # pairs of lines in one comparison; beyond, the lines count as all different
MOST_READ = 20  # how often a line is read in search of anchors, on average

Span = tuple[int, int]
Match = tuple[int, int]


@dataclass(frozen=True)
class Merged:
    """The merged text. When it is not clean, what contradicts stands between lines of `MARKS`: mine, then theirs."""

    text: str
    clean: bool


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Both texts' changes since `base` in one text. The same change on both sides is one change."""
    if theirs in (base, mine):
        return Merged(mine, clean=True)
    if mine == base:
        return Merged(theirs, clean=True)
    written: list[str] = []
    clean = True
    for chunk in _chunks(base.split("\n"), mine.split("\n"), theirs.split("\n")):
        lines = chunk.merged()
        clean = clean and lines is not None
        written += chunk.contradiction() if lines is None else lines
    return Merged("\n".join(written), clean)


def marked_lines(text: str) -> list[int]:
    """The lines, from 1, where a contradiction was left in a text."""
    return [number for number, line in enumerate(text.split("\n"), start=1) if line.rstrip() in MARKS]


@dataclass(frozen=True)
class _Chunk:
    """Lines of the three texts that stand in the same place."""

    base: Sequence[str]
    mine: Sequence[str]
    theirs: Sequence[str]

    def merged(self) -> Sequence[str] | None:
        """The lines that both sides lead to; None when they contradict each other."""
        if self.mine == self.theirs or self.theirs == self.base:
            return self.mine
        return self.theirs if self.mine == self.base else None

    def contradiction(self) -> list[str]:
        """Both sides between marks; the lines they begin and end with alike stand outside."""
        before, after = _shared_ends(self.mine, self.theirs)
        mine, theirs = self.mine, self.theirs
        differing = (mine[before : len(mine) - after], theirs[before : len(theirs) - after])
        inside = [OURS, *differing[0], BETWEEN, *differing[1], THEIRS]
        return [*mine[:before], *inside, *mine[len(mine) - after :]]


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[_Chunk]:
    """The texts cut at every line of the base that stands on both sides."""
    in_mine, in_theirs = dict(matches(base, mine)), dict(matches(base, theirs))
    at = (0, 0, 0)
    for line in range(len(base)):
        if line in in_mine and line in in_theirs:
            here = (line, in_mine[line], in_theirs[line])
            if here != at:
                yield _Chunk(base[at[0] : here[0]], mine[at[1] : here[1]], theirs[at[2] : here[2]])
            kept = [base[line]]
            yield _Chunk(kept, kept, kept)
            at = (here[0] + 1, here[1] + 1, here[2] + 1)
    yield _Chunk(base[at[0] :], mine[at[1] :], theirs[at[2] :])


def matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The lines of `old` that stand in `new`, as pairs of positions that grow on both sides."""
    found: list[Match] = []
    budget = MOST_COMPARED
    to_read = MOST_READ * (len(old) + len(new))
    waiting: list[tuple[Span, Span]] = [((0, len(old)), (0, len(new)))]
    while waiting:
        (a, b), (c, d) = waiting.pop()
        to_read -= b - a + d - c
        before, after = _shared_ends(old[a:b], new[c:d])
        found += [(a + step, c + step) for step in range(before)]
        found += [(b - step, d - step) for step in range(1, after + 1)]
        a, b, c, d = a + before, b - after, c + before, d - after
        anchors = _anchors(old, (a, b), new, (c, d)) if to_read > 0 else []
        if anchors:
            edges = [(a - 1, c - 1), *anchors, (b, d)]
            found += anchors
            waiting += [((one[0] + 1, two[0]), (one[1] + 1, two[1])) for one, two in pairwise(edges)]
        elif 0 < (b - a) * (d - c) <= budget:
            budget -= (b - a) * (d - c)
            found += [(a + i, c + j) for i, j in _longest_common(old[a:b], new[c:d])]
    return sorted(found)


def _shared_ends(one: Sequence[str], two: Sequence[str]) -> Span:
    """How many lines two texts have in common at the beginning, and then at the end."""
    most = min(len(one), len(two))
    before = next((at for at in range(most) if one[at] != two[at]), most)
    most -= before
    after = next((at for at in range(most) if one[-1 - at] != two[-1 - at]), most)
    return before, after


def _anchors(old: Sequence[str], of_old: Span, new: Sequence[str], of_new: Span) -> list[Match]:
    """The lines that stand once on both sides, as many as keep their order."""
    in_old, in_new = Counter(old[slice(*of_old)]), Counter(new[slice(*of_new)])
    place = {new[at]: at for at in range(*of_new) if in_new[new[at]] == 1}
    pairs = [(at, place[old[at]]) for at in range(*of_old) if in_old[old[at]] == 1 and old[at] in place]
    return _longest_growing(pairs)


def _longest_growing(pairs: list[Match]) -> list[Match]:
    """The longest series of pairs, sorted by their first, whose second grows as well."""
    ends: list[int] = []
    last: list[int] = []
    earlier: list[int | None] = []
    for index, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        ends[length : length + 1] = [second]
        last[length : length + 1] = [index]
        earlier.append(last[length - 1] if length else None)
    series = []
    at = last[-1] if last else None
    while at is not None:
        series.append(pairs[at])
        at = earlier[at]
    return series[::-1]


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The longest series of equal lines, by comparing all with all."""
    rows = [[0] * (len(new) + 1)]
    for line in reversed(old):
        below = rows[-1]
        row = [0] * (len(new) + 1)
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if line == new[j] else max(below[j], row[j + 1])
        rows.append(row)
    rows.reverse()
    found = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
