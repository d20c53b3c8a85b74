"""Reading a CSV file of people: bytes in, cells with their line numbers out, or every problem that stops it."""

import csv
import io
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.core.folding import fold

LARGEST_BYTES = 1024 * 1024
MOST_ROWS = 2000
SEPARATORS = ",;\t"

_HEADINGS = {
    "email": ("email", "e-mail", "mail", "courriel", "adresse e-mail", "adresse email"),
    "name": ("name", "nom"),
    "role": ("role",),
    "team": ("team", "equipe"),
}
_COLUMNS = {word: column for column, words in _HEADINGS.items() for word in words}


@dataclass(frozen=True)
class Record:
    """The cells of one person, as they stand in the file; `line` counts from 1, as an editor shows it."""

    line: int
    email: str
    name: str
    role: str
    team: str


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and what was expected."""

    line: int
    what: object
    expected: object


class UnreadableFile(Exception):
    """The file cannot be read as a list of people; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


def read(content: bytes) -> list[Record]:
    """The people of a file, unchecked. Raises UnreadableFile with all that is wrong with its form."""
    if len(content) > LARGEST_BYTES:
        raise UnreadableFile(Problem(1, _l("The file is too large."), _l("expected at most 1 MB")))
    lines = _lines(_text(content))
    if not lines:
        raise UnreadableFile(Problem(1, _l("The file is empty."), _EXPECTED_HEADER))
    columns = _columns(*lines[0])
    records, problems = [], []
    for number, cells in lines[1:]:
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            problems.append(
                Problem(
                    number,
                    _l("%(count)s cells on this line.", count=len(cells)),
                    _l("expected %(count)s, as in the first line", count=len(columns)),
                )
            )
            continue
        values = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        records.append(Record(number, *(values.get(column, "") for column in ("email", "name", "role", "team"))))
    if len(records) > MOST_ROWS:
        problems = [
            Problem(records[MOST_ROWS].line, _l("There are too many people in the file."), _l("expected at most 2,000"))
        ]
    elif not records and not problems:
        problems = [Problem(lines[0][0], _l("There is nobody under the first line."), _l("expected one person a line"))]
    if problems:
        raise UnreadableFile(*problems)
    return records


_EXPECTED_HEADER = _l("expected a first line such as email,name,role,team")


def _text(content: bytes) -> str:
    """The words of a file: UTF-8 with or without its mark, UTF-16 with it, else Windows-1252, as Excel saves."""
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_utf_16 else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(
        Problem(1, _l("This is not a text file."), _l("expected a CSV file, saved as “CSV UTF-8” for example"))
    )


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with the line on which it begins (a quoted cell may span several)."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, begins = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        raise UnreadableFile(
            Problem(begins, _l("The quotation marks do not match."), _l('expected each opened " to be closed'))
        ) from None
    return found


def _columns(line: int, headings: list[str]) -> list[str]:
    """Which column is which. Raises UnreadableFile for an unknown, a repeated or a missing one."""
    problems, columns = [], []
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    for heading in headings:
        column = _COLUMNS.get(fold(heading))
        if column is None:
            problems.append(
                Problem(line, _l("Unknown column: “%(name)s”.", name=heading.strip()[:40]), _EXPECTED_HEADER)
            )
        elif column in columns:
            problems.append(
                Problem(
                    line, _l("This column is there twice: “%(name)s”.", name=heading.strip()[:40]), _EXPECTED_HEADER
                )
            )
        columns.append(column or "")
    for needed in ("email", "name"):
        if needed not in columns and not problems:
            problems.append(Problem(line, _l("A column is missing: “%(name)s”.", name=needed), _EXPECTED_HEADER))
    if problems:
        raise UnreadableFile(*problems)
    return columns
