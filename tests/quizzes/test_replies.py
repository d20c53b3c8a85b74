"""Replies read from a form's values: typed by the question, foreign and oversized ones refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.documents import QuizFacts
from app.quizzes.questions import Question
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed, WrongReply, as_json, from_json, parse
from tests.library_factories import questions
from tests.quizzes.question_factories import question_of

FACTS = QuizFacts.model_validate({"id": "q", "title": "Q", "step": "s", "pass_mark": 80, "questions": questions()})


def question(key: str) -> Question:
    return next(each for each in FACTS.questions if each.key == key)


@pytest.mark.parametrize(
    ("key", "values", "reply"),
    [
        ("single", ["1"], Chosen(frozenset({1}))),
        ("multiple", ["3", "0"], Chosen(frozenset({0, 3}))),
        ("true-false", ["false"], Judged(False)),
        ("numeric", [" 1 026,5 € "], Typed("1 026,5 €")),
        ("short-answer", ["L’écoute\tactive"], Typed("L’écoute active")),
    ],
)
def test_each_type_has_its_reply(key: str, values: list[str], reply: Reply) -> None:
    assert parse(question(key), values) == reply
    assert from_json(as_json(reply)) == reply


@pytest.mark.parametrize("key", ["single", "multiple", "true-false", "numeric", "short-answer"])
def test_nothing_picked_or_typed_is_no_reply(key: str) -> None:
    assert parse(question(key), []) is None


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\n"])
def test_blank_words_are_no_reply(typed: str) -> None:
    assert parse(question("short-answer"), [typed]) is None


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("single", ["2"]),
        ("single", ["-1"]),
        ("single", ["00"]),
        ("single", ["٠"]),
        ("single", ["0", "1"]),
        ("multiple", ["0", "4"]),
        ("multiple", ["0", "0"]),
        ("multiple", ["x"]),
        ("true-false", ["maybe"]),
        ("true-false", ["true", "false"]),
        ("numeric", ["1", "2"]),
        ("short-answer", ["x" * 201]),
    ],
)
def test_a_reply_that_the_question_cannot_have_is_refused(key: str, values: list[str]) -> None:
    with pytest.raises(WrongReply):
        parse(question(key), values)


@given(
    st.sampled_from([each["key"] for each in questions()]),
    st.lists(st.sampled_from(["0", "1", "3", "9", "true", "a b", ""]), max_size=3),
)
def test_whatever_is_sent_is_a_reply_that_keeps_or_a_refusal(key: str, values: list[str]) -> None:
    try:
        reply: Any = parse(question(key), values)
    except WrongReply:
        return
    assert reply is None or from_json(as_json(reply)) == reply


@pytest.mark.parametrize(
    ("kind", "values", "reply"),
    [
        ("matching", ["0:2", "2:3"], Placed({0: 2, 2: 3})),
        ("matching", ["2:3", "", "0:2"], Placed({0: 2, 2: 3})),
        ("matching", ["0:", "1:1"], Placed({1: 1})),
        ("categories", ["0:0", "1:0", "2:1"], Placed({0: 0, 1: 0, 2: 1})),
        ("ordering", ["0:3", "3:0", "1:1", "2:1"], Placed({0: 3, 1: 1, 2: 1, 3: 0})),
        ("gaps", ["1: je reformule : oui ", "0: "], Filled({1: "je reformule : oui"})),
        ("free_text", [" Une ligne\r\nune\x00autre\t"], Typed("Une ligne\nune autre")),
    ],
)
def test_things_are_put_in_their_places(kind: str, values: list[str], reply: Reply) -> None:
    assert parse(question_of(kind), values) == reply
    assert from_json(as_json(reply)) == reply


def test_words_are_chosen_for_gaps() -> None:
    assert parse(question_of("gaps", choose=True), ["1:0"]) == Placed({1: 0})


@pytest.mark.parametrize("values", [[], [""], ["0:"], ["0:", "1:"]])
def test_nothing_placed_is_no_reply(values: list[str]) -> None:
    assert parse(question_of("matching"), values) is None


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("matching", ["0:4"]),
        ("matching", ["3:0"]),
        ("matching", ["0:1", "0:2"]),
        ("matching", ["0:1", "0:"]),
        ("matching", ["0"]),
        ("matching", ["0:1:2"]),
        ("matching", ["-1:0"]),
        ("matching", ["0:-1"]),
        ("matching", ["00:1"]),
        ("matching", ["٠:1"]),
        ("matching", ["0:²"]),
        ("matching", ["0:" + "1" * 5000]),
        ("matching", ["0:0"] * 200),
        ("categories", ["3:0"]),
        ("categories", ["0:2"]),
        ("ordering", ["0:4"]),
        ("gaps", ["2:mot"]),
        ("gaps", ["0:a", "0:b"]),
        ("gaps", ["mot"]),
        ("gaps", ["0:" + "x" * 201]),
        ("free_text", ["x" * 12_001]),
        ("free_text", ["a", "b"]),
    ],
)
def test_a_place_that_there_is_not_is_refused(kind: str, values: list[str]) -> None:
    with pytest.raises(WrongReply):
        parse(question_of(kind), values)
