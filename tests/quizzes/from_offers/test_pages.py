"""The page where authors decide about the questions of an offer, and what reps meet of it."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.core import outbox
from app.library import catalogue
from app.library.authoring import archiving
from app.quizzes import attempts, papers
from app.quizzes.attempting.attempt_rows import find
from tests.factories import actor_for, make_person, sign_in_as
from tests.library_factories import publish_file, sync_library, write_offer, write_play, write_quiz, write_step
from tests.queries import counting
from tests.quizzes.from_offers.offers import ATELIER, SUIVI, replaced

PAGE = "/offers/lumio-atelier/questions"


@pytest.fixture
def files(app: Flask, library_files: Path) -> Path:
    write_step(library_files)
    write_offer(library_files, **ATELIER)
    write_offer(library_files, "lumio-suivi", 2, **SUIVI)
    assert not sync_library(app).problems
    g.pop("catalogue", None)
    return library_files


@pytest.fixture
def author(client: FlaskClient, files: Path) -> FlaskClient:
    sign_in_as(client, make_person(Role.MANAGER))
    return client


def decide(client: FlaskClient, decision: str, key: str = "", **more: str) -> Any:
    return client.post(PAGE, data={"decision": decision, "key": key, **more})


def test_each_proposed_question_is_shown_as_reps_meet_it(author: FlaskClient) -> None:
    page = author.get(PAGE).text
    assert "questions attendent votre décision" in page
    assert "quel prix hors taxes annoncez-vous pour « Pose » (par point)" in page.replace("\xa0", " ").replace(
        "\u202f", " "
    )
    assert "C’est le prix TTC. On vous demande le prix hors taxes." in page
    assert page.count("btn-primary") == 1


def test_a_question_is_accepted_then_rejected_then_accepted_after_all(author: FlaskClient) -> None:
    answer = decide(author, "accept", "price-pose")
    assert answer.status_code == 303
    assert answer.location.startswith(f"{PAGE}#q-")
    page = author.get(PAGE).text
    assert "La question est dans la banque." in page
    decide(author, "reject", "price-pose")
    assert "Accepter malgré tout" in author.get(PAGE).text
    decide(author, "accept", "price-pose")
    assert "Accepter malgré tout" not in author.get(PAGE).text


def test_accepting_all_leaves_nothing_to_decide_and_twice_is_once(author: FlaskClient) -> None:
    assert decide(author, "accept-all").status_code == 303
    assert decide(author, "accept-all").status_code == 303
    page = author.get(PAGE).text
    assert "Rien à décider" in page
    assert "Ouvrir la banque" in page
    assert len(catalogue.current().body(catalogue.entry("questions-lumio-atelier", "bank")).facts.questions) > 10


def test_accepting_and_editing_opens_the_editor_of_the_bank(author: FlaskClient) -> None:
    answer = decide(author, "edit", "price-pose")
    assert answer.location == "/library/questions-lumio-atelier/fr/fields"
    assert author.get(answer.location).status_code == 200


def test_an_edited_question_whose_fact_changed_is_shown_in_both_versions(
    app: Flask, author: FlaskClient, files: Path
) -> None:
    decide(author, "accept", "price-pose")
    path = files / "quizzes/fr/banques/questions-lumio-atelier.yaml"
    assert not sync_library(app).problems
    path.write_text(path.read_text().replace("quel prix hors taxes annoncez-vous", "combien, hors taxes,"))
    assert not sync_library(app).problems
    publish_file(app, write_offer(files, **replaced(ATELIER, "prices", 1, amount="99.00")))
    outbox.sweep()
    page = author.get(PAGE).text
    assert "1 question ne dit plus ce que dit l’offre" in page
    assert "combien, hors taxes," in page
    assert "Prendre la nouvelle" in page
    decide(author, "keep-mine", "price-pose")
    assert "Prendre la nouvelle" not in author.get(PAGE).text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"decision": "accept"},
        {"decision": "accept", "key": "x" * 5000},
        {"decision": "drop", "key": "price-pose"},
        {"decision": "accept", "key": "price-pose\x00"},
        {"decision": "keep-mine", "key": "nowhere"},
    ],
)
def test_what_the_page_does_not_send_is_refused(author: FlaskClient, data: dict[str, str]) -> None:
    assert author.post(PAGE, data=data).status_code == 400


def test_there_is_no_page_for_an_offer_that_is_not_there(author: FlaskClient) -> None:
    assert author.get("/offers/nowhere/questions").status_code == 404
    assert author.post("/offers/nowhere/questions", data={"decision": "accept-all"}).status_code == 404


def test_a_rep_sees_neither_the_page_nor_the_way_to_it(client: FlaskClient, files: Path) -> None:
    sign_in_as(client, make_person(Role.REP))
    assert client.get(PAGE).status_code == 403
    assert decide(client, "accept-all").status_code == 403
    assert PAGE not in client.get("/offers/lumio-atelier").text


def test_the_way_there_costs_the_page_of_the_offer_no_statement(author: FlaskClient) -> None:
    decide(author, "accept-all")
    author.get("/offers/lumio-atelier")
    with counting() as by_author:
        page = author.get("/offers/lumio-atelier").text
    assert PAGE in page
    sign_in_as(author, make_person(Role.REP))
    author.get("/offers/lumio-atelier")
    with counting() as by_rep:
        author.get("/offers/lumio-atelier")
    assert len(by_author) == len(by_rep)


def test_the_page_takes_as_many_statements_however_many_offers_there_are(
    app: Flask, author: FlaskClient, files: Path
) -> None:
    def statements() -> int:
        g.pop("catalogue", None)
        with counting() as taken:
            assert author.get(PAGE).status_code == 200
        return len(taken)

    author.get("/offers")
    few = statements()
    for number in range(3, 9):
        write_offer(files, f"offre-{number}", number, **SUIVI)
    sync_library(app)
    author.get("/offers")
    assert statements() == few


def test_in_english_an_english_offer_gives_english_questions(app: Flask, author: FlaskClient, files: Path) -> None:
    write_offer(files, language="en", **ATELIER)
    assert not sync_library(app).problems
    english = {"Accept-Language": "en"}
    page = author.get(PAGE, headers=english).text
    assert "what price before tax do you quote for" in page
    author.post(PAGE, data={"decision": "accept", "key": "price-pose"}, headers=english)
    assert (catalogue.refresh(), catalogue.current().find("questions-lumio-atelier", "en", "bank"))[1].language == "en"  # type: ignore[union-attr]


def test_reps_meet_the_questions_in_a_quiz_that_draws_from_the_bank(
    app: Flask, author: FlaskClient, files: Path
) -> None:
    decide(author, "accept-all")
    write_quiz(
        files,
        "quiz-offre",
        questions=[],
        sections=[{"title": "Prix", "bank": "questions-lumio-atelier", "tags": ["prix"], "draw": 4}],
    )
    report = sync_library(app)
    assert not report.problems
    g.pop("catalogue", None)
    rep = actor_for(make_person(Role.REP))
    attempt_id = attempts.start(rep, "quiz-offre")
    attempt = find(attempt_id)
    assert attempt is not None
    paper = papers.of_attempt(attempt)
    assert len(paper.questions) == 4
    for question in paper.questions:
        attempts.answer(rep, attempt_id, question.key, [f"{question.value:f} €"])  # type: ignore[union-attr]
    attempts.submit(rep, attempt_id)
    done = find(attempt_id)
    assert done is not None
    assert done.percent == 100


def test_a_bank_with_a_mistake_says_so_and_publishes_nothing(app: Flask, author: FlaskClient, files: Path) -> None:
    play = write_play(files, write_step(files))
    decide(author, "accept", "price-pose")
    sync_library(app)
    path = files / "quizzes/fr/banques/questions-lumio-atelier.yaml"
    path.write_text(path.read_text().replace("offer:lumio-atelier#prices\n", f"play:{play.stem}\n"))
    assert not sync_library(app).problems
    archiving.archive(actor_for(make_person(Role.ADMINISTRATOR)), play.stem, "fr")
    g.pop("catalogue", None)
    assert decide(author, "accept", "value-garantie").status_code == 303
    page = author.get(PAGE).text
    assert "La banque contient une erreur" in page
    assert "value-garantie" in page
