"""The team dashboard: the state in words, figures, reasons, an export; nobody else's people; a constant cost."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.core import clock, ids
from app.core.database import db
from app.training import assignments
from app.training.assignments import Asked
from tests.conftest import NOW
from tests.factories import make_person, make_team, sign_in_as
from tests.library_factories import PLAY_BODY, sync_library, write_play
from tests.queries import counting
from tests.training.conftest import Crew, write_steps
from tests.training.deeds import read, take

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def manager(client: FlaskClient, team: Crew) -> FlaskClient:
    sign_in_as(client, team.manager)
    return client


def _give(crew: Crew, document: str, days: int) -> None:
    due = (NOW + timedelta(days=days)).date()
    with clock.frozen_at(NOW - timedelta(days=10)):
        asked = Asked(ids.new(), document, frozenset({crew.nadia.id}), frozenset(), due)
        assignments.assign(crew.actor, asked)


def test_the_title_and_the_list_say_who_is_late_and_on_what(manager: FlaskClient, team: Crew) -> None:
    _give(team, "quiz-1", -2)
    page = manager.get("/team").text
    assert "<h1>Une personne a besoin de vous</h1>" in page
    assert "Nadia Belkacem — en retard" in page
    assert "«\u00a0Quiz\u00a0: Quiz 1\u00a0» a 2 jours de retard." in page
    assert f'href="/team/{team.nadia.id}"' in page


def test_nobody_began_is_no_praise(manager: FlaskClient) -> None:
    page = manager.get("/team").text
    assert "<h1>Personne n’a encore commencé</h1>" in page
    assert "Affecter une première étape" in page


def test_when_all_goes_well_it_says_so(manager: FlaskClient, team: Crew) -> None:
    read(team.nadia, "fiche-1-1")
    assert "<h1>Tout le monde avance</h1>" in manager.get("/team").text


def test_the_table_prints_the_figures(manager: FlaskClient, team: Crew) -> None:
    read(team.nadia, "fiche-1-1", "fiche-1-2")
    take(team.nadia, "quiz-1", 0.8)
    page = manager.get("/team").text
    assert '<td class="q4">88</td><td class="q0">0</td>' in page
    assert '<td class="all">44</td>' in page


def test_two_failures_frame_the_step(manager: FlaskClient, team: Crew) -> None:
    for _ in range(2):
        take(team.nadia, "quiz-2", 0.4)
    page = manager.get("/team").text
    assert "Nadia Belkacem — bloqué à l’étape 2" in page
    assert 'q1 low">24<span class="visually-hidden"> (bloqué)</span>' in page


def test_somebody_who_never_began_gets_a_first_assignment(manager: FlaskClient, team: Crew) -> None:
    team.david.created_at = NOW - timedelta(days=5)
    db.session.commit()
    page = manager.get("/team").text
    assert "David Petit — pas commencé" in page
    assert f'href="/assign?person={team.david.id}"' in page


def test_several_teams_are_shown_together_or_one_by_one(manager: FlaskClient, team: Crew) -> None:
    second = make_team("Nice", manager=team.manager, members=(make_person(name="Zoé Blanc"), team.nadia))
    both = manager.get("/team").text
    assert "Zoé Blanc" in both
    assert both.count(">Nadia Belkacem</a>") == 1
    one = manager.get(f"/team?team={second.id}").text
    assert "Zoé Blanc" in one
    assert "David Petit" not in one


def test_another_team_is_not_found(manager: FlaskClient, team: Crew) -> None:
    foreign = make_team("Brest", members=(team.stranger,))
    for asked in (foreign.id, ids.new(), "x", "%00"):
        assert manager.get(f"/team?team={asked}").status_code == 404
        assert manager.get(f"/team/export.csv?team={asked}").status_code == 404


def test_a_rep_has_no_team_page(client: FlaskClient, team: Crew) -> None:
    sign_in_as(client, team.nadia)
    for path in ("/team", "/team/export.csv"):
        assert client.get(path).status_code == 403
    assert 'href="/team"' not in client.get("/").text


def test_who_works_from_an_outdated_text_is_told_play_by_play(
    manager: FlaskClient, team: Crew, app: Flask, library: Path
) -> None:
    assert "texte dépassé" not in manager.get("/team").text
    for person in (team.nadia, team.david, team.stranger):
        read(person, "fiche-1-1")
    read(team.nadia, "fiche-1-2")
    for play in ("fiche-1-1", "fiche-1-2"):
        write_play(library, "01-etape-1", play, body=PLAY_BODY.replace("savoir.", "savoir, et bien plus."))
    sync_library(app)
    page = manager.get("/team").text
    assert "2 personnes travaillent sur un texte dépassé" in page
    assert "2 personnes n’ont pas lu ce qui a changé" in page
    assert "1 personne n’a pas lu ce qui a changé" in page
    assert page.index("/library/fiche-1-1/readers?state=outdated") < page.index("/library/fiche-1-2/readers")
    read(team.nadia, "fiche-1-1", "fiche-1-2")
    assert "1 personne travaille sur un texte dépassé" in manager.get("/team").text


def test_a_manager_without_a_team_and_one_with_nobody_are_told_what_to_do(client: FlaskClient) -> None:
    alone = make_person(Role.MANAGER)
    sign_in_as(client, alone)
    assert "Vous ne dirigez encore aucune équipe" in client.get("/team").text
    make_team("Vide", manager=alone)
    assert "<h1>Cette équipe n’a encore personne</h1>" in client.get("/team").text


def test_an_administrator_sees_every_team(client: FlaskClient, team: Crew) -> None:
    sign_in_as(client, make_person(Role.ADMINISTRATOR))
    page = client.get("/team").text
    assert "Nadia Belkacem" in page
    assert team.stranger.name in page


def test_the_export_holds_the_same_figures(manager: FlaskClient, team: Crew) -> None:
    read(team.nadia, "fiche-1-1", "fiche-1-2")
    answer = manager.get("/team/export.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=equipe-2026-11-23.csv"
    header, david, nadia = answer.text.removeprefix("\ufeff").splitlines()
    assert header.startswith("Nom;E-mail;Équipe;Depuis;1. Étape 1 (%);2. Étape 2 (%);Ensemble (sur 100)")
    assert david.startswith("David Petit;")
    assert nadia.endswith(";Lyon;2026-11-23;40;0;20;0;0;2026-11-23")


def test_a_name_that_is_a_formula_stays_a_name(manager: FlaskClient, team: Crew) -> None:
    team.david.name = '=HYPERLINK("http://evil";"x")'
    db.session.commit()
    text = manager.get("/team/export.csv").text
    assert "'=HYPERLINK" in text
    assert "\n=" not in text
    assert '"=' not in text


def _statements(client: FlaskClient, path: str) -> int:
    client.get(path)
    with counting() as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def test_three_and_thirty_reps_cost_the_same(manager: FlaskClient, team: Crew, app: Flask, library: Path) -> None:
    _give(team, "quiz-1", -2)
    few = [_statements(manager, path) for path in ("/team", "/team/export.csv")]
    make_team("Grande", manager=team.manager, members=tuple(make_person() for _ in range(30)))
    write_steps(library, 12)
    sync_library(app)
    for step in range(1, 12):
        read(team.nadia, f"fiche-{step}-1")
        take(team.david, f"quiz-{step}", 0.2)
        _give(team, f"fiche-{step}-2", step - 4)
    assert [_statements(manager, path) for path in ("/team", "/team/export.csv")] == few
    assert max(few) <= 8
