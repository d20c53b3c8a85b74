"""Who replied what, for every type, by thirds."""

from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from app.quizzes import grading
from app.quizzes.questions import Question
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed
from app.quizzes.statistics import answer_counts
from app.quizzes.statistics.answer_counts import Counts, Given, Outcome

SHARED = {"key": "q", "title": "T", "text": "Texte", "read_again": "step:s"}
TOLD = {"if_right": "Oui.", "if_wrong": "Non."}


def question(**values: Any) -> Question:
    made: Question = TypeAdapter(Question).validate_python({**SHARED, **values}, strict=False)
    return made


def counted(asked: Question, *given: tuple[int, Reply | None]) -> Counts:
    return answer_counts.count(
        asked, [Given(third, reply, None if reply is None else grading.share(asked, reply)) for third, reply in given]
    )


def test_options_by_thirds_and_those_without_a_reply() -> None:
    options = [{"text": text, "right": text == "a", "feedback": "F"} for text in "abc"]
    one = question(type="single", options=options)
    a, b = Chosen(frozenset({0})), Chosen(frozenset({1}))
    found = counted(one, (0, b), (0, b), (1, a), (2, a), (2, a), (2, None))
    assert (found.asked, found.silent, found.attempts) == ((2, 1, 3), (0, 0, 1), 6)
    assert [(tally.value, tally.share, tally.thirds) for tally in found.tallies] == [
        (0, 1, (0, 1, 2)),
        (1, 0, (2, 0, 0)),
        (2, 0, (0, 0, 0)),
    ]


def test_several_options_may_be_picked_by_one() -> None:
    options = [{"text": text, "right": text in "ab", "feedback": "F"} for text in "abc"]
    several = question(type="multiple", options=options)
    found = counted(several, (0, Chosen(frozenset({0, 2}))), (2, Chosen(frozenset({0, 1}))))
    assert [tally.thirds for tally in found.tallies] == [(1, 0, 1), (0, 0, 1), (1, 0, 0)]


def test_true_and_false() -> None:
    judged = question(type="true_false", answer=False, if_true="Non.", if_false="Oui.")
    found = counted(judged, (0, Judged(True)), (2, Judged(False)), (2, Judged(False)))
    assert [(tally.value, tally.share, tally.thirds) for tally in found.tallies] == [
        (True, 0, (1, 0, 0)),
        (False, 1, (0, 0, 2)),
    ]


def test_typed_answers_the_most_frequent_first_alike_but_for_capitals_and_spaces() -> None:
    words = question(type="short_answer", accepted=["BATNA"], **TOLD)
    found = counted(words, (0, Typed("marge")), (1, Typed("BATNA")), (2, Typed("batna")), (2, Typed("BATNA")))
    assert [(tally.value, tally.share, tally.total) for tally in found.tallies] == [("BATNA", 1, 3), ("marge", 0, 1)]


def test_typed_answers_are_bounded_in_number_and_length() -> None:
    number = question(type="numeric", value="10", **TOLD)
    found = counted(number, *((0, Typed(str(each) + " " * 3 + "x" * 150)) for each in range(50)))
    assert (len(found.tallies), found.others) == (answer_counts.MOST_TYPED, 50 - answer_counts.MOST_TYPED)
    assert all(len(str(tally.value)) <= answer_counts.LONGEST_SHOWN for tally in found.tallies)


def test_what_differs_from_one_attempt_to_another_is_counted_by_what_it_earned() -> None:
    variables = [{"name": "ht", "low": "10", "high": "90"}]
    drawn = question(type="calculated", variables=variables, formula="ht*1.2", **TOLD)
    shares = (Fraction(1), Fraction(1, 2), Fraction(0), None)
    given = [Given(third, Typed("12"), share) for third, share in enumerate(shares[:3])] + [Given(0, Typed("?"), None)]
    found = answer_counts.count(drawn, given)
    assert {tally.value: tally.thirds for tally in found.tallies} == {
        Outcome.RIGHT: (1, 0, 0),
        Outcome.PARTLY: (0, 1, 0),
        Outcome.WRONG: (1, 0, 1),
    }


def test_pairs_and_what_most_put_instead() -> None:
    pairs = [{"prompt": "Garantie", "match": "Sécurité"}, {"prompt": "Remise", "match": "Argent"}]
    reply = [Placed({0: 0, 1: 1}), Placed({0: 2, 1: 1}), Placed({0: 2}), Placed({0: 1, 1: 0})]
    found = counted(
        question(type="matching", pairs=pairs, wrong=["Orgueil"], **TOLD), *zip((2, 0, 0, 0), reply, strict=True)
    )
    first, second = found.pieces
    assert (first.right, first.instead, first.times) == ((0, 0, 1), 2, 2)
    assert (second.right, second.instead, second.times) == ((1, 0, 1), 0, 1)


def test_orders_categories_and_gaps() -> None:
    order = question(type="ordering", items=["a", "b", "c"], **TOLD)
    found = counted(order, (0, Placed({0: 0, 1: 2, 2: 1})), (2, Placed({0: 0, 1: 1, 2: 2})))
    assert [(piece.right, piece.instead) for piece in found.pieces] == [
        ((1, 0, 1), None),
        ((0, 0, 1), 2),
        ((0, 0, 1), 1),
    ]
    boxes = question(
        type="categories", categories=[{"name": "A", "items": ["x"]}, {"name": "B", "items": ["y"]}], **TOLD
    )
    assert [piece.instead for piece in counted(boxes, (0, Placed({0: 1, 1: 1}))).pieces] == [1, None]
    typed = question(type="gaps", text="[[1]] [[2]]", gaps=[{"accepted": ["valeur"]}, {"accepted": ["prix"]}], **TOLD)
    found = counted(typed, (0, Filled({0: "Valeur", 1: "Marge"})), (1, Filled({1: "marge"})))
    assert [(piece.right, piece.instead, piece.times) for piece in found.pieces] == [
        ((1, 0, 0), None, 0),
        ((0, 0, 0), "marge", 2),
    ]


def test_a_question_that_nobody_answered() -> None:
    written = question(type="free_text", rubric=[{"name": "Clair", "points": 2}], model_answer="Bien.")
    found = counted(written, (0, None), (2, None))
    assert (found.silent, sum(tally.total for tally in found.tallies)) == ((1, 0, 1), 0)
