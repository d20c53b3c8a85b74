"""From facts to questions: always the same, each about its facts, right in both languages."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.kinds import ID
from app.quizzes import grading
from app.quizzes.from_offers import generator, provenance
from app.quizzes.from_offers.suggestions import Suggestion
from app.quizzes.from_offers.values import figure_in
from app.quizzes.questions.checks import check_questions
from app.quizzes.replies import Typed
from app.quizzes.wording import essence
from tests.quizzes.from_offers.offers import ATELIER, ETUDE, SUIVI, offer, replaced
from tests.quizzes.question_factories import right_reply

SIBLINGS = [offer("lumio-suivi", SUIVI), offer("lumio-etude", ETUDE)]


def made(facts: dict[str, Any] = ATELIER, siblings: Any = SIBLINGS, language: str = "fr") -> dict[str, Suggestion]:
    return {each.key: each for each in generator.suggestions(offer("lumio-atelier", facts), siblings, language)}


def asked(suggestions: dict[str, Suggestion]) -> dict[str, Any]:
    return {key: each.values for key, each in suggestions.items()}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_question_is_one_that_a_bank_takes_and_that_can_be_answered(language: str) -> None:
    questions = [each.question for each in made(language=language).values()]
    assert list(check_questions(questions)) == []
    assert {question.type for question in questions} == {"matching", "numeric", "true_false", "gaps", "single"}
    for question in questions:
        assert grading.share(question, right_reply(question)) == 1
        assert "{" not in f"{question.text}{question.title}"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_says_where_its_answer_is_explained_and_what_it_was_made_from(language: str) -> None:
    for key, each in made(language=language).items():
        part = each.fact.partition("-")[0]
        source = provenance.read(each.question.made_from)
        assert each.question.read_again == f"offer:lumio-atelier#{part}"
        assert source is not None
        assert (source.offer, source.fact, source.digest) == ("lumio-atelier", each.fact, each.digest)
        assert each.question.key == key


def test_the_same_facts_give_the_same_questions() -> None:
    assert asked(made()) == asked(made())


@given(st.data())
def test_moving_facts_and_offers_changes_nothing(data: st.DataObject) -> None:
    moved = {part: data.draw(st.permutations(rows)) for part, rows in ATELIER.items()}
    assert asked(made(moved, data.draw(st.permutations(SIBLINGS)))) == asked(made())


def test_a_changed_price_changes_the_questions_about_it_alone() -> None:
    before, after = asked(made()), asked(made(replaced(ATELIER, "prices", 1, amount="99.00")))
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {
        *("price-pose", "price-and-tax-pose"),
    }


def test_a_changed_number_in_a_limit_leaves_it_the_same_limit() -> None:
    facts = replaced(ATELIER, "limits", 1, limit="La livraison prend 6 semaines.")
    before, after = made(), made(facts)
    assert before.keys() == after.keys()
    assert "6 semaines" in after["limit-la-livraison-prend-semaines"].question.text


def test_prices_are_asked_on_both_sides_of_the_tax() -> None:
    found = made()
    price, taxed = found["price-pose"].question, found["price-and-tax-pose"].question
    assert (price.value, taxed.value) == (Decimal("95.00"), Decimal("114.00"))
    assert grading.share(taxed, Typed("114 €")) == 1
    assert grading.share(taxed, Typed("95 €")) == 0
    assert taxed.also[0].feedback == "C’est le prix hors taxes : ajoutez la TVA."
    assert taxed.if_right == "95 € × 1,20 = 114 €."


def test_a_price_with_tax_is_asked_without_it_and_knows_the_usual_mistake() -> None:
    found = generator.suggestions(offer("lumio-suivi", SUIVI), [], "en")
    question = next(each.question for each in found if each.key == "price-and-tax-formule")
    assert question.value == Decimal("18.00")
    assert question.if_right == "€21.60 ÷ 1.20 = €18."
    assert [str(other.value) for other in question.also] == ["21.60", "17.28"]


def test_what_costs_nothing_has_no_tax_to_add() -> None:
    keys = [each.key for each in generator.suggestions(offer("lumio-etude", ETUDE), [], "fr")]
    assert "price-etude" in keys
    assert "price-and-tax-etude" not in keys


def test_a_value_that_others_have_too_is_chosen_among_theirs() -> None:
    question = made()["value-garantie"].question
    assert {option.text: option.right for option in question.options} == {
        "5 ans, sur site": True,
        "2 ans": False,
        "aucune": False,
    }
    assert "5 ans, sur site" in question.options[1].feedback


def test_one_number_with_a_unit_is_asked_for() -> None:
    question = made(siblings=[])["value-garantie"].question
    assert (question.type, question.value, question.unit) == ("numeric", 5, "ans")
    assert "« Garantie : […] ans, sur site »" in question.text


@pytest.mark.parametrize(
    ("value", "number", "unit"),
    [
        ("5 ans, pièces et main-d’œuvre", 5, "ans"),
        ("50 000 h L80", 50000, "h"),
        ("sous 5 jours ouvrés", 5, "jours ouvrés"),
        ("Sérénité, 300 lux au poste de travail", 300, "lux"),
        ("1,5 mm² au plus", Decimal("1.5"), "mm²"),
        ("180 W", 180, "W"),
        ("30 days from order", 30, "days"),
    ],
)
def test_a_figure_and_its_unit_are_found(value: str, number: Decimal, unit: str) -> None:
    figure = figure_in(value)
    assert figure is not None
    assert (figure.value, figure.unit) == (number, unit)


@pytest.mark.parametrize(
    "value",
    [
        *("180 W, contre 430 W", "140 lm/W, 25 200 lm", "IP65, IK08", "DALI-2", "de −20 °C à +45 °C", "mensuel"),
        *("48 heures, soit deux jours", "depuis 2019", "18,00 € ou 42,00 €", "12.5.3 bar", "1,026 kg", "-58 %"),
    ],
)
def test_what_is_ambiguous_or_has_no_unit_is_no_figure(value: str) -> None:
    assert figure_in(value) is None


def test_no_distractor_is_right() -> None:
    for each in made().values():
        question = each.question
        if question.type == "matching":
            right = {essence(pair.match) for pair in question.pairs}
            assert not right & {essence(wrong) for wrong in question.wrong}
        elif question.type == "gaps":
            right = {essence(word) for gap in question.gaps for word in gap.accepted}
            assert not right & {essence(wrong) for wrong in question.wrong}
        elif question.type == "single":
            texts = [essence(option.text) for option in question.options]
            assert len(set(texts)) == len(texts)


def test_a_sibling_that_says_the_same_gives_no_distractor_and_no_false_statement() -> None:
    found = made(siblings=[offer("copie", ATELIER, "Copie")])
    assert not [key for key in found if key.startswith("not-")]
    assert not any(getattr(each.question, "wrong", []) for each in found.values())


def test_a_false_statement_stands_on_the_sheet_of_another() -> None:
    false = [each for each in made().values() if each.question.type == "true_false" and not each.question.answer]
    assert {each.question.read_again for each in false} == {
        "offer:lumio-atelier#limits",
        "offer:lumio-atelier#characteristics",
    }
    own = [row["limit"] for row in ATELIER["limits"]]
    assert not any(limit in each.question.text for each in false for limit in own)


def test_a_fact_is_plain_text_whatever_signs_it_has() -> None:
    facts = replaced(ATELIER, "limits", 0, limit="[[1]] *gras* <b>x</b> {ht}", answer="a_b [lien](step:x)")
    question = made(facts)
    limit = next(each.question for key, each in question.items() if key.startswith("limit-gras"))
    assert r"\*gras\*" in limit.text
    assert list(check_questions([each.question for each in question.values()])) == []


def test_two_facts_of_one_name_are_left_alone() -> None:
    facts = {**ATELIER, "prices": [ATELIER["prices"][1], ATELIER["prices"][1]]}
    assert not [key for key in made(facts) if key.startswith("price")]


@pytest.mark.parametrize("number", [1, 2, 5, 6, 11, 40])
def test_groups_are_small_enough_for_a_phone(number: int) -> None:
    rows = [
        {"name": f"Fait {n}", "value": f"valeur {n}x", "advantage": f"Avantage {n}.", "proof": f"Preuve {n}."}
        for n in range(number)
    ]
    sizes = [
        len(each.question.pairs)
        for key, each in made({**ATELIER, "characteristics": rows}).items()
        if "advantages" in key
    ]
    assert sum(sizes) == (number if number > 1 else 0)
    assert all(2 <= size <= 5 for size in sizes)


def test_keys_are_short_and_plain() -> None:

    facts = replaced(ATELIER, "characteristics", 0, name="Une caractéristique dont le nom n’en finit pas " * 3)
    for key in made(facts):
        assert re.fullmatch(ID, key)
        assert len(key) <= 60
