"""CSV: one question a row under a header that anybody can type in a spreadsheet (docs/formats.md lists the columns)."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.core.folding import fold
from app.quizzes.formats import encodings
from app.quizzes.formats.collecting import Collector
from app.quizzes.formats.csv_cells import (
    NUMBERED,
    Row,
    Unusable,
    fraction_of,
    number_of,
    numbered,
    options_of,
    pairs_of,
    rubric_of,
    units_of,
    value_of,
    variables_of,
)
from app.quizzes.formats.model import FULL, Question, Reading, Type
from app.quizzes.formats.numbers_of import with_best_number

DELIMITERS = "\t;,"
FIRST_COLUMNS = ("key", "type", "title", "text")
LAST_COLUMNS = ("value", "tolerance", "unit", "feedback", "tags", "points", "category", "read_again", "settings")
RARE_COLUMNS = ("if_right", "if_wrong", "picture", "picture_alt", "made_from")  # written where there is something
# What a spreadsheet runs as a formula; our own apostrophe as well, so that it can be taken away again.
FORMULA = re.compile(r"[ ]*[=+\-@＝＋－＠]|[\t\r\n']")
SETTINGS = ("plain", "case_counts", "accents_count", "chosen", "fixed_order")
_WITH_VALUE = ("relative", "near_miss", "words", "variables")


def read(content: bytes) -> Reading:
    """The questions of a CSV file."""
    collector = Collector()
    try:
        text = encodings.decode(content)
    except encodings.UnreadableText as wrong:
        collector.wrong(wrong.line, wrong.what)
        return collector.reading
    for row in _rows(collector, text):
        if collector.is_full:
            collector.reading.too_many(row.line)
            break
        try:
            question = _question(row)
        except Unusable as wrong:
            collector.wrong(row.line, str(wrong), row.get("key") or row.get("title"))
            continue
        collector.take(question, row.get("key"))
    return collector.reading


def delimiter_of(header: str) -> str:
    """The sign between the columns: a comma only where there is no other, since it stands in numbers as well."""
    return next((sign for sign in DELIMITERS if sign in header), ",")


def _rows(collector: Collector, text: str) -> Iterator[Row]:
    if not text.strip():
        collector.wrong(1, "no question in the file")
        return
    reader = csv.reader(io.StringIO(text), delimiter=delimiter_of(text.lstrip("\n").split("\n", 1)[0]), strict=True)
    columns: list[str] = []
    line, count = 1, 0
    try:
        for cells in reader:
            at, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [fold(cell).replace(" ", "_") for cell in cells]
                trouble = _trouble_in_header(columns)
                if trouble:
                    collector.wrong(at, trouble)
                    return
                continue
            count += 1
            if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                collector.wrong(at, f"{len(cells)} cells, expected {len(columns)} as in the first line")
            else:
                yield Row(at, {name: _unprefixed(cell) for name, cell in zip(columns, cells, strict=False)})
    except csv.Error as wrong:
        collector.wrong(line, f"not readable as CSV ({wrong})")
        return
    if not columns:
        collector.wrong(1, "no question in the file")
    elif not count:
        collector.wrong(1, "no question under the first line")


def _trouble_in_header(columns: list[str]) -> str:
    named = [name for name in columns if name]
    for name in named:
        if name not in (*FIRST_COLUMNS, *LAST_COLUMNS, *RARE_COLUMNS) and not NUMBERED.fullmatch(name):
            usual = ", ".join((*FIRST_COLUMNS, "option1", "fraction1", "feedback1"))
            return f"the column “{name[:40]}”, expected {usual}…"
        if named.count(name) > 1:
            return f"the column “{name}” twice"
    missing = [name for name in ("type", "text") if name not in columns]
    return f"no column “{missing[0]}”" if missing else ""


def _question(row: Row) -> Question:
    try:
        kind = Type(row.get("type").strip().lower())
    except ValueError:
        raise Unusable(f"the type “{row.get('type')[:40]}”, expected one of {' '.join(Type)}") from None
    settings = row.get("settings").split()
    valued = dict(each.split("=", 1) for each in settings if "=" in each)
    unknown = [each for each in settings if each.partition("=")[0] not in (*SETTINGS, *_WITH_VALUE)]
    if unknown:
        raise Unusable(f"the setting “{unknown[0][:40]}”, expected {' '.join((*SETTINGS, *_WITH_VALUE))}")
    points = number_of(row, "points")
    words = valued.get("words", "")
    if words and not re.fullmatch(r"[0-9]{1,5}", words):
        raise Unusable(f"words “{words[:40]}”, expected a number")
    question = Question(
        key="",
        type=kind,
        title=row.get("title").strip(),
        text=row.get("text").strip(),
        options=options_of(row, kind),
        pairs=pairs_of(row),
        value=number_of(row, "value"),
        tolerance=number_of(row, "tolerance"),
        feedback=row.get("feedback").strip(),
        tags=tuple(dict.fromkeys(filter(None, (each.strip() for each in row.get("tags").split("|"))))),
        line=row.line,
        points=FULL if points is None else Fraction(points),
        category=row.get("category").strip(),
        is_plain="plain" in settings,
        case_counts="case_counts" in settings,
        unit=row.get("unit").strip(),
        read_again=row.get("read_again").strip(),
        variables=variables_of(settings),
        relative_tolerance=value_of("relative", valued),
        chosen="chosen" in settings,
        hints=tuple(filter(None, (row.get(f"hint{number}").strip() for number in numbered(row, "hint")))),
        if_right=row.get("if_right").strip(),
        if_wrong=row.get("if_wrong").strip(),
        other_units=units_of(row),
        accents_count="accents_count" in settings,
        near_miss=fraction_of("near_miss", valued.get("near_miss", "0")),
        shuffle="fixed_order" not in settings,
        rubric=rubric_of(row),
        most_words=int(words) if words else None,
        picture=row.get("picture").strip(),
        picture_alt=row.get("picture_alt").strip(),
        made_from=row.get("made_from").strip(),
    )
    if question.points <= 0:
        raise Unusable(f"{row.get('points')} points, expected more than 0")
    if "relative" in settings and question.tolerance is not None:  # the tolerance is a share of the value
        question = replace(question, relative_tolerance=question.tolerance * 100, tolerance=None)
    return _numeric(question) if kind is Type.NUMERIC else question


def _numeric(question: Question) -> Question:
    """The options are numbers as well; without one, value and tolerance are the answer."""
    if question.options:
        return with_best_number(question)
    if question.tolerance is not None and question.tolerance < 0:
        raise Unusable("a tolerance below 0")
    return replace(question, tolerance=question.tolerance or Decimal(0))


def _unprefixed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell
