"""What a quiz says of its rules, and what its result shows: no more than is to be shown."""

import html

import pytest
from flask import Flask

from app.accounts.actor import Role
from app.core import clock
from app.quizzes.scoring import rubric_scores
from tests.conftest import NOW
from tests.factories import actor_for, make_person, make_team, sign_in_as
from tests.quizzes.answering import with_hints
from tests.quizzes.asked_types import WRONG, asked_types
from tests.quizzes.conftest import QUIZ, Room
from tests.quizzes.test_pages import page, title


@pytest.fixture
def all_types(room: Room) -> Room:
    """A quiz of every type; its numeric question has two hints."""
    room.publish(title="Onze types", questions=with_hints())
    return room


RIGHT_ANSWERS = ("1 026 €, à 0,01 près", "MESORE ou BATNA", "répondre aux objections</span></b>", "Attendu")


def test_a_result_corrects_asked_types(all_types: Room) -> None:
    attempt_id = all_types.take({key: values or ["Je chiffre."] for key, values in WRONG.items()})
    text = page(all_types, f"/attempts/{attempt_id}")
    assert title(text) == "Remis : une réponse rédigée reste à noter"
    for words in (
        *RIGHT_ANSWERS,
        "à une lettre près de ce qui était attendu",
        "à une lettre près</span>",
        "0 couples sur 6 dans le bon ordre",
        "Creuser d’abord.",
        "Les leviers de la commande.",
        "en partie juste : 0,33 sur 1",
        "en attente de votre manager",
    ):
        assert words in text, words


@pytest.mark.parametrize("shows", ["never", "passed"])
def test_right_answers_that_are_not_to_be_shown_are_not_in_the_page(all_types: Room, app: Flask, shows: str) -> None:
    all_types.publish(questions=asked_types()[:-1], show_answers=shows, show_feedback="never")
    attempt_id = all_types.take({key: values for key, values in WRONG.items() if values})
    text = page(all_types, f"/attempts/{attempt_id}")
    for words in (*RIGHT_ANSWERS, "Relisez la fiche.", "Creuser d’abord.", "attendu", "mark-of"):
        assert words not in text, words
    boss = make_person(Role.MANAGER)
    make_team(manager=boss, members=(all_types.rep,))
    seen = app.test_client()
    sign_in_as(seen, boss)
    text = html.unescape(seen.get(f"/attempts/{attempt_id}").text).replace("\u202f", " ").replace("\xa0", " ")
    for words in (*RIGHT_ANSWERS, "Relisez la fiche."):
        assert words in text, words


def test_right_answers_are_shown_once_the_quiz_is_passed(all_types: Room) -> None:
    all_types.publish(questions=asked_types()[:3], show_answers="passed", pass_mark=60)
    failed = all_types.take({"single": ["1"]})
    passed = all_types.take({"single": ["0"], "multiple": ["0"], "true-false": ["true"]})
    assert "une fois le quiz réussi" in page(all_types, f"/attempts/{failed}")
    assert "Un délai de paiement plus court" not in page(all_types, f"/attempts/{failed}")
    assert "Un délai de paiement plus court" in page(all_types, f"/attempts/{passed}")


def test_a_scored_text_shows_its_criteria_and_what_was_said(all_types: Room) -> None:
    attempt_id = all_types.take({"free-text": ["Je questionne.\nPuis je chiffre."]})
    assert "Je propose dix minutes" not in page(all_types, f"/attempts/{attempt_id}")  # or it would be handed in next
    boss = make_person(Role.MANAGER, name="Camille Martin")
    team = make_team(manager=boss, members=(all_types.rep,))
    rubric_scores.score(
        actor_for(boss, manages=(team.id,)), attempt_id, "free-text", [1, 1], "Bien, mais <b>trop tôt</b>."
    )
    text = page(all_types, f"/attempts/{attempt_id}")
    for words in (
        "Noté par Camille Martin",
        "Questionne avant de chiffrer",
        "1 sur 2",
        "1 sur 1",
        "en partie juste : 0,67 sur 1",
        "Je propose dix minutes pour comprendre",
    ):
        assert words in text, words
    assert "<b>trop tôt</b>" not in all_types.client.get(f"/attempts/{attempt_id}").text


# The rules of a quiz


def test_the_quiz_says_its_rules(all_types: Room) -> None:
    tagged = [
        {**question, "tags": ["une"] if number < 4 else ["autre"]} for number, question in enumerate(with_hints())
    ]
    all_types.publish(
        questions=tagged,
        attempts=3,
        cooling_hours=48,
        show_feedback="at_once",
        show_answers="never",
        hint_cost=10,
        sections=[{"title": "Calculer", "tags": ["une"], "draw": 2}, {"title": "Conduire", "tags": ["autre"]}],
    )
    text = page(all_types, f"/quizzes/{QUIZ}")
    for words in (
        "10 questions, tirées au sort à chaque tentative",
        "3 tentatives restantes sur 3",
        "2 jours entre deux tentatives",
        "pour 10 % des points de la question",
        "chaque réponse peut être vérifiée aussitôt, sans les bonnes réponses",
        "ce que vous rédigez est noté par votre manager",
        "2 questions tirées au sort",
    ):
        assert words in text, words
    assert "autant de tentatives" not in text
    text = page(all_types, all_types.client.post(f"/quizzes/{QUIZ}/attempts").location)
    assert text.count("Calculer") == 2
    assert text.count("Conduire") == 1


def test_without_an_attempt_left_the_quiz_says_so_and_offers_none(all_types: Room) -> None:
    all_types.publish(questions=asked_types()[:3], attempts=1)
    attempt_id = all_types.take({"single": ["1"]})
    for address in (f"/quizzes/{QUIZ}", f"/attempts/{attempt_id}"):
        text = page(all_types, address)
        assert "Il ne reste aucune tentative." in text
        assert "Recommencer" not in text
    refused = all_types.client.post(f"/quizzes/{QUIZ}/attempts")
    assert refused.status_code == 409
    assert "il ne se passe qu’une fois" in html.unescape(refused.text)


def test_a_quiz_to_be_taken_again_later_says_from_when(all_types: Room) -> None:
    all_types.publish(questions=asked_types()[:3], cooling_hours=24)
    all_types.take({"single": ["1"]})
    assert "Vous pourrez recommencer à partir du 24 nov. 2026" in page(all_types, f"/quizzes/{QUIZ}")
    with clock.frozen_at(NOW.replace(day=NOW.day + 2)):
        sign_in_as(all_types.client, all_types.rep)
        assert "Recommencer" in page(all_types, f"/quizzes/{QUIZ}")


def test_what_waits_for_a_manager_is_said_where_the_quiz_stands(all_types: Room) -> None:
    all_types.take({"free-text": ["Je questionne."]})
    assert (
        title(page(all_types, f"/quizzes/{QUIZ}")) == "Remis : votre manager doit encore noter ce que vous avez écrit"
    )
    text = page(all_types, "/steps/prendre-contact")
    assert "remis, votre manager doit encore le noter" in text
    assert "pas encore passé" not in text
