"""Migrating: two who begin at once, and one that is cut short."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app import create_app, schema
from app.config import PROJECT, Settings
from app.core.database import db
from tests.conftest import KEY
from tests.databases import Databases


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table, of the kind this run is on."""
    if os.environ.get("PALIER_TEST_DATABASE", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    with databases.fresh() as url:
        with app_on(url, tmp_path).app_context():
            db.session.execute(text("DROP SCHEMA public CASCADE"))
            db.session.execute(text("CREATE SCHEMA public"))
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        yield url


def app_on(url: str, folder: Path) -> Flask:
    return create_app(Settings(data_dir=folder, database_url=url, secret_key=KEY))


def test_two_that_migrate_at_once_both_end_well(empty: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PALIER_")}
    environment |= {"PALIER_DATABASE_URL": empty, "PALIER_SECRET_KEY": KEY, "PALIER_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    both = [
        subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    told = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], "\n".join(told)


def test_a_migration_that_is_cut_short_leaves_nothing(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic.runtime.migration import HeadMaintainer

    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    with app_on(empty, tmp_path).app_context():
        with monkeypatch.context() as patched:
            patched.setattr(HeadMaintainer, "update_to_step", cut_short)
            with pytest.raises(KeyboardInterrupt):
                schema.upgrade()
        assert "person" not in inspect(db.engine).get_table_names()
        schema.upgrade()
        assert schema.present_revision() == schema.newest_revision()
        db.session.remove()
        db.engine.dispose()
