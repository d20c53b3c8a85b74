"""“Read and understood” is a word on one revision: it holds until something material is published after it."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Person
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.library import acknowledgements, catalogue, parsing, publishing
from app.library.files import SourceFile
from app.library.kinds import Draft, all_kinds
from tests.conftest import NOW
from tests.factories import make_person
from tests.library_factories import sync_library, write_play, write_step

PLAY = "passer-le-standard"


@pytest.fixture
def root(app: Flask, library_files: Path) -> Path:
    write_play(library_files, write_step(library_files))
    sync_library(app)
    return library_files


@pytest.fixture
def person(app: Flask) -> Person:
    return make_person()


def shown(document_id: str = PLAY, kind: str = "play", language: str = "fr") -> int:
    return catalogue.current().get(document_id, language, kind).revision_id


def acts() -> int:
    return db.session.scalar(select(func.count()).select_from(Activity)) or 0


def test_a_word_given_is_remembered_with_its_revision_and_time(root: Path, person: Person) -> None:
    acknowledgements.acknowledge(person.id, PLAY, shown())
    assert acknowledgements.acknowledged(person.id) == {PLAY: (shown(), NOW)}
    assert catalogue.current().stands(PLAY, shown())


def test_saying_it_twice_changes_nothing(root: Path, person: Person) -> None:
    acknowledgements.acknowledge(person.id, PLAY, shown(), ids.new())
    with clock.frozen_at(NOW + timedelta(days=1)):
        acknowledgements.acknowledge(person.id, PLAY, shown(), ids.new())
    assert (acknowledgements.acknowledged(person.id), acts()) == ({PLAY: (shown(), NOW)}, 1)


def test_a_request_that_was_sent_twice_is_one_act(root: Path, person: Person) -> None:
    uuid = ids.new()
    for _ in range(2):
        acknowledgements.acknowledge(person.id, PLAY, shown(), uuid)
    assert acts() == 1


def test_a_revision_of_another_document_is_not_found(root: Path, person: Person) -> None:
    for document_id, revision_id in ((PLAY, shown("prendre-contact", "step")), (PLAY, 999), ("nowhere", shown())):
        with pytest.raises(NotFound):
            acknowledgements.acknowledge(person.id, document_id, revision_id)
    assert acts() == 0


def test_an_old_revision_is_a_conflict(app: Flask, root: Path, person: Person) -> None:
    old = shown()
    write_play(root, "01-prendre-contact", title="Autre")
    sync_library(app)
    with pytest.raises(Conflict):
        acknowledgements.acknowledge(person.id, PLAY, old)
    assert acts() == 0


def test_a_withdrawn_document_is_not_found(app: Flask, root: Path, person: Person) -> None:
    revision_id = shown()
    (root / "content/fr/01-prendre-contact/passer-le-standard.md").unlink()
    sync_library(app)
    with pytest.raises(NotFound):
        acknowledgements.acknowledge(person.id, PLAY, revision_id)


def test_a_material_change_asks_again_and_the_new_word_counts(app: Flask, root: Path, person: Person) -> None:
    old = shown()
    acknowledgements.acknowledge(person.id, PLAY, old)
    write_play(root, "01-prendre-contact", title="Autre")
    sync_library(app)
    assert not catalogue.current().stands(PLAY, old)
    acknowledgements.acknowledge(person.id, PLAY, shown())
    assert acknowledgements.acknowledged(person.id)[PLAY][0] == shown() != old
    assert acts() == 2


def test_a_minor_change_lets_the_word_stand(root: Path, person: Person) -> None:
    old = shown()
    acknowledgements.acknowledge(person.id, PLAY, old)
    file = "content/fr/01-prendre-contact/passer-le-standard.md"
    source = (root / file).read_bytes().replace(b"Ce qu", b"Tout ce qu")
    draft = parsing.parse(SourceFile(file, source), all_kinds(), {})
    assert isinstance(draft, Draft)
    publishing.publish(draft, source, publishing.recipe({}), "minor")
    publishing.bump_generation()
    db.session.commit()
    assert shown() != old
    assert catalogue.current().stands(PLAY, old)


def test_a_later_edition_in_another_language_asks_nobody_again(app: Flask, root: Path, person: Person) -> None:
    french = shown()
    acknowledgements.acknowledge(person.id, PLAY, french)
    write_play(root, write_step(root, language="en"), language="en", title="Get past the switchboard")
    sync_library(app)
    assert catalogue.current().stands(PLAY, french)
    acknowledgements.acknowledge(person.id, PLAY, shown(language="en"))
    assert acknowledgements.acknowledged(person.id)[PLAY][0] == shown(language="en")


def test_two_people_asked_about_in_one_request_are_two_people(root: Path, person: Person) -> None:
    acknowledgements.acknowledge(person.id, PLAY, shown())
    assert acknowledgements.of_reader(person.id) == {PLAY: (shown(), NOW)}
    assert acknowledgements.of_reader(make_person().id) == {}


def test_what_was_just_said_shows_in_the_same_request(root: Path, person: Person) -> None:
    assert acknowledgements.of_reader(person.id) == {}
    acknowledgements.acknowledge(person.id, PLAY, shown())
    assert PLAY in acknowledgements.of_reader(person.id)
