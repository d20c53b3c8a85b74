"""The record of acts: written once, never changed, never holding anybody's words; projections follow and rebuild."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Person
from app.activity import journal, projections
from app.activity.journal import Act
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.library import acknowledgements, catalogue
from app.library.acknowledgements import ACKNOWLEDGED
from app.library.models import Acknowledgement
from tests.conftest import NOW
from tests.factories import make_person
from tests.library_factories import sync_library, write_play, write_small_library

TRIED = journal.declare("test.tried", "number", "name")


@pytest.fixture
def person(app: Flask) -> Person:
    return make_person()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Activity)) or 0


def test_many_acts_are_recorded_as_each_would_be(person: Person) -> None:
    known, fresh = uuid4(), uuid4()
    journal.record(Act(TRIED, person.id, details={"number": 1}, uuid=known))
    acts = [Act(TRIED, person.id, details={"number": number}, uuid=name) for number, name in enumerate((known, fresh))]
    assert journal.record_all([*acts, acts[1], Act(TRIED, person.id)]) == 2
    assert journal.record_all([]) == 0
    db.session.commit()
    assert count() == 3
    with pytest.raises(ValueError, match="never words"):
        journal.record_all([Act(TRIED, person.id), Act(TRIED, person.id, details={"name": "des mots"})])
    assert count() == 3


def test_an_act_is_recorded_with_its_time(person: Person) -> None:
    earlier = NOW - timedelta(hours=3)
    assert journal.record(Act(TRIED, person.id, details={"number": 3}, at=earlier))
    db.session.commit()
    act = db.session.scalars(select(Activity)).one()
    assert (act.kind, act.person_id, act.at, act.recorded_at, act.details) == (
        TRIED,
        person.id,
        earlier,
        NOW,
        {"number": 3},
    )


def test_an_act_sent_twice_is_recorded_once_and_the_first_stands(person: Person) -> None:
    uuid = uuid4()
    assert journal.record(Act(TRIED, person.id, details={"number": 1}, uuid=uuid))
    db.session.commit()
    assert not journal.record(Act(TRIED, person.id, details={"number": 2}, uuid=uuid))
    db.session.commit()
    assert db.session.scalars(select(Activity.details)).all() == [{"number": 1}]


def test_an_undeclared_kind_is_refused(person: Person) -> None:
    with pytest.raises(ValueError, match="undeclared kind"):
        journal.record(Act("test.unheard", person.id))
    assert count() == 0


def test_an_undeclared_detail_is_refused(person: Person) -> None:
    with pytest.raises(ValueError, match="undeclared detail"):
        journal.record(Act(TRIED, person.id, details={"remark": 1}))
    assert count() == 0


@pytest.mark.parametrize(
    "words",
    ["Bonjour Élise", "a b", "a@b.fr", "x" * 121, "a\nb", "é", "«", ["a"], {"a": "Élise"}, 1.5, b"x", object()],
)
def test_somebodys_words_are_refused(person: Person, words: Any) -> None:
    with pytest.raises(ValueError, match="never words"):
        journal.record(Act(TRIED, person.id, details={"name": words}))
    assert count() == 0


@pytest.mark.parametrize("value", ["trop-cher", "2026-11-23T08:00:00+00:00", "2/3", "", 0, True, None, 10**15])
def test_ids_numbers_and_dates_are_kept_as_they_are(person: Person, value: journal.Detail) -> None:
    journal.record(Act(TRIED, person.id, details={"name": value}))
    db.session.commit()
    assert db.session.scalars(select(Activity.details)).one() == {"name": value}


@pytest.mark.parametrize("table", ["activity", "revision"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET document_id = 'other'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_rewrite_what_happened(
    app: Flask, library_files: Path, person: Person, table: str, verb: str
) -> None:
    write_small_library(library_files)
    sync_library(app)
    acknowledge_play(person)
    before = db.session.execute(text(f"SELECT * FROM {table}")).all()
    db.session.commit()
    with pytest.raises(DatabaseError, match="never changed or deleted"):
        db.session.execute(text(verb.format(table)))
    db.session.rollback()
    assert db.session.execute(text(f"SELECT * FROM {table}")).all() == before
    assert before


def test_replacing_a_row_is_refused_as_well(app: Flask, person: Person) -> None:
    journal.record(Act(TRIED, person.id))
    db.session.commit()
    statement = "INSERT INTO activity SELECT * FROM activity WHERE true ON CONFLICT (sequence) DO UPDATE SET kind = 'x'"
    with pytest.raises(DatabaseError, match="never changed or deleted"):
        db.session.execute(text(statement))
    db.session.rollback()


def acknowledge_play(person: Person, document_id: str = "passer-le-standard") -> int:
    revision_id = catalogue.current().get(document_id, "fr", "play").revision_id
    acknowledgements.acknowledge(person.id, document_id, revision_id)
    return revision_id


def rows(*tables: type) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.__tablename__: sorted(  # type: ignore[attr-defined]
            map(tuple, db.session.execute(select(*table.__table__.columns))),  # type: ignore[attr-defined]
            key=repr,
        )
        for table in tables
    }


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(["passer-le-standard", "ecouter"]), st.integers(0, 3)), max_size=12
    )
)
def test_projections_rebuilt_from_acts_are_the_same_rows(
    app: Flask, library_files: Path, acts: list[tuple[int, str, int]]
) -> None:
    folder = write_small_library(library_files)
    write_play(library_files, folder, id="ecouter")
    sync_library(app)
    people = [make_person(), make_person()]
    revisions = {each: catalogue.entry(each, "play").revision_id for each in ("passer-le-standard", "ecouter")}
    for who, document_id, hour in acts:
        at = NOW + timedelta(hours=hour)  # offline acts arrive in any order
        journal.record(Act(ACKNOWLEDGED, people[who].id, document_id, revisions[document_id], at=at))
    db.session.commit()
    before = rows(*projections.tables())
    assert len(before["acknowledgement"]) >= len({(who, document_id) for who, document_id, _ in acts})
    assert projections.rebuild() == count()
    assert rows(*projections.tables()) == before


def test_a_rebuild_repairs_what_was_lost_and_forgets_what_never_happened(
    app: Flask, library_files: Path, person: Person
) -> None:
    write_small_library(library_files)
    sync_library(app)
    acknowledge_play(person)
    before = rows(Acknowledgement)
    other = make_person()
    db.session.execute(text("DELETE FROM acknowledgement"))
    step = catalogue.entry("prendre-contact", "step").revision_id
    db.session.add(Acknowledgement(person_id=other.id, document_id="prendre-contact", revision_id=step, at=clock.now()))
    db.session.commit()
    assert projections.rebuild() == 1
    assert rows(Acknowledgement) == before


def test_a_rebuild_that_fails_leaves_the_rows_as_they_were(
    app: Flask, library_files: Path, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_small_library(library_files)
    sync_library(app)
    acknowledge_play(person)
    before = rows(Acknowledgement)

    def fail(_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(projections, "advance", fail)
    with pytest.raises(RuntimeError):
        projections.rebuild()
    db.session.rollback()
    assert rows(Acknowledgement) == before


def test_more_acts_than_are_read_at_once_are_all_replayed(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projections, "_AFTER", projections._AFTER.limit(3))
    for _ in range(10):
        journal.record(Act(TRIED, person.id, uuid=ids.new()))
    db.session.commit()
    assert projections.rebuild() == 10
