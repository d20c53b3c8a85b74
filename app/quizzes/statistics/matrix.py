"""From answers as they are kept, one after the other, to the columns of marks that figures are made of."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.quizzes.questions import Question
from app.quizzes.statistics.forms_asked import Forms
from app.quizzes.statistics.marks import Marks, Place, sums_of_rows
from app.quizzes.statistics.sittings import Sitting

NO_REPLY = None  # earns nothing


class Cells:
    """The marks of attempts as written ("7/2"), by question and row; what has no reply stays empty."""

    def __init__(self, forms: Forms, chosen: Sequence[Sitting], questions: Mapping[str, Question]) -> None:
        self.rows: dict[Any, int] = {sitting.id: row for row, sitting in enumerate(chosen)}
        self._forms, self._chosen, self._questions = forms, chosen, questions
        own = list(forms.own)
        self._asked = [sitting.asked(own) for sitting in chosen] if forms.facts.sections else None
        # A dictionary where few were asked, a list where all were: both are written to alike.
        self._cells: dict[str, Any] = {key: {} if self._asked else [NO_REPLY] * len(chosen) for key in questions}

    def put(self, row: int, key: str, mark: str | None) -> None:
        """Note the mark of a reply."""
        cells = self._cells.get(key)
        if cells is not None:
            cells[row] = mark

    def marks(self) -> Marks:
        """All of it, in whole parts of a mark."""
        written = {
            mark
            for cells in self._cells.values()
            for mark in set(cells.values() if isinstance(cells, dict) else cells)
            if mark is not None
        }
        exact = {mark: Fraction(mark) for mark in written}
        scale = math.lcm(*(mark.denominator for mark in exact.values()))
        parts: dict[str | None, int] = {mark: int(value * scale) for mark, value in exact.items()}
        parts[NO_REPLY] = 0
        maxima = {key: Fraction(question.points) for key, question in self._questions.items()}
        if self._asked is None:
            columns = {key: list(map(parts.__getitem__, cells)) for key, cells in self._cells.items()}
            return Marks(maxima, columns, sums_of_rows(columns), scale)
        return self._drawn(self._asked, parts, maxima, scale)

    def _drawn(
        self,
        asked: Sequence[Sequence[str]],
        parts: Mapping[str | None, int],
        maxima: Mapping[str, Fraction],
        scale: int,
    ) -> Marks:
        """Of attempts that were asked different questions."""
        same: dict[str, list[int]] = {key: [] for key in maxima}
        for row, (sitting, keys) in enumerate(zip(self._chosen, asked, strict=True)):
            for key in keys:
                if key in same and self._forms.is_same(sitting, key):
                    same[key].append(row)
        common = {key for key, rows in same.items() if len(rows) == len(asked)}
        columns = {key: [parts[self._cells[key].get(row)] for row in rows] for key, rows in same.items() if rows}
        return Marks(
            {key: maxima[key] for key in columns},
            columns,
            [
                sum(parts[self._cells[key].get(row)] for key in keys if key in self._cells)
                for row, keys in enumerate(asked)
            ],
            scale,
            asked={key: rows for key, rows in same.items() if key in columns and key not in common},
            places=self._places(asked, common, parts, maxima),
            wholes=frozenset(Fraction(sitting.maximum) for sitting in self._chosen) or frozenset({Fraction(0)}),
        )

    def _places(
        self,
        asked: Sequence[Sequence[str]],
        common: set[str],
        parts: Mapping[str | None, int],
        maxima: Mapping[str, Fraction],
    ) -> list[Place]:
        """What was drawn, by where it stood among the drawn ones, in the order of the sections."""
        drawn = [[key for key in keys if key not in common] for keys in asked]
        several = max(map(len, drawn), default=0)
        found = []
        for number in range(several):
            at = [keys[number] if number < len(keys) else None for keys in drawn]
            column = [parts[self._cells[key].get(row)] if key in self._cells else 0 for row, key in enumerate(at)]
            found.append(
                Place(max((maxima.get(key, Fraction(0)) for key in set(at) if key), default=Fraction(0)), column)
            )
        return found
