"""Hints, and replies checked at once: shown once, for what they cost, and final."""

from typing import Any

import pytest
from flask import Flask

from app.quizzes.attempting import attempt_rows, help_rows
from app.quizzes.replies import Chosen, Typed
from tests.factories import make_person, sign_in_as
from tests.quizzes.answering import KEYS, answer, fields_of, with_hints
from tests.quizzes.asked_types import asked_types
from tests.quizzes.conftest import Room
from tests.quizzes.test_pages import page


@pytest.fixture
def all_types(room: Room) -> Room:
    """A quiz of every type; its numeric question has two hints."""
    room.publish(title="Onze types", questions=with_hints())
    return room


def test_a_hint_is_shown_for_its_price_and_once(all_types: Room) -> None:
    attempt_id = all_types.start()
    address = f"/attempts/{attempt_id}?question=4"
    text = page(all_types, address)
    assert "Voir un indice (coûte 25 %)" in text
    assert "multiplient" not in text
    fields = {**fields_of(text), "reply": "1026", "hint": "1"}
    for _ in range(2):
        sent = all_types.client.post(f"/attempts/{attempt_id}/hints", data=fields)
        assert sent.location == f"/attempts/{attempt_id}?question=4#hints"
    text = page(all_types, address)
    assert "<strong>multiplient</strong>" in text
    assert "1 indice vu : −25 % des points" in text
    assert "Voir un autre indice" in text
    assert help_rows.hints_taken(attempt_id) == {"numeric": 1}
    assert attempt_rows.kept_reply(attempt_id, "numeric") == Typed("1026")
    all_types.client.post(f"/attempts/{attempt_id}/submit")
    assert "juste, avec un indice : 0,75 sur 1" in page(all_types, f"/attempts/{attempt_id}")


def test_a_hint_alone_leaves_the_reply_as_it_is(all_types: Room) -> None:
    attempt_id = all_types.start()
    all_types.reply(attempt_id, "numeric", ["7"])
    all_types.client.post(f"/attempts/{attempt_id}/hints", data={"question": "numeric", "hint": "1"})
    assert attempt_rows.kept_reply(attempt_id, "numeric") == Typed("7")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"question": "numeric"}, 400),
        ({"question": "numeric", "hint": "0"}, 400),
        ({"question": "numeric", "hint": ["1", "1"]}, 400),
        ({"question": "numeric", "hint": "2"}, 400),
        ({"question": "numeric", "hint": "5"}, 404),
        ({"question": "numeric", "hint": "9" * 500}, 400),
        ({"question": "single", "hint": "1"}, 404),
        ({"question": "nothing", "hint": "1"}, 404),
        ({"hint": "1"}, 400),
        ({"question": "numeric", "hint": "1", "mark": "5"}, 400),
    ],
)
def test_a_hint_that_there_is_not_is_refused(all_types: Room, fields: dict[str, Any], status: int) -> None:
    attempt_id = all_types.start()
    assert all_types.client.post(f"/attempts/{attempt_id}/hints", data=fields).status_code == status
    assert help_rows.hints_taken(attempt_id) == {}


def test_anothers_hints_are_not_there(all_types: Room, app: Flask) -> None:
    attempt_id = all_types.start()
    stranger = app.test_client()
    sign_in_as(stranger, make_person())
    fields = {"question": "numeric", "hint": "1"}
    assert stranger.post(f"/attempts/{attempt_id}/hints", data=fields).status_code == 404


# Checked at once


def test_a_checked_reply_is_judged_at_once_and_is_final(all_types: Room) -> None:
    all_types.publish(questions=with_hints(), show_feedback="at_once")
    attempt_id = all_types.start()
    sent = answer(all_types, attempt_id, "single", ["1"], go="check")
    assert sent.location == f"/attempts/{attempt_id}?question=1#verdict"
    text = page(all_types, sent.location)
    assert "Vous les avez additionnées." in text
    assert "Les remises se multiplient." not in text  # what is said to the right one
    assert "elle ne change plus" in text
    assert '<fieldset aria-labelledby="question" disabled>' in text
    assert all_types.post_reply(attempt_id, "single", "0").status_code == 409
    assert attempt_rows.kept_reply(attempt_id, "single") == Chosen(frozenset({1}))


def test_a_reply_checked_after_a_hint_says_what_the_hint_cost(all_types: Room) -> None:
    all_types.publish(questions=with_hints(), show_feedback="at_once")
    attempt_id = all_types.start()
    all_types.client.post(f"/attempts/{attempt_id}/hints", data={"question": "numeric", "hint": "1"})
    text = page(all_types, answer(all_types, attempt_id, "numeric", ["1026"], go="check").location)
    assert "juste, avec un indice : 0,75 sur 1" in text
    assert text.count("1 indice vu : −25 % des points de cette question.") == 2
    assert "sans frais" not in text
    assert "/hints" not in text
    hint = {"question": "numeric", "hint": "2"}
    assert all_types.client.post(f"/attempts/{attempt_id}/hints", data=hint).status_code == 409


def test_nothing_to_check_stays_on_the_question(all_types: Room) -> None:
    all_types.publish(questions=asked_types(), show_feedback="at_once")
    attempt_id = all_types.start()
    for key, values in (("numeric", ["mille"]), ("matching", ["0:1"]), ("ordering", [])):
        sent = answer(all_types, attempt_id, key, values, go="check")
        assert sent.location == f"/attempts/{attempt_id}?question={KEYS.index(key) + 1}"
    assert help_rows.checked(attempt_id) == frozenset()


def test_a_quiz_that_says_nothing_at_once_checks_nothing(all_types: Room) -> None:
    attempt_id = all_types.start()
    assert answer(all_types, attempt_id, "single", ["1"], go="check").status_code == 404
    assert help_rows.checked(attempt_id) == frozenset()
