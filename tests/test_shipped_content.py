"""What ships: real content, checked as authors check theirs, and enough of it to onboard a rep on the first day."""

from collections import Counter

import pytest
from flask import Flask

from app.config import PROJECT
from app.library.files import Folders
from app.library.inspection import Inspection, inspect
from app.library.kinds import Draft, all_kinds
from app.playbook.documents import WORDS_A_MINUTE
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


def test_each_quiz_asks_ten_questions_of_every_type(shipped: Inspection) -> None:
    for quiz in _of(shipped, "quiz", "fr"):
        kinds = {question.type for question in quiz.facts.questions}
        assert len(quiz.facts.questions) >= 10, quiz.path
        assert kinds == {"single", "multiple", "true_false", "numeric", "short_answer"}, quiz.path


def test_a_second_language_stands_beside_the_first(shipped: Inspection) -> None:
    french = {draft.facts.id for draft in shipped.drafts if draft.language == "fr"}
    english = Counter(draft.kind.name for draft in shipped.drafts if draft.language == "en")
    assert {"step": 7, "play": 3, "script": 3, "quiz": 1}.items() <= english.items()
    assert {draft.facts.id for draft in shipped.drafts} == french
