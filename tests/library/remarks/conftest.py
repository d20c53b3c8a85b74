"""A small library whose play has an owner, and the people around it."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Actor, Role
from app.accounts.models import Person
from app.core import ids
from app.core.database import db
from app.library import catalogue
from app.library.remarks import questions
from app.library.remarks.models import Remark
from app.library.remarks.questions import Asked
from tests.factories import actor_for, make_person
from tests.library_factories import sync_library, write_play, write_small_library

PLAY = "passer-le-standard"
SCRIPT = "trop-cher"
OWNER = "owner@example.org"


@dataclass(frozen=True)
class People:
    """Who asks, who answers for the play (and may not write), who writes, and who only reads."""

    asker: Actor
    owner: Actor
    writer: Actor
    reader: Actor


@pytest.fixture
def people(app: Flask, library_files: Path) -> People:
    folder = write_small_library(library_files)
    write_play(library_files, folder, PLAY, owner=OWNER)
    sync_library(app)
    return People(
        asker=actor_for(make_person(name="Nadia Belkacem", language="fr")),
        owner=actor_for(make_person(name="Paul Owner", email=OWNER, language="en")),
        writer=actor_for(make_person(Role.MANAGER, name="Marie Auteure", language="fr")),
        reader=actor_for(make_person(name="Rémi Lecteur", language="fr")),
    )


def person(actor: Actor) -> Person:
    return db.session.execute(select(Person).where(Person.id == actor.id)).scalar_one()


def ask(actor: Actor, text: str = "Et si personne ne décroche ?", anchor: str = "", document: str = PLAY) -> UUID:
    """A question of somebody's, on the text as it is published."""
    found = catalogue.current().find(document, "fr")
    assert found
    return questions.ask(actor, document, Asked(ids.new(), found.revision_id, anchor, text))


def answer(actor: Actor, question_id: UUID, text: str = "On rappelle à midi.", document: str = PLAY) -> UUID:
    uuid = ids.new()
    questions.answer(actor, document, question_id, uuid, text)
    return uuid


def row(remark_id: UUID) -> Remark | None:
    db.session.expire_all()
    return db.session.execute(select(Remark).where(Remark.id == remark_id)).scalar_one_or_none()
