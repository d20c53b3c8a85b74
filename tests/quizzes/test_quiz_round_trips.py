"""A question of a quiz, written in a format and read into a quiz again: what differs is what was told."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.formats import quiz_document, yaml_format
from app.quizzes.formats.model import FORMAT_NAMES, Written
from app.quizzes.formats.registry import FORMATS
from app.quizzes.questions import Question
from app.quizzes.questions.checks import check_questions
from tests.quizzes.question_factories import QUESTION, any_question, question_of

FEW = settings(max_examples=40, deadline=None)
WRITTEN = [name for name in FORMAT_NAMES if name != "yaml"]
# What a loss is called, by the field of a quiz question that it touches.
TOLD = {
    "read_again": "read again",
    "points": "points",
    "tags": "tags",
    "hints": "hints",
    "title": "title",
    "options": "answers",
    "shuffle": "order",
    "tolerance": "tolerance",
    "relative_tolerance": "tolerance",
    "unit": "unit",
    "other_units": "units",
    "also": "answers",
    "accepted": "answers",
    "case_counts": "capitals",
    "accents_count": "accents",
    "near_miss_credit": "near miss",
    "gaps": "gaps",
    "wrong": "answers",
    "pairs": "pairs",
    "rubric": "rubric",
    "most_words": "words",
    "type": "type",
    "categories": "type",
    "if_true": "answers",
    "if_false": "answers",
    "formula": "answers",
    "decimals": "answers",
    "text": "text",
    "picture": "picture",
    "picture_alt": "picture",
    "made_from": "made from",
}


good_questions = any_question().filter(lambda question: not list(check_questions([question])))


def essence(question: Question) -> dict[str, Any]:
    """What a question says, however it is written: credits as shares, trimmed texts, defaults filled in."""
    values = question.model_dump()
    if "options" in values:
        shares = [
            Fraction(each.credit) if each.credit else share
            for each, share in zip(question.options, question.shares, strict=True)
        ]
        values["options"] = [
            (each.text.strip(), each.feedback.strip(), share)
            for each, share in zip(question.options, shares, strict=True)
        ]
    if "also" in values:
        values["also"] = [
            {
                name: Fraction(value) if name in ("value", "tolerance", "credit") else value
                for name, value in row.items()
            }
            for row in values["also"]
        ]
    if "accepted" in values:  # the same words twice are once
        values["accepted"] = list(dict.fromkeys(values["accepted"]))
    if "near_miss_credit" in values:
        values["near_miss_credit"] = Fraction(values["near_miss_credit"])
    if "formula" in values:
        values["formula"] = values["formula"].replace(" ", "").replace("{", "").replace("}", "")
    return {name: _trimmed(value) for name, value in values.items()}


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_trimmed(each) for each in value]
    if isinstance(value, dict):
        return {name: _trimmed(each) for name, each in value.items()}
    return value


def fitted(written: Written, name: str) -> tuple[Question | None, list[str]]:
    """The one question of a file, in a quiz; and what was said on the way back."""
    reading = FORMATS[name].read(written.content)
    if not reading.questions:
        return None, [each.what for each in reading.problems]
    made = quiz_document.fit(reading.questions[0], read_again="step:s", language="fr")
    return QUESTION.validate_python(made.values), [*made.losses, *made.notes]


@settings(max_examples=100, deadline=None)
@given(good_questions)
def test_yaml_keeps_everything_of_every_type(question: Question) -> None:
    neutral = quiz_document.from_quiz(question)
    written = yaml_format.write([neutral], {"id": "q", "title": "T", "step": "s", "pass_mark": 80})
    assert written.losses == ()
    made, _ = fitted(written, "yaml")
    assert made is not None
    before, after = essence(question), essence(made)
    if "formula" in before:  # to round the result is to round the formula
        assert value_of(made) == value_of(question)
        before |= {"formula": after["formula"], "decimals": after["decimals"]}
    assert after == before


def value_of(question: Any) -> Any:
    from app.quizzes import calculated

    values = {each.name: (each.low + each.high) / 2 for each in question.variables}
    return calculated.resolve(question, values, "fr").value


@pytest.mark.parametrize("name", WRITTEN)
@given(data=st.data())
@FEW
def test_what_differs_after_a_round_was_told(name: str, data: st.DataObject) -> None:
    question = data.draw(good_questions)
    neutral = quiz_document.from_quiz(question)
    write = FORMATS[name].write
    assert write is not None
    written = write([neutral])
    told = " ".join(each.what for each in written.losses)
    if written.left_out:
        assert told.endswith(": left out")
        return
    try:
        made, said = fitted(written, name)
    except quiz_document.Unfit:
        if not told:
            raise  # nothing was told, and it does not fit any more
        return
    assert made is not None, said
    if made.type != question.type:
        assert "its type" in told
        return
    before, after = essence(question), essence(made)
    if "formula" in before:
        assert value_of(made) == value_of(question)
        before |= {"formula": after["formula"], "decimals": after["decimals"]}
    for field in before:
        if field in ("key", "text") and name in ("aiken", "gift"):
            continue
        if after[field] != before[field]:
            explained = (
                ("answers", "feedback", "what is said") if field.startswith("if_") else (TOLD.get(field, field),)
            )
            assert any(each in told for each in (*explained, "its answers as they are")), (field, told)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("single", {"hints": ["Pensez au prix.", "Deux fois."], "shuffle": False, "tags": ["prix"], "points": 3}),
        ("numeric", {"other_units": [{"unit": "k€", "factor": "1000"}, {"unit": "min", "factor": "60"}]}),
        ("numeric", {"also": [{"value": "1020", "credit": "0.5", "feedback": "Presque."}]}),
        (
            "calculated",
            {"tolerance": "0", "relative_tolerance": "1.5", "decimals": 2, "formula": "ht ^ 2 * (1 + taux)"},
        ),
        (
            "short_answer",
            {"case_counts": True, "also": [{"text": "redire*", "credit": "1/3", "feedback": "En partie."}]},
        ),
        ("gaps", {"case_counts": True}),
        ("gaps", {"gaps": [{"accepted": ["creuse"], "feedback": "On creuse."}, {"accepted": ["reformule", "redit"]}]}),
        ("gaps", {"choose": True, "wrong": ["conclut"], "gaps": [{"accepted": ["creuse"]}, {"accepted": ["redit"]}]}),
        ("matching", {}),
        ("ordering", {}),
        ("free_text", {"most_words": 120}),
    ],
)
def test_moodle_xml_keeps_what_moodle_has_a_place_for(kind: str, changes: dict[str, Any]) -> None:
    question = question_of(kind, **changes)
    written = FORMATS["moodle-xml"].write([quiz_document.from_quiz(question)])  # type: ignore[misc]
    told = [each.what for each in written.losses if "read again" not in each.what]
    made, _ = fitted(written, "moodle-xml")
    assert made is not None
    lost = {"if_right", "if_wrong"} if kind == "gaps" and not question.choose else set()
    assert len(told) == len(lost), told
    before, after = essence(question), essence(made)
    if "formula" in before:
        assert value_of(made) == value_of(question)
    for name in before.keys() - lost - {"read_again", "formula"}:
        assert after[name] == before[name], name


@pytest.mark.parametrize("kind", ["numeric", "short_answer", "gaps", "matching", "ordering", "categories", "free_text"])
def test_qti_keeps_what_is_said_to_who_is_right_and_who_is_wrong(kind: str) -> None:
    question = question_of(kind) if kind != "short_answer" else question_of(kind, accepted=["reformuler"])
    if kind == "numeric":
        question = question_of(kind, tolerance="0", relative_tolerance="2", unit=None)
    written = FORMATS["qti"].write([quiz_document.from_quiz(question)])  # type: ignore[misc]
    made, _ = fitted(written, "qti")
    assert made is not None
    before, after = essence(question), essence(made)
    for name in before.keys() - {"read_again", "most_words"}:
        assert after[name] == before[name], name
