"""What a question asks: the same whatever is said around it, another as soon as what is asked or right differs."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from app.quizzes.identity import what_is_asked
from app.quizzes.questions import Question
from tests.library_factories import questions

BY_TYPE = {each["type"]: each for each in questions()}
TOLD = {"key": "q", "title": "T", "read_again": "step:x", "if_right": "Oui.", "if_wrong": "Non."}
NUMERIC = {**TOLD, "type": "numeric", "text": "Combien ?", "value": "1026.00", "tolerance": "0.01", "unit": "€"}
SHORT = {**TOLD, "type": "short_answer", "text": "Quoi ?", "accepted": ["MESORE", "BATNA"]}
MATCHING = {**TOLD, "type": "matching", "text": "?", "pairs": [{"prompt": p, "match": p.upper()} for p in "ab"]}
CALCULATED = {
    **TOLD,
    "type": "calculated",
    "text": "{a} ?",
    "formula": "a * 2",
    "variables": [{"name": "a", "low": "1", "high": "9"}],
}
FREE = {
    **{name: value for name, value in TOLD.items() if not name.startswith("if_")},
    "type": "free_text",
    "text": "Racontez.",
    "rubric": [{"name": "Écoute", "points": 2}],
    "model_answer": "Bien.",
}


def fingerprint(values: dict[str, Any], **changes: Any) -> str:
    return what_is_asked(TypeAdapter(Question).validate_python({**values, **changes}, strict=False))


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        (NUMERIC, {"title": "Autre", "points": 5, "tags": ["prix"], "hints": ["Un indice"], "key": "r"}),
        (NUMERIC, {"if_right": "Juste.", "if_wrong": "Faux.", "read_again": "step:y", "made_from": "offer:a#b"}),
        (NUMERIC, {"value": "1026", "tolerance": "0.010", "text": "Combien\n  ?"}),
        (SHORT, {"accepted": ["BATNA", "MESORE"]}),
        (SHORT, {"near_miss_credit": "0.0"}),
        (BY_TYPE["true_false"], {"if_true": "Autre chose."}),
        (BY_TYPE["single"], {"shuffle": False}),
        (FREE, {"model_answer": "Mieux.", "most_words": 99}),
    ],
)
def test_what_is_said_around_a_question_changes_nothing(question: dict[str, Any], changes: dict[str, Any]) -> None:
    assert fingerprint(question) == fingerprint(question, **changes)


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        (NUMERIC, {"text": "Combien en tout ?"}),
        (NUMERIC, {"value": "1027"}),
        (NUMERIC, {"tolerance": "1"}),
        (NUMERIC, {"relative_tolerance": "1"}),
        (NUMERIC, {"unit": "k€"}),
        (NUMERIC, {"picture": "attachment:a.png", "picture_alt": "Une image"}),
        (SHORT, {"accepted": ["MESORE"]}),
        (SHORT, {"case_counts": True}),
        (SHORT, {"near_miss_credit": "1/2"}),
        (BY_TYPE["true_false"], {"answer": False}),
        (MATCHING, {"wrong": ["C"]}),
        (MATCHING, {"pairs": [{"prompt": "a", "match": "B"}, {"prompt": "b", "match": "A"}]}),
        (CALCULATED, {"formula": "a * 3"}),
        (CALCULATED, {"variables": [{"name": "a", "low": "1", "high": "8"}]}),
        (FREE, {"rubric": [{"name": "Écoute", "points": 3}]}),
    ],
)
def test_what_is_asked_or_right_makes_another_question(question: dict[str, Any], changes: dict[str, Any]) -> None:
    assert fingerprint(question) != fingerprint(question, **changes)


def test_feedback_to_an_option_says_nothing_of_what_is_right() -> None:
    question = BY_TYPE["multiple"]
    options = [{**option, "feedback": "Autre."} for option in question["options"]]
    assert fingerprint(question) == fingerprint(question, options=options)
    credits = ["1/2", "0.5", "-1/2", "-0.50"]
    told = [{**option, "credit": credit} for option, credit in zip(question["options"], credits, strict=True)]
    assert fingerprint(question) == fingerprint(question, options=told)
    assert fingerprint(question) != fingerprint(question, options=question["options"][::-1])
