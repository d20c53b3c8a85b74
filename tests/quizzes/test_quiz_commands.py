"""`flask quiz …`: exit statuses, one JSON document on standard output, files written or left alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import g

from app.accounts.models import Person
from app.core.database import db
from app.quizzes import attempts
from app.quizzes.formats.model import FORMAT_NAMES
from app.quizzes.formats.registry import FORMATS
from app.quizzes.statistics import recorded_marks
from tests.factories import actor_for, make_person
from tests.library_factories import questions, sync_library
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG, Room

GOOD = "::Prix::Quel prix ?{\n=1 026 €#Oui.\n~1 020 €#Non.\n}\n\nVrai ?{T#Faux.#Vrai.}\n"


def run(room: Room, *words: object) -> Result:
    return room.app.test_cli_runner().invoke(args=["quiz", *map(str, words)])


def document(result: Result) -> Any:
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def write(folder: Path, text: str, name: str = "les-prix.gift") -> Path:
    file = folder / name
    file.write_text(text)
    return file


def quizzes(room: Room) -> list[str]:
    return sorted(each.name for each in (room.files / "quizzes/fr").iterdir())


def test_every_format_has_its_name() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES


def test_a_dry_run_says_what_would_be_created_and_writes_nothing(room: Room, tmp_path: Path) -> None:
    result = run(room, "import", write(tmp_path, GOOD), "--format", "gift", "--dry-run", "--json")
    assert result.exit_code == 0
    assert document(result) == {
        "questions": [
            {
                "key": "prix",
                "type": "single",
                "title": "Prix",
                "text": "Quel prix ?",
                "options": [
                    {"text": "1 026 €", "fraction": 1, "feedback": "Oui."},
                    {"text": "1 020 €", "fraction": 0, "feedback": "Non."},
                ],
                "pairs": [],
                "value": None,
                "tolerance": None,
                "feedback": "",
                "tags": [],
                "line": 1,
            },
            {
                "key": "vrai",
                "type": "true_false",
                "title": "",
                "text": "Vrai ?",
                "options": [
                    {"text": "true", "fraction": 1, "feedback": "Vrai."},
                    {"text": "false", "fraction": 0, "feedback": "Faux."},
                ],
                "pairs": [],
                "value": None,
                "tolerance": None,
                "feedback": "",
                "tags": [],
                "line": 6,
            },
        ],
        "problems": [],
    }
    assert quizzes(room) == [f"{QUIZ}.yaml"]


def test_what_is_imported_can_be_published_at_once(room: Room, tmp_path: Path) -> None:
    result = run(
        room, "import", write(tmp_path, GOOD), "--format", "gift", "--title", "Les prix", "--step", "prendre-contact"
    )
    assert (result.exit_code, quizzes(room)) == (0, ["les-prix.yaml", f"{QUIZ}.yaml"])
    report = sync_library(room.app)
    assert report.problems == []
    assert report.published == ["quizzes/fr/les-prix.yaml"]


def test_a_problem_stops_all_of_it_unless_only_good_is_said(room: Room, tmp_path: Path) -> None:
    file = write(tmp_path, GOOD + "\nOuverte {=a\n\nRelier {=a->b =a->d}\n")
    result = run(room, "import", file, "--format", "gift", "--json")
    found = document(result)
    assert result.exit_code == 1
    assert [each["type"] for each in found["questions"]] == ["single", "true_false", "matching"]
    assert [(each["line"], each["question"]) for each in found["problems"]] == [(8, "Ouverte {=a"), (10, "relier")]
    assert quizzes(room) == [f"{QUIZ}.yaml"]
    assert f"{file}:8:" in result.stderr

    result = run(room, "import", file, "--format", "gift", "--only-good")
    assert result.exit_code == 1
    assert "2 questions written to quizzes/fr/les-prix.yaml" in result.stdout
    assert sync_library(room.app).problems == []


def test_a_quiz_that_is_there_is_not_overwritten(room: Room, tmp_path: Path) -> None:
    before = (room.files / f"quizzes/fr/{QUIZ}.yaml").read_bytes()
    result = run(room, "import", write(tmp_path, GOOD), "--format", "gift", "--quiz", QUIZ)
    assert result.exit_code == 3
    assert (room.files / f"quizzes/fr/{QUIZ}.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Q {=a ~%-50%b ~c}", "would change in a quiz: an answer that costs points costs nothing"),
        ("Q {=a =b ~c}", "2 right options to a question with one right answer"),
        ("Q {~%33.4%a ~%33.4%b ~%33.4%c ~d}", "its weights add up to 100.2 %, and are brought to 100 %"),
        ("Q {=*}", "cannot stand in a quiz: a short answer in which anything is right"),
        ("Q {=...}", "cannot stand in a quiz: “...” among the accepted answers, expected letters or digits"),
        ("[markdown]Q ![x](http\\://example.org/x.png){=a ~b}", "cannot stand in a quiz: a picture from elsewhere"),
    ],
)
def test_what_a_quiz_would_change_is_said_first(room: Room, tmp_path: Path, text: str, what: str) -> None:
    result = run(room, "import", write(tmp_path, text), "--format", "gift")
    assert result.exit_code == 1
    assert what in result.stderr
    assert quizzes(room) == [f"{QUIZ}.yaml"]


@pytest.mark.parametrize(
    "text", ["Q {~%50%a ~%50%b ~%-100%c}", "Q {~%50%a ~%50%b ~c}", "Q {=%50%a =b}", "Q {=fran*}", "Q {}"]
)
def test_what_a_quiz_holds_is_no_problem(room: Room, tmp_path: Path, text: str) -> None:
    result = run(room, "import", write(tmp_path, text), "--format", "gift")
    assert result.exit_code == 0, result.output
    assert sync_library(room.app).problems == []


def test_a_bank_is_made_and_goes_out_again(room: Room, tmp_path: Path) -> None:
    file = write(tmp_path, "$CATEGORY: $course$/top/Ventes/Les prix\n\n// [tag:marge]\n" + GOOD)
    result = run(room, "import", file, "--format", "gift", "--bank", "--quiz", "banque")
    assert (result.exit_code, "banques/banque.yaml" in result.stdout) == (0, True), result.output
    assert sync_library(room.app).problems == []
    made = FORMATS["yaml"].read((room.files / "quizzes/fr/banques/banque.yaml").read_bytes())
    assert made.about == {"id": "banque", "title": "Les prix"}  # the category of all its questions
    assert [each.tags for each in made.questions] == [("marge",), ()]
    out = run(room, "export", "banque", "--format", "moodle-xml")
    assert out.exit_code == 0, out.stderr
    assert "$course$/top/Les prix" in out.stdout
    copied = run(room, "export", "banque", "--format", "yaml")
    assert FORMATS["yaml"].read(copied.stdout.encode()).questions == made.questions


def test_a_category_becomes_tags_of_a_quiz(room: Room, tmp_path: Path) -> None:
    file = write(tmp_path, "$CATEGORY: $course$/top/Ventes/Prix, TVA\n\n" + GOOD)
    assert run(room, "import", file, "--format", "gift").exit_code == 0
    made = FORMATS["yaml"].read((room.files / "quizzes/fr/les-prix.yaml").read_bytes())
    assert {each.tags for each in made.questions} == {("Ventes", "Prix TVA")}


def test_a_step_that_does_not_exist_is_a_problem(room: Room, tmp_path: Path) -> None:
    result = run(room, "import", write(tmp_path, GOOD), "--format", "gift", "--step", "nulle-part")
    assert result.exit_code == 1
    assert "the step “nulle-part”, which does not exist" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("import", "/none", "--format", "gift"),
        ("import", __file__),
        ("import", __file__, "--format", "doc"),
        ("stats",),
        ("export", QUIZ, "--format", "csv", "--json"),
    ],
)
def test_wrong_usage_is_status_2(room: Room, words: tuple[str, ...]) -> None:
    assert run(room, *words).exit_code == 2


@pytest.mark.parametrize("name", [each for each in FORMAT_NAMES if each != "aiken"])
def test_a_quiz_goes_out_and_comes_back(room: Room, tmp_path: Path, name: str) -> None:
    file = tmp_path / "dehors"
    result = run(room, "export", QUIZ, "--format", name, "--output", file, "--json")
    assert result.exit_code == 0, result.output
    assert document(result)["questions"] == 5
    found = document(run(room, "import", file, "--format", name, "--dry-run", "--json"))
    assert [each["type"] for each in found["questions"]] == [
        "single",
        "multiple",
        "true_false",
        "numeric",
        "short_answer",
    ]
    assert found["problems"] == []


def test_what_is_exported_is_imported_as_the_same_quiz(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "copie.yaml"
    assert run(room, "export", QUIZ, "--format", "yaml", "--output", file).exit_code == 0
    assert run(room, "import", file, "--format", "yaml", "--quiz", "copie").exit_code == 0
    made = FORMATS["yaml"].read((room.files / "quizzes/fr/copie.yaml").read_bytes())
    first = FORMATS["yaml"].read((room.files / f"quizzes/fr/{QUIZ}.yaml").read_bytes())
    assert made.questions == first.questions


def test_questions_that_a_format_cannot_hold_are_named(room: Room) -> None:
    result = run(room, "export", QUIZ, "--format", "aiken")
    assert result.exit_code == 1
    assert result.stdout.startswith("10 % puis 5 %")
    assert "Aiken cannot hold a question of the type numeric: left out" in result.stderr


def test_a_quiz_that_nobody_published_is_one_line(room: Room) -> None:
    for words, what in ((("export", "rien", "--format", "csv"), "quiz or bank"), (("stats", "rien"), "quiz")):
        result = run(room, *words)
        assert (result.exit_code, result.stderr) == (1, f"rien: no published {what} has this id\n")


def test_marks_of_a_file(room: Room, tmp_path: Path) -> None:
    rows = "".join(f"{int(place > 4)};{place % 3}\n" for place in range(10))
    result = run(room, "stats", "--marks", write(tmp_path, "a:1;b:2\n" + rows, "marks.csv"), "--json")
    found = document(result)
    assert (result.exit_code, found["attempts"]) == (0, 10)
    assert (found["questions"]["a"]["facility"], found["questions"]["a"]["random_guess_score"]) == (0.5, None)
    few = run(room, "stats", "--marks", write(tmp_path, "a:1\n1\n", "few.csv"))
    assert (few.exit_code, "not enough data" in few.stdout) == (0, True)
    bad = run(room, "stats", "--marks", write(tmp_path, "a:1\n2\n", "bad.csv"), "--json")
    assert (bad.exit_code, bad.stdout) == (1, "")
    assert "bad.csv:2: a: the mark 2 is beyond the maximum 1" in bad.stderr


def take(person: Person, replies: dict[str, list[str]]) -> None:
    attempt = attempts.start(actor_for(person), QUIZ)
    for key, values in replies.items():
        attempts.answer(actor_for(person), attempt, key, values)
    attempts.submit(actor_for(person), attempt)


def test_recorded_attempts_count_once_a_person_the_first_or_the_best(room: Room) -> None:
    people = [make_person() for _ in range(10)]
    for place, person in enumerate(people):
        take(person, {**WRONG, "single": RIGHT["single"]} if place < 5 else WRONG)
        take(person, RIGHT)
    attempts.start(actor_for(people[0]), QUIZ)  # open: it does not count
    first = document(run(room, "stats", QUIZ, "--json"))
    assert first["attempts"] == 10
    assert first["questions"]["single"]["facility"] == 0.5
    assert first["questions"]["single"]["random_guess_score"] == 0.5
    assert first["questions"]["multiple"]["random_guess_score"] is None
    assert first["quiz"]["mean"] == 0.5
    best = document(run(room, "stats", QUIZ, "--attempts", "best", "--json"))
    assert (best["attempts"], best["quiz"]["mean"]) == (10, 5)


def test_attempts_on_a_revision_that_asks_something_else_are_left_out(room: Room) -> None:
    for _ in range(10):
        take(make_person(), RIGHT)
    room.publish(title="Défendre le prix, autrement dit")
    assert document(run(room, "stats", QUIZ, "--json"))["attempts"] == 10
    room.publish(questions=[{**each, "points": 2} for each in questions("step:prendre-contact")])
    result = run(room, "stats", QUIZ, "--json")
    assert document(result)["attempts"] == 0
    assert "10 attempts on revisions that ask something else are left out." in result.stderr
    assert document(run(room, "stats", QUIZ, "--revision", "1", "--json"))["attempts"] == 10
    assert run(room, "stats", QUIZ, "--revision", "9").exit_code == 1


def test_the_number_of_statements_does_not_grow_with_attempts(room: Room) -> None:
    def count() -> int:
        g.pop("catalogue", None)
        db.session.rollback()
        with counting() as statements:
            recorded_marks.of(QUIZ)
        return len(statements)

    take(make_person(), RIGHT)
    count()
    one = count()
    for _ in range(5):
        take(make_person(), RIGHT)
    assert count() == one
