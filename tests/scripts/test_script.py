"""The page of a script."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.database import db
from tests.factories import make_person, sign_in_as
from tests.library_factories import (
    SCRIPT_BODY,
    sync_library,
    write_categories,
    write_offer,
    write_play,
    write_script,
    write_step,
)
from tests.queries import counting

BODY = (
    SCRIPT_BODY.replace("## Creuser {.probe}", "## Creuser — par rapport à quoi ? {.probe}")
    + """
## Si le client répond… {.branches}
- [« J’ai moins cher »](script:moins-cher)

## À éviter {.avoid}
- Baisser le prix.
"""
)


@pytest.fixture(autouse=True)
def shelf(app: Flask, library_files: Path) -> None:
    folder = write_step(library_files, title="Prendre contact")
    write_play(library_files, folder)
    write_categories(library_files)
    write_offer(library_files)
    write_script(library_files, body=BODY, offers=["lumio-atelier"])
    write_script(library_files, "moins-cher", "J’ai moins cher", sincerity="insincere", variants=None)
    sync_library(app)


def test_the_head_says_whose_words_they_are_and_what_they_hide(reader: FlaskClient) -> None:
    page = reader.get("/scripts/trop-cher").text

    assert "«\u00a0C’est trop cher\u00a0»</h1>" in page
    assert "On l’entend aussi\u00a0:" in page
    assert "«\u00a0Vous êtes au-dessus du marché\u00a0»" in page
    assert "Objection sincère et fondée\u00a0: reconnaître, compenser" in page
    assert "Prétexte ou tactique\u00a0: creuser, isoler" in reader.get("/scripts/moins-cher").text


def test_the_movements_are_sections_with_their_letter_and_their_manner(reader: FlaskClient) -> None:
    page = reader.get("/scripts/trop-cher").text

    places = [page.index(f'<section id="{name}">') for name in ("probe", "rephrase", "answer", "check")]
    assert places == sorted(places)
    assert (
        '<span class="letter" aria-hidden="true">C</span><div><h2>Creuser <span>— par rapport à quoi\u202f?</span>'
        in page
    )
    assert page.count('<p class="say">') == 4


def test_a_branch_leads_to_its_script(reader: FlaskClient) -> None:
    page = reader.get("/scripts/trop-cher").text

    assert '<a class="branch" href="/scripts/moins-cher">«\u00a0J’ai moins cher\u00a0»' in page
    assert "Si le client répond…" in page


def test_beside_it_stand_what_to_avoid_and_where_to_go_further(reader: FlaskClient) -> None:
    page = reader.get("/scripts/trop-cher").text

    assert "Baisser le prix." in page
    assert 'href="/offers/lumio-atelier"' in page
    assert 'href="/steps/prendre-contact"' in page


def test_a_script_without_branches_has_no_empty_part(reader: FlaskClient) -> None:
    page = reader.get("/scripts/moins-cher").text

    assert 'id="branches"' not in page
    assert 'id="avoid"' not in page
    assert "On l’entend aussi" not in page


def test_copying_is_hidden_until_its_script_runs(reader: FlaskClient) -> None:
    page = reader.get("/scripts/trop-cher").text

    assert '<div class="copy" hidden data-copies=".crac .say"' in page


def test_nothing_is_offered_that_does_not_exist_yet(reader: FlaskClient) -> None:
    page = reader.get("/scripts/trop-cher").text

    assert "Mode appel" not in page
    assert "A marché" not in page


@pytest.mark.parametrize("script_id", ["nulle-part", "lumio-atelier", "x" * 2000])
def test_an_unknown_script_is_not_found(reader: FlaskClient, script_id: str) -> None:
    assert reader.get(f"/scripts/{script_id}").status_code == 404


def test_a_script_in_another_language_says_so(client: FlaskClient) -> None:
    sign_in_as(client, make_person(language="en"))

    assert "This text exists only in French." in client.get("/scripts/trop-cher").text


def test_a_script_whose_category_was_taken_away_is_still_read(
    app: Flask, reader: FlaskClient, library_files: Path
) -> None:
    (library_files / "content/fr/objections/categories.yaml").unlink()
    sync_library(app)

    assert reader.get("/scripts").status_code == 200
    assert reader.get("/scripts/trop-cher").status_code == 200


def test_the_steps_and_plays_list_the_objections_to_expect(reader: FlaskClient) -> None:
    for address in ("/steps/prendre-contact", "/plays/passer-le-standard"):
        page = reader.get(address).text
        assert "Objections de cette étape" in page
        assert 'class="branch" href="/scripts/trop-cher"' in page


def test_many_objections_are_folded_behind_a_link(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    for number in range(9):
        write_script(library_files, f"script-{number}", f"Objection {number}")
    sync_library(app)

    page = reader.get("/plays/passer-le-standard").text

    assert page.count('class="branch"') == 4
    assert '<a class="end" href="/scripts?step=prendre-contact">Voir les 11</a>' in page


def test_a_script_needs_few_statements(reader: FlaskClient) -> None:
    reader.get("/scripts/trop-cher")
    db.session.remove()

    with counting() as statements:
        reader.get("/scripts/trop-cher")

    assert len(statements) <= 3, statements
