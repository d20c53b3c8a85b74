"""The database: one set of rules for SQLite and PostgreSQL."""

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Table, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

BUSY_TIMEOUT_MS = 5_000


class Base(DeclarativeBase):
    """Every table's base; constraints are named, so that a migration can find them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite keeps no time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant: nobody knows when it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """An aware instant, whatever the database kept."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: object) -> None:
    """SQLite: write-ahead log, foreign keys, patience; FULL, because an acknowledged answer is on disk."""
    if not isinstance(connection, sqlite3.Connection):
        return
    cursor = connection.cursor()
    # First, so that the next pragma waits rather than fails when another process is starting as well.
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    if not _in_wal(cursor):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _in_wal(cursor: sqlite3.Cursor) -> bool:
    """Whether the file already uses the write-ahead log: then nothing is written, and it may be read-only."""
    return bool(cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal")


def table_of(model: type[Base]) -> Table:
    """A model's table. A statement on a table's columns, asked at every request, costs half of one on the model's."""
    return cast(Table, model.__table__)


def is_postgresql() -> bool:
    """Whether the current application's database is PostgreSQL."""
    return db.engine.dialect.name == "postgresql"


def insert(table: Any) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of the current database."""
    return postgresql.insert(table) if is_postgresql() else sqlite.insert(table)
