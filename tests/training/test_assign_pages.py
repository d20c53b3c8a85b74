"""The pages for assigning: suggestions, mistakes said in place, a list that names nobody else's people."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.actor import Role
from app.core import ids
from app.core.database import db
from app.training.models import Assignment, Enrolment
from tests.factories import make_person, make_team, sign_in_as
from tests.queries import counting
from tests.training.conftest import Crew
from tests.training.deeds import read

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def manager(client: FlaskClient, team: Crew) -> FlaskClient:
    sign_in_as(client, team.manager)
    return client


def _form(team: Crew, **values: object) -> dict[str, object]:
    sent = {"id": str(ids.new()), "document": "quiz-1", "people": [str(team.nadia.id)], "due": "2026-11-30", "note": ""}
    return {**sent, **values}


def _count(table: type) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_form_suggests_the_whole_team_in_seven_days(manager: FlaskClient) -> None:
    page = manager.get("/assign").text
    assert 'value="2026-11-30"' in page
    assert re.search(r'name="teams" value="[^"]+" checked', page)
    assert '<optgroup label="1. Étape 1">' in page
    assert "Étape entière" in page


def test_the_form_begins_with_what_the_page_before_was_about(manager: FlaskClient, team: Crew) -> None:
    page = manager.get("/assign?" + urlencode({"document": "fiche-2-1", "person": team.david.id})).text
    assert '<option selected value="fiche-2-1">' in page
    assert f'value="{team.david.id}" checked' in page
    assert not re.search(r'name="teams" value="[^"]+" checked', page)


def test_senseless_suggestions_are_ignored(manager: FlaskClient) -> None:
    assert manager.get("/assign?document=%00&person=moi&team=" + "x" * 3000).status_code == 200


def test_assigning_says_so_in_place(manager: FlaskClient, team: Crew) -> None:
    answer = manager.post("/assign", data=_form(team), follow_redirects=True)
    assert "est affecté à 1 personne, pour le lundi 30 novembre." in answer.text
    assert "Nadia Belkacem" in answer.text


def test_people_picked_out_of_a_team_are_meant_instead_of_all_of_it(manager: FlaskClient, team: Crew) -> None:
    both = _form(team, people=[str(team.david.id)], teams=[str(team.team.id)])
    answer = manager.post("/assign", data=both, follow_redirects=True)
    assert "est affecté à 1 personne" in answer.text
    assert _count(Enrolment) == 1


def test_a_double_click_is_one_assignment(manager: FlaskClient, team: Crew) -> None:
    form = _form(team)
    assert [manager.post("/assign", data=form).status_code for _ in range(2)] == [302, 302]
    assert (_count(Assignment), _count(Enrolment)) == (1, 1)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"due": "2026-11-22"}, "Choisissez un jour à partir d’aujourd’hui"),
        ({"due": "demain"}, 'aria-invalid="true"'),
        ({"due": "9999-12-31"}, "Choisissez un jour à partir d’aujourd’hui"),
        ({"due": ""}, "Choisissez un jour."),
        ({"document": "inconnu"}, "Choisissez une étape, une fiche ou un quiz publié."),
        ({"document": ""}, "Choisissez une étape, une fiche ou un quiz publié."),
        ({"people": []}, "Choisissez au moins une personne"),
        ({"note": "n" * 301}, "La note est trop longue"),
        ({"id": "pas-un-identifiant"}, 'class="errors"'),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_written(
    manager: FlaskClient, team: Crew, values: dict[str, object], said: str
) -> None:
    answer = manager.post("/assign", data=_form(team, **values))
    assert answer.status_code == 400
    assert said in answer.text
    assert _count(Assignment) == 0


def test_what_was_typed_stays_after_a_mistake(manager: FlaskClient, team: Crew) -> None:
    answer = manager.post("/assign", data=_form(team, due="2026-11-01", note="Avant vendredi"))
    assert "Avant vendredi" in answer.text
    assert f'value="{team.nadia.id}" checked' in answer.text
    assert '<option selected value="quiz-1">' in answer.text


def test_a_foreign_person_in_the_form_refuses_it_whole(manager: FlaskClient, team: Crew) -> None:
    for foreign in (str(team.stranger.id), str(ids.new()), "moi"):
        answer = manager.post("/assign", data=_form(team, people=[str(team.nadia.id), foreign]))
        assert answer.status_code == 404
    assert _count(Assignment) == _count(Enrolment) == 0


def test_a_rep_is_told_that_this_is_not_theirs(client: FlaskClient, team: Crew) -> None:
    sign_in_as(client, team.nadia)
    assert client.get("/assign").status_code == 403
    assert client.post("/assign", data=_form(team)).status_code == 403
    assert client.get("/assignments").status_code == 403


def test_a_manager_without_people_is_told_what_to_do(client: FlaskClient) -> None:
    alone = make_person(Role.MANAGER)
    make_team("Vide", manager=alone)
    sign_in_as(client, alone)
    assert "Personne à qui affecter" in client.get("/assign").text
    assert "Rien n’est encore affecté" in client.get("/assignments").text


def test_the_list_says_how_far_it_is_and_takes_back(manager: FlaskClient, team: Crew) -> None:
    sent = _form(team, document="fiche-1-1", people=[str(team.nadia.id), str(team.david.id)])
    manager.post("/assign", data=sent)
    read(team.nadia, "fiche-1-1")
    page = manager.get("/assignments").text
    assert "fait\u00a0: 1 sur 2" in page
    answer = manager.post(f"/assignments/{sent['id']}/cancel", follow_redirects=True)
    assert "L’affectation est retirée." in answer.text
    assert "Retirée" in answer.text


def test_the_list_names_only_the_people_one_leads(client: FlaskClient, team: Crew) -> None:
    sign_in_as(client, make_person(Role.ADMINISTRATOR))
    client.post("/assign", data=_form(team, people=[str(team.nadia.id), str(team.stranger.id)]))
    sign_in_as(client, team.manager)
    page = client.get("/assignments").text
    assert "Nadia Belkacem" in page
    assert team.stranger.name not in page
    assert "fait\u00a0: 0 sur 1" in page


def test_another_managers_assignment_is_neither_seen_nor_taken_back(client: FlaskClient, team: Crew) -> None:
    sign_in_as(client, team.manager)
    sent = _form(team)
    client.post("/assign", data=sent)
    sign_in_as(client, team.other_manager)
    assert "Rien n’est encore affecté" in client.get("/assignments").text
    assert client.post(f"/assignments/{sent['id']}/cancel").status_code == 404
    assert client.post(f"/assignments/{ids.new()}/cancel").status_code == 404


def test_an_assignment_of_a_withdrawn_document_is_told_as_such(
    manager: FlaskClient, team: Crew, library: Path, app: object
) -> None:
    from tests.library_factories import sync_library

    manager.post("/assign", data=_form(team, document="fiche-2-2"))
    (library / "content/fr/02-etape-2/fiche-2-2.md").unlink()
    sync_library(app)  # type: ignore[arg-type]
    assert "N’est plus publié" in manager.get("/assignments").text


def _statements(client: FlaskClient, path: str) -> int:
    client.get(path)
    with counting() as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def test_the_pages_cost_the_same_with_three_people_and_with_thirty(manager: FlaskClient, team: Crew) -> None:
    manager.post("/assign", data=_form(team))
    few = [_statements(manager, path) for path in ("/assign", "/assignments")]
    more = make_team("Grande", manager=team.manager, members=tuple(make_person() for _ in range(30)))
    for document in ("etape-1", "fiche-1-1", "fiche-1-2", "quiz-2"):
        manager.post("/assign", data=_form(team, document=document, people=[], teams=[str(more.id)]))
    assert [_statements(manager, path) for path in ("/assign", "/assignments")] == few
    assert max(few) <= 7
