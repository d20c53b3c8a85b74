"""Finding the words while a client waits: with JavaScript and without."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.scripts import searching
from tests.factories import actor_for
from tests.library_factories import SCRIPT_BODY, sync_library, write_categories, write_script, write_step

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def shelf(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    write_categories(library_files)
    write_script(library_files, variants=[])
    write_script(
        library_files,
        "reflechir",
        "Laissez-moi réfléchir",
        variants=[],
        body=SCRIPT_BODY.replace("Par rapport à quoi ?", "Une négociation & <b>du</b> temps ?"),
    )
    sync_library(app)


def test_the_form_works_without_javascript(reader: FlaskClient) -> None:
    page = reader.get("/scripts?q=cher").text

    assert "<!doctype html>" in page
    assert '<form class="seek" action="/scripts"' in page
    assert 'value="cher"' in page
    assert "1 script trouvé" in page
    assert "«\u00a0C’est trop <mark>cher</mark>\u00a0»" in page
    assert "Laissez-moi" not in page


def test_htmx_gets_the_middle_of_the_page_and_the_count_for_the_live_region(reader: FlaskClient) -> None:
    answer = reader.get("/scripts?q=cher", headers=HTMX)

    assert "<!doctype html>" not in answer.text
    assert '<p id="script-count" hx-swap-oob="innerHTML">1 script trouvé' in answer.text
    assert answer.headers["Vary"].startswith("HX-Request") or "HX-Request" in answer.headers["Vary"]


def test_going_back_in_history_gets_the_whole_page(reader: FlaskClient) -> None:
    page = reader.get("/scripts?q=cher", headers={**HTMX, "HX-History-Restore-Request": "true"}).text

    assert "<!doctype html>" in page
    assert "hx-swap-oob" not in page


def test_both_ways_find_the_same(reader: FlaskClient) -> None:
    whole = reader.get("/scripts?q=negociations").text
    part = reader.get("/scripts?q=negociations", headers=HTMX).text

    assert part.split('<ol class="found">')[1].split("</ol>")[0] in whole


def test_a_result_leads_to_the_section_that_answers(reader: FlaskClient) -> None:
    page = reader.get("/scripts?q=negociations").text

    assert 'class="snippet" href="/scripts/reflechir#probe"' in page
    assert "<b>Creuser</b>" in page
    assert "<mark>négociation</mark>" in page


def test_a_snippet_escapes_what_an_author_wrote(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_script(library_files, "piege", "Un <img src=x> & un piège", body=SCRIPT_BODY)
    sync_library(app)

    page = reader.get("/scripts?q=piege").text

    assert "<img" not in page
    assert "Un &lt;img src=x&gt; &amp; un <mark>piège</mark>" in page


def test_what_is_typed_is_escaped(reader: FlaskClient) -> None:
    page = reader.get('/scripts?q="><script>alert(1)</script>').text

    assert "<script>alert" not in page


def test_when_nothing_has_every_word_the_nearest_are_shown_and_it_is_said(reader: FlaskClient) -> None:
    page = reader.get("/scripts?q=cher+licorne").text

    assert "Aucun script n’a tous ces mots\u202f; voici les plus proches\u00a0:" in page
    assert "trop <mark>cher</mark>" in page


def test_when_nothing_is_found_the_categories_are_offered(reader: FlaskClient) -> None:
    page = reader.get("/scripts?q=licorne").text

    assert "Aucun script trouvé" in page
    assert "Aucun script ne contient ces mots" in page
    assert 'href="/scripts?category=prix"' in page


@pytest.mark.parametrize(
    "typed",
    [
        *"\"*:'()-^&|!<>\\%_",
        *("AND", "OR", "NOT", "NEAR(", 'NEAR("cher" "trop")', "cher*", "headline:cher", '"cher', "''"),
        *("cher'; DROP TABLE pin; --", "…!?…", "   ", "\t", "\x00", "cher\x00", "🙂", "۱۲"),
        "a b c d e f g h i j k l m n o p",
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_whatever_is_typed_the_page_answers(reader: FlaskClient, typed: str, headers: dict[str, str]) -> None:
    assert reader.get("/scripts", query_string={"q": typed}, headers=headers).status_code == 200


def test_two_thousand_characters_are_cut_and_answered(reader: FlaskClient) -> None:
    answer = reader.get("/scripts", query_string={"q": "cher " * 400})

    assert answer.status_code == 200
    assert "trop <mark>cher</mark>" in answer.text
    assert len(answer.text) < 40_000


def test_the_bar_s_form_searches_everything(reader: FlaskClient) -> None:
    assert '<form class="search" action="/search" role="search">' in reader.get("/scripts").text


def test_search_asks_the_authorisation_table(app: Flask, rep: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(searching, "authorise", lambda actor, action, subject=None: asked.append(action.name))

    searching.search(actor_for(rep), "cher", language="fr")

    assert asked == ["READ_LIBRARY"]
