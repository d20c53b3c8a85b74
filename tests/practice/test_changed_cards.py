"""Questions that change are new again; those that are asked no more do not come back."""

from datetime import timedelta
from typing import Any

import pytest

from app.practice import reviews
from app.practice.reviews import Overtaken
from app.quizzes import attempts
from tests.library_factories import questions
from tests.practice.conftest import DAY, Practice, answer, rows, ticket
from tests.quizzes.conftest import QUIZ, RIGHT


def changed(key: str, **values: Any) -> list[dict[str, Any]]:
    return [{**each, **(values if each["key"] == key else {})} for each in questions("step:prendre-contact")]


def test_a_question_that_changed_is_due_now_and_new_again(practice: Practice) -> None:
    with practice.day(2):
        answer(practice)
    with practice.day(3) as at:
        practice.room.publish(title="Défendre le prix", questions=changed("numeric", value="1030.00"))
        assert practice.due()[0] == "numeric"
        answer(practice, values=["1030"], shown_at=at - timedelta(seconds=40))
    card = practice.card("numeric")
    assert (card.due_at, card.reviews, card.memory.stability) == (at + 2 * DAY, 2, pytest.approx(2.3065))
    review = rows()[0][-1]
    assert (review.predicted, review.is_first) == (None, False)
    with practice.day(4):
        assert "numeric" not in practice.due()


def test_a_change_of_words_around_it_does_not(practice: Practice) -> None:
    with practice.day(2):
        answer(practice)
    with practice.day(3):
        practice.room.publish(title="Défendre le prix", questions=changed("numeric", if_wrong="Recomptez."))
        assert "numeric" not in practice.due()


def test_a_quiz_taken_on_the_old_text_leaves_the_change_to_be_asked(practice: Practice) -> None:
    with practice.day(2):
        attempt = practice.room.start()
    with practice.day(3):
        practice.room.publish(title="Défendre le prix", questions=changed("numeric", value="1030.00"))
    with practice.day(4):
        for key, values in RIGHT.items():
            practice.room.reply(attempt, key, values)
        reviews_before = practice.card("numeric").reviews
        attempts.submit(practice.actor, attempt)
        assert practice.due() == ["numeric"]
        assert reviews_before == 0


def test_a_quiz_taken_on_the_new_text_starts_it_again(practice: Practice) -> None:
    with practice.day(20):
        practice.room.publish(title="Défendre le prix", questions=changed("numeric", value="1030.00"))
    with practice.day(30):
        practice.room.take({**RIGHT, "numeric": ["1030"]})
        assert practice.due() == []
        assert practice.card("numeric").memory.stability == pytest.approx(2.3065)
        assert practice.card("single").memory.stability > 20


@pytest.mark.parametrize("what", ["withdrawn", "archived"])
def test_what_is_asked_no_more_does_not_come_back(practice: Practice, what: str) -> None:
    left = [each for each in questions("step:prendre-contact") if each["key"] != "numeric"]
    with practice.day(2):
        shown = ticket(practice)
        if what == "withdrawn":
            practice.room.publish(title="Défendre le prix", questions=left)
            assert practice.due() == ["multiple", "short-answer", "single", "true-false"]
        else:
            (practice.room.files / f"quizzes/fr/{QUIZ}.yaml").unlink()
            practice.room.synchronise()
            assert practice.due() == []
        with pytest.raises(Overtaken):
            reviews.answer(practice.actor, shown, RIGHT["numeric"])
    assert rows() == ([], [])


def test_an_answer_to_what_was_asked_before_a_change_is_not_counted(practice: Practice) -> None:
    with practice.day(2):
        shown = ticket(practice)
        practice.room.publish(title="Défendre le prix", questions=changed("numeric", value="1030.00"))
        with pytest.raises(Overtaken):
            reviews.answer(practice.actor, shown, RIGHT["numeric"])
        answer(practice, values=["1030"])


def test_an_answer_after_a_change_of_words_counts(practice: Practice) -> None:
    with practice.day(2):
        shown = ticket(practice)
        practice.room.publish(title="Autre titre", questions=changed("numeric", if_wrong="Recomptez."))
        reviews.answer(practice.actor, shown, RIGHT["numeric"])
    assert len(rows()[0]) == 1
