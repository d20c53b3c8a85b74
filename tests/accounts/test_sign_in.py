"""Coming in and going out."""

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts import passwords, sign_ins
from app.accounts.models import Person, SignIn
from app.core import clock
from app.core.database import db
from tests.factories import PASSWORD, make_member, make_person, sign_in_as, try_to_sign_in

REFUSAL = "ne vont pas ensemble"


def sessions() -> int:
    return db.session.execute(select(func.count()).select_from(SignIn)).scalar_one()


def test_the_right_password_opens_the_page_that_was_asked_for(client: FlaskClient) -> None:
    person = make_member()
    sent_away = client.get("/account?x=1")
    assert sent_away.location == "/sign-in?next=%2Faccount%3Fx%3D1"
    answer = try_to_sign_in(client, person.email, next="/account?x=1")
    assert (answer.status_code, answer.location) == (302, "/account?x=1")
    assert client.get("/account").status_code == 200


def test_case_and_spaces_around_the_address_do_not_count(client: FlaskClient) -> None:
    make_member(email="ana@example.org")
    assert try_to_sign_in(client, " Ana@Example.ORG ").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "sign-in", "/sign-in"],
)
def test_signing_in_never_leads_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    person = make_member()
    assert try_to_sign_in(client, person.email, next=elsewhere).location == "/"


def test_who_is_signed_in_already_goes_on(client: FlaskClient) -> None:
    sign_in_as(client, make_member())
    assert client.get("/sign-in?next=/account").location == "/account"


def test_one_same_answer_for_unknown_wrong_closed_and_not_joined(client: FlaskClient) -> None:
    make_member(email="open@example.org")
    make_member(email="closed@example.org", deactivated_at=clock.now())
    make_person(email="invited@example.org")
    attempts = {
        "nobody@example.org": PASSWORD,
        "open@example.org": "not the password",
        "closed@example.org": PASSWORD,
        "invited@example.org": "",
    }
    pages = set()
    for email, password in attempts.items():
        answer = try_to_sign_in(client, email, password or "anything at all")
        assert answer.status_code == 400
        assert REFUSAL in answer.text
        pages.add(answer.text.replace(email, "…"))
    assert len({page.split("csrf_token")[0] for page in pages}) == 1
    assert sessions() == 0


def test_an_unknown_address_costs_a_hash_as_well(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    verify = PasswordHasher.verify

    def noting(hasher: PasswordHasher, kept: str, password: str) -> bool:
        verified.append(password)
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", noting)
    try_to_sign_in(client, "nobody@example.org", "whatever it is")
    assert verified == ["whatever it is"]


@pytest.mark.parametrize(
    ("email", "password"),
    [("", ""), ("x" * 5000, PASSWORD), ("a\x00b@example.org", PASSWORD), ("a@example.org", "p" * 100_000)],
)
def test_missing_and_oversized_fields_are_refused(client: FlaskClient, email: str, password: str) -> None:
    assert try_to_sign_in(client, email, password).status_code == 400


def test_no_field_at_all_is_refused(client: FlaskClient) -> None:
    assert client.post("/sign-in").status_code == 400


def test_signing_in_makes_a_new_secret_and_forgets_what_was_planted(client: FlaskClient) -> None:
    person = make_member()
    with client.session_transaction() as session:
        session["sign_in"] = "planted"
        session["left"] = "over"
    try_to_sign_in(client, person.email)
    with client.session_transaction() as session:
        assert session["sign_in"] != "planted"
        assert "left" not in session
        assert session.permanent
    assert sign_ins.recognise("planted") is None


def test_the_cookie_lasts_thirty_days_and_no_script_reads_it(client: FlaskClient) -> None:
    person = make_member()
    cookie = try_to_sign_in(client, person.email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.application.permanent_session_lifetime.days == 30


def test_signing_out_ends_the_session_in_the_database(client: FlaskClient) -> None:
    person = make_member()
    try_to_sign_in(client, person.email)
    with client.session_transaction() as session:
        secret = session["sign_in"]
    assert client.post("/sign-out").location == "/sign-in"
    assert sign_ins.recognise(secret) is None
    assert client.get("/account").status_code == 302


def test_signing_out_is_a_post(client: FlaskClient) -> None:
    sign_in_as(client, make_member())
    assert client.get("/sign-out").status_code == 405
    assert client.get("/account").status_code == 200


def test_an_old_hash_is_renewed_with_todays_parameters(app: Flask, client: FlaskClient) -> None:
    person = make_member()
    old = person.password_hash
    app.config["PASSWORD_HASHER"] = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    try_to_sign_in(client, person.email)
    kept = db.session.execute(select(Person.password_hash).where(Person.email == person.email)).scalar_one()
    assert kept != old
    assert not passwords.is_outdated(str(kept))
    assert try_to_sign_in(client, person.email).status_code == 302


def test_without_a_setting_the_hashes_are_strong(app: Flask) -> None:
    assert passwords.STRENGTH.memory_cost == 19 * 1024
    assert passwords.STRENGTH.type.name == "ID"


def test_an_unknown_browser_header_is_no_obstacle(client: FlaskClient) -> None:
    person = make_member()
    answer = client.post(
        "/sign-in", data={"email": person.email, "password": PASSWORD}, headers={"User-Agent": "x" * 5000}
    )
    assert answer.status_code == 302


def test_a_stranger_with_htmx_is_told_to_go_to_the_sign_in_page(client: FlaskClient) -> None:
    answer = client.get("/account", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in")
