"""Searches that found nothing are counted when somebody finished them, without names, and never hurt a search."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from app.accounts.actor import Role
from app.core.database import db
from app.library.finding import vain
from app.library.finding.models import VainSearch
from tests.factories import make_member, make_person, sign_in_as
from tests.library_factories import sync_library, write_small_library


@pytest.fixture(autouse=True)
def library(app: Flask, library_files: Path) -> None:
    write_small_library(library_files)
    sync_library(app)


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    sign_in_as(client, make_person())
    return client


def kept() -> list[tuple[str, str, str, int]]:
    rows = db.session.execute(select(VainSearch.words, VainSearch.language, VainSearch.typed, VainSearch.times))
    return sorted(tuple(row) for row in rows)


def test_looking_counts_nothing(reader: FlaskClient) -> None:
    reader.get("/search?q=licorne")
    reader.get("/search?q=lic", headers={"HX-Request": "true"})
    assert kept() == []


def test_the_page_tells_it_and_the_same_words_are_counted_together(reader: FlaskClient) -> None:
    for typed in ("Licorne  volante", "licorne volante", "LICORNÉ volante"):
        assert reader.post("/search/vain", data={"q": typed}, headers={"HX-Request": "true"}).status_code == 200
    assert kept() == [("licorne volante", "fr", "LICORNÉ volante", 3)]


def test_without_javascript_the_button_comes_back_to_the_search(reader: FlaskClient) -> None:
    answer = reader.post("/search/vain", data={"q": "licorne"})
    assert (answer.status_code, answer.location) == (303, "/search?q=licorne")
    assert "Merci." in reader.get("/search?q=licorne").text


@pytest.mark.parametrize("typed", ["cher", "trop cher", "…", "  "])
def test_what_is_found_or_is_no_word_is_not_counted(reader: FlaskClient, typed: str) -> None:
    assert reader.post("/search/vain", data={"q": typed}, headers={"HX-Request": "true"}).status_code < 500
    assert kept() == []


@pytest.mark.parametrize("data", [{}, {"q": ""}, {"q": "x" * 201}])
def test_a_malformed_word_is_refused(reader: FlaskClient, data: dict[str, str]) -> None:
    assert reader.post("/search/vain", data=data).status_code == 400
    assert kept() == []


def test_a_word_that_no_column_takes_is_no_failure(reader: FlaskClient) -> None:
    assert reader.post("/search/vain", data={"q": "lic\x00orne zz"}, headers={"HX-Request": "true"}).status_code == 200


def test_a_database_that_cannot_be_written_to_hurts_nobody(reader: FlaskClient) -> None:
    def refuse(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if "vain_search" in statement and statement.startswith("INSERT"):
            raise OperationalError(statement, {}, Exception("database is locked"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        assert reader.post("/search/vain", data={"q": "licorne"}, headers={"HX-Request": "true"}).status_code == 200
        assert reader.get("/search?q=licorne").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
    assert kept() == []


def test_the_list_is_bounded_and_the_least_sought_give_way(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vain, "MOST_KEPT", 3)
    for typed in ("licorne", "licorne", "dragon", "griffon", "sirene", "sirene"):
        reader.post("/search/vain", data={"q": typed})
    assert db.session.execute(select(func.count()).select_from(VainSearch)).scalar_one() == 3
    assert {"licorne", "sirene"} <= {words for words, *_ in kept()}


@pytest.fixture
def author(app: Flask, client: FlaskClient) -> FlaskClient:
    sign_in_as(client, make_member(Role.MANAGER))
    client.post("/search/vain", data={"q": "dragon"})
    for _ in range(2):
        client.post("/search/vain", data={"q": "licorne rose"})
    return client


def test_authors_see_the_words_most_sought_first_and_nobody_s_name(author: FlaskClient) -> None:
    page = author.get("/library/searches").text

    assert "2 recherches n’ont rien donné" in page
    assert page.index("licorne rose") < page.index(">dragon<")
    assert "2 fois" in page
    assert "/library/new?kind=script&amp;title=licorne+rose&amp;language=fr" in page
    assert "/library/glossaire/fr/fields" in page


def test_words_are_dismissed_once(author: FlaskClient) -> None:
    sent = {"words": "dragon", "language": "fr"}
    assert author.post("/library/searches/dismiss", data=sent).status_code == 303
    assert [words for words, *_ in kept()] == ["licorne rose"]
    assert author.post("/library/searches/dismiss", data=sent).status_code == 404
    assert author.post("/library/searches/dismiss", data={}).status_code == 400


def test_a_rep_who_does_not_write_sees_and_dismisses_nothing(reader: FlaskClient) -> None:
    assert reader.get("/library/searches").status_code == 403
    assert reader.post("/library/searches/dismiss", data={"words": "x", "language": "fr"}).status_code == 403


def test_a_rep_who_writes_does(client: FlaskClient) -> None:
    sign_in_as(client, make_person(writes=True))
    assert "Toutes les recherches ont abouti" in client.get("/library/searches").text
