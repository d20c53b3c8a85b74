"""A signed-in rep, for the pages of scripts."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from tests.factories import make_person, sign_in_as


@pytest.fixture
def rep(app: Flask) -> Person:
    return make_person(name="Nadia Belkacem")


@pytest.fixture
def reader(client: FlaskClient, rep: Person) -> FlaskClient:
    """The rep's browser."""
    sign_in_as(client, rep)
    return client
