"""The pages of every type of question, as a browser without JavaScript uses them."""

import html
import re
from typing import Any
from uuid import uuid4

import pytest

from app.quizzes import grading, papers
from app.quizzes.attempting import attempt_rows
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Typed
from tests.quizzes.answering import KEYS, answer, with_hints
from tests.quizzes.asked_types import RIGHT, WRONG
from tests.quizzes.conftest import Room
from tests.quizzes.on_page import on_page
from tests.quizzes.test_pages import page, statements, title

KEPT: dict[str, Any] = {
    "single": Chosen(frozenset({1})),
    "multiple": Chosen(frozenset({2})),
    "true-false": Judged(False),
    "numeric": Typed("12"),
    "calculated": Typed("-1"),
    "short-answer": Typed("MESOREE"),
    "gaps": Filled({0: "besoin", 1: "conclure"}),
    "gaps-chosen": Placed({0: 2, 1: 1}),
    "matching": Placed({0: 1, 1: 0, 2: 3}),
    "ordering": Placed({0: 3, 1: 2, 2: 1, 3: 0}),
    "categories": Placed({0: 1, 1: 0, 2: 0}),
    "free-text": Typed("Je chiffre\net je rappelle."),
}


@pytest.fixture
def all_types(room: Room) -> Room:
    """A quiz of every type; its numeric question has two hints."""
    room.publish(title="Onze types", questions=with_hints())
    return room


@pytest.mark.parametrize("key", KEYS)
def test_a_reply_of_each_type_is_kept_and_shown_again(all_types: Room, key: str) -> None:
    attempt_id = all_types.start()
    values = WRONG[key] or ["Je chiffre\r\net je rappelle."]
    sent = answer(all_types, attempt_id, key, values)
    assert sent.status_code == 303
    assert attempt_rows.kept_reply(attempt_id, key) == KEPT[key]
    text = page(all_types, f"/attempts/{attempt_id}?question={KEYS.index(key) + 1}")
    assert "Réponse enregistrée" in text
    for value in values if key not in ("gaps", "free-text") else ():
        assert re.search(rf'value="{value}"[^>]*( checked| selected|>)', text), value
    for words in (["besoin", "conclure"] if key == "gaps" else ["Je chiffre\net je rappelle."]) * (
        key in ("gaps", "free-text")
    ):
        assert words in text


def test_every_field_has_its_words(all_types: Room) -> None:
    attempt_id = all_types.start()
    for number in range(1, len(KEYS) + 1):
        text = page(all_types, f"/attempts/{attempt_id}?question={number}")
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
        for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", text.partition('class="reply"')[2]):
            if 'type="hidden"' in field or re.search(r'type="(radio|checkbox)"', field):
                continue
            name = re.search(r'id="([^"]+)"', field)
            assert "aria-label=" in field or (name and name[1] in labelled), field


def test_items_never_stand_in_the_right_order(all_types: Room) -> None:
    attempt_id = all_types.start()
    text = page(all_types, f"/attempts/{attempt_id}?question={KEYS.index('ordering') + 1}")
    shown = re.findall(r'data-words="([^"]+)"', text)
    assert sorted(shown) == ["Argumenter", "Contrôler", "Creuser", "Reformuler"]
    assert shown != ["Creuser", "Reformuler", "Argumenter", "Contrôler"]


@pytest.mark.parametrize("key", ["gaps-chosen", "matching", "ordering", "categories"])
def test_the_numbers_of_a_page_say_nothing_of_what_is_right(all_types: Room, key: str) -> None:
    attempt_id = all_types.start()
    text = page(all_types, f"/attempts/{attempt_id}?question={KEYS.index(key) + 1}")
    first = r'name="reply"[^>]*><option[^>]*>[^<]*</option><option value="(\d+):'
    things = [int(each) for each in re.findall(first, text)]
    assert things == list(range(len(things)))
    assert things
    attempt = attempt_rows.find(attempt_id)
    assert attempt is not None
    paper = papers.of_attempt(attempt)
    question = paper.question(key)
    assert on_page(question, paper.order_of(question), RIGHT[key]) != RIGHT[key]
    answer(all_types, attempt_id, key, RIGHT[key])
    kept = attempt_rows.kept_reply(attempt_id, key)
    assert grading.share(question, kept) == 1


def test_an_incomplete_reply_is_kept_and_said_so(all_types: Room) -> None:
    attempt_id = all_types.start()
    answer(all_types, attempt_id, "matching", ["0:1"])
    assert attempt_rows.kept_reply(attempt_id, "matching") == Placed({0: 1})
    address = f"/attempts/{attempt_id}?question={KEYS.index('matching') + 1}"
    assert "mais encore incomplet" in page(all_types, address)
    for key in KEYS:
        values = RIGHT[key] or ["1"]
        if key != "matching":
            answer(all_types, attempt_id, key, values)
    sent = answer(all_types, attempt_id, "matching", ["0:1"], go="finish")
    assert title(page(all_types, sent.location)) == "Une réponse est incomplète"


def test_an_emptied_reply_is_taken_back(all_types: Room) -> None:
    attempt_id = all_types.start()
    for key in ("gaps", "gaps-chosen", "matching", "ordering", "categories"):
        answer(all_types, attempt_id, key, WRONG[key])
        answer(all_types, attempt_id, key, [])
    assert attempt_rows.kept_replies(attempt_id) == {}


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("matching", {"reply": ["0:9"]}),
        ("matching", {"reply": ["0:1", "0:2"]}),
        ("matching", {"reply": ["0"]}),
        ("ordering", {"reply": ["9:0"]}),
        ("ordering", {"reply": ["0:-1"]}),
        ("categories", {"reply": [f"{item}:0" for item in range(170)]}),
        ("gaps", {"gap-3": ["x"]}),
        ("gaps", {"gap-1": ["x" * 201]}),
        ("gaps", {"gap-1": ["x", "y"]}),
        ("gaps", {"gap-21": ["x"]}),
        ("gaps-chosen", {"gap-1": ["besoins"]}),
        ("free-text", {"reply": ["x" * 12_001]}),
    ],
)
def test_a_reply_that_does_not_fit_is_refused(all_types: Room, key: str, fields: dict[str, list[str]]) -> None:
    attempt_id = all_types.start()
    sent = all_types.client.post(
        f"/attempts/{attempt_id}/answers", data={"question": key, "uuid": str(uuid4()), **fields}
    )
    assert sent.status_code == 400
    assert attempt_rows.kept_replies(attempt_id) == {}


def test_what_is_typed_is_shown_as_words_never_as_html(all_types: Room) -> None:
    attempt_id = all_types.start()
    hostile = "<script>alert(1)</script>"
    for key, values in (("gaps", [f"0:{hostile}"]), ("free-text", [hostile]), ("short-answer", [hostile])):
        answer(all_types, attempt_id, key, values)
        address = f"/attempts/{attempt_id}?question={KEYS.index(key) + 1}"
        assert hostile not in all_types.client.get(address).text
    all_types.client.post(f"/attempts/{attempt_id}/submit")
    raw = all_types.client.get(f"/attempts/{attempt_id}").text
    assert hostile not in raw
    assert raw.count(html.escape(hostile)) == 3


# Statements


def test_the_pages_of_asked_types_take_few_statements(all_types: Room) -> None:
    attempt_id = all_types.start()
    counts = {
        key: statements(all_types, "GET", f"/attempts/{attempt_id}?question={number}")
        for number, key in enumerate(KEYS, start=1)
    }
    assert counts == {key: 3 + (key == "numeric") for key in KEYS}
