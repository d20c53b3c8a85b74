"""What every test stands on: a real database, a real application, an injected clock.

PALIER_TEST_DATABASE says which database the run is on: sqlite (the default) or postgresql. With
PALIER_TEST_ONLY_DATABASE what another run has seen already is left out: tests that ask for no database, and those
marked `once`, which look at what pages and scripts do in a browser, whatever lies behind.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask, g
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from app import create_app, extensions
from app.config import Settings
from app.core import clock
from tests.databases import Databases, open_databases

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday
BYTECODE = FileSystemBytecodeCache()  # templates are compiled once for all tests, not once for each application
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
KEY = "a key for tests only, of more than thirty-two characters"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "PALIER_TEST_ONLY_DATABASE" not in os.environ:
        return
    without = [
        each
        for each in items
        if "databases" not in getattr(each, "fixturenames", ()) or each.get_closest_marker("once")
    ]
    config.hook.pytest_deselected(items=without)
    left_out = set(without)
    items[:] = [each for each in items if each not in left_out]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes a fresh, migrated database in milliseconds, of the kind this run is on."""
    with open_databases(os.environ.get("PALIER_TEST_DATABASE", "sqlite"), tmp_path_factory.mktemp("databases")) as made:
        yield made


@pytest.fixture
def library_files(tmp_path: Path) -> Path:
    """An empty content and quizzes folder for the test to write in (see tests/factories.py)."""
    for folder in ("content/fr", "content/en", "quizzes/fr", "quizzes/en"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def settings(databases: Databases, tmp_path: Path, library_files: Path) -> Iterator[Settings]:
    with databases.fresh() as url:
        yield Settings(
            data_dir=tmp_path / "data",
            content_dir=library_files / "content",
            quizzes_dir=library_files / "quizzes",
            database_url=url,
            secret_key=KEY,
        )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application on a fresh database, with a context pushed and the clock held at NOW."""
    extensions.limiter.enabled = True  # or the factory would leave it out
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PASSWORD_HASHER=CHEAP)
    app.jinja_env.bytecode_cache = BYTECODE
    extensions.limiter.enabled = False  # throttling has tests of its own, which turn it on
    # The context pushed below serves the test client's requests too: each begins with an empty g, as in real life.
    app.before_request_funcs.setdefault(None, []).insert(0, _empty_g)
    with clock.frozen_at(NOW), app.app_context():
        yield app
        from app.core.database import db

        db.session.remove()
        db.engine.dispose()


def _empty_g() -> None:
    vars(g._get_current_object()).clear()  # type: ignore[attr-defined]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
