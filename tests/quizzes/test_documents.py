"""Quiz files: every mistake at its line, all of them in one run, nothing published."""

from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.library.models import Revision
from tests.library_factories import questions, sync_library, write_quiz, write_step


def problems(app: Flask, root: Path, asked: list[dict[str, Any]]) -> list[str]:
    """What is wrong in a quiz, as `the line's text: what`."""
    write_step(root)
    file = write_quiz(root, questions=asked)
    lines = file.read_text().split("\n")
    found = [each for each in sync_library(app).problems if each.path.startswith("quizzes/")]
    if found:
        assert db.session.execute(select(func.count()).where(Revision.document_id == "quiz-prix")).scalar() == 0
    return [f"{lines[each.line - 1].strip()}: {each.what}, expected {each.expected}" for each in found]


def changed(place: int, **values: Any) -> list[dict[str, Any]]:
    asked = questions()
    asked[place] = {key: value for key, value in {**asked[place], **values}.items() if value is not None}
    return asked


def test_a_sound_quiz_is_published(app: Flask, library_files: Path) -> None:
    assert problems(app, library_files, questions()) == []


def test_two_questions_of_one_key(app: Flask, library_files: Path) -> None:
    (found,) = problems(app, library_files, changed(3, key="single"))
    assert found == "- key: single: the key “single” is also question 1, expected a key of its own"


def test_a_question_without_a_right_option(app: Flask, library_files: Path) -> None:
    wrong = [{"text": each, "feedback": "f"} for each in "ab"]
    (found,) = problems(app, library_files, changed(0, options=wrong))
    assert "0 right options in “single”, expected exactly one “right: true”" in found


def test_a_multiple_question_whose_options_are_all_right(app: Flask, library_files: Path) -> None:
    right = [{"text": each, "right": True, "feedback": "f"} for each in "ab"]
    (found,) = problems(app, library_files, changed(1, options=right))
    assert "expected at least one right and one wrong" in found


def test_an_option_without_feedback(app: Flask, library_files: Path) -> None:
    options = [{"text": "a", "right": True, "feedback": "f"}, {"text": "b"}]
    (found,) = problems(app, library_files, changed(0, options=options))
    assert "no “questions.1.options.2.feedback”" in found
    assert found.startswith("- text: b")


def test_two_options_of_one_text(app: Flask, library_files: Path) -> None:
    options = [{"text": "un  prix", "right": True, "feedback": "f"}, {"text": "un prix", "feedback": "f"}]
    (found,) = problems(app, library_files, changed(0, options=options))
    assert found == "- text: un prix: option 2 repeats option 1, expected another text"


def test_an_accepted_answer_of_punctuation_only(app: Flask, library_files: Path) -> None:
    (found,) = problems(app, library_files, changed(4, accepted=["MESORE", "…"]))
    assert found == "- …: “…” among the accepted answers, expected letters or digits"


def test_a_number_that_is_not_exact(app: Flask, library_files: Path) -> None:
    (found,) = problems(app, library_files, changed(3, value="1 026,00"))
    assert found.startswith("value: 1 026,00: “questions.4.value”")


def test_a_negative_tolerance(app: Flask, library_files: Path) -> None:
    (found,) = problems(app, library_files, changed(3, tolerance="-1"))
    assert "the tolerance -1, expected zero or more" in found


def test_an_unknown_type(app: Flask, library_files: Path) -> None:
    (found,) = problems(app, library_files, changed(2, type="essay"))
    assert "a type: single, multiple, true_false, numeric, calculated" in found


def test_a_link_to_nothing_anywhere_in_a_question(app: Flask, library_files: Path) -> None:
    asked = changed(2, text="Voir [ceci](play:rien).", if_true="Oui, [la](script:rien).", read_again="play:rien#know")
    found = problems(app, library_files, asked)
    assert [each.split(": ")[0] for each in found] == ["read_again", "text", "if_true"] or len(found) == 3


def test_several_mistakes_are_told_at_once(app: Flask, library_files: Path) -> None:
    asked = changed(3, value="x")
    asked[0]["points"] = 0
    asked[4]["accepted"] = []
    assert len(problems(app, library_files, asked)) == 3


def test_a_rule_about_the_whole_quiz_names_no_place(app: Flask, library_files: Path) -> None:
    (found,) = problems(app, library_files, [])
    assert "the document" not in found
