"""The difference of what is structured: one readable line a change, never JSON."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.library.differences.facts import FactChange, facts_diff
from app.library.differences.folding import fold
from app.library.differences.words import Piece, diff


@pytest.fixture
def french(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Accept-Language": "fr"}):
        yield


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield


def told(change: FactChange) -> str:
    signs = {"same": "{}", "was": "[-{}]", "now": "[+{}]"}
    return " · ".join(change.label) + ": " + "".join(signs[each.state].format(each.text) for each in change.pieces)


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [told(change) for change in facts_diff(old, new)]


@pytest.mark.usefixtures("english")
def test_a_price_is_told_by_its_row() -> None:
    row = {"item": "Abonnement", "amount": "390.00", "currency": "EUR"}
    (change,) = facts_diff({"prices": [row]}, {"prices": [{**row, "amount": "410.00"}]})
    assert told(change) == "Prices · Abonnement · Amount: [-390.00][+410.00]"
    assert change.is_replaced


@pytest.mark.usefixtures("french")
def test_in_french_the_keys_are_french() -> None:
    row = {"item": "Abonnement", "amount": "390.00"}
    assert changes({"prices": [row]}, {"prices": [{**row, "amount": "410.00"}]}) == [
        "Prix · Abonnement · Montant: [-390.00][+410.00]"
    ]


@pytest.mark.usefixtures("english")
def test_rows_that_came_went_moved_or_took_another_name() -> None:
    a, b = {"name": "Rendement", "proof": "Relevé de l’atelier"}, {"name": "Garantie", "proof": "Contrat signé"}
    assert changes({"characteristics": [a]}, {"characteristics": [a, b]}) == [
        "Characteristics · Garantie: [+Name: Garantie; Proof: Contrat signé]"
    ]
    assert changes({"characteristics": [a, b]}, {"characteristics": [a]}) == [
        "Characteristics · Garantie: [-Name: Garantie; Proof: Contrat signé]"
    ]
    assert changes({"characteristics": [a, b]}, {"characteristics": [b, a]}) == [
        "Characteristics · order of the rows: [-Rendement, Garantie][+Garantie, Rendement]"
    ]
    renamed = {**a, "name": "Rendement lumineux"}
    assert changes({"characteristics": [a, b]}, {"characteristics": [renamed, b]}) == [
        "Characteristics · Rendement lumineux · Name: [-Rendement][+Rendement lumineux]"
    ]


@pytest.mark.usefixtures("english")
def test_a_question_is_told_by_its_title_down_to_the_option() -> None:
    option = {"text": "1 026 €", "right": True, "feedback": "Les remises se multiplient."}
    wrong = {"text": "1 020 €", "right": False, "feedback": "Non."}
    question = {"key": "remises", "title": "Remises", "options": [option, wrong]}
    changed = {**question, "options": [{**option, "right": False}, {**wrong, "right": True}]}
    assert changes({"questions": [question]}, {"questions": [changed]}) == [
        "Questions · Remises · Options · 1 026 € · Right: [-yes][+no]",
        "Questions · Remises · Options · 1 020 € · Right: [-no][+yes]",
    ]


@pytest.mark.usefixtures("english")
def test_long_texts_show_the_words_that_changed_and_values_their_names() -> None:
    old = {"summary": "Un éclairage qui consomme deux fois moins, livré en trois semaines.", "nature": "product"}
    new = {"summary": "Un éclairage qui consomme deux fois moins, livré en deux semaines.", "nature": "service"}
    assert changes(old, new) == [
        "Summary: Un éclairage qui consomme deux fois moins, livré en [-trois][+deux] semaines.",
        "Nature: [-product][+service]",
    ]


@pytest.mark.usefixtures("english")
def test_lists_of_words_and_values_that_were_not_there() -> None:
    assert changes({"for_whom": ["Ateliers", "Bureaux"]}, {"for_whom": ["Ateliers", "Écoles"]}) == [
        "For whom: [-Bureaux][+Écoles]"
    ]
    assert changes({"owner": None}, {"owner": "claire@acme.example"}) == ["Owner: [+claire@acme.example]"]
    assert changes({"verify_every": 90}, {}) == ["To be verified every (days): [-90]"]
    assert changes({"some_new_key": 1}, {"some_new_key": 2}) == ["Some new key: [-1][+2]"]


@pytest.mark.usefixtures("english")
def test_ids_are_told_by_what_they_name() -> None:
    (change,) = facts_diff({"steps": ["a"]}, {"steps": ["b"]}, lambda _key, each: f"Step {each.upper()}")
    assert told(change) == "Steps: [-Step A][+Step B]"


values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "b", "un texte plus long"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "item", "text", "value", "id"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.usefixtures("english")
def test_whatever_the_shape_something_is_told_of_a_difference_and_nothing_of_none(app: Flask) -> None:
    @given(st.dictionaries(st.sampled_from(["title", "prices", "terms"]), values, max_size=3), st.data())
    def check(old: dict[str, Any], data: st.DataObject) -> None:
        new = data.draw(st.dictionaries(st.sampled_from(["title", "prices", "terms"]), values, max_size=3))
        assert facts_diff(old, old) == []
        assert all(change.label and change.pieces for change in facts_diff(old, new))

    check()


@given(st.lists(st.sampled_from(["a\n", "b\n", "c d\n", "\n", "e"]), max_size=40), st.integers(0, 39))
def test_folding_loses_nothing(lines: list[str], at: int) -> None:
    old = "".join(lines)
    new = "".join([*lines[:at], "neuf\n", *lines[at:]])
    pieces = diff(old, new)
    joined = [piece for stretch in fold(pieces) for piece in stretch.pieces]
    assert "".join(piece.text for piece in joined if piece.state != "now") == old
    assert "".join(piece.text for piece in joined if piece.state != "was") == new
    assert all(piece.state == "same" for stretch in fold(pieces) if stretch.folded for piece in stretch.pieces)


def test_three_lines_stay_beside_a_change() -> None:
    text = "".join(f"ligne {number}\n" for number in range(20))
    folded = fold(diff(text, text.replace("ligne 10\n", "ligne dix\n")))
    assert [(stretch.folded, stretch.lines) for stretch in folded] == [(True, 7), (False, 0), (True, 6)]
    assert folded[1].pieces[0] == Piece("ligne 7\nligne 8\nligne 9\nligne ", "same")
