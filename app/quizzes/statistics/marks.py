"""Marks of attempts, exact: whole numbers of the smallest share that occurs.

Notation of Moodle, “Quiz statistics calculations”: S attempts, x the mark of a question, T the sum of an attempt.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from app.quizzes.statistics.pair_sums import Sums, Together, sums_of

Mark = int | float | Decimal | Fraction


@dataclass(frozen=True)
class Place:
    """What stands k-th among the questions that were drawn: another question from one attempt to the next."""

    maximum: Fraction
    column: Sequence[int]


@dataclass(frozen=True)
class Marks:
    """The marks of a quiz in `scale` parts of a mark: a column a question, a row an attempt. `maxima` are in marks; a
    maximum of 0 is that of an item without a mark.

    Where questions were drawn, `asked` names the rows of a question that not every attempt was asked, and its column
    has those alone; `places` are the columns that stand for all of them in sums over the whole quiz. `wholes` are the
    most that an attempt could earn: several when some attempts were worth more than others.
    """

    maxima: Mapping[str, Fraction]
    columns: Mapping[str, Sequence[int]]
    totals: Sequence[int]
    scale: int
    asked: Mapping[str, Sequence[int]] = field(default_factory=dict)
    places: Sequence[Place] = ()
    wholes: frozenset[Fraction] | None = None

    @property
    def attempts(self) -> int:
        """How many."""
        return len(self.totals)

    @cached_property
    def whole(self) -> Fraction | None:
        """The most that an attempt can earn; None when it depends on what was drawn, so that sums do not compare."""
        if self.wholes is None:
            return sum(self.maxima.values(), Fraction(0))
        return next(iter(self.wholes)) if len(self.wholes) == 1 else None

    @cached_property
    def sums(self) -> Mapping[str, Sums]:
        """The sums of each question, over the attempts that were asked it."""
        found = {}
        for key, column in self.columns.items():
            rows = self.asked.get(key)
            if rows is None:
                found[key] = sums_of(column, self._together)
            else:
                found[key] = sums_of(column, Together([self.totals[row] for row in rows]))
        return found

    @cached_property
    def _together(self) -> Together:
        return Together(self.totals)

    @cached_property
    def parts(self) -> Mapping[Hashable, tuple[Fraction, Sums]]:
        """What the quiz is made of, each part with its maximum and a mark in every attempt: the questions that all were
        asked, and the places of those that were drawn (Moodle's “positions”)."""
        own: dict[Hashable, tuple[Fraction, Sums]] = {
            key: (self.maxima[key], sums) for key, sums in self.sums.items() if key not in self.asked
        }
        drawn: dict[Hashable, tuple[Fraction, Sums]] = {
            number: (place.maximum, sums_of(place.column, self._together)) for number, place in enumerate(self.places)
        }
        return {**own, **drawn}


def marks_of(maxima: Mapping[str, Fraction], rows: Iterable[Sequence[Mark]]) -> Marks:
    """The marks of attempts; a row has one mark a question, in the order of `maxima`."""
    given = list(zip(*rows, strict=True)) or [()] * len(maxima)
    exact = [{mark: Fraction(mark) for mark in set(column)} for column in given]
    scale = math.lcm(*(share.denominator for each in exact for share in each.values()))
    parts = [{mark: int(share * scale) for mark, share in known.items()} for known in exact]
    columns = {
        key: list(map(known.__getitem__, column)) for key, column, known in zip(maxima, given, parts, strict=True)
    }
    return Marks(maxima, columns, sums_of_rows(columns), scale)


def sums_of_rows(columns: Mapping[str, Sequence[int]]) -> list[int]:
    """The sum of each attempt."""
    return list(map(sum, zip(*columns.values(), strict=True)))
