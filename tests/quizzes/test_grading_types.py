"""Shares by example: what the formulas of docs/assessment.md say, type by type."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from app.quizzes import grading, wording
from app.quizzes.grading import share
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed
from tests.quizzes.question_factories import question_of

HALF = Fraction(1, 2)


def chosen(*places: int) -> Chosen:
    return Chosen(frozenset(places))


def test_an_option_of_a_single_choice_may_earn_a_part() -> None:
    options: list[dict[str, Any]] = [
        {"text": "a", "right": True, "feedback": "f"},
        {"text": "b", "credit": "1/3", "feedback": "f"},
        {"text": "c", "credit": "-1/2", "feedback": "f"},
    ]
    question = question_of("single", options=options)
    assert [share(question, chosen(place)) for place in range(3)] == [1, Fraction(1, 3), 0]
    assert share(question, chosen(0, 1)) == 0


def test_credits_of_a_multiple_choice_add_up_and_never_go_below_nothing() -> None:
    credits_ = ["2/3", "1/3", "-1/4", "0"]
    options = [
        {"text": str(place), "right": place < 2, "credit": credit, "feedback": "f"}
        for place, credit in enumerate(credits_)
    ]
    question = question_of("multiple", options=options)
    picked: list[tuple[int, ...]] = [(0,), (0, 1), (0, 1, 2), (0, 1, 3), (2,), (2, 3)]
    assert [share(question, chosen(*each)) for each in picked] == [
        *(Fraction(2, 3), 1, Fraction(3, 4), 1, 0, 0),
    ]


def test_a_number_is_right_within_the_larger_tolerance() -> None:
    question = question_of("numeric", value="200", tolerance="1", relative_tolerance="5")
    assert [share(question, Typed(each)) for each in ("190", "210", "189,99", "210.01")] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    "typed", ["1026", "1026 €", "1,026 k€", "1.026 k€", "102 600 centimes", "k€ 1,026", "1 026,00"]
)
def test_a_number_may_be_in_another_unit(typed: str) -> None:
    units = [{"unit": "k€", "factor": "1000"}, {"unit": "centimes", "factor": "0.01"}]
    assert share(question_of("numeric", other_units=units), Typed(typed)) == 1


@pytest.mark.parametrize("typed", ["1026 k€", "1026 centimes", "1026 MW", "1026 %", "1,026"])
def test_a_number_in_the_wrong_unit_is_wrong(typed: str) -> None:
    units = [{"unit": "k€", "factor": "1000"}, {"unit": "centimes", "factor": "0.01"}]
    assert share(question_of("numeric", value="5", other_units=units), Typed(typed)) == 0


def test_units_that_differ_by_capitals_are_told_apart() -> None:
    question = question_of("numeric", value="3", unit="mW", other_units=[{"unit": "MW", "factor": "1000000000"}])
    assert [share(question, Typed(each)) for each in ("3 mW", "3 MW", "3 mw")] == [1, 0, 1]


def test_another_number_earns_what_the_author_says_the_best_that_fits() -> None:
    also = [
        {"value": "855", "tolerance": "5", "credit": "1/2", "feedback": "Hors taxes."},
        {"value": "855", "credit": "3/4", "feedback": "Exactement hors taxes."},
        {"value": "900", "credit": "-1/2", "feedback": "Non."},
    ]
    question = question_of("numeric", also=also)
    assert [share(question, Typed(each)) for each in ("1026", "855", "857", "900")] == [1, Fraction(3, 4), HALF, 0]


@pytest.mark.parametrize(
    ("accepted", "typed", "fits"),
    [
        ("je reformule*", "Je reformule votre besoin.", True),
        ("je reformule*", "Je reformule", True),
        ("je reformule*", "Alors je reformule", False),
        ("*besoin*", "C’est le besoin du client", True),
        ("a*b*c", "abc", True),
        ("a*b*c", "acb", False),
        ("a*a", "a", False),
        ("ab*ba", "aba", False),
        (r"5 \* 3", "5 * 3", True),
        (r"5 \* 3", "5 x 3", False),
        ("*", "n’importe quoi", True),
        ("*", "!", False),
    ],
)
def test_a_star_stands_for_any_letters(accepted: str, typed: str, *, fits: bool) -> None:
    assert share(question_of("short_answer", accepted=[accepted]), Typed(typed)) == fits


def test_many_stars_are_compared_in_no_time() -> None:
    accepted = wording.accepted(["*a" * 100 + "*b"])
    assert not accepted.holds("a" * 200)
    assert accepted.holds("a" * 199 + "b")


@pytest.mark.parametrize(
    ("flags", "typed", "earned"),
    [
        ({}, "ecoute ACTIVE", 1),
        ({"accents_count": True}, "ecoute active", 0),
        ({"accents_count": True}, "ÉCOUTE active", 1),
        ({"accents_count": True}, "e\u0301coute active", 1),
        ({"case_counts": True}, "ecoute active", 0),
        ({"case_counts": True}, "Ecoute active", 1),
        ({"case_counts": True, "accents_count": True}, "« Écoute  active ! »", 1),
    ],
)
def test_case_and_accents_count_when_the_author_says_so(flags: Mapping[str, bool], typed: str, earned: int) -> None:
    assert share(question_of("short_answer", accepted=["Écoute active"], **flags), Typed(typed)) == earned


def test_other_words_earn_what_the_author_says_before_a_near_miss_does() -> None:
    question = question_of(
        "short_answer",
        accepted=["taux de marge"],
        also=[{"text": "taux de marque", "credit": "1/4", "feedback": "Sur le prix de vente."}],
        near_miss_credit="1/2",
    )
    given = ("taux de marge", "taux de marque", "taux de mrage", "taux de merges", "prix")
    assert [share(question, Typed(each)) for each in given] == [1, Fraction(1, 4), HALF, 0, 0]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("prospct", True),
        ("prospects", True),
        ("prospekt", True),
        ("prsopect", True),
        ("xprospect", True),
        ("Prospect !", False),
        ("prspct", False),
        ("prospecteur", False),
        ("client", False),
        ("prospect2", False),
    ],
)
def test_one_typing_error_is_a_near_miss(typed: str, *, near: bool) -> None:
    question = question_of("short_answer", accepted=["prospect"])
    assert grading.near_miss(question, Typed(typed)) is near


@pytest.mark.parametrize(
    ("accepted", "typed"), [("crac", "crab"), ("rdv", "rd"), ("taux de 20", "taux de 21"), ("*prospect", "prospct")]
)
def test_short_words_numbers_and_stars_have_no_near_miss(accepted: str, typed: str) -> None:
    assert not grading.near_miss(question_of("short_answer", accepted=[accepted]), Typed(typed))


def test_gaps_that_are_typed_and_near() -> None:
    question = question_of("gaps")
    reply = Filled({0: "creuse", 1: "refromule"})
    assert (share(question, reply), grading.near_gaps(question, reply)) == (HALF, frozenset({1}))
    assert grading.near_miss(question, reply)
    assert share(question, Filled({1: "ARGUMENTE"})) == HALF
    assert not grading.is_readable(question, Filled({1: "argumente"}))


def test_gaps_whose_words_are_chosen() -> None:
    question = question_of("gaps", choose=True, wrong=["conclut", "creuse"])
    assert question.words == ("creuse", "reformule", "argumente", "conclut")
    given: list[Reply] = [Placed({0: 0, 1: 2}), Placed({0: 3, 1: 1}), Placed({0: 1, 1: 0}), Filled({0: "creuse"})]
    assert [share(question, each) for each in given] == [1, HALF, 0, 0]


def test_matching_and_categories_count_the_right_ones_of_all() -> None:
    matching = question_of("matching")
    assert share(matching, Placed({0: 0, 1: 3, 2: 2})) == Fraction(2, 3)
    assert share(matching, Placed({0: 0})) == Fraction(1, 3)
    categories = question_of("categories")
    assert share(categories, Placed({0: 0, 1: 0, 2: 0})) == Fraction(2, 3)


def test_two_prompts_may_have_one_match() -> None:
    pairs = [{"prompt": "a", "match": "x"}, {"prompt": "b", "match": " x "}, {"prompt": "c", "match": "y"}]
    question = question_of("matching", pairs=pairs, wrong=[])
    assert question.matches == ("x", "y")
    assert share(question, Placed({0: 0, 1: 0, 2: 1})) == 1


@pytest.mark.parametrize(
    ("positions", "earned"),
    [
        ((0, 1, 2, 3), 1),
        ((3, 2, 1, 0), 0),
        ((1, 0, 2, 3), Fraction(5, 6)),
        ((3, 0, 1, 2), HALF),
        ((0,), 0),
        ((0, 0, 1, 2), Fraction(5, 6)),
    ],
)
def test_an_ordering_counts_the_pairs_in_order(positions: tuple[int, ...], earned: Fraction) -> None:
    assert share(question_of("ordering"), Placed(dict(enumerate(positions)))) == earned


def test_hints_cost_a_part_of_the_points_and_never_more_than_was_earned() -> None:
    question = question_of("matching", points=4)
    two_of_three = Placed({0: 0, 1: 3, 2: 2})
    marks = [grading.grade(question, two_of_three, hints=hints, hint_cost=25) for hints in range(4)]
    assert marks == [Fraction(8, 3), Fraction(5, 3), Fraction(2, 3), 0]


def test_free_texts_wait_for_a_manager() -> None:
    questions = [question_of("true_false"), question_of("free_text", points=3)]
    given = {"question-free-text": Typed("Si je comprends bien, vous voulez…")}
    waiting = grading.grade_all(questions, given, 50)
    assert (waiting.unscored, waiting.mark, waiting.maximum) == (("question-free-text",), 0, 4)
    scored = grading.grade_all(questions, given, 50, scores={"question-free-text": Fraction(2, 3)})
    assert (scored.unscored, scored.mark, scored.passed) == ((), 2, True)
    assert grading.grade_all(questions, {}, 50).unscored == ()


def test_a_free_text_of_too_many_words_is_not_readable() -> None:
    question = question_of("free_text", most_words=10)
    assert grading.is_readable(question, Typed("mot " * 10))
    assert not grading.is_readable(question, Typed("mot " * 11))


def test_hints_by_question_count_in_an_attempt() -> None:
    question = question_of("true_false")
    result = grading.grade_all(
        [question], {question.key: Judged(True)}, 80, hints={question.key: 2, "gone": 1}, hint_cost=10
    )
    assert result.mark == Fraction(4, 5)
    assert result.passed
