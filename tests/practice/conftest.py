"""What the tests of review stand on: the quiz of the quizzes' tests, handed in by a rep on the Monday of NOW."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import g
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.actor import Actor
from app.core import clock
from app.core.database import db
from app.practice import asking, card_rows, due, reviews
from app.practice.asking import Asked
from app.practice.card import Card
from app.practice.models import Review, ReviewReply
from app.practice.tickets import Ticket
from tests.conftest import NOW
from tests.factories import actor_for
from tests.quizzes.conftest import QUIZ, RIGHT, Room, room  # noqa: F401 - a fixture
from tests.quizzes.on_page import on_page

DAY = timedelta(days=1)
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


@dataclass
class Practice:
    """A rep who has taken the quiz, and their signed-in browser. `day(n)` goes to the n-th day after it."""

    room: Room
    replies: dict[str, list[str]] = field(default_factory=lambda: dict(RIGHT))

    @property
    def actor(self) -> Actor:
        return actor_for(self.room.rep)

    @contextmanager
    def day(self, number: float) -> Iterator[datetime]:
        at = NOW + number * DAY
        with clock.frozen_at(at):
            _forget()
            yield at
        _forget()

    def due(self) -> list[str]:
        """The keys of the questions to ask now, in order."""
        _forget()
        return [key for _, key in due.cards_of(self.room.rep.id).queue().names]

    def card(self, key: str, document_id: str = QUIZ) -> Card:
        found = card_rows.find(self.room.rep.id, (document_id, key))
        assert found is not None
        return found

    def page(self, path: str = "/review", **headers: str) -> str:
        _forget()
        answer = self.room.client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.text

    def ticket(self) -> str:
        """The ticket of the question that is asked now."""
        found = TICKET.search(self.page())
        assert found, "no question is asked"
        return found[1]

    def post(self, path: str, *, htmx: bool = False, **fields: Any) -> TestResponse:
        _forget()
        headers = {"HX-Request": "true"} if htmx else {}
        return self.room.client.post(path, data=fields, headers=headers)

    def reply(self, values: list[str] | None = None, ticket: str | None = None, **fields: Any) -> TestResponse:
        """Answer the question that is asked now, rightly unless told otherwise."""
        ticket = ticket or self.ticket()
        if values is None:
            key = self.due()[0]
            asked = shown(self, key)
            values = on_page(asked.question, asked.order, self.replies[key])
        return self.post("/review/answer", ticket=ticket, reply=values, **fields)


def _forget() -> None:
    for name in ("catalogue", "carried", "progress_version"):
        g.pop(name, None)


def rows() -> tuple[list[Review], list[ReviewReply]]:
    """What was answered, and what was replied."""
    db.session.expire_all()
    reviews = db.session.execute(select(Review).order_by(Review.at)).scalars()
    return list(reviews), list(db.session.execute(select(ReviewReply)).scalars())


def ticket(practice: Practice, key: str = "numeric", **changes: Any) -> Ticket:
    """As the page of a question makes it."""
    held = due.cards_of(practice.room.rep.id).held[(QUIZ, key)]
    values = {"revision_id": held.entry.revision_id, "number": held.card.reviews, "hints": 0, "shown_at": clock.now()}
    return Ticket(practice.room.rep.id, (QUIZ, key), **{**values, **changes})


def answer(
    practice: Practice, key: str = "numeric", values: list[str] | None = None, **changes: Any
) -> reviews.Counted:
    asked = shown(practice, key)
    values = RIGHT[key] if values is None else values
    sent = on_page(asked.question, asked.order, values)
    return reviews.answer(practice.actor, ticket(practice, key, **changes), sent)


def shown(practice: Practice, key: str, document_id: str = QUIZ) -> Asked:
    """A question as it is asked now."""
    held = due.cards_of(practice.room.rep.id).held[(document_id, key)]
    asked = asking.published(practice.room.rep.id, (document_id, key), held.entry, held.card.reviews)
    assert asked is not None
    return asked


def review_of(answer: TestResponse) -> UUID:
    """The review that a redirect leads to."""
    assert answer.status_code == 303, answer.text
    return UUID(answer.location.partition("answered=")[2].partition("&")[0])


@pytest.fixture
def practice(room: Room) -> Practice:  # noqa: F811 - pytest passes the fixture
    made = Practice(room)
    room.take(RIGHT)
    _forget()
    return made
