"""Tables as files: no cell runs as a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.core import tables


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "  ="])
def test_text_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    assert tables.safe_cell(start + "HYPERLINK(1)") == "'" + start + "HYPERLINK(1)"


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    assert not tables.safe_cell(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_numbers_and_dates_stay_what_they_are() -> None:
    assert tables.safe_cell(-5) == "-5"
    assert tables.safe_cell(Decimal("-12.50")) == "-12.50"
    assert tables.safe_cell(Decimal("-12.50"), decimal_comma=True) == "-12,50"
    assert tables.safe_cell(None) == ""
    assert tables.safe_cell(date(2026, 11, 23)) == "2026-11-23"
    assert tables.safe_cell(datetime(2026, 11, 23, 8, tzinfo=UTC)) == "2026-11-23T08:00:00+00:00"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r")), min_size=2)))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    text = tables.csv_text(["a", "b"], rows, french=True)
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read == [["a", "b"], *([tables.safe_cell(cell) for cell in row] for row in rows)]


def test_a_download_opens_in_the_reader_s_spreadsheet(app: Flask) -> None:
    for language, line in (("fr", "Élise;1,5"), ("en", "Élise,1.5")):
        with app.test_request_context(headers={"Accept-Language": language}):
            answer = tables.csv_response("équipe.csv", ["Nom", "Note"], [["Élise", 1.5]])
        assert answer.get_data().startswith(b"\xef\xbb\xbfNom")
        assert line in answer.get_data(as_text=True)
        assert answer.headers["Content-Disposition"].startswith("attachment;")
