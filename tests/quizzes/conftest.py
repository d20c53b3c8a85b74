"""What the tests of this room stand on: one step with one quiz of five questions, and somebody to take it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.quizzes import attempts
from tests.factories import actor_for, make_person, sign_in_as
from tests.library_factories import sync_library, write_bank, write_play, write_quiz, write_step

QUIZ = "quiz-prix"
RIGHT = {
    "single": ["0"],
    "multiple": ["0", "1"],
    "true-false": ["true"],
    "numeric": ["1 026,00 €"],
    "short-answer": ["mésore."],
}
WRONG = {"single": ["1"], "multiple": ["2"], "true-false": ["false"], "numeric": ["12"], "short-answer": ["prix"]}


@dataclass
class Room:
    """A library with a quiz, a rep, and their signed-in browser."""

    app: Flask
    files: Path
    rep: Person
    client: FlaskClient

    def start(self) -> UUID:
        """The rep's open attempt."""
        return attempts.start(actor_for(self.rep), QUIZ)

    def reply(self, attempt_id: UUID, key: str, values: list[str], uuid: UUID | None = None) -> attempts.Saved:
        """Answer as the rep."""
        return attempts.answer(actor_for(self.rep), attempt_id, key, values, uuid)

    def take(self, replies: dict[str, list[str]]) -> UUID:
        """A whole attempt, handed in."""
        attempt_id = self.start()
        for key, values in replies.items():
            self.reply(attempt_id, key, values)
        attempts.submit(actor_for(self.rep), attempt_id)
        return attempt_id

    def post_reply(self, attempt_id: UUID, key: str, *values: str, **more: str) -> TestResponse:
        """Answer through the form."""
        fields = {"question": key, "reply": list(values), "uuid": str(uuid4()), **more}
        return self.client.post(f"/attempts/{attempt_id}/answers", data=fields)

    def publish(self, **front: Any) -> None:
        """Write the quiz anew and publish it."""
        write_quiz(self.files, QUIZ, **front)
        self.synchronise()

    def publish_bank(self, questions: list[dict[str, Any]], id: str = "banque-prix") -> None:
        """Write a bank anew and publish it."""
        write_bank(self.files, id, questions=questions)
        self.synchronise()

    def synchronise(self) -> None:
        """Publish what is written."""
        report = sync_library(self.app)
        assert not report.problems, report.problems
        g.pop("catalogue", None)


@pytest.fixture
def room(app: Flask, library_files: Path, client: FlaskClient) -> Room:
    folder = write_step(library_files)
    write_play(library_files, folder)
    rep = make_person(name="Nadia Belkacem")
    sign_in_as(client, rep)
    made = Room(app, library_files, rep, client)
    made.publish(title="Défendre le prix")
    return made
