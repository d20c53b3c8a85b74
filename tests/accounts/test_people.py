"""What administrators do with people."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts import people
from app.accounts.actor import Role
from app.accounts.models import Membership, Person, Team
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.core.errors import Conflict
from tests.factories import (
    PASSWORD,
    actor_for,
    letters,
    make_member,
    make_person,
    make_team,
    path_in,
    sign_in_as,
    try_to_sign_in,
)
from tests.queries import counting

ANA = {"email": "Ana@Example.org", "name": " Ana  Silva ", "role": "rep", "team": ""}


@pytest.fixture
def administrator(client: FlaskClient) -> Person:
    person = make_member(Role.ADMINISTRATOR, name="Sophie Lambert")
    sign_in_as(client, person)
    return person


def row(email: str) -> tuple[str, str, bool]:
    columns = (Person.name, Person.role, Person.deactivated_at.is_(None))
    return tuple(db.session.execute(select(*columns).where(Person.email == email)).one())  # type: ignore[return-value]


def count_people() -> int:
    return db.session.execute(select(func.count()).select_from(Person)).scalar_one()


def test_inviting_opens_an_account_and_sends_one_mail(client: FlaskClient, administrator: Person) -> None:
    team = make_team("Lyon")
    answer = client.post("/admin/people/new", data={**ANA, "team": str(team.id)})
    assert answer.status_code == 302
    assert row("ana@example.org") == ("Ana Silva", "rep", True)
    assert db.session.execute(select(Membership.role)).scalar_one() == "member"
    assert [letter["to"] for letter in letters()] == ["ana@example.org"]
    page = client.get(answer.location).text
    assert "n’a pas encore répondu" in page
    assert "30 nov. 2026" in page, "until when the link works"


def test_an_invited_manager_leads_the_team(client: FlaskClient, administrator: Person) -> None:
    team = make_team()
    client.post("/admin/people/new", data={**ANA, "role": "manager", "team": str(team.id)})
    assert db.session.execute(select(Membership.role)).scalar_one() == "manager"


def test_inviting_twice_opens_one_account_and_sends_one_mail(client: FlaskClient, administrator: Person) -> None:
    client.post("/admin/people/new", data=ANA)
    again = client.post("/admin/people/new", data=ANA)
    assert again.status_code == 400
    assert "a déjà un compte" in again.text
    assert count_people() == 2
    assert len(letters()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "ana"},
        {"email": "ana@nodot"},
        {"email": "x" * 300 + "@example.org"},
        {"email": "a\x00na@example.org"},
        {"name": ""},
        {"name": "x" * 121},
        {"name": "a\nb\x00"},
        {"role": "emperor"},
        {"team": str(uuid4())},
        {"team": "not an id"},
    ],
)
def test_a_wrong_invitation_writes_nothing(client: FlaskClient, administrator: Person, wrong: dict[str, str]) -> None:
    assert client.post("/admin/people/new", data={**ANA, **wrong}).status_code == 400
    assert count_people() == 1
    assert letters() == []


def test_no_field_at_all_is_refused(client: FlaskClient, administrator: Person) -> None:
    person = make_member()
    for path in ("/admin/people/new", f"/admin/people/{person.id}", f"/admin/people/{person.id}/teams"):
        assert client.post(path).status_code == 400


def test_sending_again_makes_a_new_link_and_ends_the_old_one(client: FlaskClient, administrator: Person) -> None:
    page = client.post("/admin/people/new", data=ANA).location
    client.post(f"{page}/invitation")
    first, second = (path_in(letter) for letter in letters())
    visitor = client.application.test_client()
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200


def test_an_expired_invitation_says_so(client: FlaskClient, administrator: Person) -> None:
    page = client.post("/admin/people/new", data=ANA).location
    with clock.frozen_at(clock.now() + timedelta(days=8)):
        assert "a expiré" in client.get(page).text


def test_somebody_who_has_joined_is_not_invited_again(client: FlaskClient, administrator: Person) -> None:
    person = make_member()
    assert client.post(f"/admin/people/{person.id}/invitation").status_code == 409
    assert letters() == []


def test_name_address_and_role_can_be_changed(client: FlaskClient, administrator: Person) -> None:
    person = make_member()
    changed = {"name": "Zoé Petit", "email": "zoe@example.org", "role": "manager"}
    assert client.post(f"/admin/people/{person.id}", data=changed).status_code == 302
    assert row("zoe@example.org") == ("Zoé Petit", "manager", True)
    assert "Zoé Petit" in client.get("/admin?q=zoe").text
    assert db.session.execute(select(Activity.details)).scalar_one() == {"person": str(person.id), "role": "manager"}


def test_a_rep_may_be_made_an_author_and_no_author(client: FlaskClient, administrator: Person) -> None:
    person = make_member(email="zoe@example.org", name="Zoé Petit")
    details = {"name": "Zoé Petit", "email": "zoe@example.org", "role": "rep"}
    for sent, writes in (({"writes": "y"}, True), ({}, False)):
        assert client.post(f"/admin/people/{person.id}", data=details | sent).status_code == 302
        assert db.session.execute(select(Person.writes).filter_by(id=person.id)).scalar_one() is writes
        assert (" checked" in client.get(f"/admin/people/{person.id}").text) is writes
    kept = [act.get("writes") for act in db.session.scalars(select(Activity.details).order_by(Activity.sequence))]
    assert kept == [True, False]


def test_an_address_that_another_has_is_refused(client: FlaskClient, administrator: Person) -> None:
    person, other = make_member(), make_member()
    changed = {"name": "X Y", "email": other.email.upper(), "role": "rep"}
    assert client.post(f"/admin/people/{person.id}", data=changed).status_code == 400
    assert row(person.email)[0] == person.name


def test_a_changed_address_ends_the_links_sent_to_the_old_one(client: FlaskClient, administrator: Person) -> None:
    page = client.post("/admin/people/new", data=ANA).location
    client.post(page, data={"name": "Ana Silva", "email": "ana.silva@example.org", "role": "rep"})
    old, new = letters()
    assert new["to"] == "ana.silva@example.org"
    visitor = client.application.test_client()
    assert visitor.get(path_in(old)).status_code == 404
    assert visitor.get(path_in(new)).status_code == 200


def test_a_manager_who_becomes_a_rep_stays_as_a_member(client: FlaskClient, administrator: Person) -> None:
    manager = make_member(Role.MANAGER)
    make_team(manager=manager)
    client.post(f"/admin/people/{manager.id}", data={"name": "C M", "email": manager.email, "role": "rep"})
    assert db.session.execute(select(Membership.role)).scalar_one() == "member"


def test_closing_an_account_ends_a_live_session_at_once(client: FlaskClient, administrator: Person) -> None:
    person = make_member()
    theirs = client.application.test_client()
    sign_in_as(theirs, person)
    assert theirs.get("/account").status_code == 200
    client.post(f"/admin/people/{person.id}/close")
    answer = theirs.get("/account")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=%2Faccount")
    assert try_to_sign_in(theirs, person.email).status_code == 400


def test_an_account_opens_again_with_its_password_but_not_its_sessions(
    client: FlaskClient, administrator: Person
) -> None:
    person = make_member()
    theirs = client.application.test_client()
    sign_in_as(theirs, person)
    client.post(f"/admin/people/{person.id}/close")
    client.post(f"/admin/people/{person.id}/open")
    assert theirs.get("/account").status_code == 302
    assert try_to_sign_in(theirs, person.email, PASSWORD).status_code == 302


def test_closing_twice_is_one_act(client: FlaskClient, administrator: Person) -> None:
    person = make_member()
    for _ in range(2):
        assert client.post(f"/admin/people/{person.id}/close").status_code == 302
    assert db.session.execute(select(func.count()).select_from(Activity)).scalar_one() == 1


def test_one_cannot_close_one_s_own_account(client: FlaskClient, administrator: Person) -> None:
    make_member(Role.ADMINISTRATOR)
    assert client.post(f"/admin/people/{administrator.id}/close").status_code == 409
    assert row(administrator.email)[2]


def test_the_last_administrator_keeps_the_role(client: FlaskClient, administrator: Person) -> None:
    make_member(Role.ADMINISTRATOR, deactivated_at=clock.now())
    demoted = {"name": administrator.name, "email": administrator.email, "role": "manager"}
    answer = client.post(f"/admin/people/{administrator.id}", data=demoted)
    assert answer.status_code == 409
    assert "dernier administrateur" in answer.text
    other = make_member(Role.ADMINISTRATOR)
    assert client.post(f"/admin/people/{administrator.id}", data=demoted).status_code == 302
    assert row(other.email)[1] == "administrator"


def test_two_administrators_cannot_close_each_other(client: FlaskClient) -> None:
    one, other = make_member(Role.ADMINISTRATOR), make_member(Role.ADMINISTRATOR)
    one_acts, other_acts = actor_for(one), actor_for(other)
    people.deactivate(one_acts, other.id)
    with pytest.raises(Conflict):
        people.deactivate(other_acts, one.id)


@pytest.mark.parametrize("action", ["", "/invitation", "/close", "/open", "/teams"])
def test_an_unknown_person_is_not_found(client: FlaskClient, administrator: Person, action: str) -> None:
    data = {"name": "X Y", "email": "x@example.org", "role": "rep"}
    assert client.post(f"/admin/people/{uuid4()}{action}", data=data).status_code == 404
    assert client.get("/admin/people/not-an-id").status_code == 404


def test_the_list_filters_by_words_team_role_and_state(client: FlaskClient, administrator: Person) -> None:
    elise = make_member(name="Élise Garnier", email="eg@example.org")
    make_member(Role.MANAGER, name="Yann Kermarrec")
    make_person(name="Inès Rossi")
    make_member(name="Paul Parti", deactivated_at=clock.now())
    team = make_team("Lyon", members=(elise,))

    def names(query: str) -> list[str]:
        page = client.get(f"/admin?{query}").text
        everyone = ("Sophie Lambert", "Élise Garnier", "Yann Kermarrec", "Inès Rossi", "Paul Parti")
        return [name for name in everyone if f"</span><b>{name}</b>" in page]

    assert len(names("")) == 5
    assert names("q=elise") == ["Élise Garnier"]
    assert names("q=garnier+ELI") == ["Élise Garnier"]
    assert names("q=eg%40example") == ["Élise Garnier"]
    assert names(f"team={team.id}") == ["Élise Garnier"]
    assert names("role=manager") == ["Yann Kermarrec"]
    assert names("state=invited") == ["Inès Rossi"]
    assert names("state=closed") == ["Paul Parti"]
    assert names("q=%25") == []
    assert names("q=_") == []
    assert len(names("team=nonsense&role=emperor&state=lost&page=-3")) == 5
    assert names("q=" + "x" * 4000) == []
    assert names("q=%00") == names("")


def test_the_list_has_pages(client: FlaskClient, administrator: Person) -> None:
    add_many(60)
    first, second, past = (client.get(f"/admin?page={number}").text for number in (1, 2, 9))
    assert "61 personnes" in first
    assert first.count('class="me" aria-hidden') == 51, "fifty rows, and the one in the bar"
    assert second.count('class="me" aria-hidden') == 12
    assert past == first


def test_the_list_costs_the_same_however_many_people(client: FlaskClient, administrator: Person) -> None:
    def cost() -> int:
        with counting() as statements:
            client.get("/admin")
        return len(statements)

    few = cost()
    add_many(80)
    assert cost() == few == 4


def test_the_person_s_page_costs_the_same_however_many_teams(client: FlaskClient, administrator: Person) -> None:
    person = make_member()
    path = f"/admin/people/{person.id}"

    def cost() -> int:
        with counting() as statements:
            client.get(path)
        return len(statements)

    few = cost()
    for _ in range(9):
        make_team(members=(person,))
    assert cost() == few == 4


def add_many(many: int) -> None:
    """People, each in a team of their own."""
    for number in range(many):
        person = Person(
            id=ids.new(), email=f"many{number}@example.org", name=f"M {number:03}", role="rep", created_at=clock.now()
        )
        team = Team(id=ids.new(), name=f"T {number}", created_at=clock.now())
        db.session.add_all([person, team])
        db.session.flush()
        db.session.add(Membership(id=UUID(int=number), team_id=team.id, person_id=person.id, role="member"))
    db.session.commit()
