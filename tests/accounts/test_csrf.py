"""No form is taken without its token."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from tests.factories import PASSWORD, make_member, sign_in_as, try_to_sign_in


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = True
    return app


def posts(app: Flask) -> list[str]:
    """Every address that takes a POST, with made-up arguments."""
    found = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            path = re.sub(r"<uuid:\w+>", "00000000-0000-7000-8000-000000000000", rule.rule)
            path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
            found.append(re.sub(r"<[^>]+>", "1", path))
    return found


def test_every_post_of_every_room_is_refused_without_a_token(app: Flask, client: FlaskClient) -> None:
    sign_in_as(client, make_member(Role.ADMINISTRATOR))
    assert "/sign-out" in posts(app)
    assert {path: client.post(path).status_code for path in posts(app)} == dict.fromkeys(posts(app), 400)
    assert client.get("/account").status_code == 200


def test_the_token_of_the_page_is_taken(app: Flask, client: FlaskClient) -> None:
    person = make_member()
    assert try_to_sign_in(client, person.email).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token
    assert try_to_sign_in(client, person.email, PASSWORD, csrf_token=token.group(1)).status_code == 302


def test_the_token_of_another_browser_is_refused(app: Flask, client: FlaskClient) -> None:
    person = make_member()
    token = re.search(r'name="csrf_token" value="([^"]+)"', app.test_client().get("/sign-in").text)
    assert token
    assert try_to_sign_in(client, person.email, PASSWORD, csrf_token=token.group(1)).status_code == 400
