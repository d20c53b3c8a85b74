"""What administrators do with teams."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import memberships
from app.accounts.actor import Role
from app.accounts.models import Membership, Person, Team
from app.core.database import db
from tests.factories import make_member, make_team, sign_in_as
from tests.queries import counting


@pytest.fixture
def administrator(client: FlaskClient) -> Person:
    person = make_member(Role.ADMINISTRATOR)
    sign_in_as(client, person)
    return person


def team_names() -> list[str]:
    return sorted(db.session.execute(select(Team.name)).scalars())


def places() -> set[tuple[str, str]]:
    rows = db.session.execute(select(Person.email, Membership.role).join(Membership))
    return {(row.email, row.role) for row in rows}


def test_a_team_is_created_and_renamed(client: FlaskClient, administrator: Person) -> None:
    page = client.post("/admin/teams", data={"name": "  Lyon   Sud "}).location
    assert team_names() == ["Lyon Sud"]
    assert client.post(page, data={"name": "Lyon Est"}).status_code == 302
    assert team_names() == ["Lyon Est"]
    assert client.post(page, data={"name": "LYON est"}).status_code == 302, "its own name in another case"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\x00b", "EQUIPE LYON"])
def test_a_name_that_is_taken_or_wrong_is_refused(client: FlaskClient, administrator: Person, name: str) -> None:
    make_team("Équipe Lyon")
    other = make_team("Nantes")
    assert client.post("/admin/teams", data={"name": name}).status_code == 400
    assert client.post(f"/admin/teams/{other.id}", data={"name": name}).status_code == 400
    assert team_names() == ["Nantes", "Équipe Lyon"]


def test_creating_twice_makes_one_team(client: FlaskClient, administrator: Person) -> None:
    assert client.post("/admin/teams", data={"name": "Lyon"}).status_code == 302
    assert client.post("/admin/teams", data={"name": "Lyon"}).status_code == 400
    assert team_names() == ["Lyon"]


def test_of_two_who_take_one_name_at_once_the_second_is_refused(
    client: FlaskClient, administrator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_team("Nantes")
    # Both have looked before either wrote: what was looked up says nothing any more.
    monkeypatch.setattr(memberships, "_refuse_taken", lambda *_args, **_options: None)
    assert client.post("/admin/teams", data={"name": "Équipe Lyon"}).status_code == 302
    assert client.post("/admin/teams", data={"name": "EQUIPE lyon"}).status_code == 400
    assert client.post(f"/admin/teams/{other.id}", data={"name": "Equipe Lyon"}).status_code == 400
    assert team_names() == ["Nantes", "Équipe Lyon"]


def test_only_an_empty_team_can_be_deleted(client: FlaskClient, administrator: Person) -> None:
    member = make_member()
    team = make_team("Lyon", members=(member,))
    assert client.post(f"/admin/teams/{team.id}/delete").status_code == 409
    assert team_names() == ["Lyon"]
    client.post(f"/admin/teams/{team.id}/people/{member.id}/leave")
    assert client.post(f"/admin/teams/{team.id}/delete").location == "/admin/teams"
    assert team_names() == []


def test_people_are_put_in_by_their_address(client: FlaskClient, administrator: Person) -> None:
    rep, manager = make_member(), make_member(Role.MANAGER)
    team = make_team()
    path = f"/admin/teams/{team.id}/people"
    client.post(path, data={"email": rep.email.upper(), "place": "member"})
    client.post(path, data={"email": manager.email, "place": "manager"})
    client.post(path, data={"email": manager.email, "place": "manager"})
    assert places() == {(rep.email, "member"), (manager.email, "manager")}


def test_what_somebody_is_in_a_team_can_change(client: FlaskClient, administrator: Person) -> None:
    manager = make_member(Role.MANAGER)
    team = make_team(members=(manager,))
    client.post(f"/admin/people/{manager.id}/teams", data={"team": str(team.id), "place": "manager"})
    assert places() == {(manager.email, "manager")}


def test_a_rep_leads_no_team(client: FlaskClient, administrator: Person) -> None:
    rep = make_member()
    team = make_team()
    answer = client.post(f"/admin/teams/{team.id}/people", data={"email": rep.email, "place": "manager"})
    assert answer.status_code == 400
    assert "Donnez-lui d’abord le rôle" in answer.text
    answer = client.post(f"/admin/people/{rep.id}/teams", data={"team": str(team.id), "place": "manager"})
    assert answer.status_code == 400
    assert places() == set()


@pytest.mark.parametrize(
    "wrong",
    [{"email": ""}, {"email": "nobody@example.org"}, {"email": "x" * 4000}, {"place": "king"}, {"email": "a\x00b"}],
)
def test_a_wrong_addition_writes_nothing(client: FlaskClient, administrator: Person, wrong: dict[str, str]) -> None:
    rep = make_member()
    team = make_team()
    data = {"email": rep.email, "place": "member", **wrong}
    assert client.post(f"/admin/teams/{team.id}/people", data=data).status_code == 400
    assert places() == set()


def test_leaving_leads_back_to_the_page_it_was_asked_from(client: FlaskClient, administrator: Person) -> None:
    rep = make_member()
    team = make_team(members=(rep,))
    path = f"/admin/teams/{team.id}/people/{rep.id}/leave"
    assert client.post(path, data={"next": f"/admin/people/{rep.id}"}).location == f"/admin/people/{rep.id}"
    assert client.post(path, data={"next": "//evil.example"}).location == f"/admin/teams/{team.id}"


@pytest.mark.parametrize("action", ["", "/delete", "/people"])
def test_an_unknown_team_is_not_found(client: FlaskClient, administrator: Person, action: str) -> None:
    data = {"name": "Lyon", "email": administrator.email, "place": "member"}
    assert client.post(f"/admin/teams/{uuid4()}{action}", data=data).status_code == 404


def test_the_lists_cost_the_same_however_many(client: FlaskClient, administrator: Person) -> None:
    team = make_team("Lyon", manager=make_member(Role.MANAGER))

    def costs() -> list[int]:
        found = []
        for path in ("/admin/teams", f"/admin/teams/{team.id}"):
            with counting() as statements:
                client.get(path)
            found.append(len(statements))
        return found

    few = costs()
    for _ in range(12):
        make_team(members=(make_member(), make_member()))
        member = make_member()
        db.session.add(Membership(id=uuid4(), team_id=team.id, person_id=member.id, role="member"))
    db.session.commit()
    assert costs() == few == [2, 3]
    assert "13 équipes" in client.get("/admin/teams").text
    assert "12 membres" in client.get("/admin/teams").text
