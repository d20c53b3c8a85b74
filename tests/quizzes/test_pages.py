"""The pages, through HTTP, as a browser without JavaScript uses them."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from app.accounts.actor import Role
from app.core import clock
from app.quizzes.attempting import attempt_rows
from app.quizzes.replies import Chosen
from tests.conftest import NOW
from tests.factories import make_person, make_team, sign_in_as
from tests.library_factories import questions
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG, Room


def page(room: Room, address: str, status: int = 200) -> str:
    answer = room.client.get(address, headers={"Accept-Language": "fr"})
    assert answer.status_code == status, answer.text
    return html.unescape(answer.text).replace("\u202f", " ").replace("\xa0", " ")


def title(text: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, flags=re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_a_quiz_says_its_rules_and_that_nobody_took_it_yet(room: Room) -> None:
    text = page(room, f"/quizzes/{QUIZ}")
    assert title(text) == "« Défendre le prix » : prêt à commencer"
    for words in ("5 questions", "4 min environ", "réussi à partir de 80 %", "Commencer le quiz", "Aucun résultat"):
        assert words in text


def test_an_unknown_quiz_is_not_there(room: Room) -> None:
    page(room, "/quizzes/no-such-quiz", 404)
    page(room, "/quizzes/prendre-contact", 404)
    assert room.client.post("/quizzes/no-such-quiz/attempts").status_code == 404


def test_starting_leads_to_the_first_question_and_a_double_click_to_the_same(room: Room) -> None:
    first = room.client.post(f"/quizzes/{QUIZ}/attempts")
    again = room.client.post(f"/quizzes/{QUIZ}/attempts")
    assert first.status_code == 303
    assert first.location == again.location
    assert "question 1 sur 5" in page(room, first.location)


def test_a_quiz_is_taken_from_start_to_result_without_javascript(room: Room) -> None:
    address = room.client.post(f"/quizzes/{QUIZ}/attempts").location
    for number, (key, values) in enumerate(RIGHT.items(), start=1):
        text = page(room, f"{address}?question={number}")
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        assert fields["question"] == key
        go = "finish" if number == 5 else "next"
        answer = room.client.post(f"{address}/answers", data={**fields, "reply": values, "go": go})
        assert answer.status_code == 303
    assert answer.location == address
    text = page(room, address)
    assert title(text) == "Réussi : 100 %"
    assert "tout était juste" in text
    assert title(page(room, f"/quizzes/{QUIZ}")) == "Réussi : meilleur résultat 100 %"


def test_next_leads_to_the_next_question_and_shows_what_is_saved(room: Room) -> None:
    attempt_id = room.start()
    answer = room.post_reply(attempt_id, "single", "1", go="next")
    assert answer.location == f"/attempts/{attempt_id}?question=2"
    text = page(room, f"/attempts/{attempt_id}?question=1")
    assert re.search(r'value="1" data-key="B" checked', text)
    assert "Réponse enregistrée" in text
    assert "Pas encore de réponse" in page(room, f"/attempts/{attempt_id}?question=2")


def test_without_a_number_the_first_open_question_is_shown(room: Room) -> None:
    attempt_id = room.start()
    room.reply(attempt_id, "single", ["0"])
    for asked in ("", "?question=0", "?question=99", "?question=x", "?question=²", "?question=" + "9" * 5000):
        assert "question 2 sur 5" in page(room, f"/attempts/{attempt_id}{asked}")


def test_each_type_has_its_own_field(room: Room) -> None:
    attempt_id = room.start()
    pages = [page(room, f"/attempts/{attempt_id}?question={number}") for number in range(1, 6)]
    assert pages[0].count('type="radio"') == 2
    assert pages[1].count('type="checkbox"') == 4
    assert "Plusieurs réponses possibles" in pages[1]
    assert "Vrai" in pages[2]
    assert 'inputmode="decimal"' in pages[3]
    assert '<span class="unit" lang="fr">€</span>' in pages[3]
    assert "les majuscules et les accents ne comptent pas" in pages[4]


def test_a_question_page_is_never_kept_by_the_browser(room: Room) -> None:
    assert room.client.get(f"/attempts/{room.start()}").headers["Cache-Control"] == "no-store"


def test_the_script_gets_a_word_of_confirmation(room: Room) -> None:
    attempt_id = room.start()
    fields = {"question": "numeric", "reply": "mille", "uuid": str(uuid4())}
    accept = {"Accept": "application/json"}
    answer = room.client.post(f"/attempts/{attempt_id}/answers", data=fields, headers=accept)
    assert answer.get_json() == {"saved": True, "answered": True, "readable": False}
    fields = {"question": "nothing", "reply": "1", "uuid": str(uuid4())}
    refused = room.client.post(f"/attempts/{attempt_id}/answers", data=fields, headers=accept)
    assert refused.status_code == 404
    assert refused.get_json()["error"]["status"] == 404


def test_finishing_with_open_questions_asks_first(room: Room) -> None:
    attempt_id = room.start()
    answer = room.post_reply(attempt_id, "single", "0", go="finish")
    assert answer.location == f"/attempts/{attempt_id}/finish"
    text = page(room, answer.location)
    assert title(text) == "4 questions restent sans réponse"
    assert "Remettre quand même" in text
    room.client.post(f"/attempts/{attempt_id}/submit")
    assert title(page(room, f"/attempts/{attempt_id}")) == "Pas encore : 20 %, il faut 80 %"
    assert room.client.get(f"/attempts/{attempt_id}/finish").location == f"/attempts/{attempt_id}"


def test_a_number_nobody_can_read_is_shown_before_handing_in(room: Room) -> None:
    attempt_id = room.start()
    for key, values in {**RIGHT, "numeric": ["mille"]}.items():
        room.reply(attempt_id, key, values)
    answer = room.client.post(f"/attempts/{attempt_id}/submit", data={"ask": "yes"})
    assert title(page(room, answer.location)) == "Un nombre est illisible"


def test_handing_in_twice_shows_the_same_result(room: Room) -> None:
    attempt_id = room.start()
    for _ in range(2):
        assert room.client.post(f"/attempts/{attempt_id}/submit").location == f"/attempts/{attempt_id}"
    assert title(page(room, f"/attempts/{attempt_id}")) == "Pas encore : 0 %, il faut 80 %"


def test_the_result_says_what_to_do_and_corrects_each_question(room: Room) -> None:
    replies = {**RIGHT, "single": ["1"], "multiple": ["0"], "numeric": ["mille"]}
    text = page(room, f"/attempts/{room.take(replies)}")
    assert title(text) == "Pas encore : 50 %, il faut 80 %"
    for words in (
        "Points : 2,5 sur 5",
        "2 questions justes",
        "Relisez la partie qui vous a coûté le plus de points",
        "Vous les avez additionnées.",
        "Les remises se multiplient.",
        "en partie juste",
        "Un délai de paiement plus court",
        "1 026 €, à 0,01 près",
        "n’a pas pu être lu comme un nombre",
        "« Prendre contact »",
        "Recommencer",
    ):
        assert words in text, words


def test_the_result_of_an_empty_attempt_says_so_for_each_question(room: Room) -> None:
    text = page(room, f"/attempts/{room.take({})}")
    assert text.count('<span class="muted">pas de réponse</span>') == 5


def test_the_history_shows_every_attempt(room: Room) -> None:
    first, last = room.take(WRONG), room.take(RIGHT)
    text = page(room, f"/quizzes/{QUIZ}")
    assert f"/attempts/{first}" in text
    assert f"/attempts/{last}" in text
    assert "affichée ici" in page(room, f"/attempts/{last}")


def test_markdown_in_questions_is_rendered_and_cleaned(room: Room) -> None:
    bad = {**questions()[0], "text": "Quel **prix** ? <script>alert(1)</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |"}
    room.publish(questions=[bad])
    text = page(room, f"/attempts/{room.start()}")
    assert "<strong>prix</strong>" in text
    assert "<table>" in text
    assert "alert(1)" not in text
    assert title(text) == "Question 1"


def test_a_quiz_in_another_language_says_so(room: Room) -> None:
    answer = room.client.get(f"/quizzes/{QUIZ}", headers={"Accept-Language": "en"})
    assert "This text exists only in French." in answer.text
    attempt_id = room.start()
    answer = room.client.get(f"/attempts/{attempt_id}", headers={"Accept-Language": "en"})
    assert "This text exists only in French." in answer.text


# What is refused


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"question": "single", "reply": "0", "uuid": ""},
        {"question": "single", "reply": "0", "uuid": "not-a-uuid"},
        {"question": "", "uuid": str(uuid4())},
        {"question": "x" * 200, "uuid": str(uuid4())},
        {"question": "single", "uuid": str(uuid4()), "mark": "5"},
        {"question": ["single", "multiple"], "uuid": str(uuid4())},
        {"question": "single", "uuid": str(uuid4()), "reply": "7"},
        {"question": "multiple", "uuid": str(uuid4()), "reply": ["0"] * 13},
        {"question": "short-answer", "uuid": str(uuid4()), "reply": "x" * 201},
    ],
)
def test_a_form_with_missing_foreign_or_oversized_fields_is_refused(room: Room, fields: dict[str, object]) -> None:
    attempt_id = room.start()
    answer = room.client.post(f"/attempts/{attempt_id}/answers", data=fields)
    assert answer.status_code == 400
    assert attempt_rows.kept_replies(attempt_id) == {}


def test_a_reply_too_large_for_any_form_is_refused(room: Room) -> None:
    answer = room.post_reply(room.start(), "short-answer", "x" * 3_000_000)
    assert answer.status_code == 413


def test_unknown_attempts_are_not_there(room: Room) -> None:
    for address in (f"/attempts/{uuid4()}", "/attempts/nonsense", f"/attempts/{uuid4()}/finish"):
        page(room, address, 404)
    assert room.client.post(f"/attempts/{uuid4()}/submit").status_code == 404
    assert room.post_reply(uuid4(), "single", "0").status_code == 404


def test_a_late_reply_leads_to_the_result(room: Room) -> None:
    room.publish(time_limit_minutes=15)
    attempt_id = room.start()
    with clock.frozen_at(NOW + timedelta(minutes=16)):
        sign_in_as(room.client, room.rep)
        answer = room.post_reply(attempt_id, "single", "0")
        assert answer.status_code == 409
        assert f"/attempts/{attempt_id}" in answer.text
        assert "Le temps est écoulé" in answer.text
        assert title(page(room, f"/attempts/{attempt_id}")) == "Pas encore : 0 %, il faut 80 %"


def test_two_browsers_at_once_the_last_saved_wins(room: Room, app: Flask) -> None:
    other = app.test_client()
    sign_in_as(other, room.rep)
    attempt_id = room.start()
    room.post_reply(attempt_id, "single", "1")
    other.post(f"/attempts/{attempt_id}/answers", data={"question": "single", "reply": "0", "uuid": str(uuid4())})
    assert attempt_rows.kept_reply(attempt_id, "single") == Chosen(frozenset({0}))


# Others


def test_another_reps_attempt_is_not_there(room: Room, app: Flask) -> None:
    attempt_id = room.take(RIGHT)
    stranger = app.test_client()
    sign_in_as(stranger, make_person())
    assert stranger.get(f"/attempts/{attempt_id}").status_code == 404
    assert stranger.post(f"/attempts/{attempt_id}/submit").status_code == 404


def test_a_manager_sees_the_attempts_of_their_rep_and_only_looks(room: Room, app: Flask) -> None:
    boss, foreigner = make_person(Role.MANAGER), make_person(Role.MANAGER)
    make_team(manager=boss, members=(room.rep,))
    make_team(manager=foreigner)
    done = room.take(WRONG)
    under_way = room.start()
    seen = app.test_client()
    sign_in_as(seen, boss)
    text = seen.get(f"/attempts/{done}").text
    assert "Nadia Belkacem" in text
    assert '<form method="post" action="/quizzes' not in text
    open_page = seen.get(f"/attempts/{under_way}")
    assert "Nadia Belkacem" in open_page.text
    assert "choice" not in open_page.text
    assert seen.get(f"/attempts/{under_way}/finish").status_code == 404
    assert seen.post(f"/attempts/{under_way}/submit").status_code == 404
    sign_in_as(seen, foreigner)
    assert seen.get(f"/attempts/{done}").status_code == 404


def test_signed_out_people_are_sent_to_sign_in(room: Room, app: Flask) -> None:
    attempt_id = room.start()
    assert app.test_client().get(f"/attempts/{attempt_id}").status_code == 302
    assert app.test_client().post(f"/attempts/{attempt_id}/submit").status_code == 302


# The step's page


def test_the_steps_page_shows_its_quiz_and_where_one_stands(room: Room) -> None:
    assert "pas encore passé" in page(room, "/steps/prendre-contact")
    attempt_id = room.start()
    room.reply(attempt_id, "single", ["0"])
    text = page(room, "/steps/prendre-contact")
    assert "en cours, 1 réponse" in text
    assert f"/attempts/{attempt_id}" in text
    room.client.post(f"/attempts/{attempt_id}/submit")
    assert "meilleur résultat 20 %" in page(room, "/steps/prendre-contact")
    room.take(RIGHT)
    assert "réussi le 23 novembre 2026" in page(room, "/steps/prendre-contact")


def test_a_play_leads_to_the_quiz_of_its_step(room: Room) -> None:
    text = page(room, "/plays/passer-le-standard")
    assert "Le quiz de cette étape" in text
    assert f'class="onward" href="/quizzes/{QUIZ}"' in text


# Statements


def statements(room: Room, method: str, address: str, **fields: object) -> int:
    room.client.open(address, method=method, data=fields.get("warm", fields))
    with counting() as counted:
        answer = room.client.open(address, method=method, data=fields.get("measured", fields))
    assert answer.status_code < 400
    return len(counted)


def test_saving_a_reply_takes_four_statements(room: Room) -> None:
    attempt_id = room.start()
    sent = [{"question": "single", "reply": "0", "uuid": str(uuid4())} for _ in range(2)]
    assert statements(room, "POST", f"/attempts/{attempt_id}/answers", warm=sent[0], measured=sent[1]) == 4


def test_the_pages_take_as_many_statements_however_much_there_is(room: Room) -> None:
    def counts() -> list[int]:
        addresses = (f"/attempts/{room.start()}", f"/attempts/{done}", f"/quizzes/{QUIZ}", "/steps/prendre-contact")
        return [statements(room, "GET", address) for address in addresses]

    done = room.take(WRONG)
    few = counts()
    for _ in range(4):
        room.take(RIGHT)
    many = [{**questions()[0], "key": f"question-{number}"} for number in range(40)]
    room.publish(questions=many)
    room.take({f"question-{number}": ["0"] for number in range(40)})
    assert counts() == few
    assert few[0] <= 4
    assert few[1] <= 5
