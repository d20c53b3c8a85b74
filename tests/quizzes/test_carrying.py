"""Replies to an earlier form of a question, in the places of a corrected one."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from app.quizzes.questions import Question
from app.quizzes.regrading.carrying import carry, fits
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed

_question: TypeAdapter[Any] = TypeAdapter(Question)
COMMON = {"key": "q", "title": "Q", "text": "Q ?", "read_again": "step:s"}
TOLD = {"if_right": "Oui.", "if_wrong": "Non."}


def make(type: str, **values: Any) -> Any:
    return _question.validate_python({**COMMON, "type": type, **values})


def single(*texts: str, right: str = "") -> Any:
    options = [{"text": text, "right": text == (right or texts[0]), "feedback": "…"} for text in texts]
    return make("single", options=options)


def gaps(*words: str, choose: bool = True) -> Any:
    text = " ".join(f"[[{number}]]" for number in range(1, len(words) + 1))
    return make("gaps", **TOLD, **{"text": text}, gaps=[{"accepted": [word]} for word in words], choose=choose)


def matching(**pairs: str) -> Any:
    return make("matching", **TOLD, pairs=[{"prompt": key, "match": value} for key, value in pairs.items()])


def ordering(*items: str) -> Any:
    return make("ordering", **TOLD, items=list(items))


def categories(**items: str) -> Any:
    return make("categories", **TOLD, categories=[{"name": key, "items": list(each)} for key, each in items.items()])


@pytest.mark.parametrize(
    ("old", "new", "reply", "carried"),
    [
        # moved, added, taken out, reworded
        (single("a", "b", "c"), single("c", "a", "b"), Chosen(frozenset({0})), Chosen(frozenset({1}))),
        (single("a", "b"), single("n", "b", "a"), Chosen(frozenset({1})), Chosen(frozenset({1}))),
        (single("a", "b", "c"), single("a", "c"), Chosen(frozenset({1})), Chosen(frozenset())),
        (single("a", "b", "c"), single("a", "B", "c"), Chosen(frozenset({1})), Chosen(frozenset({1}))),
        (single("a", "b", "c"), single("c", "a", "B"), Chosen(frozenset({1})), Chosen(frozenset({2}))),
        (matching(p="1", q="2"), matching(q="2", p="1"), Placed({0: 0, 1: 0}), Placed({1: 1, 0: 1})),
        (matching(p="1", q="2", r="3"), matching(p="1", r="3"), Placed({0: 1, 2: 2}), Placed({1: 1})),
        (ordering("a", "b", "c"), ordering("b", "a", "c"), Placed({0: 0, 1: 1, 2: 2}), Placed({1: 0, 0: 1, 2: 2})),
        (ordering("a", "b", "c"), ordering("a", "c"), Placed({0: 2, 1: 1, 2: 0}), Placed({0: 1, 1: 0})),
        (categories(x="ab", y="c"), categories(y="ca", x="b"), Placed({0: 0, 1: 0, 2: 1}), Placed({1: 1, 2: 1, 0: 0})),
        (gaps("un", "deux"), gaps("deux", "un"), Placed({0: 0, 1: 1}), Placed({0: 1, 1: 0})),
        (gaps("un", "deux", choose=False), gaps("un", choose=False), Filled({0: "a", 1: "b"}), Filled({0: "a"})),
    ],
)
def test_what_was_meant_goes_with_its_words(old: Any, new: Any, reply: Reply, carried: Reply) -> None:
    assert fits(old, new)
    assert carry(old, new, reply) == carried


@pytest.mark.parametrize("reply", [Typed("12"), Judged(True), Chosen(frozenset({1})), Placed({0: 1}), Filled({0: "x"})])
def test_a_reply_to_the_same_question_stays(reply: Reply) -> None:
    same = {
        Typed: make("numeric", **TOLD, value="12"),
        Judged: make("true_false", answer=True, if_true="…", if_false="…"),
        Chosen: single("a", "b"),
        Placed: matching(p="1", q="2"),
        Filled: gaps("un", choose=False),
    }[type(reply)]
    assert carry(same, same, reply) == reply


def test_another_type_is_another_question() -> None:
    assert not fits(single("a", "b"), make("true_false", answer=True, if_true="…", if_false="…"))
    assert not fits(gaps("un"), gaps("un", choose=False))
    several = make(
        "multiple", options=[{"text": text, "right": text == "a", "feedback": "…"} for text in ("a", "b", "c")]
    )
    assert fits(single("a", "b"), several)
