"""The pages of review, with and without a script."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from app.core.database import db
from app.practice.models import Review
from tests.factories import make_person, sign_in_as
from tests.library_factories import questions
from tests.practice.conftest import Practice, review_of, rows
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG, Room

NAMED = {"document": QUIZ, "question": "multiple"}


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_before_any_quiz_it_says_where_questions_come_from(room: Room) -> None:
    page = Practice(room).page()
    assert heading(page) == "Rien à réviser pour l’instant"
    assert 'href="/steps"' in page


def test_on_a_day_with_nothing_due_it_says_when_there_will_be(practice: Practice) -> None:
    page = practice.page()
    assert heading(page) == "Rien à réviser aujourd’hui\u00a0: la prochaine fois mercredi"
    assert "Ce que demanderont les 30 prochains jours" in page


def test_the_title_says_how_many_and_how_long(practice: Practice) -> None:
    with practice.day(2):
        assert heading(practice.page()) == "5 questions, environ 2 minutes"
        practice.reply()
        assert heading(practice.page()) == "Encore 4 questions, environ 1 minute"


def test_without_a_script_an_answer_leads_to_what_became_of_it(practice: Practice) -> None:
    with practice.day(2):
        answer = practice.reply()
        page = practice.page(answer.location)
        assert heading(page) == "Juste"
        assert "Oui." in page
        assert page.count('name="rating"') == 4
        assert 'href="/review"' in page
        wrong = practice.page(practice.reply(["12"]).location)
        assert heading(wrong) == "Pas encore"
        assert "1 026" in wrong.replace("\u202f", " ").replace("\xa0", " ")
        assert "Elle revient demain" in wrong
        assert "À relire" in wrong


def test_with_a_script_only_the_part_that_changes_is_sent(practice: Practice) -> None:
    with practice.day(2):
        answer = practice.reply(htmx=True)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert answer.text.startswith('<div id="review"')
        assert "<html" not in answer.text
        following = practice.page("/review", **{"HX-Request": "true"})
        assert "<html" not in following
        assert 'name="ticket"' in following


def test_when_nothing_is_left_the_browser_goes_to_the_whole_page(practice: Practice) -> None:
    with practice.day(2):
        for _ in range(5):
            practice.reply()
        left = practice.room.client.get("/review", headers={"HX-Request": "true"})
        assert left.headers["HX-Redirect"] == "/review"
        page = practice.page()
        assert "5 questions révisées aujourd’hui" in heading(page)
        assert "5 sur 5 étaient sues" in page


def test_going_back_and_sending_again_shows_what_counts(practice: Practice) -> None:
    with practice.day(2):
        ticket = practice.ticket()
        first = practice.reply(ticket=ticket)
        again = practice.reply(["2"], ticket)
        assert review_of(first) == review_of(again)
        page = practice.page(again.location)
        assert heading(page) == "Juste"
        assert "Vous aviez déjà répondu à cette question" in page
        assert len(rows()[0]) == 1


def test_what_cannot_be_read_stays_on_the_page_with_what_is_wrong(practice: Practice) -> None:
    with practice.day(2):
        practice.reply()
        refused = practice.reply(["beaucoup"], htmx=True)
        assert (refused.status_code, refused.headers["HX-Retarget"]) == (400, "#review")
        assert "pas un nombre lisible" in refused.text
        assert 'value="beaucoup"' in refused.text
        empty = practice.reply([])
        assert (empty.status_code, "Répondez d’abord" in empty.text) == (400, True)
        assert practice.reply([], ticket=practice.ticket(), **{"give-up": "yes"}).status_code == 303
        assert len(rows()[0]) == 2


def test_a_hint_is_shown_keeps_what_was_typed_and_is_remembered(practice: Practice) -> None:
    hinted = [{**each, "hints": ["Multipliez.", "0,9 × 0,95"]} for each in questions("step:prendre-contact")]
    practice.room.publish(title="Défendre le prix", questions=[each for each in hinted if each["key"] == "numeric"])
    with practice.day(2):
        page = practice.page()
        assert "Multipliez" not in page
        shown = practice.post("/review/hint", ticket=practice.ticket(), reply=["10"], htmx=True)
        assert "Multipliez." in shown.text
        assert "0,9 × 0,95" not in shown.text
        assert 'value="10"' in shown.text
        ticket = re.search(r'name="ticket" value="([^"]+)"', shown.text)
        assert ticket
        practice.reply(RIGHT["numeric"], ticket[1])
        assert (rows()[0][0].rating, rows()[1][0].hints) == (2, 1)


def test_a_rating_is_changed_in_place(practice: Practice) -> None:
    with practice.day(2):
        review = review_of(practice.reply())
        changed = practice.post("/review/rate", review=str(review), rating="1", htmx=True)
        assert "Elle revient demain" in changed.text
        assert 'value="1" data-key="1" aria-pressed="true"' in changed.text
        assert practice.post("/review/rate", review=str(review), rating="3").status_code == 303
        assert rows()[0][0].rating == 3


def test_a_question_is_put_aside_and_taken_back(practice: Practice) -> None:
    with practice.day(2):
        aside = practice.post("/review/suspend", **NAMED)
        page = practice.page(aside.location)
        assert "Ne revient plus\u00a0: Contreparties" in page
        assert heading(page) == "4 questions, environ 1 minute"
        assert "Contreparties" in practice.page("/review/suspended")
        assert practice.post("/review/resume", back="list", **NAMED).location == "/review/suspended"
        assert "Contreparties" not in practice.page("/review/suspended")
        assert practice.due()[0] == "multiple"


def test_a_question_that_changed_says_so(practice: Practice) -> None:
    with practice.day(2):
        asked = [{**each, "text": f"{each['text']} (2027)"} for each in questions("step:prendre-contact")]
        practice.room.publish(title="Défendre le prix", questions=asked)
    with practice.day(20):
        assert "Modifiée depuis votre réponse" in practice.page()


def test_an_answer_overtaken_by_a_change_says_that_it_was_not_counted(practice: Practice) -> None:
    with practice.day(2):
        ticket = practice.ticket()
        asked = [{**each, "text": f"{each['text']} (2027)"} for each in questions("step:prendre-contact")]
        practice.room.publish(title="Défendre le prix", questions=asked)
        late = practice.reply(["0", "1"], ticket, htmx=True)
        assert (late.status_code, "n’a pas été comptée" in late.text) == (409, True)
        assert 'name="ticket"' in late.text
        assert rows()[0] == []


@pytest.mark.parametrize("shown", [{"show_answers": "never"}, {"show_answers": "passed"}])
def test_what_the_author_of_a_quiz_keeps_to_himself_is_not_told_here(room: Room, shown: dict[str, str]) -> None:
    room.publish(title="Défendre le prix", **shown)
    room.take(WRONG)
    practice = Practice(room)
    with practice.day(2):
        assert practice.due()[1] == "numeric"
        practice.reply()
        page = practice.page(practice.reply(["12"]).location)
        assert heading(page) == "Pas encore"
        assert "026" not in page


@pytest.mark.parametrize("shown", [{"show_answers": "never"}, {"show_answers": "passed"}])
def test_what_a_quiz_keeps_to_itself_is_not_told_of_its_bank_s_questions_either(
    room: Room, shown: dict[str, str]
) -> None:
    numeric = next(each for each in questions("step:prendre-contact") if each["key"] == "numeric")
    room.publish_bank([numeric])
    room.publish(questions=[], sections=[{"title": "Prix", "bank": "banque-prix", "draw": 1}], **shown)
    room.take({"banque-prix/numeric": ["12"]})
    practice = Practice(room)
    with practice.day(2):
        page = practice.page(practice.reply(["12"], practice.ticket()).location)
        assert heading(page) == "Pas encore"
        assert "026" not in page


def test_retention_says_when_there_is_not_enough_and_what_was_measured(practice: Practice) -> None:
    assert "Encore trop peu de réponses" in practice.page("/review/retention")
    at = practice.card("numeric").met_at
    for number in range(40):
        db.session.add(
            Review(
                uuid=uuid4(),
                person_id=practice.room.rep.id,
                document_id=QUIZ,
                question_key="numeric",
                at=at + timedelta(minutes=number),
                rating=1 if number % 10 == 0 else 3,
                predicted=910 if number < 35 else 400,
                is_first=False,
            )
        )
    db.session.commit()
    page = practice.page("/review/retention")
    assert heading(page) == "Vous retenez 90\u202f% de ce qui revient"
    assert "trop peu de données" in page
    assert ">35<" in page


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/review/answer", {}, 400),
        ("/review/answer", {"ticket": "x" * 3000}, 400),
        ("/review/hint", {"ticket": "W10.AAAA"}, 400),
        ("/review/rate", {"review": "x", "rating": "3"}, 400),
        ("/review/rate", {"review": str(uuid4()), "rating": "9"}, 400),
        ("/review/rate", {"review": str(uuid4()), "rating": "3"}, 404),
        ("/review/suspend", {"document": QUIZ}, 400),
        ("/review/suspend", {"document": "x" * 999, "question": "y"}, 400),
        ("/review/suspend", {"document": QUIZ, "question": "no-such"}, 404),
        ("/review/resume", {"document": QUIZ, "question": "no-such"}, 404),
    ],
)
def test_what_no_form_of_ours_sends_is_refused(
    practice: Practice, path: str, fields: dict[str, str], status: int
) -> None:
    assert practice.post(path, **fields).status_code == status


def test_somebody_else_s_review_is_not_there(practice: Practice) -> None:
    with practice.day(2):
        ticket = practice.ticket()
        review = review_of(practice.reply())
        other = make_person()
        sign_in_as(practice.room.client, other)
        assert practice.post("/review/answer", ticket=ticket, reply="0").status_code == 404
        assert practice.post("/review/rate", review=str(review), rating="1").status_code == 404
        assert practice.room.client.get(f"/review?answered={review}").status_code == 404
        assert practice.post("/review/suspend", **NAMED).status_code == 404


def test_a_page_costs_as_many_statements_however_many_cards_there_are(practice: Practice, app: Flask) -> None:
    def cost() -> int:
        practice.page()
        with counting() as statements:
            practice.page()
        return len(statements)

    with practice.day(2):
        before = cost()
    many = [{**questions("step:prendre-contact")[0], "key": f"more-{number}"} for number in range(60)]
    practice.room.publish(title="Défendre le prix", questions=[*questions("step:prendre-contact"), *many])
    practice.room.take({})
    with practice.day(2):
        assert cost() == before <= 2


def test_files_of_the_room_say_nothing_to_a_stranger(app: Flask, library_files: Path) -> None:
    answer = app.test_client().get("/review")
    assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in")
