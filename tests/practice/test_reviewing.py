"""Answering in review: counted once, rated from the answer, scheduled, put right by the person."""

from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.practice import due, reviews
from app.practice.rating import Rating
from app.practice.reviews import NotAnswered
from app.quizzes.replies import WrongReply
from tests.factories import actor_for, make_person
from tests.practice.conftest import DAY, Practice, answer, rows, ticket
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG

NUMERIC = (QUIZ, "numeric")


def acts(kind: str) -> list[dict[str, Any]]:
    db.session.expire_all()
    rows = db.session.execute(select(Activity).where(Activity.kind == kind).order_by(Activity.sequence)).scalars()
    return [row.details for row in rows]


def test_a_right_answer_is_counted_rated_and_scheduled(practice: Practice) -> None:
    with practice.day(2) as at:
        counted = answer(practice, shown_at=at - timedelta(seconds=40))
    card = practice.card("numeric")
    assert (card.reviews, card.lapses, card.memory.answered_at) == (1, 0, at)
    assert card.due_at == at + 11 * DAY
    ((review,), (reply,)) = rows()
    assert (review.uuid, review.rating, review.predicted, review.is_first) == (counted.review, Rating.GOOD, 909, True)
    assert (reply.reply, reply.mark, reply.hints, reply.took_ms) == ({"text": "1 026,00 €"}, "1", 0, 40_000)
    (act,) = acts("review.answered")
    assert act == {
        **{"question": "numeric", "rating": 3, "share": "1", "predicted": 909, "retention": 90},
        **{"hints": 0, "fresh": False, "first": True},
    }


def test_a_wrong_one_comes_back_tomorrow(practice: Practice) -> None:
    with practice.day(2) as at:
        answer(practice, values=WRONG["numeric"])
    card = practice.card("numeric")
    assert (card.due_at, card.lapses, rows()[0][0].rating) == (at + DAY, 1, Rating.AGAIN)


def test_who_does_not_know_says_so(practice: Practice) -> None:
    with practice.day(2):
        reviews.answer(practice.actor, ticket(practice), ["whatever"], gives_up=True)
    ((review,), (reply,)) = rows()
    assert (review.rating, reply.reply, reply.mark) == (Rating.AGAIN, None, "0")


def test_partly_right_keeps_its_exact_share(practice: Practice) -> None:
    with practice.day(2):
        answer(practice, "multiple", ["0"])
    ((review,), (reply,)) = rows()
    assert (review.rating, Fraction(reply.mark)) == (Rating.HARD, Fraction(1, 2))


def test_a_hint_makes_it_hard_and_being_quick_easy(practice: Practice) -> None:
    with practice.day(2) as at:
        answer(practice, "numeric", hints=1)
        answer(practice, "single", shown_at=at - timedelta(seconds=2))
    assert [review.rating for review in sorted(rows()[0], key=lambda each: each.question_key)] == [
        Rating.HARD,
        Rating.EASY,
    ]


def test_the_page_s_own_clock_can_only_shorten_the_time(practice: Practice) -> None:
    with practice.day(2) as at:
        shown = at - timedelta(seconds=100)
        for key, said in (("numeric", 2_000), ("single", 10**9), ("multiple", -5)):
            reviews.answer(practice.actor, ticket(practice, key, shown_at=shown), RIGHT[key], said_ms=said)
    assert sorted(reply.took_ms or 0 for reply in rows()[1]) == [0, 2_000, 100_000]


@pytest.mark.parametrize("values", [[], [""], ["abc"], ["12 ou 13"]])
def test_what_cannot_be_right_or_wrong_is_not_counted(practice: Practice, values: list[str]) -> None:
    with practice.day(2), pytest.raises((NotAnswered, WrongReply)):
        answer(practice, values=values)
    assert rows() == ([], [])


def test_sent_twice_it_is_counted_once(practice: Practice) -> None:
    with practice.day(2):
        same = ticket(practice)
        first = reviews.answer(practice.actor, same, RIGHT["numeric"])
        again = reviews.answer(practice.actor, same, RIGHT["numeric"])
    assert (first.review, first.is_other, again.is_other) == (again.review, False, False)
    assert practice.card("numeric").reviews == len(rows()[0]) == len(acts("review.answered")) == 1


def test_of_two_windows_the_first_answer_counts_and_the_second_is_told(practice: Practice) -> None:
    with practice.day(2) as at:
        here, there = ticket(practice), ticket(practice, shown_at=at - timedelta(seconds=9))
        reviews.answer(practice.actor, here, RIGHT["numeric"])
        late = reviews.answer(practice.actor, there, WRONG["numeric"])
    assert late.is_other
    assert [review.rating for review in rows()[0]] == [Rating.EASY]


def test_an_old_page_cannot_answer_the_next_time_round(practice: Practice) -> None:
    with practice.day(2):
        old = ticket(practice)
        answer(practice)
    with practice.day(13):
        answer(practice)
        late = reviews.answer(practice.actor, old, WRONG["numeric"])
    assert (late.is_other, practice.card("numeric").reviews) == (True, 2)


def test_a_page_of_the_future_is_refused(practice: Practice) -> None:
    with practice.day(2), pytest.raises(Conflict):
        answer(practice, number=4)


def test_a_rating_is_put_right_as_if_it_had_been_so(practice: Practice) -> None:
    with practice.day(2) as at:
        review = answer(practice, shown_at=at - timedelta(seconds=40)).review
        good = practice.card("numeric")
        reviews.rate(practice.actor, review, Rating.AGAIN)
        assert (practice.card("numeric").due_at, practice.card("numeric").lapses) == (at + DAY, 1)
        reviews.rate(practice.actor, review, Rating.GOOD)
    assert practice.card("numeric") == good
    assert [review.rating for review in rows()[0]] == [Rating.GOOD]
    assert [act["rating"] for act in acts("review.rerated")] == [1, 3]


def test_the_same_rating_again_is_no_act(practice: Practice) -> None:
    with practice.day(2):
        reviews.rate(practice.actor, answer(practice).review, Rating.EASY)
    assert acts("review.rerated") == []


def test_only_the_last_review_of_one_s_own_can_be_rated_again(practice: Practice) -> None:
    with practice.day(2):
        first = answer(practice).review
    with practice.day(20):
        answer(practice)
        with pytest.raises(Conflict):
            reviews.rate(practice.actor, first, Rating.AGAIN)
        with pytest.raises(NotFound):
            reviews.rate(actor_for(make_person()), first, Rating.AGAIN)
        with pytest.raises(NotFound):
            reviews.rate(practice.actor, uuid4(), Rating.AGAIN)


def test_a_question_put_aside_does_not_come_back_until_it_is_wanted(practice: Practice) -> None:
    with practice.day(2):
        reviews.suspend(practice.actor, NUMERIC)
        reviews.suspend(practice.actor, NUMERIC)
        assert "numeric" not in practice.due()
        assert [each.name for each in due.cards_of(practice.room.rep.id).suspended] == [NUMERIC]
    with practice.day(90):
        assert "numeric" not in practice.due()
        reviews.resume(practice.actor, NUMERIC)
        reviews.resume(practice.actor, NUMERIC)
        assert "numeric" in practice.due()
    assert len(acts("review.suspended")) == len(acts("review.resumed")) == 1
    with pytest.raises(NotFound):
        reviews.suspend(actor_for(make_person()), NUMERIC)


def test_a_calculated_question_draws_other_numbers_each_time_and_grades_those_shown(practice: Practice) -> None:
    from app.practice import asking

    asked = {
        **{"key": "calculated", "type": "calculated", "title": "TVA", "text": "{ht} € HT ?", "points": 1},
        **{
            "read_again": "step:prendre-contact",
            "formula": "ht * 1.2",
            "decimals": 2,
            "if_right": "Oui.",
            "if_wrong": "Non.",
        },
        "variables": [{"name": "ht", "low": "100", "high": "999"}],
    }
    practice.room.publish(title="Calculs", questions=[asked])
    practice.room.take({})
    seen = []
    for day in (1, 2, 3):
        with practice.day(day):
            made = ticket(practice, "calculated")
            shown = asking.at_revision(practice.room.rep.id, made.name, "quiz", made.revision_id, "fr", made.number)
            assert shown is not None
            seen.append(shown.question.value)  # type: ignore[union-attr]
            reviews.answer(practice.actor, made, [str(seen[-1])])
            reviews.rate(practice.actor, made.review, Rating.AGAIN)
    assert len(set(seen)) == 3
    assert [reply.mark for reply in rows()[1]] == ["1", "1", "1"]


def test_answering_costs_a_fixed_number_of_statements(practice: Practice) -> None:
    with practice.day(2):
        made = ticket(practice)
        with counting() as statements:
            reviews.answer(practice.actor, made, RIGHT["numeric"])
    assert len(statements) <= 10


def test_what_is_due_is_asked_in_one_statement(practice: Practice) -> None:
    with practice.day(2):
        due.cards_of(practice.room.rep.id)
        with counting() as statements:
            assert due.count_of_reader(practice.room.rep.id) == 5
        assert len(statements) == 1
