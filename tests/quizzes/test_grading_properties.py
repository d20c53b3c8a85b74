"""What holds of the grading of every type, whatever is asked and given."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes import grading, replies
from app.quizzes.questions import TYPES, OrderingQuestion
from app.quizzes.replies import Chosen, Placed, Typed
from tests.quizzes.question_factories import (
    GRADED,
    QUESTION,
    any_question,
    any_reply,
    asked_and_given,
    question_of,
    right_reply,
    values_of,
)


@given(asked_and_given())
def test_a_share_is_between_nothing_and_all_and_exact(pair: tuple[Any, list[str]]) -> None:
    question, values = pair
    earned = grading.share(question, replies.parse(question, values))
    assert isinstance(earned, Fraction)
    assert 0 <= earned <= 1


@given(asked_and_given())
def test_a_reply_that_was_kept_earns_what_it_earned(pair: tuple[Any, list[str]]) -> None:
    question, values = pair
    reply = replies.parse(question, values)
    if reply is not None:
        kept = replies.from_json(replies.as_json(reply))
        assert kept == reply
        assert grading.share(question, kept) == grading.share(question, reply)


@given(any_question(*GRADED))
def test_the_right_reply_earns_all_and_can_be_read(question: Any) -> None:
    reply = right_reply(question)
    assert reply is not None
    assert replies.parse(question, values_of(reply)) is not None
    assert grading.share(question, reply) == 1
    assert grading.is_readable(question, reply)
    assert not grading.near_miss(question, reply)


@given(asked_and_given(), st.data())
def test_the_order_of_what_a_form_sends_does_not_matter(pair: tuple[Any, list[str]], data: st.DataObject) -> None:
    question, values = pair
    shuffled = data.draw(st.permutations(values))
    assert replies.parse(question, shuffled) == replies.parse(question, values)


@given(any_question(*GRADED), st.data())
def test_no_reply_and_a_reply_of_another_type_earn_nothing(question: Any, data: st.DataObject) -> None:
    other = data.draw(any_question(*(kind for kind in GRADED if kind != question.type)))
    reply = right_reply(other)
    assert grading.share(question, None) == 0
    assert not grading.is_readable(question, None)
    if type(reply) is not type(right_reply(question)):
        assert grading.share(question, reply) == 0


@given(asked_and_given(), st.integers(0, 5), st.integers(0, 100))
def test_one_more_hint_never_earns_more(pair: tuple[Any, list[str]], hints: int, cost: int) -> None:
    question, values = pair
    reply = replies.parse(question, values)
    fewer = grading.grade(question, reply, hints=hints, hint_cost=cost)
    more = grading.grade(question, reply, hints=hints + 1, hint_cost=cost)
    assert 0 <= more <= fewer <= question.points


@given(any_question("ordering"), st.data())
def test_an_order_and_its_reverse_share_all_between_them(question: OrderingQuestion, data: st.DataObject) -> None:
    last = len(question.items) - 1
    order = data.draw(st.permutations(range(last + 1)))
    given_, reverse = (Placed(dict(enumerate(each))) for each in (order, [last - place for place in order]))
    assert grading.share(question, given_) + grading.share(question, reverse) == 1


@given(any_question("ordering"))
def test_the_reversed_order_earns_nothing(question: OrderingQuestion) -> None:
    last = len(question.items) - 1
    assert grading.share(question, Placed({item: last - item for item in range(last + 1)})) == 0


@given(any_question("ordering"))
def test_putting_all_at_one_position_earns_nothing(question: OrderingQuestion) -> None:
    heap = Placed(dict.fromkeys(range(len(question.items)), 0))
    assert grading.share(question, heap) == 0
    assert not grading.is_readable(question, heap)


def _reordered(question: Any, field: str, order: list[int]) -> Any:
    written = question.model_dump()
    written[field] = [written[field][place] for place in order]
    return QUESTION.validate_python(written)


@given(any_question("single", "multiple"), st.data())
def test_the_order_of_options_changes_nothing(question: Any, data: st.DataObject) -> None:
    reply = replies.parse(question, data.draw(any_reply(question)))
    order = data.draw(st.permutations(range(len(question.options))))
    shuffled = _reordered(question, "options", order)
    moved = Chosen(frozenset(map(order.index, reply.options))) if isinstance(reply, Chosen) else None
    assert grading.share(shuffled, moved) == grading.share(question, reply)


@given(any_question("matching"), st.data())
def test_the_order_of_pairs_changes_nothing(question: Any, data: st.DataObject) -> None:
    reply = replies.parse(question, data.draw(any_reply(question)))
    order = data.draw(st.permutations(range(len(question.pairs))))
    shuffled = _reordered(question, "pairs", order)
    moved = None
    if isinstance(reply, Placed):
        named = {" ".join(match.split()): place for place, match in enumerate(shuffled.matches)}
        moved = Placed(
            {
                order.index(prompt): named[" ".join(question.matches[place].split())]
                for prompt, place in reply.places.items()
            }
        )
    assert grading.share(shuffled, moved) == grading.share(question, reply)


@given(any_question("categories"), st.data())
def test_the_order_of_categories_changes_nothing(question: Any, data: st.DataObject) -> None:
    reply = replies.parse(question, data.draw(any_reply(question)))
    order = data.draw(st.permutations(range(len(question.categories))))
    shuffled = _reordered(question, "categories", order)
    moved = None
    if isinstance(reply, Placed):
        items = [(place, row) for place, each in enumerate(question.categories) for row in range(len(each.items))]
        now = {
            (order[place], row): None
            for place, each in enumerate(shuffled.categories)
            for row in range(len(each.items))
        }
        numbers = {thing: number for number, thing in enumerate(now)}
        moved = Placed({numbers[items[item]]: order.index(place) for item, place in reply.places.items()})
    assert grading.share(shuffled, moved) == grading.share(question, reply)


@given(any_question("matching", "categories", "gaps"), st.data())
def test_a_share_is_the_right_ones_of_all(question: Any, data: st.DataObject) -> None:
    reply = replies.parse(question, data.draw(any_reply(question)))
    right = grading.parts_right(question, reply)
    assert grading.share(question, reply) == Fraction(sum(right), len(right))


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=12), st.data())
def test_one_typing_error_is_near_and_not_right(word: str, data: st.DataObject) -> None:
    question = question_of("short_answer", accepted=[word])
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    wrong = data.draw(
        st.sampled_from(
            [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped]
        )
    )
    reply = Typed(wrong)
    assert grading.near_miss(question, reply) is (wrong != word)
    assert grading.share(question, reply) == (1 if wrong == word else 0)


@given(any_question("short_answer", "gaps"), st.data())
def test_a_near_miss_is_not_right(question: Any, data: st.DataObject) -> None:
    reply = replies.parse(question, data.draw(any_reply(question)))
    if grading.near_miss(question, reply):
        assert grading.share(question, reply) < 1 or question.near_share == 1
        assert not any(grading.parts_right(question, reply)[gap] for gap in grading.near_gaps(question, reply))


@given(
    st.sampled_from(TYPES),
    st.lists(st.text(max_size=12) | st.sampled_from(["0", "0:0", "1:0", "true", ":", "0:", "00:1"]), max_size=4),
)
def test_whatever_is_sent_is_a_reply_or_a_refusal(kind: str, values: list[str]) -> None:
    question = question_of(kind)
    try:
        reply = replies.parse(question, values)
    except replies.WrongReply:
        return
    if reply is not None:
        assert replies.from_json(replies.as_json(reply)) == reply
        if kind != "calculated":
            assert 0 <= grading.share(question, reply) <= 1


def test_a_calculated_question_without_its_values_is_never_graded() -> None:
    with pytest.raises(TypeError, match="without its values"):
        grading.share(question_of("calculated"), Typed("12"))
