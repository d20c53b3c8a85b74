"""`flask accounts …`: what it prints, and how it ends."""

import json

import pytest
from click.testing import Result
from flask import Flask

from app.accounts.actor import Role
from app.core import clock
from tests.factories import PASSWORD, letters, make_member, make_person, sign_in_as, try_to_sign_in


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["accounts", *arguments])


def test_an_administrator_is_created_with_a_link_and_no_mail(app: Flask) -> None:
    done = run(app, "create-administrator", "Sophie@example.org")
    assert done.exit_code == 0
    path = done.stdout.strip().removeprefix("http://127.0.0.1:8000")
    client = app.test_client()
    assert client.post(path, data={"password": PASSWORD}).status_code == 302
    assert client.get("/admin").status_code == 200
    assert letters() == []


def test_somebody_who_is_there_gets_the_role(app: Flask) -> None:
    make_member(email="rep@example.org")
    done = run(app, "create-administrator", "rep@example.org", "--json")
    assert json.loads(done.stdout) == {"email": "rep@example.org", "link": None}
    client = app.test_client()
    try_to_sign_in(client, "rep@example.org")
    assert client.get("/admin").status_code == 200


def test_everybody_is_listed(app: Flask) -> None:
    make_member(Role.MANAGER, name="Zoé", email="z@example.org")
    make_person(name="Émile", email="e@example.org")
    make_member(name="Paul", email="p@example.org", deactivated_at=clock.now())
    listed = json.loads(run(app, "list", "--json").stdout)
    assert [(each["name"], each["role"], each["state"]) for each in listed] == [
        ("Émile", "rep", "invited"),
        ("Paul", "rep", "closed"),
        ("Zoé", "manager", "active"),
    ]
    assert len(run(app, "list").stdout.splitlines()) == 3


def test_an_empty_list_is_said(app: Flask) -> None:
    assert run(app, "list").stdout == "Nobody yet.\n"
    assert json.loads(run(app, "list", "--json").stdout) == []


def test_deactivating_ends_the_sessions(app: Flask) -> None:
    person = make_member()
    client = app.test_client()
    sign_in_as(client, person)
    assert run(app, "deactivate", person.email.upper()).exit_code == 0
    assert client.get("/account").status_code == 302


def test_a_reset_link_is_printed(app: Flask) -> None:
    person = make_member()
    done = run(app, "reset-link", person.email, "--json")
    path = json.loads(done.stdout)["link"].removeprefix("http://127.0.0.1:8000")
    client = app.test_client()
    assert client.post(path, data={"password": "une nouvelle phrase"}).location == "/sign-in"


@pytest.mark.parametrize(
    "arguments",
    [
        ("deactivate", "nobody@example.org"),
        ("reset-link", "nobody@example.org"),
        ("reset-link", "closed@example.org"),
        ("deactivate", "admin@example.org"),
        ("create-administrator", "not an address"),
        ("create-administrator", "closed@example.org"),
        ("create-administrator", "new@example.org", "--name", "x" * 200),
    ],
)
def test_a_problem_in_the_input_is_one_line_and_status_one(app: Flask, arguments: tuple[str, ...]) -> None:
    make_member(Role.ADMINISTRATOR, email="admin@example.org")
    make_member(email="closed@example.org", deactivated_at=clock.now())
    done = run(app, *arguments)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_wrong_usage_is_status_two(app: Flask) -> None:
    assert run(app, "deactivate").exit_code == 2
    assert run(app, "no-such-command").exit_code == 2
