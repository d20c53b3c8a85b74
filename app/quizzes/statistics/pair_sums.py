"""The sums of one column of marks with the sums of the attempts, exact and fast.

There are few different pairs of mark and sum, however many attempts: they are counted, and the counts added up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter, mul
from typing import Any

BYTE = 255

Pairs = Iterator[tuple[int, Sequence[int], Sequence[int]]]


@dataclass(frozen=True)
class Sums:
    """Of one column over the attempts that have it: `size` of them. The others are S² times (co)variances with
    divisor S: of the marks, with T, with the rest of T, of the rest, and the greatest that `with_rest` could be."""

    size: int
    total: int
    own: int
    with_sum: int
    with_rest: int
    rest: int
    greatest: int


class Together:
    """The sums of some attempts, with what helps to pair columns with them: made once for all the columns."""

    def __init__(self, totals: Sequence[int]) -> None:
        self.totals = totals

    @cached_property
    def in_order(self) -> Any:
        """Takes a column in the order of the sums."""
        order = sorted(range(len(self.totals)), key=self.totals.__getitem__)
        return itemgetter(*order) if len(order) > 1 else tuple

    @cached_property
    def runs(self) -> tuple[list[int], list[tuple[int, int]]]:
        """The different sums, ascending, and where each begins and ends in that order."""
        values, runs, begin = [], [], 0
        for value, same in groupby(sorted(self.totals)):
            end = begin + sum(1 for _ in same)
            values.append(value)
            runs.append((begin, end))
            begin = end
        return values, runs


def sums_of(column: Sequence[int], together: Together) -> Sums:
    """The sums of a column, which has a mark for each of those attempts."""
    marks: dict[int, int] = {}
    rests: dict[int, int] = {}
    product = 0
    for mark, totals, counts in _pairs(column, together):
        marks[mark] = sum(counts)
        product += mark * sum(map(mul, totals, counts))
        for total, count in zip(totals, counts, strict=True):
            if count:
                rests[total - mark] = rests.get(total - mark, 0) + count
    size, own, rest = len(column), _sum_of(marks, 1), _sum_of(rests, 1)
    own_spread = size * _sum_of(marks, 2) - own * own
    with_sum = size * product - own * (own + rest)
    return Sums(
        size=size,
        total=own,
        own=own_spread,
        with_sum=with_sum,
        with_rest=with_sum - own_spread,
        rest=size * _sum_of(rests, 2) - rest * rest,
        greatest=size * _sorted_product(marks, rests) - own * rest,
    )


def _pairs(column: Sequence[int], together: Together) -> Pairs:
    """For each different mark, the sums it stands beside, and how often.

    A column of bytes in the order of the sums is counted run by run, which is several times faster than pair by pair;
    where marks do not fit into bytes, or there are so many different pairs that it would not be, pairs are counted.
    """
    different = set(column)
    totals, runs = together.runs
    is_few = len(different) * len(runs) <= len(column)
    if is_few and min(different, default=0) >= 0 and max(different, default=0) <= BYTE:
        ordered = bytes(together.in_order(column))
        for mark in different:
            yield mark, totals, [ordered.count(mark, begin, end) for begin, end in runs]
        return
    found: dict[int, tuple[list[int], list[int]]] = {mark: ([], []) for mark in different}
    for (mark, total), count in Counter(zip(column, together.totals, strict=True)).items():
        found[mark][0].append(total)
        found[mark][1].append(count)
    for mark, (beside, counts) in found.items():
        yield mark, beside, counts


def _sum_of(count: Mapping[int, int], power: int) -> int:
    return sum(value**power * times for value, times in count.items())


def _sorted_product(one: Mapping[int, int], other: Mapping[int, int]) -> int:
    """The sum of the products of two sorted columns, from how often each value stands in them."""
    product = 0
    waiting = sorted(other.items(), reverse=True)
    for value, times in sorted(one.items()):
        while times:
            facing, left = waiting.pop()
            taken = min(times, left)
            product += value * facing * taken
            times -= taken
            if left > taken:
                waiting.append((facing, left - taken))
    return product
