"""What is published, as pages read it: who answers for it, since when it is verified, where an archived one leads."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.core.database import db
from app.core.errors import Moved, NotFound
from app.library import catalogue, publishing
from app.library.models import Document
from tests.conftest import NOW
from tests.factories import make_member, sign_in_as
from tests.library_factories import sync_library, write_play, write_step


def send(document_id: str, successor: str | None) -> None:
    """Archive a document, its readers sent to another."""
    publishing.lock_library()
    publishing.withdraw(document_id, "fr")
    db.session.execute(update(Document).where(Document.id == document_id).values(redirect_to=successor))
    publishing.bump_generation()
    db.session.commit()


@pytest.fixture
def two_plays(app: Flask, library_files: Path) -> None:
    step = write_step(library_files)
    write_play(library_files, step, "ancienne", owner="camille@example.org", verify_every=90)
    write_play(library_files, step, "nouvelle")
    sync_library(app)


def test_a_document_says_who_answers_for_it_and_until_when(two_plays: None) -> None:
    entry = catalogue.entry("ancienne", "play")
    assert (entry.owner, entry.verify_every, entry.verified_at) == ("camille@example.org", 90, NOW)


def test_readers_of_an_archived_document_are_sent_to_its_successor(two_plays: None, client: FlaskClient) -> None:
    send("ancienne", "nouvelle")
    with pytest.raises(Moved):
        catalogue.entry("ancienne", "play")
    sign_in_as(client, make_member())
    answer = client.get("/plays/ancienne")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/plays/nouvelle")


def test_archived_documents_that_send_to_each_other_are_nowhere(two_plays: None) -> None:
    send("ancienne", "nouvelle")
    send("nouvelle", "ancienne")
    with pytest.raises(NotFound):
        catalogue.entry("ancienne", "play")
