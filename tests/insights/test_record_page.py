"""A rep's record: every figure explained; open to themselves and to who leads them, to nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.core import clock, ids
from app.scripts import pins
from app.training import assignments
from app.training.assignments import Asked
from tests.conftest import NOW
from tests.factories import actor_for, make_person, sign_in_as
from tests.library_factories import PLAY_BODY, sync_library, write_play
from tests.queries import counting
from tests.training.conftest import Crew, write_steps
from tests.training.deeds import read, take

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def manager(client: FlaskClient, team: Crew) -> FlaskClient:
    sign_in_as(client, team.manager)
    return client


def _give(crew: Crew, document: str, days: int, given: int = 10) -> None:
    with clock.frozen_at(NOW - timedelta(days=given)):
        due = (NOW + timedelta(days=days)).date()
        assignments.assign(crew.actor, Asked(ids.new(), document, frozenset({crew.nadia.id}), frozenset(), due))


def test_each_figure_is_explained_in_a_sentence(manager: FlaskClient, team: Crew) -> None:
    read(team.nadia, "fiche-1-1")
    take(team.nadia, "quiz-1", 0.8)
    page = manager.get(f"/team/{team.nadia.id}").text
    assert "<h1>Nadia Belkacem\u00a0: maîtrise de 34\u202f%</h1>" in page
    assert (
        "Fiches lues\u00a0: 1 sur 2 (40\u202f% de la note)\u00a0; meilleur résultat au quiz 80\u202f% (60\u202f%"
        in page
    )
    assert "quiz pas encore passé (60\u202f% de la note)" in page


def test_assignments_stand_with_their_state(manager: FlaskClient, team: Crew) -> None:
    _give(team, "quiz-2", -3)
    _give(team, "fiche-1-1", -5)
    read(team.nadia, "fiche-1-1")
    page = manager.get(f"/team/{team.nadia.id}").text
    assert "<h1>Nadia Belkacem\u00a0: 1 chose en retard</h1>" in page
    assert page.index("En retard de 3 jours") < page.index("le 23 novembre 2026 · En retard de 5 jours")


def test_acknowledgements_say_which_version_and_whether_they_hold(
    manager: FlaskClient, team: Crew, app: Flask, library: Path
) -> None:
    read(team.nadia, "fiche-1-1")
    assert "Oui" in manager.get(f"/team/{team.nadia.id}").text
    write_play(library, "01-etape-1", "fiche-1-1", body=PLAY_BODY.replace("savoir.", "savoir, et bien plus."))
    sync_library(app)
    page = manager.get(f"/team/{team.nadia.id}").text
    assert "aujourd’hui 2" in page
    assert "Non\u00a0: le texte a changé" in page
    assert 'href="/library/fiche-1-1/fr/compare?from=1&amp;to=2"' in page
    client = app.test_client()
    sign_in_as(client, team.nadia)
    assert 'href="/plays/fiche-1-1/changes"' in client.get(f"/team/{team.nadia.id}").text


def test_the_last_thirty_days_are_told_in_plain_sentences(manager: FlaskClient, team: Crew) -> None:
    with clock.frozen_at(NOW - timedelta(days=40)):
        read(team.nadia, "fiche-2-1")
    with clock.frozen_at(NOW - timedelta(days=3)):
        read(team.nadia, "fiche-1-1")
        take(team.nadia, "quiz-1", 0.4)
        pins.pin(actor_for(team.nadia), "trop-cher")
    recent = manager.get(f"/team/{team.nadia.id}").text.partition("Les 30 derniers jours")[2]
    assert "Vendredi 20 novembre" in recent
    for told in ("A lu et compris «", "A tenté le quiz «\u00a0Quiz 1\u00a0»\u00a0: 40\u202f%", "A épinglé le script «"):
        assert told in recent
    assert "Fiche 2 1" not in recent


def test_a_rep_reads_their_own_record(client: FlaskClient, team: Crew) -> None:
    sign_in_as(client, team.nadia)
    assert f'href="/team/{team.nadia.id}"' in client.get("/").text
    page = client.get(f"/team/{team.nadia.id}").text
    assert "Mon parcours" in page
    assert "/assign" not in page


def test_nobody_else_does(client: FlaskClient, team: Crew) -> None:
    for reader in (team.david, team.other_manager, team.stranger):
        sign_in_as(client, reader)
        assert client.get(f"/team/{team.nadia.id}").status_code == 404
    sign_in_as(client, make_person(Role.ADMINISTRATOR))
    assert client.get(f"/team/{team.nadia.id}").status_code == 200


def test_unknown_people_are_not_found(manager: FlaskClient) -> None:
    assert manager.get(f"/team/{ids.new()}").status_code == 404
    assert manager.get("/team/moi").status_code == 404


def test_somebody_who_did_nothing_has_a_page_that_says_so(manager: FlaskClient, team: Crew) -> None:
    page = manager.get(f"/team/{team.david.id}").text
    assert "<h1>David Petit n’a pas encore commencé</h1>" in page
    for said in ("Rien n’est affecté", "Aucun quiz pour l’instant", "Aucune activité", "Aucune fiche confirmée"):
        assert said in page


def test_a_withdrawn_document_keeps_its_words(manager: FlaskClient, team: Crew, app: Flask, library: Path) -> None:
    read(team.nadia, "fiche-2-2")
    _give(team, "fiche-2-2", 3)
    (library / "content/fr/02-etape-2/fiche-2-2.md").unlink()
    sync_library(app)
    assert "Fiche 2 2" in manager.get(f"/team/{team.nadia.id}").text


def _statements(client: FlaskClient, path: str) -> int:
    client.get(path)
    with counting() as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def test_a_long_history_costs_what_a_short_one_does(
    manager: FlaskClient, team: Crew, app: Flask, library: Path
) -> None:
    path = f"/team/{team.nadia.id}"
    read(team.nadia, "fiche-1-1")
    little = _statements(manager, path)
    write_steps(library, 10)
    sync_library(app)
    for step in range(1, 10):
        read(team.nadia, f"fiche-{step}-1", f"fiche-{step}-2")
        take(team.nadia, f"quiz-{step}", 0.6)
        _give(team, f"etape-{step}", step)
    assert _statements(manager, path) == little
    assert little <= 10
