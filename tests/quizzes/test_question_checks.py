"""What an author is told of questions: at the line, in one sentence, for every type, in banks and in quizzes."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask_babel import force_locale

from app.config import PROJECT
from app.library.problem_words import said
from app.quizzes.questions import TYPES
from tests.library_factories import sync_library, write_bank, write_quiz, write_step
from tests.quizzes.every_type import every_question, question

# What the examples leave out is not taken from the factory.
_ANSWERS = ("also", "other_units", "tolerance", "unit", "wrong", "decimals", "near_miss_credit", "most_words")


def told(app: Flask, file: Path) -> list[tuple[str, str, str]]:
    """The line's text, what is wrong, what is expected."""
    lines = file.read_text().split("\n")
    problems = [each for each in sync_library(app).problems if each.path.startswith("quizzes/")]
    return [(lines[each.line - 1].strip(), each.what, each.expected) for each in problems]


def of_question(app: Flask, files: Path, kind: str, **values: Any) -> list[tuple[str, str, str]]:
    write_step(files)
    return told(app, write_bank(files, questions=[question(kind, **values)]))


def test_a_question_of_each_type_is_sound_in_a_quiz_and_in_a_bank(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    write_bank(library_files, questions=every_question())
    write_quiz(library_files, questions=every_question())
    assert [str(each) for each in sync_library(app).problems] == []


PAIRS = [{"prompt": "IP65", "match": "Poussière"}, {"prompt": "DALI-2", "match": "Gradation"}]
WRONG: list[tuple[str, dict[str, Any], tuple[str, str, str]]] = [
    (
        "matching",
        {"wrong": ["Couleur", "Gradation"]},
        (
            "- Gradation",
            "“Gradation” among the wrong matches is the match of pair 2",
            "a match that belongs to no pair",
        ),
    ),
    (
        "matching",
        {"pairs": [*PAIRS, {"prompt": "IP65", "match": "Pluie"}]},
        ("- prompt: IP65", "pair 3 repeats pair 1", "another text"),
    ),
    (
        "matching",
        {"pairs": [{"prompt": each, "match": "Oui"} for each in "ab"], "wrong": None},
        ("pairs:", "all pairs have one match", "another match, or a wrong one, to choose from"),
    ),
    (
        "ordering",
        {"items": ["Creuser", "Reformuler", "Creuser"]},
        ("- Creuser", "item 3 repeats item 1", "another text"),
    ),
    (
        "categories",
        {"categories": [{"name": "Suspect", "items": ["A"]}, {"name": "Client", "items": ["B", "A"]}]},
        ("- A", "“A” stands in “Suspect” already", "each thing in one category, once"),
    ),
    (
        "categories",
        {"categories": [{"name": "Suspect", "items": ["A"]}, {"name": "Suspect", "items": ["B"]}]},
        ("- name: Suspect", "category 2 repeats category 1", "another text"),
    ),
    (
        "gaps",
        {"wrong": ["PV"]},
        ("- PV", "“PV” among the wrong words is accepted in gap 2", "a word that fills no gap"),
    ),
    ("gaps", {"choose": False}, ("wrong:", "wrong words where words are typed", "“choose: true”, or no wrong word")),
    (
        "gaps",
        {"text": "Un seul trou : [[1]]"},
        ("text: 'Un seul trou : [[1]]'", "[[1]] in the text", "[[1]] to [[2]], each once"),
    ),
    (
        "gaps",
        {"choose": False, "wrong": None, "gaps": [{"accepted": ["PA"]}, {"accepted": ["…"]}]},
        ("- …", "“…” among the accepted answers", "letters or digits"),
    ),
    (
        "short_answer",
        {"also": [{"text": "La mésore", "feedback": "f"}]},
        ("- text: La mésore", "“La mésore” stands among the answers before it", "another answer"),
    ),
    (
        "numeric",
        {"also": [{"value": "1200.01", "feedback": "f"}]},
        (
            "- value: '1200.01'",
            "1200.01 among the other numbers counts as right already",
            "a number that does not",
        ),
    ),
    (
        "calculated",
        {"formula": "cost * (1 + tax / 100)"},
        ("formula: cost * (1 + tax / 100)", "“tax” in the formula", "one of cost, rate"),
    ),
    (
        "calculated",
        {"formula": "cost / (rate - rate)"},
        (
            "formula: cost / (rate - rate)",
            "the formula with cost = 100, rate = 10.0: a division by zero",
            "ranges in which it does not happen",
        ),
    ),
    (
        "calculated",
        {"if_wrong": "{price} ?"},
        ("if_wrong: '{price} ?'", "“{price}” in the text", "one of cost, rate"),
    ),
    (
        "calculated",
        {"text": "{cost} €", "formula": "cost"},
        (
            "- name: rate",
            "the variable “rate” is neither in the formula nor in the text",
            "a variable that is used",
        ),
    ),
    (
        "calculated",
        {"text": "{cost}", "formula": "cost", "variables": [{"name": "cost", "low": "0.5", "high": "9"}]},
        ("low: '0.5'", "the decimals of 0.5 are not drawn for “cost”", "“decimals” that are as many"),
    ),
    (
        "free_text",
        {"rubric": [{"name": "Clair", "points": 1}, {"name": "Clair", "points": 2}]},
        ("- name: Clair", "criterion 2 repeats criterion 1", "another text"),
    ),
    ("single", {"tags": ["prix", "prix"]}, ("- prix", "tag 2 repeats tag 1", "another text")),
    (
        "single",
        {"picture_alt": "Un devis"},
        ("picture_alt: Un devis", "“picture_alt” without a picture", "a “picture” that it describes"),
    ),
]


@pytest.mark.parametrize(("kind", "values", "expected"), WRONG)
def test_what_is_wrong_is_said_at_its_line_and_in_french(
    app: Flask, library_files: Path, kind: str, values: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    found = of_question(app, library_files, kind, **values)
    assert found == [expected]
    with force_locale("fr"):
        for sentence in found[0][1:]:
            assert said(sentence) != sentence or sentence.startswith("[[")


def test_a_formula_that_cannot_be_read_says_where(app: Flask, library_files: Path) -> None:
    ((line, what, _expected),) = of_question(app, library_files, "calculated", formula="cost * (rate")
    assert line == "formula: cost * (rate"
    assert what.startswith("the formula: ")
    with force_locale("fr"):
        assert said(what) == "la formule : la fin"


def test_a_picture_comes_from_the_library_and_is_described(app: Flask, library_files: Path) -> None:
    elsewhere = {"picture": "https://example.org/x.png", "picture_alt": "Un devis"}
    ((_line, what, _),) = of_question(app, library_files, "single", **elsewhere)
    assert what == "a picture from elsewhere"
    missing = {"picture": "attachment:absent.png", "picture_alt": "Un devis"}
    ((_line, what, _),) = of_question(app, library_files, "single", **missing)
    assert what == "the attachment “absent.png”, which does not exist"
    ((_line, what, _),) = of_question(app, library_files, "single", picture="attachment:absent.png")
    assert what.endswith("a picture without “picture_alt”")


def test_a_key_fits_beside_the_id_of_its_bank(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    bank = "b" * 100
    just, too_long = question("single", key="k" * 19), question("multiple", key="m" * 20)
    ((line, what, expected),) = told(app, write_bank(library_files, bank, questions=[just, too_long]))
    assert line == f"- key: {'m' * 20}"
    assert what == f"the key “{'m' * 20}” is too long beside the id of the bank"
    assert expected == "at most 19 characters"


def test_sections_find_questions_and_leave_none_aside(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    asked = [question("single", tags=["prix"]), question("multiple")]
    file = write_quiz(library_files, questions=asked, sections=[{"title": "Prix", "tags": ["prix"], "draw": 2}])
    assert [(what, expected) for _, what, expected in told(app, file)] == [
        ("no section asks the question “multiple”", "a section without a bank that draws it"),
        ("1 questions for the section “Prix”", "at least 2 with its tags"),
    ]


def test_hints_cost_no_more_than_the_question(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    asked = [question("single", hints=["un", "deux", "trois"])]
    file = write_quiz(library_files, questions=asked, hint_cost=40)
    ((line, what, _),) = told(app, file)
    assert (line, what) == ("hints:", "3 hints at 40 % of the points each")
    assert told(app, write_quiz(library_files, questions=asked, hint_cost=33)) == []


def test_a_bank_that_is_not_there_is_told_to_the_quiz(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    file = write_quiz(library_files, questions=[], sections=[{"title": "Tout", "bank": "nulle-part", "draw": 2}])
    ((line, what, _),) = told(app, file)
    assert line.startswith("bank: nulle-part")
    assert what == "a link to the bank “nulle-part”, which does not exist"
    with force_locale("fr"):
        assert said(what) == "un lien (banque) vers « nulle-part », qui n’existe pas"


@pytest.mark.parametrize("guide", ["authoring.md", "fr/redaction.md"])
def test_the_examples_of_the_guides_are_sound(app: Flask, library_files: Path, guide: str) -> None:
    text = (PROJECT / "docs" / guide).read_text(encoding="utf-8")
    examples = [yaml.safe_load(each) for each in re.findall(r"```yaml\n(type: .*?)```", text, re.S)]
    assert {each["type"] for each in examples} == set(TYPES)
    asked = [question(each["type"], **{**dict.fromkeys(_ANSWERS), **each}) for each in examples]
    write_step(library_files)
    write_bank(library_files, questions=asked)
    assert [str(each) for each in sync_library(app).problems] == []
