"""What a publication changes in the questions of a quiz or bank, and what it takes out."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.library import publishing
from app.quizzes.models import ChangedQuestion
from tests.conftest import NOW
from tests.library_factories import publish_file, questions, sync_library, write_play, write_quiz, write_step
from tests.queries import counting

Known = dict[str, tuple[datetime | None, datetime | None]]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def files(app: Flask, library_files: Path) -> Path:
    write_play(library_files, write_step(library_files))
    write_quiz(library_files)
    sync_library(app)
    return library_files


def publish(
    app: Flask, files: Path, asked: list[dict[str, Any]], materiality: str = "material", at: datetime = LATER
) -> None:
    with clock.frozen_at(at):
        publish_file(app, write_quiz(files, questions=asked), materiality=materiality)


def known() -> Known:
    """When each question was changed and withdrawn."""
    db.session.expire_all()
    rows = db.session.execute(select(ChangedQuestion)).scalars()
    return {row.question_key: (row.changed_at, row.withdrawn_at) for row in rows}


def changed(key: str, **values: Any) -> list[dict[str, Any]]:
    return [{**each, **(values if each["key"] == key else {})} for each in questions()]


def without(key: str) -> list[dict[str, Any]]:
    return [each for each in questions() if each["key"] != key]


def test_a_first_publication_changes_nothing(files: Path) -> None:
    assert known() == {}


def test_another_right_value_is_noted(app: Flask, files: Path) -> None:
    publish(app, files, changed("numeric", value="1030.00"))
    assert known() == {"numeric": (LATER, None)}


def test_another_feedback_title_or_number_of_points_is_not(app: Flask, files: Path) -> None:
    publish(app, files, changed("numeric", if_wrong="Recomptez.", title="Autre titre", points=4))
    assert known() == {}


def test_a_minor_publication_changes_no_question(app: Flask, files: Path) -> None:
    publish(app, files, changed("numeric", value="1030.00"), "minor")
    assert known() == {}


def test_what_is_taken_out_is_noted_even_by_a_minor_one_and_comes_back(app: Flask, files: Path) -> None:
    publish(app, files, without("single"), "minor")
    assert known() == {"single": (None, LATER)}
    publish(app, files, questions(), "minor", LATER + timedelta(days=1))
    assert known() == {"single": (None, None)}


def test_what_comes_back_with_a_material_publication_is_new_again(app: Flask, files: Path) -> None:
    publish(app, files, without("single"))
    again = LATER + timedelta(days=1)
    publish(app, files, questions(), at=again)
    assert known() == {"single": (again, None)}


def test_a_question_keeps_the_last_change_when_it_is_taken_out(app: Flask, files: Path) -> None:
    publish(app, files, changed("numeric", value="1030.00"))
    again = LATER + timedelta(days=1)
    publish(app, files, [each for each in changed("single", title="x") if each["key"] != "numeric"], at=again)
    assert known() == {"numeric": (LATER, again)}


def test_a_quiz_shown_again_after_a_withdrawal_has_not_changed(app: Flask, files: Path) -> None:
    publish(app, files, changed("numeric", value="1030.00"))
    publishing.withdraw("quiz-prix", "fr")
    publishing.bump_generation()
    db.session.commit()
    publish(app, files, changed("numeric", value="1030.00"), at=LATER + timedelta(days=9))
    assert known() == {"numeric": (LATER, None)}


def test_many_changes_cost_as_many_statements_as_one(app: Flask, files: Path) -> None:
    def cost(asked: list[dict[str, Any]]) -> int:
        with counting() as statements:
            publish(app, files, asked)
        return len([each for each in statements if "changed_question" in each])

    assert (
        cost(changed("numeric", value="1"))
        == cost([{**each, "text": f"Autre : {each['text']}"} for each in questions()])
        == 1
    )
