"""The schema: one migration history, the same tables as the models, and a record that cannot be rewritten."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app import schema
from app.core.database import db

# What the migration makes beside the models: each database's own full-text index.
UNMODELLED = {"headline_index", "body_index", "ix_search_entry_headline", "ix_search_entry_body"}


def _names(difference: object) -> set[str]:
    parts = difference if isinstance(difference, tuple) else difference[0]  # type: ignore[index]
    return {part if isinstance(part, str) else getattr(part, "name", "") for part in parts}


def test_the_migrated_schema_is_the_one_the_models_describe(app: Flask) -> None:
    with db.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.metadata)
    unexpected = [each for each in differences if not (_names(each) & UNMODELLED or "search_index" in str(each))]
    assert unexpected == []


def test_the_schema_can_be_taken_down_and_built_again(app: Flask) -> None:
    before = set(inspect(db.engine).get_table_names())
    db.session.remove()
    schema.prepare(app)
    downgrade(revision="base")
    upgrade()
    assert set(inspect(db.engine).get_table_names()) == before


def test_the_newest_migration_is_the_one_that_readiness_expects(app: Flask) -> None:
    assert schema.present_revision() == schema.newest_revision()
