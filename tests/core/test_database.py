"""SQLite's file, moved or replaced under a running server: what is acknowledged is in the file that is there."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import create_app
from app.config import Settings
from app.core.database import db
from tests.conftest import KEY
from tests.databases import open_databases


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A migrated SQLite database, whatever database the run is on."""
    with open_databases("sqlite", tmp_path) as made, made.fresh() as url:
        yield Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def connected(file: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application that has used this file already, and keeps its connection."""
    app = create_app(Settings(data_dir=tmp_path, database_url=f"sqlite:///{file}", secret_key=KEY))
    with app.app_context():
        move_on()
        yield app
        db.session.remove()
        db.engine.dispose()


def move_on() -> None:
    """Write something, and commit."""
    try:
        db.session.execute(text("UPDATE library_state SET generation = generation + 1"))
        db.session.commit()
    finally:
        db.session.remove()


def generation(file: Path) -> int:
    with closing(sqlite3.connect(file)) as other:
        return int(other.execute("SELECT generation FROM library_state").fetchone()[0])


def test_nothing_is_written_into_a_file_that_was_removed(connected: Flask, file: Path) -> None:
    file.rename(file.with_suffix(".away"))
    for _ in range(2):
        with pytest.raises(OperationalError, match="no database file"):
            move_on()
    assert not file.exists(), "an empty database in its place would be taken for a new installation"


def test_a_file_that_came_back_is_used_again(connected: Flask, file: Path) -> None:
    before = generation(file)
    file.rename(file.with_suffix(".away"))
    with pytest.raises(OperationalError):
        move_on()
    file.with_suffix(".away").rename(file)
    move_on()
    assert generation(file) == before + 1


def test_a_backup_put_in_place_is_the_database_from_the_next_statement_on(connected: Flask, file: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(file.with_suffix(".backup"))) as target:
        source.backup(target)
    before = generation(file)
    shutil.copy(file.with_suffix(".backup"), file.with_suffix(".new"))
    for left in (f"{file}-wal", f"{file}-shm"):
        Path(left).unlink(missing_ok=True)
    file.with_suffix(".new").replace(file)
    move_on()
    assert generation(file) == before + 1
