"""Banks that hold fewer questions than a section draws: told on the page of health, not in the way of publishing."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.quizzes import shortages
from tests.factories import make_member, sign_in_as
from tests.library_factories import sync_library, write_bank, write_quiz, write_step
from tests.queries import counting
from tests.quizzes.every_type import question


def test_a_section_that_draws_too_much_is_found_and_told(app: Flask, library_files: Path, client: FlaskClient) -> None:
    write_step(library_files)
    asked = [question(kind, tags=["prix"]) for kind in ("single", "multiple")] + [question("ordering")]
    write_bank(library_files, questions=asked)
    sections = [
        {"title": "Prix", "bank": "banque-prix", "tags": ["prix"], "draw": 3},
        {"title": "Tout", "bank": "banque-prix", "draw": 3},
    ]
    write_quiz(library_files, questions=[], sections=sections)
    assert sync_library(app).problems == []
    with counting() as statements:
        (found,) = shortages.shortages()
    assert len(statements) == 2
    assert (found.section, found.drawn, found.fitting) == ("Prix", 3, 2)
    sign_in_as(client, make_member(Role.MANAGER, language="fr"))
    page = client.get("/library/health").text
    assert "« Prix » tire 3 questions" in page
    assert "/library/quiz-prix/fr/fields" in page


def test_a_bank_in_another_language_serves_and_large_ones_are_no_finding(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    write_bank(library_files, questions=[question("single"), question("ordering")])
    sections = [{"title": "All", "bank": "banque-prix", "draw": 2}]
    write_quiz(library_files, language="en", questions=[], sections=sections)
    assert sync_library(app).problems == []
    assert shortages.shortages() == []
