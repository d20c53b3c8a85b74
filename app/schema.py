"""The schema's history. Alembic weighs ten megabytes and a web process never migrates: it is imported when needed."""

from functools import cache
from typing import cast

import click
from flask import Flask, current_app, g
from flask.cli import AppGroup
from sqlalchemy import inspect, text

from app.config import PROJECT
from app.core.database import db, make_file

DIRECTORY = PROJECT / "migrations"


class SchemaCommands(AppGroup):
    """`flask db …`: Flask-Migrate's commands, looked up when one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return _commands().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, once the application knows where its migrations are."""
        if current_app:
            prepare(current_app)
            # What the group of Flask-Migrate would note, had it been called itself.
            g.directory, g.x_arg = None, ()
        return _commands().get_command(ctx, cmd_name)


def init_app(app: Flask) -> None:
    """Add `flask db`."""
    app.cli.add_command(SchemaCommands("db", help="The database's schema."))


def prepare(app: Flask) -> None:
    """Tell Flask-Migrate of this application, once; needed before any of its functions."""
    from flask_migrate import Migrate

    if "migrate" not in app.extensions:
        Migrate(directory=str(DIRECTORY), render_as_batch=False).init_app(app, db)


def upgrade() -> None:
    """Bring the database to the newest schema. One that is there already costs a question, not Alembic."""
    make_file()
    is_newest = present_revision() == newest_revision()
    db.session.rollback()  # or the migration would wait for our question to end
    if is_newest:
        return
    import flask_migrate

    prepare(current_app)
    flask_migrate.upgrade()


def present_revision() -> str | None:
    """The revision that the database is at; None before its first migration."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    revision: str | None = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


@cache
def newest_revision() -> str:
    """The newest in `migrations/versions`, whose files are numbered: 0001_first_tables.py."""
    return max(path.stem.partition("_")[0] for path in (DIRECTORY / "versions").glob("[0-9]*.py"))


def _commands() -> click.Group:
    from flask_migrate.cli import db as commands

    return cast(click.Group, commands)
