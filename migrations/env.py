"""Alembic's environment: migrations run on the application's own engine."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection, func, select

from app.core.database import db, make_file

# Lives in the database alone: SQLite's full-text index and the tables it keeps for itself.
NOT_MODELLED = ("search_index",)
MIGRATING = 20261124  # the number by which PostgreSQL knows the lock; any, as long as it stays the same


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether autogenerate compares this object."""
    return not (kind == "table" and name is not None and name.startswith(NOT_MODELLED))


@contextmanager
def alone() -> Iterator[Connection]:
    """A connection in one transaction, begun when nobody else migrates: who waited finds the work done.

    All or nothing: a migration that is cut short leaves no table behind. sqlite3 would commit at every CREATE TABLE,
    unless the transaction is begun by hand.
    """
    make_file()
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            driver.isolation_level, before = None, driver.isolation_level
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
                connection.commit()
            finally:
                connection.rollback()
                driver.isolation_level = before
        else:
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
            yield connection
            connection.commit()


with alone() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_name=ours,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
