"""Tables as files: CSV that opens rightly, and safely, in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from flask import Response

from app.core import languages

Cell = str | int | float | Decimal | date | datetime | None

# What a spreadsheet takes for the beginning of a formula, with the wide forms that some accept too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Cell, *, decimal_comma: bool = False) -> str:
    """The words of a cell. Text that a spreadsheet would run as a formula gets an apostrophe before it.

    Numbers are ours, so a negative one stays a number. Instants are written in UTC, ISO 8601.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.lstrip(" ").startswith(_FORMULA) or value.startswith(_FORMULA) else value
    if isinstance(value, date):
        return value.isoformat()
    written = str(value)
    return written.replace(".", ",") if decimal_comma and isinstance(value, float | Decimal) else written


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, french: bool = False) -> str:
    """CSV as RFC 4180 says; French spreadsheets expect semicolons and decimal commas."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if french else ",")
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(value, decimal_comma=french) for value in row] for row in rows)
    return written.getvalue()


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download in the reader's language. It begins with a byte-order mark: without, Excel garbles accents."""
    text = csv_text(header, rows, french=languages.readers() == "fr")
    answer = Response("\ufeff" + text, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    answer.headers["Cache-Control"] = "no-store"
    return answer
