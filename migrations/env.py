"""Alembic's environment: migrations run on the application's own engine."""

from alembic import context
from flask import current_app

from app.core.database import db

# Lives in the database alone: SQLite's full-text index and the tables it keeps for itself.
NOT_MODELLED = ("search_index",)


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether autogenerate compares this object."""
    return not (kind == "table" and name is not None and name.startswith(NOT_MODELLED))


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_name=ours,
        transaction_per_migration=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
