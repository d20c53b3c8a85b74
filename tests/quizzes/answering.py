"""Answering questions of every type through the form, as a browser without JavaScript does."""

import re
from typing import Any
from uuid import UUID

from app.quizzes import papers
from app.quizzes.attempting import attempt_rows
from tests.quizzes.asked_types import asked_types
from tests.quizzes.conftest import Room
from tests.quizzes.on_page import on_page
from tests.quizzes.test_pages import page

KEYS = [question["key"] for question in asked_types()]


def with_hints() -> list[dict[str, Any]]:
    """Every type; the numeric question has two hints."""
    questions = asked_types()
    questions[3]["hints"] = ["Les remises se **multiplient**.", "0,90 × 0,95"]
    return questions


def fields_of(text: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def chosen_in(text: str, values: list[str]) -> dict[str, list[str]]:
    """What a browser would send for these values, by the names of the fields on the page."""
    if 'name="gap-1"' in text:
        return {f"gap-{int(gap) + 1}": [words] for gap, _, words in (value.partition(":") for value in values)}
    lists = text.count('<select class="form-select"')
    return {"reply": [*values, *[""] * (lists - len(values))]}


def answer(room: Room, attempt_id: UUID, key: str, values: list[str], **more: str) -> Any:
    """Fill in the page of a question and send it; the values name places in the file, which the page numbers in its own
    way. `more` are other fields, such as where to go on to."""
    attempt = attempt_rows.find(attempt_id)
    assert attempt is not None
    paper = papers.of_attempt(attempt)
    question = paper.question(key)
    values = on_page(question, paper.order_of(question), values) if question else values
    address = f"/attempts/{attempt_id}?question={KEYS.index(key) + 1}"
    text = page(room, address)
    data = {**fields_of(text), **chosen_in(text, values), "go": "next", **more}
    return room.client.post(f"/attempts/{attempt_id}/answers", data=data)
