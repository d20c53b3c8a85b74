"""Questions of every type, settings of quizzes and banks, written as forms: what is asked, folded, and kept."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.library import yaml_source
from app.library.authoring import drafts
from tests.factories import make_member, sign_in_as
from tests.library.form_reader import form_of
from tests.library_factories import sync_library, write_bank, write_quiz, write_small_library
from tests.quizzes.every_type import every_question, question

BANK = "/library/banque-prix/fr/fields"
QUIZ = "/library/quiz-prix/fr/fields"


@pytest.fixture
def library(app: Flask, library_files: Path, client: FlaskClient) -> Path:
    sign_in_as(client, make_member(Role.MANAGER, language="fr"))
    write_small_library(library_files)
    write_bank(library_files, questions=every_question())
    assert sync_library(app).problems == []
    return library_files


def shown(client: FlaskClient, address: str = BANK) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return form_of(response.text)


def press(client: FlaskClient, form: dict[str, Any], what: str = "save", address: str = BANK) -> Any:
    return client.post(address, data={**form, "do": what}, follow_redirects=True)


def source_of(document_id: str = "banque-prix") -> str:
    draft = drafts.find(document_id, "fr")
    assert draft is not None
    return draft.source.decode()


def values_of(document_id: str = "banque-prix") -> Any:
    return yaml_source.read(source_of(document_id)).value


def question_made(client: FlaskClient, kind: str, fields: dict[str, Any], rows: tuple[str, ...] = ()) -> Any:
    """A question added to the bank in its form, with more rows where asked for."""
    place = len(every_question())
    form = form_of(press(client, {**shown(client), "questions-new": kind}, "add:questions").text)
    for name in rows:
        form = form_of(press(client, form, f"add:questions-{place}-{name}").text)
    form[f"questions-{place}-title"] = ["Neuve"]
    form |= {f"questions-{place}-{name}": value for name, value in fields.items()}
    assert press(client, form).status_code == 200
    made = values_of()["questions"][place]
    return {name: value for name, value in made.items() if name not in ("key", "type", "title")}


def test_a_form_of_every_type_that_changed_nothing_writes_nothing(client: FlaskClient, library: Path) -> None:
    page = client.get(BANK)
    assert "Rien ne manque" in page.text
    press(client, form_of(page.text))
    assert drafts.find("banque-prix", "fr") is None


@pytest.mark.parametrize("place", range(11))
def test_one_field_of_a_question_changes_its_line_alone(client: FlaskClient, library: Path, place: int) -> None:
    before = (library / "quizzes/fr/banques/banque-prix.yaml").read_text()
    title = every_question()[place]["title"]
    press(client, {**shown(client), f"questions-{place}-title": "Un autre titre"})
    assert source_of() == before.replace(f"title: {title}\n", "title: Un autre titre\n")


def test_gaps_are_written_as_an_author_would(client: FlaskClient, library: Path) -> None:
    made = question_made(
        client,
        "gaps",
        {
            "text": "HT × [[1]] = [[2]]",
            "gaps-0-accepted": "1,20\r\n1.2",
            "gaps-1-accepted": "TTC",
            "choose": "y",
            "wrong": "HT\r\n0,80",
            "hints": "Un taux.\r\nDeux taux.",
        },
    )
    assert made == {
        "text": "HT × [[1]] = [[2]]",
        "gaps": [{"accepted": ["1,20", "1.2"]}, {"accepted": ["TTC"]}],
        "choose": True,
        "wrong": ["HT", "0,80"],
        "hints": ["Un taux.", "Deux taux."],
    }
    assert "- accepted:\n" in source_of()


def test_pairs_items_and_categories_are_rows_and_lines(client: FlaskClient, library: Path) -> None:
    pairs = {"pairs-0-prompt": "IP65", "pairs-0-match": "Poussière", "pairs-1-prompt": "IK08", "pairs-1-match": "Chocs"}
    assert question_made(client, "matching", {**pairs, "wrong": "Couleur"}) == {
        "pairs": [{"prompt": "IP65", "match": "Poussière"}, {"prompt": "IK08", "match": "Chocs"}],
        "wrong": ["Couleur"],
    }


def test_an_order_is_typed_a_line_a_thing(client: FlaskClient, library: Path) -> None:
    assert question_made(client, "ordering", {"items": "Creuser\r\n\r\nReformuler\r\n"}) == {
        "items": ["Creuser", "Reformuler"]
    }


def test_categories_hold_their_items(client: FlaskClient, library: Path) -> None:
    fields = {"categories-0-name": "Suspect", "categories-0-items": "A\r\nB", "categories-2-name": "Client"}
    assert question_made(client, "categories", fields, rows=("categories",)) == {
        "categories": [{"name": "Suspect", "items": ["A", "B"]}, {"name": "Client"}]
    }


def test_a_calculation_has_variables_and_a_formula(client: FlaskClient, library: Path) -> None:
    fields = {
        "text": "{ht} € HT, combien TTC ?",
        "variables-0-name": "ht",
        "variables-0-low": "10,50",
        "variables-0-high": "1 000",
        "variables-0-decimals": "2",
        "formula": "ht * 1.2",
        "decimals": "2",
        "relative_tolerance": "0,5",
    }
    assert question_made(client, "calculated", fields) == {
        "text": "{ht} € HT, combien TTC ?",
        "variables": [{"name": "ht", "low": "10.50", "high": "1000", "decimals": 2}],
        "formula": "ht * 1.2",
        "decimals": 2,
        "relative_tolerance": "0.5",
    }


def test_sentences_have_a_rubric(client: FlaskClient, library: Path) -> None:
    fields = {"rubric-0-name": "Clair", "rubric-0-points": "3", "model_answer": "Jeudi.\r\n\r\nÀ 9 h.", "points": "4"}
    assert question_made(client, "free_text", fields) == {
        "rubric": [{"name": "Clair", "points": 3}],
        "model_answer": "Jeudi.\n\nÀ 9 h.",
        "points": 4,
    }


@pytest.mark.parametrize(("typed", "kept"), [("1/3", "1/3"), ("-0,25", "-0.25"), ("0.5", "0.5"), ("moitié", "moitié")])
def test_a_part_of_the_points_is_a_fraction_or_a_number(
    client: FlaskClient, library: Path, typed: str, kept: str
) -> None:
    page = press(client, {**shown(client), "questions-0-options-1-credit": typed}).text
    assert values_of()["questions"][0]["options"][1]["credit"] == kept
    wrong = "une part des points de -1 à 1, par exemple &#34;1/3&#34; ou &#34;0.5&#34;"
    said = re.findall(r'id="questions-0-options-1-credit-errors"><li>.*?</svg>([^<]+)<', page)
    assert any(wrong in each for each in said) == (kept == "moitié")


def test_other_numbers_units_and_words_are_rows(client: FlaskClient, library: Path) -> None:
    form = shown(client)
    assert form["questions-3-also-0-credit"] == ["1/4"]
    form = form_of(press(client, form, "add:questions-3-also").text)
    form |= {"questions-3-also-1-value": "50,40", "questions-3-also-1-feedback": "Un mois."}
    form |= {"questions-3-other_units-0-factor": "1 000,5"}
    press(client, form)
    asked = values_of()["questions"][3]
    assert asked["also"][1] == {"value": "50.40", "feedback": "Un mois."}
    assert asked["other_units"] == [{"unit": "k€", "factor": "1000.5"}]


def test_what_a_document_means_by_saying_nothing_is_ticked(client: FlaskClient, library: Path) -> None:
    form = shown(client)
    assert form["questions-0-shuffle"] == ["y"]
    del form["questions-0-shuffle"]
    press(client, form)
    assert values_of()["questions"][0]["shuffle"] is False
    press(client, {**shown(client), "questions-0-shuffle": "y"})
    assert values_of()["questions"][0]["shuffle"] is True
    assert "shuffle" not in values_of()["questions"][1]


def details_of(page: str, after: str) -> str:
    """What is folded away in the question of this title."""
    return page[page.index(after) :].split("</details>")[0]


def test_a_simple_question_stays_simple(app: Flask, client: FlaskClient, library: Path) -> None:
    asked = [question("true_false"), question("numeric", also=None, other_units=None, hints=["Un"], tags=["prix"])]
    write_bank(library, questions=asked)
    assert sync_library(app).problems == []
    page = client.get(BANK).text
    first, second = page.split('<details class="form-row"')[1:]
    assert first.index("Que dire à qui répond « faux »") < first.index("Autres réglages") < first.index("Indices")
    assert "Autres réglages</span>" in first
    assert "Autres réglages<span" in second
    assert "Indices · Étiquettes" in second
    assert not re.search(r'class="more more-fields" open', page)


def test_a_rare_field_that_is_wrong_opens_what_folds_it(client: FlaskClient, library: Path) -> None:
    page = press(client, {**shown(client), "questions-2-points": "beaucoup"}).text
    row = page.split('<details class="form-row"')[3]
    assert row.startswith(" open")
    assert 'class="more more-fields" open' in row
    form = form_of(page)
    page = press(client, {**form, "questions-2-points": "1"}, "add:questions-3-also").text
    assert page.split('<details class="form-row"')[4].startswith(" open")
    assert page.count('class="more more-fields" open') == 1


def test_the_settings_of_a_quiz(client: FlaskClient, library: Path) -> None:
    form = shown(client, QUIZ)
    assert "comme d’habitude : une fois le quiz remis" in client.get(QUIZ).text
    chosen = {"show_feedback": "at_once", "show_answers": "passed"}
    numbers = {"attempts": 3, "cooling_hours": 24, "hint_cost": 10}
    form |= {"shuffle": "y", "shuffle_options": "y", **chosen, **{name: str(each) for name, each in numbers.items()}}
    assert press(client, form, address=QUIZ).status_code == 200
    assert values_of("quiz-prix").items() >= {**numbers, **chosen, "shuffle": True, "shuffle_options": True}.items()
    page = client.get(QUIZ).text
    assert "Rien ne manque" in page
    assert "Tentatives permises · Heures entre deux tentatives · Questions dans un autre ordre" in page


def test_a_section_draws_from_a_bank(client: FlaskClient, library: Path) -> None:
    form = form_of(press(client, shown(client, QUIZ), "add:sections", QUIZ).text)
    form |= {"sections-0-title": "Tirées", "sections-0-bank": "banque-prix"}
    page = press(client, form, address=QUIZ).text
    assert "combien en tirer" in page
    page = press(client, {**form_of(page), "sections-0-draw": "4"}, address=QUIZ).text
    assert "une section sans banque qui la tire" in page, "the quiz's own questions would never be asked"
    for place in range(5):
        page = press(client, form_of(page), f"remove:questions:{place}", QUIZ).text
    press(client, form_of(page), address=QUIZ)
    values = values_of("quiz-prix")
    assert values["sections"] == [{"title": "Tirées", "bank": "banque-prix", "draw": 4}]
    assert "questions" not in values
    assert "Rien ne manque" in client.get(QUIZ).text


def test_a_bank_that_is_too_long_for_a_form_is_written_as_source(
    app: Flask, client: FlaskClient, library: Path
) -> None:
    write_bank(library, questions=[question("single", key=f"q-{number}") for number in range(350)])
    assert sync_library(app).problems == []
    page = client.get(BANK)
    assert page.status_code == 200
    assert "Trop long pour un formulaire" in page.text
    assert "/library/banque-prix/fr/edit?as=text" in page.text
    assert len(page.text) < 20_000


def test_a_new_bank_begins_with_a_form(client: FlaskClient, library: Path) -> None:
    page = client.get("/library/new").text
    assert "Banque de questions" in page
    made = client.post(
        "/library/new", data={"kind": "bank", "title": "Les offres", "language": "fr", "folder": "", "id": ""}
    )
    assert (made.status_code, made.location) == (303, "/library/les-offres/fr/fields")
    draft = drafts.find("les-offres", "fr")
    assert draft is not None
    assert draft.path == "quizzes/fr/banques/les-offres.yaml"
    assert client.get("/library/les-offres/fr/fields").status_code == 200


def test_banks_are_listed_and_say_which_quizzes_draw_from_them(app: Flask, client: FlaskClient, library: Path) -> None:
    sections = [{"title": "Tirées", "bank": "banque-prix", "draw": 4}]
    write_quiz(library, "quiz-tirage", questions=[], sections=sections, order=2)
    assert sync_library(app).problems == []
    assert "/library/banque-prix/fr" in client.get("/library?kind=bank").text
    page = client.get("/library/banque-prix/fr").text
    assert "/library/quiz-tirage/fr" in page
    assert "Le voir comme les lecteurs" not in page


@pytest.mark.parametrize("address", ["/library/banque-prix/fr", BANK, "/library/banque-prix"])
def test_a_rep_sees_no_bank(app: Flask, library: Path, address: str) -> None:
    rep = app.test_client()
    sign_in_as(rep, make_member(Role.REP))
    assert rep.get(address).status_code == 403
