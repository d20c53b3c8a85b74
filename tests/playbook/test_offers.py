"""Offers and the glossary."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.database import db
from tests.factories import make_person, sign_in_as
from tests.library_factories import (
    sync_library,
    write_categories,
    write_glossary,
    write_offer,
    write_script,
    write_step,
    write_text,
    yaml_of,
)
from tests.queries import counting

PRICES = [
    {
        "item": "Luminaire",
        "amount": "1390.00",
        "currency": "EUR",
        "unit": "par luminaire",
        "tax": "excluded",
        "vat_rate": "20",
    },
    {"item": "Livre", "amount": "10.55", "currency": "EUR", "tax": "included", "vat_rate": "5.5"},
]


def test_offers_are_listed_in_order_with_their_nature(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_offer(library_files, "suivi", 2, nature="service")
    write_offer(library_files, "atelier", 1)
    sync_library(app)

    page = reader.get("/offers").text

    assert "2 offres à connaître par cœur" in page
    assert page.index('"/offers/atelier"') < page.index('"/offers/suivi"')
    assert "Produit" in page
    assert "Service" in page
    assert 'href="/glossary"' in page


def test_without_offers_the_page_says_what_would_fill_it(reader: FlaskClient) -> None:
    assert "Rien à vendre pour l’instant" in reader.get("/offers").text


def test_an_offer_shows_everything_its_limits_included(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_offer(library_files)
    sync_library(app)

    page = reader.get("/offers/lumio-atelier").text

    for said in (
        "Un éclairage qui consomme deux fois moins.",
        "Ateliers de production",
        "140 lm/W",
        "Relevé de l’atelier Ferrand.",
        "La facture baisse.",
        "Argent",
        "Pas de zone ATEX.",
        "Nous le disons d’emblée.",
        "Clarvel",
        "Sur cinq ans.",
        "On remplace les luminaires.",
    ):
        assert said in page
    for part in ("characteristics", "limits", "prices", "competitors", "comment-ca-marche"):
        assert f'id="{part}"' in page


def test_prices_stand_on_both_sides_of_the_tax_as_the_reader_writes_them(
    app: Flask, client: FlaskClient, reader: FlaskClient, library_files: Path
) -> None:
    write_offer(library_files, prices=PRICES)
    sync_library(app)

    french = reader.get("/offers/lumio-atelier").text
    sign_in_as(client, make_person(language="en"))
    english = client.get("/offers/lumio-atelier").text

    assert "1\u202f390,00\u00a0€" in french
    assert "1\u202f668,00\u00a0€" in french
    assert "10,00\u00a0€" in french
    assert "5,5\u00a0%" in french or "5,5\u202f%" in french
    assert "€1,668.00" in english
    assert "5.5%" in english


def test_an_offer_without_competitors_has_no_empty_part(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_offer(library_files, competitors=None)
    sync_library(app)

    page = reader.get("/offers/lumio-atelier").text

    assert 'id="competitors"' not in page
    assert 'href="#competitors"' not in page


def test_an_offer_lists_the_objections_about_it(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_step(library_files)
    write_categories(library_files)
    write_offer(library_files)
    write_script(library_files, offers=["lumio-atelier"])
    write_script(library_files, "autre", "Autre chose")
    sync_library(app)

    page = reader.get("/offers/lumio-atelier").text

    assert "Objections sur cette offre" in page
    assert "«\u00a0C’est trop cher\u00a0»" in page
    assert "Autre chose" not in page


@pytest.mark.parametrize("offer_id", ["nulle-part", "x" * 3000])
def test_an_unknown_offer_is_not_found(reader: FlaskClient, offer_id: str) -> None:
    assert reader.get(f"/offers/{offer_id}").status_code == 404


def test_an_offer_in_another_language_says_so(app: Flask, client: FlaskClient, library_files: Path) -> None:
    write_offer(library_files)
    sync_library(app)
    sign_in_as(client, make_person(language="en"))

    assert "This text exists only in French." in client.get("/offers/lumio-atelier").text


def test_an_offer_needs_few_statements(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    for number in range(12):
        write_offer(library_files, f"offre-{number}", number + 1)
    sync_library(app)
    for address in ("/offers", "/offers/offre-3"):
        reader.get(address)
        db.session.remove()
        with counting() as statements:
            reader.get(address)
        assert len(statements) <= 2, statements


def test_the_glossary_is_alphabetical_under_letters_and_every_name_has_an_address(
    app: Flask, reader: FlaskClient, library_files: Path
) -> None:
    terms = [
        {"term": "Suspect", "definition": "À qualifier."},
        {"term": "MESORE", "definition": "Solution de repli.", "abbreviation": True, "synonyms": ["BATNA"]},
        {"term": "Écart", "definition": "Une <b>différence</b>."},
    ]
    write_text(
        library_files, "content/fr/glossaire.yaml", yaml_of({"id": "glossaire", "title": "Glossaire", "terms": terms})
    )
    sync_library(app)

    page = reader.get("/glossary").text

    assert "3 mots du métier" in page
    assert page.index('id="ecart"') < page.index('id="mesore"') < page.index('id="suspect"')
    assert '<span id="batna">BATNA</span>' in page
    assert "Une &lt;b&gt;différence&lt;/b&gt;." in page


def test_two_words_that_fold_alike_have_two_addresses(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_glossary(library_files, marge="La marge.", Marge="L’autre.")
    sync_library(app)

    page = reader.get("/glossary").text

    assert 'id="marge"' in page
    assert 'id="marge-2"' in page


def test_an_empty_glossary_says_so(reader: FlaskClient) -> None:
    assert "Le glossaire est vide" in reader.get("/glossary").text
