"""What a person decides for themselves."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Person
from app.core.database import db
from tests.factories import PASSWORD, letters, make_member, sign_in_as, try_to_sign_in
from tests.queries import counting

SETTINGS = {"name": "Nadia B.", "language": "en", "theme": "dark", "time_zone": "America/Montreal"}
NEW = "un autre mot de passe"


def kept(person: Person) -> Any:
    columns = (Person.name, Person.name_key, Person.language, Person.theme, Person.time_zone)
    return db.session.execute(select(*columns).where(Person.email == person.email)).one()


def test_settings_are_kept_and_speak_from_the_next_sentence_on(client: FlaskClient) -> None:
    person = make_member()
    sign_in_as(client, person)
    answer = client.post("/account", data=SETTINGS, follow_redirects=True)
    assert "Your settings are saved." in answer.text
    assert 'lang="en"' in answer.text
    assert 'data-theme="dark"' in answer.text
    assert tuple(kept(person)) == ("Nadia B.", "nadia b.", "en", "dark", "America/Montreal")


def test_the_choice_can_be_left_to_the_browser_again(client: FlaskClient) -> None:
    person = make_member(language="en", theme="dark", time_zone="Asia/Tokyo")
    sign_in_as(client, person)
    client.post("/account", data={"name": "Nadia", "language": "", "theme": "", "time_zone": ""})
    assert tuple(kept(person))[2:] == (None, None, None)
    assert 'lang="en"' in client.get("/account", headers={"Accept-Language": "en-GB"}).text
    assert 'lang="fr"' in client.get("/account", headers={"Accept-Language": "fr-CA"}).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 121},
        {"name": "a\x07b"},
        {"language": "xx"},
        {"theme": "pink"},
        {"time_zone": "Mars/Olympus"},
    ],
)
def test_a_wrong_setting_changes_nothing(client: FlaskClient, wrong: dict[str, str]) -> None:
    person = make_member()
    before = kept(person)
    sign_in_as(client, person)
    assert client.post("/account", data={**SETTINGS, **wrong}).status_code == 400
    assert kept(person) == before


def test_no_field_at_all_changes_nothing(client: FlaskClient) -> None:
    sign_in_as(client, make_member())
    assert client.post("/account").status_code == 400
    assert client.post("/account/password").status_code == 400


def test_time_zones_are_named_in_the_reader_s_language(client: FlaskClient) -> None:
    sign_in_as(client, make_member())
    page = client.get("/account").text
    assert "Londres (Royaume-Uni)" in page
    assert "Celui de l’organisation\u00a0: Paris (France)" in page


def test_a_new_password_ends_the_other_browsers_only(client: FlaskClient) -> None:
    person = make_member()
    elsewhere = client.application.test_client()
    for browser in (client, elsewhere):
        sign_in_as(browser, person)
    answer = client.post("/account/password", data={"present": PASSWORD, "wanted": NEW})
    assert answer.location == "/account"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert try_to_sign_in(elsewhere, person.email).status_code == 400
    assert try_to_sign_in(elsewhere, person.email, NEW).status_code == 302
    assert letters()[-1]["to"] == person.email


@pytest.mark.parametrize(
    ("present", "wanted", "said"),
    [
        ("not this one", NEW, "pas votre mot de passe actuel"),
        (PASSWORD, "court", "trop court"),
        (PASSWORD, "1234567890", "l’un des premiers"),
        ("", "", "Remplissez ce champ"),
        ("x" * 2000, NEW, "trop long"),
    ],
)
def test_a_refused_password_says_why_and_changes_nothing(
    client: FlaskClient, present: str, wanted: str, said: str
) -> None:
    person = make_member()
    sign_in_as(client, person)
    answer = client.post("/account/password", data={"present": present, "wanted": wanted})
    assert answer.status_code == 400
    assert said in answer.text
    assert try_to_sign_in(client.application.test_client(), person.email).status_code == 302


def test_the_others_can_be_signed_out(client: FlaskClient) -> None:
    person, stranger = make_member(), make_member()
    elsewhere, theirs = client.application.test_client(), client.application.test_client()
    sign_in_as(client, person)
    sign_in_as(elsewhere, person)
    sign_in_as(theirs, stranger)
    assert "dans 2 navigateurs" in client.get("/account").text
    assert client.post("/account/other-browsers").location == "/account"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert theirs.get("/account").status_code == 200


def test_the_page_costs_two_statements_however_many_browsers(client: FlaskClient) -> None:
    person = make_member()
    for _ in range(8):
        sign_in_as(client.application.test_client(), person)
    sign_in_as(client, person)
    with counting() as statements:
        client.get("/account")
    assert len(statements) == 2
