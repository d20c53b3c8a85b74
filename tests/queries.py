"""Counting the SQL statements of a block, so that a page's number of queries can be held."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.core.database import db


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collects the statements that reach the database inside the block."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
