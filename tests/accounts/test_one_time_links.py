"""Invitations, resets, and the link of the first administrator."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import one_time_links, people, sign_ins
from app.accounts.actor import Role
from app.accounts.models import OneTimeLink, Person
from app.accounts.one_time_links import LinkEnded, Purpose
from app.accounts.people import Invitation
from app.activity.models import Activity
from app.core import clock, outbox
from app.core.database import db
from tests.factories import (
    PASSWORD,
    actor_for,
    letters,
    make_member,
    make_person,
    path_in,
    sign_in_as,
    try_to_sign_in,
)
from tests.queries import counting

OTHER = "une autre phrase de passe"


def invited_path(email: str = "ana@example.org") -> str:
    administrator = make_member(Role.ADMINISTRATOR)
    people.invite(actor_for(administrator), Invitation(email, "Ana Silva", Role.REP))
    return path_in(letters()[-1])


def forget(client: FlaskClient, email: str, **options: Any) -> TestResponse:
    """Ask for a new password, and let the worker do its part."""
    answer = client.post("/forgot-password", data={"email": email}, **options)
    outbox.sweep()
    return answer


def reset_path(client: FlaskClient, email: str) -> str:
    forget(client, email)
    return path_in(letters()[-1])


def test_an_invitation_leads_to_a_password_and_in(client: FlaskClient) -> None:
    path = invited_path()
    page = client.get(path)
    assert "Bienvenue, Ana Silva" in page.text
    assert "Au moins 10 caractères" in page.text, "the rules are said before, not only after"
    answer = client.post(path, data={"password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/account").status_code == 200
    assert "account.joined" in db.session.execute(select(Activity.kind)).scalars().all()
    client.post("/sign-out")
    assert try_to_sign_in(client, "ana@example.org").status_code == 302


def test_a_mail_scanner_that_looks_changes_nothing(client: FlaskClient) -> None:
    path = invited_path()
    for _ in range(3):
        assert client.get(path).status_code == 200
        client.head(path)
    assert client.post(path, data={"password": PASSWORD}).status_code == 302


def test_a_link_works_once(client: FlaskClient) -> None:
    path = invited_path()
    client.post(path, data={"password": PASSWORD})
    again = client.post(path, data={"password": OTHER})
    assert again.status_code == 404
    assert "ne marche plus" in again.text
    client.post("/sign-out")
    assert try_to_sign_in(client, "ana@example.org", OTHER).status_code == 400


def test_of_two_submits_at_once_one_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = invited_path().rpartition("/")[2]
    look_at = one_time_links.look_at

    def looked_at_before_the_other_used_it(asked: str) -> one_time_links.Link:
        found = look_at(asked)
        monkeypatch.setattr(one_time_links, "look_at", look_at)
        one_time_links.choose_password(secret, PASSWORD)
        return found

    monkeypatch.setattr(one_time_links, "look_at", looked_at_before_the_other_used_it)
    with pytest.raises(LinkEnded):
        one_time_links.choose_password(secret, OTHER)


@pytest.mark.parametrize(
    "password", ["", "court", "ana@example.org", "Motdepasse123", "aaaaaaaaaaaaaaa", "x" * 201, "x" * 5000]
)
def test_a_weak_password_is_refused_and_the_link_still_works(client: FlaskClient, password: str) -> None:
    path = invited_path()
    assert client.post(path, data={"password": password}).status_code == 400
    assert client.post(path, data={"password": PASSWORD}).status_code == 302


def test_an_invitation_lasts_seven_days(client: FlaskClient) -> None:
    path = invited_path()
    with clock.frozen_at(clock.now() + timedelta(days=6, hours=23)):
        assert client.get(path).status_code == 200
    with clock.frozen_at(clock.now() + timedelta(days=7)):
        assert client.get(path).status_code == 404
        assert client.post(path, data={"password": PASSWORD}).status_code == 404


def test_a_link_page_tells_its_address_to_nobody(client: FlaskClient) -> None:
    for path in (invited_path(), "/links/unknown"):
        answer = client.get(path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("secret", ["unknown", "x" * 3000, "%00", "é"])
def test_an_unknown_link_is_answered_with_what_to_do(client: FlaskClient, secret: str) -> None:
    answer = client.get(f"/links/{secret}")
    assert answer.status_code == 404
    assert "Demander un autre lien" in answer.text


def test_the_database_keeps_no_secret(client: FlaskClient) -> None:
    secret = invited_path().rpartition("/")[2]
    assert db.session.execute(select(OneTimeLink.secret_hash)).scalar_one() == sign_ins.fingerprint(secret)


def test_forgetting_a_password_is_answered_alike_for_everybody(client: FlaskClient) -> None:
    make_member(email="open@example.org")
    make_member(email="closed@example.org", deactivated_at=clock.now())
    pages = set()
    for email in ("open@example.org", "closed@example.org", "nobody@example.org"):
        answer = forget(client, email)
        assert answer.status_code == 200
        pages.add(answer.text.replace(email, "…"))
    assert len(pages) == 1
    assert [letter["to"] for letter in letters()] == ["open@example.org"]


def test_forgetting_a_password_costs_the_same_for_everybody(client: FlaskClient) -> None:
    make_member(email="open@example.org")
    costs = set()
    for email in ("open@example.org", "nobody@example.org"):
        with counting() as asked:
            client.post("/forgot-password", data={"email": email})
        costs.add(tuple(asked))
    assert len(costs) == 1, "who measures the answer must not learn who has an account"


@pytest.mark.parametrize("email", ["", "x" * 5000, "a\x00b"])
def test_forgetting_with_a_strange_address_breaks_nothing(client: FlaskClient, email: str) -> None:
    assert forget(client, email).status_code in (200, 400)
    assert letters() == []


def test_a_reset_ends_every_session_and_warns(client: FlaskClient) -> None:
    person = make_member()
    sign_in_as(client, person)
    path = reset_path(client, person.email)
    answer = client.application.test_client().post(path, data={"password": OTHER})
    assert answer.location == "/sign-in"
    assert client.get("/account").status_code == 302
    assert try_to_sign_in(client, person.email, OTHER).status_code == 302
    assert letters()[-1]["subject"] == "Votre mot de passe Palier a été changé"


def test_a_reset_lasts_an_hour_and_a_newer_one_replaces_it(client: FlaskClient) -> None:
    person = make_member()
    first = reset_path(client, person.email)
    second = reset_path(client, person.email)
    assert client.get(first).status_code == 404
    with clock.frozen_at(clock.now() + timedelta(minutes=61)):
        assert client.get(second).status_code == 404
    assert client.get(second).status_code == 200


def test_a_closed_account_s_link_opens_nothing(client: FlaskClient) -> None:
    administrator, person = make_member(Role.ADMINISTRATOR), make_member()
    path = reset_path(client, person.email)
    people.deactivate(actor_for(administrator), person.id)
    assert client.post(path, data={"password": OTHER}).status_code == 404


def test_a_mail_speaks_its_reader_s_language(client: FlaskClient) -> None:
    english, french = make_member(language="en"), make_member()
    for person in (english, french):
        forget(client, person.email, headers={"Accept-Language": "en"})
    assert [letter["subject"] for letter in letters()] == [
        "Choose a new password for Palier",
        "Choisissez un nouveau mot de passe pour Palier",
    ]
    assert "jusqu’au 23 novembre 2026, 10:00" in letters()[1]["text"]


FIRST = {"name": "Sophie Lambert", "email": "Sophie@Example.org", "language": "fr", "password": PASSWORD}


def first_path() -> str:
    address = one_time_links.first_administrator_link()
    assert address is not None
    assert address.startswith("http://127.0.0.1:8000/links/")
    return address.removeprefix("http://127.0.0.1:8000")


def test_the_first_link_creates_the_administrator_once(client: FlaskClient) -> None:
    path = first_path()
    assert client.get(path).status_code == 200
    answer = client.post(path, data=FIRST)
    assert (answer.status_code, answer.location) == (302, "/admin")
    assert client.get("/admin").status_code == 200
    person = db.session.execute(select(Person.email, Person.role, Person.language)).one()
    assert tuple(person) == ("sophie@example.org", "administrator", "fr")
    assert client.post(path, data={**FIRST, "email": "other@example.org"}).status_code == 404


def test_a_new_first_link_replaces_the_unused_one(client: FlaskClient) -> None:
    first, second = first_path(), first_path()
    assert client.get(first).status_code == 404
    with clock.frozen_at(clock.now() + timedelta(days=400)):
        assert client.get(second).status_code == 200


def test_the_first_link_is_worth_nothing_once_somebody_is_there(client: FlaskClient) -> None:
    path = first_path()
    make_person()
    assert client.post(path, data=FIRST).status_code == 404
    assert one_time_links.first_administrator_link() is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "a\x00b"},
        {"email": "nowhere"},
        {"email": "x" * 300},
        {"password": "court"},
        {"language": "tlh"},
    ],
)
def test_a_wrong_field_of_the_first_administrator_creates_nobody(client: FlaskClient, wrong: dict[str, str]) -> None:
    path = first_path()
    assert client.post(path, data={**FIRST, **wrong}).status_code == 400
    assert not people.anybody()
    assert client.get(path).status_code == 200


def test_the_first_link_does_not_change_a_password(app: Flask) -> None:
    secret = first_path().rpartition("/")[2]
    with pytest.raises(LinkEnded):
        one_time_links.choose_password(secret, PASSWORD)


def test_an_invitation_does_not_create_an_administrator(app: Flask) -> None:
    secret = invited_path().rpartition("/")[2]
    with pytest.raises(LinkEnded):
        one_time_links.create_first_administrator(
            secret, name="X Y", email="x@example.org", language=None, password=PASSWORD
        )


def test_a_person_s_links_end_when_one_is_used(client: FlaskClient) -> None:
    person = make_member()
    reset = reset_path(client, person.email)
    made = one_time_links.make(Purpose.INVITATION, person.id)
    db.session.commit()
    client.post(made.address.removeprefix("http://127.0.0.1:8000"), data={"password": OTHER})
    assert client.get(reset).status_code == 404
