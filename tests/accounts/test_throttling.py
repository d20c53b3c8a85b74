"""How often the doors may be tried."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import extensions
from app.config import PROJECT, Settings
from app.core import outbox
from tests.factories import PASSWORD, letters, make_member, sign_in_as, try_to_sign_in


@pytest.fixture(autouse=True)
def throttled(app: Flask) -> Iterator[None]:
    extensions.limiter.enabled = True
    extensions.limiter.reset()
    yield
    extensions.limiter.enabled = False


def test_six_failures_for_one_address_and_the_page_says_to_wait(client: FlaskClient) -> None:
    person = make_member()
    for attempt in range(5):
        from_elsewhere = {"REMOTE_ADDR": f"192.0.2.{attempt}"}
        answer = client.post(
            "/sign-in", data={"email": person.email, "password": "wrong again"}, environ_base=from_elsewhere
        )
        assert answer.status_code == 400
    refused = try_to_sign_in(client, person.email)
    assert refused.status_code == 429
    assert "Attendez quelques minutes" in refused.text
    assert int(refused.headers["Retry-After"]) > 0


def test_eleven_failures_from_one_place_whoever_is_tried(client: FlaskClient) -> None:
    for attempt in range(10):
        assert try_to_sign_in(client, f"person{attempt}@nowhere.example").status_code == 400
    assert try_to_sign_in(client, "another@nowhere.example").status_code == 429


def test_signing_in_rightly_is_not_counted(client: FlaskClient) -> None:
    person = make_member()
    for _ in range(15):
        assert try_to_sign_in(client, person.email).status_code == 302
        client.post("/sign-out")


def test_looking_at_the_page_is_not_counted(client: FlaskClient) -> None:
    assert {client.get("/sign-in").status_code for _ in range(30)} == {200}


def test_nobodys_letter_box_can_be_filled(client: FlaskClient) -> None:
    person = make_member()
    for _ in range(3):
        assert client.post("/forgot-password", data={"email": person.email}).status_code == 200
    assert client.post("/forgot-password", data={"email": person.email.upper()}).status_code == 429
    outbox.sweep()
    assert len(letters()) == 3


def test_one_time_links_cannot_be_guessed_at_leisure(client: FlaskClient) -> None:
    for _ in range(10):
        assert client.post("/links/guess", data={"password": PASSWORD}).status_code == 404
    assert client.post("/links/guess", data={"password": PASSWORD}).status_code == 429


def test_the_present_password_cannot_be_guessed_in_an_open_browser(client: FlaskClient) -> None:
    sign_in_as(client, make_member())
    for _ in range(5):
        answer = client.post("/account/password", data={"present": "a guess", "wanted": "another good password"})
        assert answer.status_code == 400
    answer = client.post("/account/password", data={"present": PASSWORD, "wanted": "another good password"})
    assert answer.status_code == 429


OUT_OF_REACH = """
from app import create_app

client = create_app().test_client()
client.application.config["WTF_CSRF_ENABLED"] = False
tries = [client.post("/sign-in", data={"email": "a@example.org", "password": "wrong again"}) for _ in range(6)]
print(*(each.status_code for each in tries))
"""


def test_a_redis_that_is_out_of_reach_keeps_nobody_out_and_lets_nobody_guess(settings: Settings) -> None:
    """Alone, since the limiter of a process keeps the first storage that it is given."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PALIER_")}
    environment |= {"PALIER_DATABASE_URL": settings.sqlalchemy_url, "PALIER_DATA_DIR": str(settings.data_dir)}
    told = subprocess.run(
        [sys.executable, "-c", OUT_OF_REACH],
        cwd=PROJECT,
        env=environment | {"PALIER_REDIS_URL": "redis://127.0.0.1:1"},
        capture_output=True,
        text=True,
    )
    assert told.stdout.split() == ["400"] * 5 + ["429"], told.stderr
