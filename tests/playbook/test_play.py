"""The page of a play: what everybody reads."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.core.database import db
from app.library import acknowledgements, catalogue
from tests.factories import make_person, sign_in_as
from tests.library_factories import PLAY_BODY, sync_library, write_glossary, write_play, write_small_library, write_step
from tests.queries import counting

RICH_BODY = """\
## Savoir {.know}
### Un point
Le prix HT, puis encore HT.[^1]

| Ligne | Montant |
| --- | --- |
| Pose | 95,00 € |

!!! note "À retenir"
    Une seule preuve.

[^1]: Vu chez Ferrand.

## Dire {.say}
> « Bonjour ? »

## Montrer {.show}
<script>alert(1)</script>Le relevé.

## Faire {.do}
- [ ] Appeler.
"""


@pytest.fixture
def plays(app: Flask, library_files: Path) -> None:
    step = write_step(library_files)
    for number, title in enumerate(("Une", "Deux", "Trois"), 1):
        write_play(
            library_files, step, f"fiche-{number}", number, title=f"Fiche {title}", owner="direction commerciale"
        )
    sync_library(app)


@pytest.mark.usefixtures("plays")
def test_the_head_says_where_one_is_how_long_it_takes_and_who_answers_for_it(reader: FlaskClient) -> None:
    page = reader.get("/plays/fiche-2").text

    assert "fiche 2 sur 3" in page
    assert "1 min" in page
    assert "Version 1 du 23 novembre 2026" in page
    assert "tenue à jour par\u00a0: direction commerciale" in page


@pytest.mark.usefixtures("plays")
def test_the_four_blocks_come_in_order_with_anchors_to_link_to(reader: FlaskClient) -> None:
    page = reader.get("/plays/fiche-1").text

    places = [page.index(f'<section class="block" id="{name}">') for name in ("know", "say", "show", "do")]
    assert places == sorted(places)
    assert '<p class="say">«\u00a0Bonjour' in page


@pytest.mark.usefixtures("plays")
def test_the_rail_shows_the_plays_of_the_step_and_marks_this_one(reader: FlaskClient) -> None:
    page = reader.get("/plays/fiche-2").text

    assert '<a href="/plays/fiche-2" aria-current="page">' in page
    assert '<a href="/steps/prendre-contact" aria-current="location">' in page


@pytest.mark.usefixtures("plays")
def test_the_next_play_is_offered_and_after_the_last_the_next_step(
    app: Flask, reader: FlaskClient, library_files: Path
) -> None:
    write_play(library_files, write_step(library_files, "conclure", 2), "demander", 1, title="Demander")
    sync_library(app)

    assert "Fiche suivante" in reader.get("/plays/fiche-1").text
    assert "Étape suivante\u00a0: Conclure" in reader.get("/plays/fiche-3").text
    assert 'class="onward' not in reader.get("/plays/demander").text


def test_everything_an_author_may_write_is_shown_safely(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_glossary(library_files, HT="Hors taxes")
    write_play(library_files, write_step(library_files), "riche", body=RICH_BODY)
    sync_library(app)

    page = reader.get("/plays/riche").text

    assert '<h3 id="un-point">' in page
    assert page.count('<a class="term" href="/glossary#ht"><abbr title="Hors taxes">') == 1
    assert '<div class="sheet" role="group" tabindex="0"' in page
    assert 'class="admonition' in page
    assert 'class="footnote' in page
    assert 'class="task-box"' in page
    assert "<script>alert" not in page


def test_a_text_that_the_reader_s_language_lacks_says_so(app: Flask, client: FlaskClient, library_files: Path) -> None:
    write_small_library(library_files)
    sync_library(app)
    sign_in_as(client, make_person(language="en"))

    page = client.get("/plays/passer-le-standard").text

    assert "This text exists only in French." in page
    assert '<h1 lang="fr">' in page


@pytest.mark.usefixtures("plays")
def test_a_text_in_the_reader_s_language_says_nothing_of_it(reader: FlaskClient) -> None:
    assert "n’existe qu’en" not in reader.get("/plays/fiche-1").text


@pytest.mark.usefixtures("plays")
@pytest.mark.parametrize("play_id", ["nulle-part", "prendre-contact", "a" * 2000, "%00", "..%2F.."])
def test_an_unknown_play_is_not_found(reader: FlaskClient, play_id: str) -> None:
    assert reader.get(f"/plays/{play_id}").status_code == 404


@pytest.mark.usefixtures("plays")
def test_who_is_not_signed_in_is_sent_to_the_door(client: FlaskClient) -> None:
    answer = client.get("/plays/fiche-1")

    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_a_new_text_is_shown_at_the_next_request(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    step = write_step(library_files)
    write_play(library_files, step, "fiche")
    sync_library(app)
    assert "Le relevé" in reader.get("/plays/fiche").text

    write_play(library_files, step, "fiche", body=PLAY_BODY.replace("Le relevé", "La facture"))
    sync_library(app)

    page = reader.get("/plays/fiche").text
    assert "La facture" in page
    assert "Version 2 du" in page


def test_a_play_needs_at_most_five_statements_however_much_there_is(
    app: Flask, reader: FlaskClient, rep: Person, library_files: Path
) -> None:
    step = write_step(library_files)
    write_small_library(library_files)
    for number in range(30):
        write_play(library_files, step, f"fiche-{number}", number + 1)
    sync_library(app)
    for number in range(20):
        play = catalogue.entry(f"fiche-{number}", "play")
        acknowledgements.acknowledge(rep.id, play.id, play.revision_id)
    reader.get("/plays/fiche-3")
    db.session.remove()

    with counting() as statements:
        assert reader.get("/plays/fiche-3").status_code == 200

    assert len(statements) <= 5, statements
