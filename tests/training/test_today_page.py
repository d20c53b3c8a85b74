"""Today: the title says the state, the first thing is one tap away, and the page costs the same for everybody."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.core import clock, ids
from app.quizzes import attempts
from app.scripts import pins
from app.training import assignments
from app.training.assignments import Asked
from app.training.today import step_progress
from tests.conftest import NOW
from tests.factories import actor_for, make_person, sign_in_as
from tests.library_factories import PLAY_BODY, sync_library, write_play
from tests.queries import counting
from tests.training.conftest import Crew, write_steps
from tests.training.deeds import read, take

pytestmark = pytest.mark.usefixtures("library")


def _give(team: Crew, document: str, days: int, note: str = "") -> None:
    """Assigned ten days ago, due `days` days from now."""
    due = (NOW + timedelta(days=days)).date()
    with clock.frozen_at(NOW - timedelta(days=10)):
        assignments.assign(team.actor, Asked(ids.new(), document, frozenset({team.nadia.id}), frozenset(), due, note))


@pytest.fixture
def rep(client: FlaskClient, team: Crew) -> FlaskClient:
    sign_in_as(client, team.nadia)
    return client


def test_a_newcomer_is_told_what_to_do_first(rep: FlaskClient) -> None:
    page = rep.get("/").text
    assert "<h1>Bienvenue, Nadia. Commencez par 1 minute de lecture.</h1>" in page
    assert "Palier en trois gestes" in page
    assert page.count("btn-primary") == 1
    assert 'class="btn btn-primary" href="/plays/fiche-1-1"' in page


def test_what_is_late_comes_first_with_its_reason(rep: FlaskClient, team: Crew) -> None:
    _give(team, "fiche-2-1", 4)
    _give(team, "quiz-1", -2, "Avant le rendez-vous.")
    page = rep.get("/").text
    assert "<h1>Bonjour Nadia. Deux choses, 5 minutes.</h1>" in page
    assert page.index("En retard de 2 jours") < page.index("Pour vendredi")
    assert "«\u00a0Avant le rendez-vous.\u00a0» (Claire Morvan)" in page
    assert page.count("btn-primary") == 1
    assert 'class="btn btn-primary" href="/quizzes/quiz-1"' in page


def test_what_is_due_in_two_weeks_waits_aside(rep: FlaskClient, team: Crew) -> None:
    read(team.nadia, "fiche-1-1")
    _give(team, "etape-2", 14)
    page = rep.get("/").text
    assert "Rien d’urgent" in page
    assert "Plus tard" in page
    assert "Pour le 7 décembre" in page


def test_what_was_begun_is_offered_when_nothing_is_due(rep: FlaskClient, team: Crew) -> None:
    read(team.nadia, "fiche-1-1")
    attempt = attempts.start(actor_for(team.nadia), "quiz-2")
    attempts.answer(actor_for(team.nadia), attempt, "true-false", ["true"])
    page = rep.get("/").text
    assert "réponses données\u00a0: 1 sur 5" in page
    assert f'href="/attempts/{attempt}"' in page
    assert "fait\u00a0: 1 sur 3" in page


def test_a_play_that_changed_materially_is_to_be_read_again(
    rep: FlaskClient, team: Crew, app: Flask, library: Path
) -> None:
    read(team.nadia, "fiche-1-1", "fiche-1-2")
    take(team.nadia, "quiz-1")
    write_play(library, "01-etape-1", "fiche-1-1", body=PLAY_BODY.replace("Ce qu’il faut savoir.", "Tout a changé."))
    sync_library(app)
    page = rep.get("/").text
    assert "Modifiée" in page
    assert "le texte a changé depuis votre lecture du 23 novembre" in page
    assert "Voir ce qui a changé" in page
    assert 'href="/plays/fiche-1-1/changes"' in page


def test_whoever_has_done_everything_is_sent_to_the_scripts(rep: FlaskClient, team: Crew) -> None:
    for step in (1, 2):
        read(team.nadia, f"fiche-{step}-1", f"fiche-{step}-2")
        take(team.nadia, f"quiz-{step}")
    page = rep.get("/").text
    assert "<h1>Bonjour Nadia. Tout est lu et réussi.</h1>" in page
    assert "Ouvrir les scripts" in page


def test_pinned_scripts_show_their_first_words(rep: FlaskClient, team: Crew) -> None:
    pins.pin(actor_for(team.nadia), "trop-cher")
    page = rep.get("/").text
    assert "«\u00a0C’est trop cher\u00a0»" in page
    assert "Par rapport à quoi" in page


def test_the_staircase_prints_its_figures_and_says_them(rep: FlaskClient, team: Crew) -> None:
    read(team.nadia, "fiche-1-1")
    page = rep.get("/").text
    assert "Maîtrise par étape\u00a0: Étape 1 20\u202f%, Étape 2 0\u202f%" in page
    assert "Le plus utile maintenant" in page
    assert "style=" not in page


def test_a_manager_sees_first_who_needs_them(client: FlaskClient, team: Crew) -> None:
    _give(team, "quiz-1", -2)
    sign_in_as(client, team.manager)
    page = client.get("/").text
    assert "<h1>Bonjour Claire. Une personne a besoin de vous.</h1>" in page
    assert 'href="/team"' in page
    assert page.count("btn-primary") == 0


def test_an_empty_library_says_so(app: Flask, client: FlaskClient, library: Path) -> None:
    for file in [*library.rglob("*.md"), *library.rglob("*.yaml")]:
        file.unlink()
    sync_library(app)
    sign_in_as(client, make_person(name="Nadia Belkacem"))
    page = client.get("/").text
    assert "Rien à faire pour l’instant" in page
    assert "Le playbook est encore vide" in page


def test_english_readers_get_no_french_shell(client: FlaskClient) -> None:
    sign_in_as(client, make_person(name="Ann Lee", language="en"))
    page = client.get("/").text
    assert "Welcome, Ann. Begin with 1 minute of reading." in page
    assert "How Palier works, in three moves" in page


def test_the_progress_of_steps_is_there_for_other_pages(app: Flask, client: FlaskClient, team: Crew) -> None:
    from flask import g

    read(team.nadia, "fiche-1-1", "fiche-1-2")
    take(team.nadia, "quiz-1")
    with app.test_request_context():
        g.actor = actor_for(team.nadia)
        assert step_progress() == {"etape-1": 100, "etape-2": 0}


def _statements(client: FlaskClient) -> int:
    client.get("/")
    with counting() as statements:
        assert client.get("/").status_code == 200
    return len(statements)


def test_the_page_costs_the_same_with_little_and_with_much(
    rep: FlaskClient, team: Crew, app: Flask, library: Path
) -> None:
    _give(team, "quiz-1", 1)
    little = _statements(rep)
    write_steps(library, 9)
    sync_library(app)
    for step in range(1, 10):
        read(team.nadia, f"fiche-{step}-1")
        take(team.nadia, f"quiz-{step}", 0.4)
        _give(team, f"etape-{step}", step - 3)
    assert _statements(rep) == little
    assert little <= 7


def test_a_managers_page_costs_the_same_with_two_and_with_thirty_people(client: FlaskClient, team: Crew) -> None:
    from tests.factories import make_team

    sign_in_as(client, team.manager)
    few = _statements(client)
    make_team("Grande", manager=team.manager, members=tuple(make_person() for _ in range(30)))
    assert _statements(client) == few
    assert few <= 13


def test_an_administrator_without_teams_is_told_so(client: FlaskClient) -> None:
    sign_in_as(client, make_person(Role.ADMINISTRATOR, "Sophie Lambert"))
    assert "Bonjour Sophie. Pas encore d’équipe." in client.get("/").text
