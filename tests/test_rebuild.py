"""Progress tables are projections: made again from activity, they hold the same rows."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Role
from app.activity import projections
from app.core.database import db
from app.insights import demo
from app.library.trust import verifications
from tests.factories import actor_for, make_person
from tests.library_factories import sync_library, write_categories, write_script
from tests.training.conftest import write_steps


@pytest.fixture
def library(app: Flask, library_files: Path) -> None:
    write_steps(library_files, 7)
    write_categories(library_files)
    write_script(library_files, steps=["etape-2"])
    sync_library(app)


def _rows() -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    for table in projections.tables():
        rows = db.session.execute(select(*table.__table__.c)).all()
        found[table.__tablename__] = sorted((tuple(row) for row in rows), key=repr)
    return found


@pytest.mark.usefixtures("library")
def test_a_rebuild_gives_the_same_rows(app: Flask) -> None:
    demo.load_demo("demonstration-1")
    verifications.verify(actor_for(make_person(Role.MANAGER)), "fiche-1-1")
    before = _rows()
    assert all(before.values()), "the demonstration and one verification fill every projection"
    replayed = projections.rebuild()
    assert replayed > 100
    assert _rows() == before


@pytest.mark.usefixtures("library")
def test_the_command_rebuilds_too(app: Flask) -> None:
    demo.load_demo("demonstration-1")
    before = _rows()
    done = app.test_cli_runner().invoke(args=["progress", "rebuild", "--json"])
    assert done.exit_code == 0
    assert _rows() == before
