"""What ships: real content, checked as authors check theirs, and enough of it to onboard a rep on the first day."""

from collections import Counter
from decimal import Decimal

import pytest
from flask import Flask

from app.config import PROJECT
from app.library.files import Folders
from app.library.inspection import Inspection, inspect
from app.library.kinds import Draft, all_kinds
from app.playbook.documents import WORDS_A_MINUTE
from app.quizzes import calculated
from app.quizzes.questions import TYPES
from app.scripts.documents import MOVEMENTS

CATEGORIES_ASKED = {"prix", "delai", "besoin", "confiance", "autorite", "concurrence"}


@pytest.fixture
def shipped(app: Flask) -> Inspection:
    return inspect(Folders(PROJECT / "content", PROJECT / "quizzes"), all_kinds())


def _of(shipped: Inspection, kind: str, language: str) -> list[Draft]:
    return [draft for draft in shipped.drafts if draft.kind.name == kind and draft.language == language]


def test_nothing_is_wrong_in_what_ships(shipped: Inspection) -> None:
    assert [str(problem) for problem in shipped.problems] == []


def test_each_step_has_a_goal_criteria_three_plays_and_a_quiz(shipped: Inspection) -> None:
    steps = _of(shipped, "step", "fr")
    plays = Counter(draft.path.rpartition("/")[0] for draft in _of(shipped, "play", "fr"))
    quizzed = {draft.facts.step for draft in _of(shipped, "quiz", "fr")}
    assert len(steps) == 7
    for step in steps:
        assert step.facts.goal
        assert step.facts.exit_criteria
        assert plays[step.path.rpartition("/")[0]] >= 3
        assert step.facts.id in quizzed


def test_every_play_reads_in_under_five_minutes(shipped: Inspection) -> None:
    plays = _of(shipped, "play", "fr") + _of(shipped, "play", "en")
    assert max(play.words for play in plays) < 5 * WORDS_A_MINUTE


def test_there_is_a_product_and_a_service_whole(shipped: Inspection) -> None:
    offers = {draft.facts.nature: draft.facts for draft in _of(shipped, "offer", "fr")}
    assert set(offers) == {"product", "service"}
    for offer in offers.values():
        assert all(row.advantage and row.proof for row in offer.characteristics)
        assert offer.limits
        assert offer.prices


def test_scripts_cover_the_categories_in_the_four_movements(shipped: Inspection) -> None:
    scripts = _of(shipped, "script", "fr")
    assert len(scripts) >= 24
    assert {script.facts.category for script in scripts} >= CATEGORIES_ASKED
    for script in scripts:
        assert [block.name for block in script.blocks][: len(MOVEMENTS)] == list(MOVEMENTS)


def test_the_first_quiz_of_each_step_asks_ten_questions_of_the_usual_types(shipped: Inspection) -> None:
    quizzes = [quiz for quiz in _of(shipped, "quiz", "fr") if quiz.facts.order == 1]
    assert len(quizzes) == 7
    for quiz in quizzes:
        kinds = {question.type for question in quiz.facts.questions}
        assert len(quiz.facts.questions) >= 10, quiz.path
        assert kinds >= {"single", "multiple", "true_false", "numeric", "short_answer"}, quiz.path


def test_every_type_of_question_is_used_with_hints_tags_and_a_bank(shipped: Inspection) -> None:
    files = [*_of(shipped, "quiz", "fr"), *_of(shipped, "bank", "fr")]
    asked = [question for file in files for question in file.facts.questions]
    assert {question.type for question in asked} == set(TYPES)
    assert sum(bool(question.hints) for question in asked) >= 10
    assert sum(bool(question.tags) for question in asked) >= 20
    assert {bool(question.choose) for question in asked if question.type == "gaps"} == {True, False}


def test_what_a_manager_scores_stands_apart_so_that_nobody_waits_for_the_rest(shipped: Inspection) -> None:
    for quiz in _of(shipped, "quiz", "fr"):
        if any(question.type == "free_text" for question in quiz.facts.questions):
            assert quiz.facts.order > 1, quiz.path


def test_banks_have_more_than_is_drawn_from_them(shipped: Inspection) -> None:
    banks = {bank.facts.id: bank.facts for bank in _of(shipped, "bank", "fr")}
    drawn = [
        (section, banks[section.bank])
        for quiz in _of(shipped, "quiz", "fr")
        for section in quiz.facts.sections
        if section.bank
    ]
    assert {bank.id for _, bank in drawn} == set(banks)
    for section, bank in drawn:
        fitting = [question for question in bank.questions if set(section.tags) <= set(question.tags)]
        assert len(fitting) > section.draw, section.title


def test_calculations_come_out_as_the_formulas_of_the_trade(shipped: Inspection) -> None:
    """PA 234 and PV 390, 10 % then 5 %, 20 % VAT: the figures that the plays teach."""
    (bank,) = _of(shipped, "bank", "fr")
    known = {
        "achat": 234, "vente": 390, "marque": 40, "remise": 5, "brut": 1200, "premiere": 10, "seconde": 5,
        "escompte": 2, "points": 12, "ttc": 6000, "ht": 5820,
    }  # fmt: skip
    results = {
        question.key: calculated.result(question, {each.name: Decimal(known[each.name]) for each in question.variables})
        for question in bank.facts.questions
        if question.type == "calculated"
    }
    assert {key: str(round(float(value), 2)) for key, value in results.items()} == {
        "marge-apres-remise": "136.5",
        "taux-de-marge": "66.67",
        "taux-de-marque": "40.0",
        "de-la-marque-a-la-marge": "66.67",
        "prix-pour-un-taux-de-marque": "390.0",
        "coefficient-multiplicateur": "2.0",
        "remises-qui-se-suivent": "1026.0",
        "remise-puis-escompte": "1117.2",
        "volume-qui-compense": "1.14",
        "part-de-marge-perdue": "12.5",
        "total-ttc": "6984.0",
        "enveloppe-hors-taxes": "5000.0",
        "acompte-a-la-commande": "2095.2",
    }


def test_a_second_language_stands_beside_the_first(shipped: Inspection) -> None:
    french = {draft.facts.id for draft in shipped.drafts if draft.language == "fr"}
    english = Counter(draft.kind.name for draft in shipped.drafts if draft.language == "en")
    assert {"step": 7, "play": 3, "script": 3, "quiz": 1}.items() <= english.items()
    assert {draft.facts.id for draft in shipped.drafts} == french
