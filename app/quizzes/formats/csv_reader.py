"""CSV: one question a row under a header that anybody can type in a spreadsheet (docs/quizzes.md lists the columns)."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from app.core.folding import fold
from app.quizzes.formats import encodings, weights
from app.quizzes.formats.collecting import Collector
from app.quizzes.formats.model import FULL, NONE, Option, Pair, Question, Reading, Type, Variable
from app.quizzes.formats.numbers_of import numeric_option, with_best_number

DELIMITERS = "\t;,"
FIRST_COLUMNS = ("key", "type", "title", "text")
LAST_COLUMNS = ("value", "tolerance", "unit", "feedback", "tags", "points", "category", "read_again", "settings")
_NUMBERED = re.compile(r"(option|fraction|feedback|prompt|match)([1-9][0-9]{0,2})")
# What a spreadsheet runs as a formula; our own apostrophe as well, so that it can be taken away again.
FORMULA = re.compile(r"[ ]*[=+\-@＝＋－＠]|[\t\r\n']")
SETTINGS = ("plain", "case_counts", "chosen", "relative")


class _Unusable(Exception):
    """A row that makes no question; the message says why."""


@dataclass(frozen=True)
class _Row:
    """The cells of one question by column; `line` is where it begins."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


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
        except _Unusable as wrong:
            collector.wrong(row.line, str(wrong), row.get("key") or row.get("title"))
            continue
        collector.take(question, row.get("key"))
    return collector.reading


def delimiter_of(header: str) -> str:
    """The sign between the columns: a comma only where there is no other, since it stands in numbers as well."""
    return next((sign for sign in DELIMITERS if sign in header), ",")


def _rows(collector: Collector, text: str) -> Iterator[_Row]:
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
                yield _Row(at, {name: _unprefixed(cell) for name, cell in zip(columns, cells, strict=False)})
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
        if name not in (*FIRST_COLUMNS, *LAST_COLUMNS) and not _NUMBERED.fullmatch(name):
            usual = ", ".join((*FIRST_COLUMNS, "option1", "fraction1", "feedback1"))
            return f"the column “{name[:40]}”, expected {usual}…"
        if named.count(name) > 1:
            return f"the column “{name}” twice"
    missing = [name for name in ("type", "text") if name not in columns]
    return f"no column “{missing[0]}”" if missing else ""


def _question(row: _Row) -> Question:
    try:
        kind = Type(row.get("type").strip().lower())
    except ValueError:
        raise _Unusable(f"the type “{row.get('type')[:40]}”, expected one of {' '.join(Type)}") from None
    settings = row.get("settings").split()
    unknown = [each for each in settings if each not in SETTINGS and not each.startswith("variables=")]
    if unknown:
        raise _Unusable(f"the setting “{unknown[0][:40]}”, expected {' '.join(SETTINGS)}")
    points = _number(row, "points")
    question = Question(
        key="",
        type=kind,
        title=row.get("title").strip(),
        text=row.get("text").strip(),
        options=_options(row, kind),
        pairs=_pairs(row),
        value=_number(row, "value"),
        tolerance=_number(row, "tolerance"),
        feedback=row.get("feedback").strip(),
        tags=tuple(dict.fromkeys(filter(None, (each.strip() for each in row.get("tags").split("|"))))),
        line=row.line,
        points=FULL if points is None else Fraction(points),
        category=row.get("category").strip(),
        is_plain="plain" in settings,
        case_counts="case_counts" in settings,
        unit=row.get("unit").strip(),
        read_again=row.get("read_again").strip(),
        variables=_variables(settings),
        tolerance_kind="relative" if "relative" in settings else "absolute",
        chosen="chosen" in settings,
    )
    if question.points <= 0:
        raise _Unusable(f"{row.get('points')} points, expected more than 0")
    return _numeric(question) if kind is Type.NUMERIC else question


def _numeric(question: Question) -> Question:
    """The options are numbers as well; without one, value and tolerance are the answer."""
    if question.options:
        return with_best_number(question)
    if question.tolerance is not None and question.tolerance < 0:
        raise _Unusable("a tolerance below 0")
    return replace(question, tolerance=question.tolerance or Decimal(0))


def _options(row: _Row, kind: Type) -> tuple[Option, ...]:
    found = []
    for number in _numbers(row, "option"):
        text = row.get(f"option{number}").strip()
        if not text:
            continue
        if kind is Type.NUMERIC:
            text = numeric_option(text) or ""
            if not text:
                raise _Unusable(f"the number in option{number}, expected 3, 3:2 (tolerance) or 1..5")
        if kind is Type.TRUE_FALSE:
            text = {"vrai": "true", "faux": "false"}.get(fold(text), fold(text))
        found.append(Option(text, _share(row, number, kind), row.get(f"feedback{number}").strip()))
    if kind is Type.TRUE_FALSE:
        found.sort(key=lambda each: each.text != "true")
    return tuple(found)


def _share(row: _Row, number: int, kind: Type) -> Fraction:
    """A fraction from −1 to 1, or 1/3; what is ordered or typed earns all when nothing is said."""
    given = row.get(f"fraction{number}").strip()
    if not given:
        return FULL if kind in (Type.SHORT_ANSWER, Type.NUMERIC, Type.CALCULATED, Type.ORDERING) else NONE
    upper, slash, lower = given.partition("/")
    top, bottom = weights.number(upper), weights.number(lower or "1")
    if top is None or not bottom or abs(top) > abs(bottom) or (slash and not lower.strip()):
        raise _Unusable(f"fraction{number} “{given[:20]}”, expected a number from -1 to 1")
    return Fraction(top) / Fraction(bottom) if slash else weights.share_of(top)


def _pairs(row: _Row) -> tuple[Pair, ...]:
    found = (
        (row.get(f"prompt{number}").strip(), row.get(f"match{number}").strip()) for number in _numbers(row, "match")
    )
    return tuple(Pair(prompt, match) for prompt, match in found if prompt or match)


def _numbers(row: _Row, name: str) -> list[int]:
    return sorted(int(found[2]) for each in row.cells if (found := _NUMBERED.fullmatch(each)) and found[1] == name)


def _number(row: _Row, name: str) -> Decimal | None:
    given = row.get(name).strip()
    found = weights.number(given) if given else None
    if given and found is None:
        raise _Unusable(f"{name} “{given[:40]}”, expected a number")
    return found


def _variables(settings: list[str]) -> tuple[Variable, ...]:
    """Variables as `variables=name:lowest:highest:decimals,…`."""
    found = []
    for each in settings:
        for said in each.removeprefix("variables=").split(",") if each.startswith("variables=") else ():
            name, low, high, decimals = (*said.split(":"), "", "", "", "")[:4]
            lowest, highest = weights.number(low), weights.number(high)
            if (
                not name
                or lowest is None
                or highest is None
                or lowest > highest
                or not re.fullmatch(r"\d{1,2}", decimals)
            ):
                raise _Unusable(f"the variable “{said[:40]}”, expected name:lowest:highest:decimals")
            found.append(Variable(name, lowest, highest, int(decimals)))
    return tuple(found)


def _unprefixed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell
