"""A question is met when a quiz that asked it is handed in; from then on it comes back."""

from datetime import timedelta

from sqlalchemy import select

from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.practice import due
from app.quizzes import attempts
from tests.conftest import NOW
from tests.factories import actor_for, make_person
from tests.library_factories import questions
from tests.practice.conftest import DAY, Practice, shown
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG, Room
from tests.quizzes.on_page import on_page


def met(room: Room) -> list[dict[str, object]]:
    db.session.expire_all()
    rows = db.session.execute(select(Activity).where(Activity.kind == "review.met").order_by(Activity.sequence))
    return [{"document": row.document_id, **row.details} for row in rows.scalars()]


def test_every_question_of_a_quiz_handed_in_becomes_a_card(practice: Practice) -> None:
    assert practice.due() == []
    with practice.day(2):
        assert sorted(practice.due()) == sorted(RIGHT)
    card = practice.card("numeric")
    assert (card.met_at, card.seen_at, card.reviews, card.due_at) == (NOW, NOW, 0, NOW + 2 * DAY)


def test_one_act_says_what_each_question_earned(practice: Practice) -> None:
    (act,) = met(practice.room)
    assert act["document"] == QUIZ
    assert act["shares"] == dict.fromkeys(RIGHT, "1")
    assert (act["fresh"], act["retention"]) == ({}, 90)


def test_what_was_missed_comes_back_sooner(room: Room) -> None:
    room.take({**RIGHT, "single": WRONG["single"], "multiple": ["0"]})
    practice = Practice(room)
    assert practice.card("single").due_at == NOW + DAY
    assert practice.card("multiple").memory.stability < practice.card("numeric").memory.stability
    with practice.day(1):
        assert practice.due() == ["multiple", "single"]


def test_an_attempt_under_way_brings_nothing_back(room: Room) -> None:
    room.reply(room.start(), "single", ["0"])
    practice = Practice(room)
    with practice.day(9):
        assert practice.due() == []


def test_a_quiz_taken_again_counts_as_having_been_asked(practice: Practice) -> None:
    with practice.day(2):
        practice.room.take({**RIGHT, "single": WRONG["single"]})
        assert practice.due() == []
    assert practice.card("numeric").memory.stability > 2.4
    assert practice.card("single").due_at == NOW + 3 * DAY
    assert practice.card("single").met_at == NOW


def test_an_attempt_closed_late_does_not_undo_what_is_known_since(room: Room) -> None:
    room.publish(time_limit_minutes=10)
    attempt = room.start()
    room.reply(attempt, "single", ["1"])
    practice = Practice(room)
    room.publish(time_limit_minutes=10, title="Le même")
    with practice.day(3):
        attempts.look(actor_for(room.rep), attempt)  # its time is up: it is closed as of then
        assert practice.card("single").memory.answered_at == NOW + timedelta(minutes=10)
        practice.reply(ticket=practice.ticket())


def test_a_written_reply_does_not_come_back(room: Room) -> None:
    written = {
        "key": "written",
        "type": "free_text",
        "title": "Racontez",
        "text": "Racontez.",
        "read_again": "step:prendre-contact",
        "rubric": [{"name": "Écoute", "points": 2}],
        "model_answer": "Bien.",
    }
    room.publish(questions=[*questions("step:prendre-contact"), written])
    room.take({**RIGHT, "written": ["Une histoire."]})
    assert sorted(met(room)[0]["shares"]) == sorted(RIGHT)  # type: ignore[call-overload]


def test_a_bank_s_question_is_the_bank_s_card(room: Room) -> None:
    room.publish_bank(questions("step:prendre-contact"))
    room.publish(questions=[], sections=[{"title": "Prix", "bank": "banque-prix", "draw": 5}])
    room.take({f"banque-prix/{key}": reply for key, reply in RIGHT.items()})
    practice = Practice(room)
    assert practice.card("numeric", "banque-prix").reviews == 0
    with practice.day(2):
        assert sorted(due.cards_of(room.rep.id).held) == sorted(("banque-prix", key) for key in RIGHT)
        key = practice.due()[0]
        asked = shown(practice, key, "banque-prix")
        right = on_page(asked.question, asked.order, RIGHT[key])
        answer = practice.post("/review/answer", ticket=practice.ticket(), reply=right)
        assert "Juste" in practice.page(answer.location)


def test_meeting_costs_as_many_statements_whatever_the_number_of_questions(room: Room) -> None:
    def cost(several: int) -> int:
        room.publish(questions=questions("step:prendre-contact")[:several])
        person = actor_for(make_person())
        attempts.submit(person, attempts.start(person, QUIZ))
        attempt = attempts.start(person, QUIZ)
        with counting() as statements, clock.frozen_at(NOW + DAY):
            attempts.submit(person, attempt)
        return len([each for each in statements if "review_card" in each or "activity" in each])

    assert cost(5) == cost(1) == 4


def test_what_others_met_is_not_mine(practice: Practice) -> None:
    with practice.day(2):
        assert due.cards_of(make_person().id).held == {}


def test_days_begin_and_end_where_the_reader_lives(practice: Practice) -> None:
    # 23:30 in Paris on the day before is not the day yet; half an hour later it is, long before the exact hour.
    eve = NOW.replace(hour=22, minute=30) + DAY
    with clock.frozen_at(eve):
        assert practice.due() == []
    with clock.frozen_at(eve + timedelta(hours=1)):
        assert len(practice.due()) == 5
