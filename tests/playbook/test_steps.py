"""The staircase, and the page of a step."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.core.database import db
from app.library import acknowledgements, catalogue
from tests.factories import make_person, sign_in_as
from tests.library_factories import sync_library, write_play, write_step
from tests.queries import counting


def two_steps(app: Flask, root: Path, plays: int = 2) -> None:
    first = write_step(root, "trouver", 1, exit_criteria=["Trente comptes qualifiés."])
    second = write_step(root, "conclure", 2, goal="Obtenir un oui.")
    for number in range(1, plays + 1):
        write_play(root, first, f"fiche-{number}", number, title=f"Fiche numéro {number}")
    write_play(root, second, "demander", 1, title="Demander la commande")
    sync_library(app)


def test_the_staircase_shows_each_step_with_its_goal_and_number_of_plays(
    app: Flask, reader: FlaskClient, library_files: Path
) -> None:
    two_steps(app, library_files)

    page = reader.get("/steps").text

    assert page.index("Trouver") < page.index("Conclure")
    assert "Obtenir un oui." in page
    assert "2 fiches" in page
    assert "3 fiches à lire, une marche à la fois" in page
    assert "Commencer\u00a0: Fiche numéro 1" in page


def test_an_empty_library_says_what_would_fill_the_page(reader: FlaskClient) -> None:
    page = reader.get("/steps")

    assert page.status_code == 200
    assert "Aucune étape pour l’instant" in page.text


def test_what_was_read_is_counted_and_the_next_play_offered(
    app: Flask, reader: FlaskClient, rep: Person, library_files: Path
) -> None:
    two_steps(app, library_files)
    acknowledgements.acknowledge(rep.id, "fiche-1", catalogue.entry("fiche-1", "play").revision_id)

    page = reader.get("/steps").text

    assert "Il vous reste 2 fiches à lire" in page
    assert "Continuer\u00a0: Fiche numéro 2" in page


def test_a_reader_who_read_everything_is_told_so(
    app: Flask, reader: FlaskClient, rep: Person, library_files: Path
) -> None:
    two_steps(app, library_files)
    for play in catalogue.entries("play"):
        acknowledgements.acknowledge(rep.id, play.id, play.revision_id)

    assert "Vous avez tout lu" in reader.get("/steps").text


def test_a_play_that_changed_is_what_the_staircase_speaks_of_first(
    app: Flask, reader: FlaskClient, rep: Person, library_files: Path
) -> None:
    two_steps(app, library_files)
    acknowledgements.acknowledge(rep.id, "demander", catalogue.entry("demander", "play").revision_id)
    write_play(library_files, "02-conclure", "demander", 1, title="Demander la commande", summary="Tout autre chose.")
    sync_library(app)

    page = reader.get("/steps").text

    assert "1 fiche a changé depuis votre lecture" in page
    assert "Relire\u00a0: Demander la commande" in page


def test_a_step_shows_goal_exit_criteria_plays_in_order_and_the_steps_around(
    app: Flask, reader: FlaskClient, library_files: Path
) -> None:
    two_steps(app, library_files)

    page = reader.get("/steps/trouver").text

    assert "Trente comptes qualifiés." in page
    assert page.index("Fiche numéro 1</a></b>") < page.index("Fiche numéro 2</a></b>")
    assert "À lire" in page
    assert "À quoi sert l’étape." in page
    assert "Étape suivante" in page
    assert "Étape précédente" not in page


def test_each_play_of_a_step_has_the_reader_s_state(
    app: Flask, reader: FlaskClient, rep: Person, library_files: Path
) -> None:
    two_steps(app, library_files)
    acknowledgements.acknowledge(rep.id, "fiche-1", catalogue.entry("fiche-1", "play").revision_id)

    page = reader.get("/steps/trouver").text

    assert "</svg>Lue</span>" in page
    assert "Lire\u00a0: Fiche numéro 2" in page


def test_a_step_without_plays_says_so(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    write_step(library_files)
    sync_library(app)

    assert "Aucune fiche dans cette étape" in reader.get("/steps/prendre-contact").text


def test_nothing_counts_to_seven(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    for order in range(1, 10):
        write_step(library_files, f"marche-{order}", order)
    sync_library(app)

    assert "9 étapes" in reader.get("/steps").text
    assert "étape 9 sur 9" in reader.get("/steps/marche-9").text


def test_an_unknown_step_is_not_found(app: Flask, reader: FlaskClient, library_files: Path) -> None:
    two_steps(app, library_files)

    assert reader.get("/steps/nulle-part").status_code == 404
    assert reader.get("/steps/fiche-1").status_code == 404  # a play is no step


def test_the_number_of_statements_does_not_grow_with_the_library(
    app: Flask, reader: FlaskClient, library_files: Path
) -> None:
    two_steps(app, library_files, plays=2)
    few = statements(reader, "/steps"), statements(reader, "/steps/trouver")
    for number in range(3, 30):
        write_play(library_files, "01-trouver", f"fiche-{number}", number)
    sync_library(app)

    assert (statements(reader, "/steps"), statements(reader, "/steps/trouver")) == few


def statements(reader: FlaskClient, address: str) -> int:
    """How many a second visit needs: the first fills this process's memory of the library."""
    reader.get(address)
    db.session.remove()
    with counting() as counted:
        assert reader.get(address).status_code == 200
    return len(counted)


def test_a_list_says_which_titles_are_in_another_language(app: Flask, client: FlaskClient, library_files: Path) -> None:
    two_steps(app, library_files)

    sign_in_as(client, make_person(language="en"))
    english = client.get("/steps/trouver").text
    sign_in_as(client, make_person(language="fr"))
    french = client.get("/steps/trouver").text

    assert '<abbr class="tongue" lang="en" title="in French">FR</abbr>' in english
    assert "tongue" not in french
