"""What authors see beside their text: every type with its answer, an example of what changes, what is drawn."""

from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from app.library.authoring import checks
from app.library.kinds import all_kinds
from app.library.markup import plain_text
from tests.library_factories import sync_library, write_bank, write_quiz, write_step
from tests.quizzes.every_type import every_question, question


def preview(file: Path, root: Path) -> str:
    """The words of a file's preview, in French."""
    checked = checks.check(str(file.relative_to(root)), file.read_bytes())
    assert checked.readable is not None, checked.problems
    with force_locale("fr"):
        return (
            plain_text(str(checked.readable.kind.preview(checked.readable)).replace("<", " <"))
            .replace("\u202f", " ")
            .replace("\xa0", " ")
        )


@pytest.fixture
def library(app: Flask, library_files: Path) -> Path:
    write_step(library_files)
    assert sync_library(app).problems == []
    return library_files


def test_a_bank_shows_every_type_with_its_answer(library: Path) -> None:
    words = preview(write_bank(library, questions=every_question()), library)
    for said in (
        "1/2 des points",  # an option that earns a part
        "juste 1 200 €",
        "1 k€ compte pour 1 000",
        "cost de 100 à 200",
        "cost * (1 + rate / 100)",
        "MESORE · la MESORE",
        "plancher 1/3 des points",
        "Taux de marge = marge ÷ PA ;",
        "À choisir dans une liste : PA · PV · TVA",
        "Également dans la liste, et juste pour aucun : Couleur",
        "C’est le bon ordre. Le lecteur en voit un autre.",
        "Réponse d’au plus 120 mots, notée ensuite par un manager.",
        "Daté 3 points",
        "Jeudi à 9 heures.",
    ):
        assert said in words, said


def test_a_calculation_shows_one_draw_and_what_it_makes_the_same_each_time(library: Path) -> None:
    file = write_bank(library, questions=[question("calculated", formula="cost - cost + 7")])
    words = preview(file, library)
    assert "{cost}" not in words
    assert "juste 7 €" in words
    assert words == preview(file, library)


def test_a_formula_without_a_result_keeps_nobody_from_looking(library: Path) -> None:
    words = preview(write_bank(library, questions=[question("calculated", formula="cost /")]), library)
    assert "la formule n’a pas de résultat" in words
    assert "{cost}" in words


def test_gaps_that_nothing_fills_are_shown_as_such(library: Path) -> None:
    words = preview(write_bank(library, questions=[question("gaps", text="Ici [[1]], là [[9]], puis [[2]].")]), library)
    assert "Ici PA , là ? , puis PV ." in words


def test_a_quiz_says_what_is_drawn(app: Flask, library: Path) -> None:
    write_bank(library, questions=[question("single", tags=["prix"]), question("ordering")])
    assert sync_library(app).problems == []
    sections = [
        {"title": "Prix", "bank": "banque-prix", "tags": ["prix"], "draw": 2},
        {"title": "Ici", "draw": 1},
        {"title": "Perdue", "bank": "nulle-part", "draw": 1},
    ]
    settings = {"attempts": 3, "cooling_hours": 24, "shuffle": True}
    words = preview(write_quiz(library, questions=every_question()[:2], sections=sections, **settings), library)
    for said in (
        "Chaque tentative pose 4 questions. Dans un autre ordre à chaque fois. 3 tentatives permises.",
        "24 heures entre deux tentatives.",
        "Prix Banque prix avec : prix 2 sur 1 trop peu de questions",
        "Ici ce quiz 1 sur 2",
        "cette banque n’existe pas",
    ):
        assert said in words, said


def test_what_authors_write_is_shown_and_never_runs(app: Flask, library: Path) -> None:
    hostile = "<script>alert(1)</script><b onclick=x>"
    asked = [
        question("matching", pairs=[{"prompt": hostile, "match": "a"}, {"prompt": "q", "match": hostile}]),
        question("categories", categories=[{"name": hostile, "items": [hostile]}, {"name": "b", "items": ["c"]}]),
        question("gaps", wrong=None, gaps=[{"accepted": [hostile]}, {"accepted": ["PV"]}]),
        question("free_text", rubric=[{"name": hostile, "points": 1}], model_answer=hostile),
        question("short_answer", accepted=[hostile], tags=[hostile], hints=[hostile]),
    ]
    file = write_bank(library, questions=asked)
    readable = checks.check(str(file.relative_to(library)), file.read_bytes()).readable
    assert readable is not None
    html = str(all_kinds().by_name["bank"].preview(readable))
    assert "<script" not in html
    assert "onclick=x>" not in html.replace("&lt;b onclick=x&gt;", "")
