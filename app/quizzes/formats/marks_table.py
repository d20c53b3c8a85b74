"""Marks kept elsewhere, as CSV: a row an attempt, a column a question, headed `key:maximum`."""

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import encodings, weights
from app.quizzes.formats.csv_reader import delimiter_of
from app.quizzes.formats.model import Reading

MOST_CELLS = 5_000_000
MOST_COLUMNS = 1_000


@dataclass
class MarksTable:
    """The maxima by question, the marks of each attempt in their order, and every problem."""

    maxima: dict[str, Fraction] = field(default_factory=dict)
    rows: list[list[Decimal]] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)


def read(content: bytes) -> MarksTable:
    """The marks of a file. An empty cell is a question left unanswered, which earns nothing; an empty row is none."""
    table = MarksTable()
    try:
        text = encodings.decode(content)
    except encodings.UnreadableText as wrong:
        table.reading.wrong(wrong.line, wrong.what)
        return table
    if not text.strip():
        table.reading.wrong(1, "an empty file, expected a first line such as q1:1,q2:2")
        return table
    first = text.lstrip("\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=delimiter_of(first), strict=True)
    at = 1
    try:
        for cells in reader:
            line, at = at, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not table.maxima:
                _header(table, cells, line)
                if table.reading.problems:
                    return table
                accepted: list[dict[str, Decimal]] = [{"": Decimal(0)} for _ in table.maxima]
            elif (len(table.rows) + 1) * len(table.maxima) > MOST_CELLS:
                table.reading.wrong(line, f"more than {MOST_CELLS} marks")
                return table
            else:
                _row(table, cells, line, accepted)
    except csv.Error as wrong:
        table.reading.wrong(at, f"not readable as CSV ({wrong})")
    if not table.maxima and not table.reading.problems:
        table.reading.wrong(1, "no heading, expected a first line such as q1:1,q2:2")
    return table


def _header(table: MarksTable, cells: list[str], line: int) -> None:
    if len(cells) > MOST_COLUMNS:
        table.reading.wrong(line, f"{len(cells)} columns, expected at most {MOST_COLUMNS}")
        return
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    for cell in cells:
        key, colon, given = (part.strip() for part in cell.rpartition(":"))
        maximum = weights.number(given)
        if not colon or not key or maximum is None or maximum < 0:
            table.reading.wrong(line, f"the heading “{cell.strip()[:60]}”, expected key:maximum such as q1:1")
        elif key in table.maxima:
            table.reading.wrong(line, "the same question in two columns", key)
        else:
            table.maxima[key] = Fraction(maximum)


def _row(table: MarksTable, cells: list[str], line: int, accepted: list[dict[str, Decimal]]) -> None:
    """Add a row. `accepted` are the cells of each column that were read before: there are few different ones."""
    size = len(table.maxima)
    if len(cells) > size and any(cell.strip() for cell in cells[size:]):
        table.reading.wrong(line, f"{len(cells)} cells, expected {size} as in the first line")
        return
    marks = []
    cells = [*cells[:size], *[""] * (size - len(cells))]
    for cell, (key, maximum), known in zip(cells, table.maxima.items(), accepted, strict=True):
        mark = known.get(cell)
        if mark is None:
            mark = _mark(table, cell.strip(), key, maximum, line)
        if mark is not None:
            known[cell] = mark
            marks.append(mark)
    if len(marks) == size:
        table.rows.append(marks)


def _mark(table: MarksTable, cell: str, key: str, maximum: Fraction, line: int) -> Decimal | None:
    mark = weights.number(cell) if cell else Decimal(0)
    if mark is None:
        table.reading.wrong(line, f"“{cell[:40]}”, expected a mark", key)
    elif not -maximum <= Fraction(mark) <= maximum:
        table.reading.wrong(line, f"the mark {cell[:40]} is beyond the maximum {weights.decimal_text(maximum)}", key)
        return None
    return mark
