"""docs/formats.md says what each format keeps as it is found by trying."""

from pathlib import Path

import pytest

from tests.quizzes import formats_table

DOCUMENT = Path(__file__).parents[2] / "docs" / "formats.md"


@pytest.mark.once
@pytest.mark.parametrize("table", [formats_table.types_table, formats_table.fields_table])
def test_the_tables_of_the_documentation_are_what_is_found(table: object) -> None:
    assert callable(table)
    assert table() in DOCUMENT.read_text(), "print the tables with: python -m tests.quizzes.formats_table"
