"""Importing people: looked at first, written whole or not at all."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.actor import Role
from app.accounts.models import Membership, OneTimeLink, Person, Team
from app.core import clock
from app.core.database import db
from app.core.outbox import OutboxMessage
from tests.factories import letters, make_member, make_team, sign_in_as
from tests.queries import counting

GOOD = "courriel;nom;rôle;équipe\nana@example.org;Ana Silva;commercial;lyon\nBo@example.org;Bo Li;manager;Lille\n"


@pytest.fixture
def administrator(client: FlaskClient) -> Person:
    person = make_member(Role.ADMINISTRATOR)
    sign_in_as(client, person)
    return person


def upload(client: FlaskClient, content: str | bytes, *, change_known: bool = False) -> tuple[int, str, str]:
    """The plan's status, its page, and the rows it would send on."""
    raw = content.encode() if isinstance(content, str) else content
    ticked = b'--cut\r\nContent-Disposition: form-data; name="change_known"\r\n\r\ny\r\n' if change_known else b""
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="equipe.csv"\r\n\r\n'
    answer = client.post(
        "/admin/import",
        data=ticked + head + raw + b"\r\n--cut--\r\n",
        content_type="multipart/form-data; boundary=cut",
    )
    found = re.search(r'name="rows" value="([^"]+)"', answer.text)
    return answer.status_code, answer.text, found.group(1) if found else ""


def everything() -> dict[str, int]:
    tables = {"people": Person, "teams": Team, "places": Membership, "links": OneTimeLink, "mails": OutboxMessage}
    return {
        name: db.session.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.items()
    }


def in_team(name: str) -> set[tuple[str, str]]:
    rows = db.session.execute(
        select(Person.email, Membership.role).join(Membership).join(Team).where(Team.name == name)
    )
    return {(row.email, row.role) for row in rows}


def test_looking_writes_nothing(client: FlaskClient, administrator: Person) -> None:
    make_team("Lyon")
    before = everything()
    status, page, rows = upload(client, GOOD)
    assert status == 200
    assert rows
    assert "2 personnes seraient invitées" in page
    assert "Cette équipe serait créée\u00a0: Lille." in page
    assert everything() == before


def test_confirming_invites_everybody(client: FlaskClient, administrator: Person) -> None:
    make_team("Lyon")
    _status, _page, rows = upload(client, GOOD)
    answer = client.post("/admin/import/confirm", data={"rows": rows}, follow_redirects=True)
    assert "2 personnes sont invitées." in answer.text
    assert in_team("Lyon") == {("ana@example.org", "member")}
    assert in_team("Lille") == {("bo@example.org", "manager")}
    assert {letter["to"] for letter in letters()} == {"ana@example.org", "bo@example.org"}
    assert everything() == {"people": 3, "teams": 2, "places": 2, "links": 2, "mails": 2}


def test_confirming_twice_invites_once(client: FlaskClient, administrator: Person) -> None:
    _status, _page, rows = upload(client, GOOD)
    client.post("/admin/import/confirm", data={"rows": rows})
    before = everything()
    answer = client.post("/admin/import/confirm", data={"rows": rows}, follow_redirects=True)
    assert "Personne de nouveau" in answer.text
    assert everything() == before


def test_every_row_says_what_is_wrong_with_it_and_nothing_can_be_confirmed(
    client: FlaskClient, administrator: Person
) -> None:
    content = (
        "email,name,role,team\n"
        "nowhere,,emperor,Lyon\n"
        "ok@example.org,Fine,rep,\n"
        "OK@example.org,Again,,\n"
        f"b@example.org,{'n' * 121},,{'t' * 121}\n"
    )
    status, page, rows = upload(client, content)
    assert (status, rows) == (400, "")
    found = re.findall(r"<b>Ligne (\d+)</b> ([^<]+?) <", page)
    assert found == [
        ("2", "Ce n’est pas une adresse e-mail."),
        ("2", "Il manque le nom."),
        ("2", "Ce rôle n’existe pas."),
        ("4", "Cette adresse est déjà à la ligne 3."),
        ("5", "Le nom est trop long."),
        ("5", "Ce nom d’équipe ne convient pas."),
    ]
    assert page.count("À corriger") == 3


def test_people_who_are_there_are_left_alone_unless_asked(client: FlaskClient, administrator: Person) -> None:
    ana = make_member(email="ana@example.org", name="Ana S.")
    make_team("Lyon")
    make_team("Nantes", members=(ana,))
    content = "email,name,role,team\nana@example.org,Another Name,manager,Lyon\n"
    _status, page, rows = upload(client, content)
    assert "Déjà là\u00a0: inchangé" in page
    assert not rows
    _status, page, rows = upload(client, content, change_known=True)
    assert "rôle ou équipe modifié" in page
    client.post("/admin/import/confirm", data={"rows": rows})
    person = db.session.execute(select(Person.name, Person.role).where(Person.email == "ana@example.org")).one()
    assert tuple(person) == ("Ana S.", "manager")
    assert in_team("Lyon") == {("ana@example.org", "manager")}
    assert in_team("Nantes") == {("ana@example.org", "member")}
    assert letters() == []
    _status, page, rows = upload(client, content, change_known=True)
    assert "Déjà là\u00a0: inchangé" in page


def test_a_manager_made_a_rep_leads_no_team_any_more(client: FlaskClient, administrator: Person) -> None:
    manager = make_member(Role.MANAGER)
    make_team("Lyon", manager=manager)
    _status, _page, rows = upload(client, f"email,name\n{manager.email},M\n", change_known=True)
    client.post("/admin/import/confirm", data={"rows": rows})
    assert in_team("Lyon") == {(manager.email, "member")}


def test_a_closed_account_stays_closed(client: FlaskClient, administrator: Person) -> None:
    closed = make_member(deactivated_at=clock.now())
    _status, page, _rows = upload(client, f"email,name,role\n{closed.email},X,manager\n", change_known=True)
    assert "Compte fermé\u00a0: inchangé" in page


def test_one_cannot_change_one_s_own_role_by_a_file(client: FlaskClient, administrator: Person) -> None:
    make_member(Role.ADMINISTRATOR)
    status, page, _rows = upload(client, f"email,name,role\n{administrator.email},X,rep\n", change_known=True)
    assert status == 400
    assert "votre propre rôle" in page


def test_the_checks_run_again_on_confirming(client: FlaskClient, administrator: Person) -> None:
    _status, _page, rows = upload(client, "email,name,role\nana@example.org,Ana,rep\n", change_known=True)
    make_member(email="ana@example.org", deactivated_at=clock.now())
    before = everything()
    client.post("/admin/import/confirm", data={"rows": rows})
    assert everything() == before


@pytest.mark.parametrize("rows", ["", "tampered", "x" * 100_000])
def test_rows_that_were_not_prepared_here_are_refused(client: FlaskClient, administrator: Person, rows: str) -> None:
    before = everything()
    assert client.post("/admin/import/confirm", data={"rows": rows}).status_code == 400
    assert client.post("/admin/import/confirm").status_code == 400
    assert everything() == before


def test_rows_prepared_by_another_or_altered_are_refused(client: FlaskClient, administrator: Person) -> None:
    _status, _page, rows = upload(client, GOOD)
    altered = rows[:-1] + ("A" if rows[-1] != "A" else "B")
    assert client.post("/admin/import/confirm", data={"rows": altered[1:]}).status_code == 400
    sign_in_as(client, make_member(Role.ADMINISTRATOR))
    assert client.post("/admin/import/confirm", data={"rows": rows}).status_code == 400


def test_a_file_without_form_or_of_the_wrong_form_is_explained(client: FlaskClient, administrator: Person) -> None:
    assert client.post("/admin/import").status_code == 400
    assert client.post("/admin/import", data={"file": "not a file"}).status_code == 400
    status, page, _rows = upload(client, b"\x89PNG\x00\x00")
    assert status == 400
    assert "Ce n’est pas un fichier de texte." in page
    assert "Ligne 1" in page


def test_an_oversized_upload_is_refused(client: FlaskClient, administrator: Person) -> None:
    assert upload(client, b"x" * (1024 * 1024 + 1))[0] == 400
    assert upload(client, b"x" * (3 * 1024 * 1024))[0] == 413


def test_words_of_the_file_are_shown_as_words(client: FlaskClient, administrator: Person) -> None:
    _status, page, _rows = upload(client, "email,name\na@example.org,<script>alert(1)</script>\n")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_looking_costs_the_same_however_many_rows(client: FlaskClient, administrator: Person) -> None:
    def cost(rows: int) -> int:
        lines = "".join(f"p{number}@example.org,P {number},rep,T{number}\n" for number in range(rows))
        with counting() as statements:
            upload(client, "email,name,role,team\n" + lines)
        return len(statements)

    assert cost(1) == cost(200) == 3


def test_two_thousand_people_come_in_at_once(client: FlaskClient, administrator: Person) -> None:
    lines = "".join(f"{uuid4()}@example.org,Personne {number},rep,Lyon\n" for number in range(2000))
    _status, _page, rows = upload(client, "email,name,role,team\n" + lines)
    answer = client.post("/admin/import/confirm", data={"rows": rows})
    assert answer.status_code == 302
    assert everything() == {"people": 2001, "teams": 1, "places": 2000, "links": 2000, "mails": 2000}
