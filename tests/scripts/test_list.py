"""The list of scripts, narrowed by category and by step."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.database import db
from tests.factories import make_person, sign_in_as
from tests.library_factories import sync_library, write_categories, write_script, write_step
from tests.queries import counting


@pytest.fixture(autouse=True)
def shelf(app: Flask, library_files: Path) -> None:
    write_step(library_files, "contact", 1)
    write_step(library_files, "negocier", 2)
    write_categories(library_files, prix="Prix", moment="Moment", vide="Vide")
    write_script(library_files, "trop-cher", "C’est trop cher", steps=["negocier"])
    write_script(library_files, "remise", "Faites-moi 10 %", steps=["contact", "negocier"])
    write_script(library_files, "plus-tard", "Rappelez plus tard", category="moment", steps=["contact"])
    sync_library(app)


def listed(page: str) -> list[str]:
    return [one for one in ("trop-cher", "remise", "plus-tard") if f'href="/scripts/{one}"' in page]


def test_every_script_is_there_by_category_with_its_first_words(reader: FlaskClient) -> None:
    page = reader.get("/scripts").text

    assert "3 scripts" in page
    assert page.index("C’est trop cher") < page.index("Faites-moi 10") < page.index("Rappelez plus tard")
    assert "«\u00a0Par rapport à quoi\u202f?\u00a0»" in page


def test_filters_narrow_together_and_keep_each_other_in_the_address(reader: FlaskClient) -> None:
    assert listed(reader.get("/scripts?category=prix").text) == ["trop-cher", "remise"]
    assert listed(reader.get("/scripts?step=contact").text) == ["remise", "plus-tard"]

    both = reader.get("/scripts?category=prix&step=contact").text

    assert listed(both) == ["remise"]
    assert 'href="/scripts?category=moment&amp;step=contact"' in both  # another category, the step kept
    assert 'href="/scripts?step=contact"' in both  # the chosen category again, to remove it


def test_a_filter_says_how_many_it_would_show_beside_the_other(reader: FlaskClient) -> None:
    page = reader.get("/scripts?step=contact").text

    assert 'href="/scripts?category=prix&amp;step=contact">Prix<span class="num">1</span>' in page
    assert 'class="none">Vide<span class="num">0</span>' in page


def test_filters_stay_when_one_searches_and_the_words_when_one_filters(reader: FlaskClient) -> None:
    page = reader.get("/scripts?q=trop&category=prix").text

    assert '<input type="hidden" name="category" value="prix">' in page
    assert 'href="/scripts?q=trop&amp;category=prix&amp;step=negocier"' in page


def test_what_the_filters_hide_is_said_with_the_way_to_it(reader: FlaskClient) -> None:
    page = reader.get("/scripts?q=rappelez&category=prix").text

    assert "1 script répond si vous les retirez." in page
    assert 'href="/scripts?q=rappelez"' in page


@pytest.mark.parametrize("query", ["category=nulle-part", "step=nulle-part", "category=" + "x" * 3000, "step=%00"])
def test_an_unknown_filter_is_not_found(reader: FlaskClient, query: str) -> None:
    assert reader.get(f"/scripts?{query}").status_code == 404


def test_an_empty_library_says_what_would_fill_the_page(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    for file in library_files.glob("content/fr/objections/*.md"):
        file.unlink()
    sync_library(app)

    assert "Aucun script pour l’instant" in reader.get("/scripts").text


def test_a_reader_of_another_language_sees_what_there_is(client: FlaskClient) -> None:
    sign_in_as(client, make_person(language="en"))

    page = client.get("/scripts").text

    assert listed(page) == ["trop-cher", "remise", "plus-tard"]
    assert '<h2 lang="fr">' in page


def test_the_number_of_statements_does_not_grow_with_the_scripts(
    app: Flask, reader: FlaskClient, library_files: Path
) -> None:
    write_script(library_files, "objection", "Une objection", steps=["contact"])
    sync_library(app)
    few = statements(reader)
    for number in range(30):
        write_script(library_files, f"script-{number}", f"Objection numéro {number}", steps=["contact"])
    sync_library(app)

    assert statements(reader) == few <= 4


def statements(reader: FlaskClient) -> int:
    reader.get("/scripts?q=objection")
    db.session.remove()
    with counting() as counted:
        assert reader.get("/scripts?q=objection").status_code == 200
    return len(counted)
