"""The database: one set of rules for SQLite and PostgreSQL."""

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Table, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

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
def _prepare_connection(connection: Any, record: ConnectionPoolEntry) -> None:
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
    if name := cursor.execute("PRAGMA database_list").fetchone()[2]:  # none for one in memory
        record.info["file"] = (Path(name), _identity(Path(name)))
    cursor.close()


@event.listens_for(Engine, "do_connect")
def _open_only_what_is_there(dialect: Dialect, _record: object, arguments: list[Any], _options: object) -> None:
    """SQLite would make an empty file for one that is gone, and that would look like a new installation."""
    if dialect.name == "sqlite" and _is_file(arguments[0]) and not Path(arguments[0]).exists():
        raise sqlite3.OperationalError(f"there is no database file {arguments[0]}")


@event.listens_for(Engine, "checkout")
def _still_there(_connection: Any, record: ConnectionPoolEntry, _fairy: object) -> None:
    """SQLite: an open file that was removed, or replaced by a backup, would take what is written to its grave."""
    path, opened = record.info.get("file", (None, None))
    if path is not None and _identity(path) != opened:
        raise DisconnectionError  # and the pool connects to the file that is there now, if any


def make_file() -> None:
    """SQLite: an empty database when there is no file yet. For migrating, which alone may begin from nothing."""
    path = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and path and _is_file(path):
        with suppress(OSError):  # the connection then says what is wrong
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _is_file(path: str) -> bool:
    """Whether this is a path, rather than a database in memory or an address with options."""
    return not path.startswith((":", "file:"))


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None when there is none."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


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
