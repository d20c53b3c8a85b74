"""Documents written as forms: what is shown, what is saved, what is refused."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.accounts.models import Person
from app.config import PROJECT
from app.core.database import db
from app.library import yaml_source
from app.library.authoring import drafts
from app.library.authoring.models import Draft
from app.library.catalogue import current
from app.library.files import Folders
from app.library.sync import synchronise
from tests.factories import make_member, sign_in_as
from tests.library.form_reader import form_of
from tests.library_factories import sync_library, write_quiz, write_small_library, write_text, yaml_of
from tests.queries import counting

FIELDS = "/library/quiz-prix/fr/fields"


@pytest.fixture
def author(client: FlaskClient) -> Person:
    person = make_member(Role.MANAGER, language="fr")
    sign_in_as(client, person)
    return person


@pytest.fixture
def library(app: Flask, library_files: Path, author: Person) -> Path:
    write_small_library(library_files)
    assert sync_library(app).problems == []
    return library_files


def shown(client: FlaskClient, address: str = FIELDS) -> dict[str, list[str]]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return form_of(response.text)


def press(client: FlaskClient, form: dict[str, Any], what: str = "save", address: str = FIELDS) -> Any:
    return client.post(address, data={**form, "do": what})


def source_of(document_id: str, language: str = "fr") -> str:
    draft = drafts.find(document_id, language)
    assert draft is not None
    return draft.source.decode()


def values_of(document_id: str = "quiz-prix") -> Any:
    text = source_of(document_id)
    return yaml_source.read(text[4:].split("\n---\n")[0] if text.startswith("---") else text).value


def test_a_form_that_changed_nothing_writes_nothing_for_every_shipped_file(
    app: Flask, client: FlaskClient, author: Person
) -> None:
    folders = Folders(PROJECT / "content", PROJECT / "quizzes")
    assert synchronise(folders).problems == []
    documents = [
        (entry.id, language)
        for kind in ("step", "play", "offer", "script", "categories", "quiz", "bank", "glossary")
        for language in ("fr", "en")
        for entry in current().of_kind(kind, language)
        if entry.language == language
    ]
    assert len(documents) == 87
    for document_id, language in documents:
        address = f"/library/{document_id}/{language}/fields"
        form = shown(client, address)
        assert "Rien ne manque" in client.get(address).text
        assert press(client, form, address=address).status_code == 303
        assert drafts.find(document_id, language) is None, document_id


def test_one_changed_field_changes_its_line_alone(client: FlaskClient, library: Path) -> None:
    before = (library / "quizzes/fr/quiz-prix.yaml").read_text()
    form = shown(client)
    form["pass_mark"] = ["85"]
    assert press(client, form).status_code == 303
    assert source_of("quiz-prix") == before.replace("pass_mark: 80", "pass_mark: 85")


def test_line_ends_comments_and_the_body_stay_as_they_are(app: Flask, client: FlaskClient, library: Path) -> None:
    file = library / "content/fr/objections/trop-cher.md"
    text = "\ufeff" + file.read_text().replace("category:", "# la seule\ncategory:").replace("\n", "\r\n")
    file.write_bytes(text.encode())
    assert sync_library(app).problems == []
    address = "/library/trop-cher/fr/fields"
    form = shown(client, address)
    form["title"] = ["C’est cher : trop"]
    form["variants"] = ["Vous êtes au-dessus du marché\r\nyes\r\n\r\nTrop # cher"]
    press(client, form, address=address)
    added = 'variants:\r\n- Vous êtes au-dessus du marché\r\n- "yes"\r\n- "Trop # cher"\r\n'
    assert source_of("trop-cher") == text.replace("title: C’est trop cher", 'title: "C’est cher : trop"').replace(
        "variants:\r\n- Vous êtes au-dessus du marché\r\n", added
    )


def test_a_question_is_added_filled_and_saved_with_a_key_from_its_title(client: FlaskClient, library: Path) -> None:
    form = shown(client)
    form["questions-new"] = ["single"]
    page = press(client, form, "add:questions")
    assert drafts.find("quiz-prix", "fr") is None, "nothing is saved by adding a row"
    form = form_of(page.text)
    form |= {
        "questions-5-title": "Prix : le dire",
        "questions-5-text": "Quand dire le prix ?",
        "questions-5-read_again-document": "play:passer-le-standard",
        "questions-5-read_again-part": "say",
        "questions-5-options-0-text": "Tôt",
        "questions-5-options-0-feedback": "Non.",
        "questions-5-options-1-text": "007",
        "questions-5-options-1-right": "y",
        "questions-5-options-1-feedback": "Oui.",
    }  # type: ignore[dict-item]
    assert press(client, form).status_code == 303
    assert values_of()["questions"][5] == {
        "key": "prix-le-dire",
        "type": "single",
        "title": "Prix : le dire",
        "text": "Quand dire le prix ?",
        "options": [
            {"text": "Tôt", "feedback": "Non."},
            {"text": "007", "right": True, "feedback": "Oui."},
        ],
        "read_again": "play:passer-le-standard#say",
    }
    assert "Rien ne manque" in client.get(FIELDS).text


def test_a_key_follows_the_title_until_it_is_published_and_stays_afterwards(client: FlaskClient, library: Path) -> None:
    form = form_of(press(client, {**shown(client), "questions-new": "short_answer"}, "add:questions").text)
    press(client, {**form, "questions-5-title": "Ancre"})
    assert values_of()["questions"][5]["key"] == "ancre"
    form = shown(client)
    press(client, {**form, "questions-5-title": "Un autre titre", "questions-0-title": "Remises, encore"})
    keys = [question["key"] for question in values_of()["questions"]]
    assert keys == ["single", "multiple", "true-false", "numeric", "short-answer", "un-autre-titre"]
    assert values_of()["questions"][0]["title"] == "Remises, encore"


def test_a_key_that_somebody_chose_stays_when_the_title_changes(
    client: FlaskClient, library: Path, author: Person
) -> None:
    draft = drafts.begin(author.id, "quiz-prix", "fr")
    drafts.save(author.id, draft.id, draft.version, draft.source.replace(b"key: single", b"key: choisie"))
    press(client, {**shown(client), "questions-0-title": "Tout autre chose"})
    assert values_of()["questions"][0]["key"] == "choisie"


def test_a_new_row_of_an_unknown_type_is_the_first_that_is_known(client: FlaskClient, library: Path) -> None:
    form = form_of(press(client, shown(client), "add:questions").text)
    press(client, {**form, "questions-5-type": "bogus", "questions-5-title": "Neuve"})
    assert values_of()["questions"][5]["type"] == "single"


def test_two_questions_of_one_title_have_two_keys(client: FlaskClient, library: Path) -> None:
    form = shown(client)
    for place in (5, 6):
        form = form_of(press(client, {**form, "questions-new": "true_false"}, "add:questions").text)
        form[f"questions-{place}-title"] = ["Single"]
    press(client, form)
    assert [each["key"] for each in values_of()["questions"]][-2:] == ["single-2", "single-3"]


def test_rows_move_up_and_down_and_go_only_when_saved(client: FlaskClient, library: Path) -> None:
    form = form_of(press(client, shown(client), "down:questions:0").text)
    assert form["questions-0-title"] == ["Contreparties"]
    form = form_of(press(client, form, "up:questions:4").text)
    page = press(client, form, "remove:questions:2")
    form = form_of(page.text)
    assert "Remettre" in page.text
    assert form_of(press(client, form, "restore:questions:2").text)["questions-2-gone"] == [""]
    press(client, form)
    assert [each["key"] for each in values_of()["questions"]] == ["multiple", "single", "short-answer", "numeric"]


def test_a_new_row_that_stays_empty_is_not_kept(client: FlaskClient, library: Path) -> None:
    form = form_of(press(client, shown(client), "add:questions").text)
    form["title"] = ["Autre"]
    press(client, form)
    assert len(values_of()["questions"]) == 5


def test_options_are_rows_inside_a_row(client: FlaskClient, library: Path) -> None:
    form = form_of(press(client, shown(client), "add:questions-0-options").text)
    form = form_of(press(client, form, "up:questions-0-options:2").text)
    form |= {"questions-0-options-1-text": ["1 030 €"], "questions-0-options-1-feedback": ["Non plus."]}
    press(client, form)
    assert [each["text"] for each in values_of()["questions"][0]["options"]] == ["1 026 €", "1 030 €", "1 020 €"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1 026,50", "1026.50"), ("1026.5", "1026.5"), ("−3", "-3"), ("beaucoup", "beaucoup"), ("1,5,3", "1,5,3")],
)
def test_numbers_are_read_in_the_reader_s_notation_and_kept_as_typed_otherwise(
    client: FlaskClient, library: Path, typed: str, kept: str
) -> None:
    form = shown(client)
    assert form["questions-3-value"] == ["1026,00"]
    press(client, {**form, "questions-3-value": typed})
    assert values_of()["questions"][3]["value"] == kept
    assert f'value: "{kept}"' in source_of("quiz-prix").replace("'", '"') or kept == "beaucoup" or kept == "1,5,3"


def test_what_is_wrong_stands_beside_its_field_and_is_saved_all_the_same(client: FlaskClient, library: Path) -> None:
    form = shown(client)
    form |= {"order": ["premier"], "title": [" "], "questions-3-value": ["beaucoup"], "pass_mark": ["300"]}
    page = client.post(FIELDS, data={**form, "do": "save"}, follow_redirects=True).text
    wrong = dict(re.findall(r'id="([\w-]+)-errors"><li>.*?</svg>([^<]+)<', page))
    assert wrong == {
        "title": "Remplissez ce champ.",
        "order": "Il faut ici un nombre entier, par exemple 3.",
        "pass_mark": "100 au plus.",
        "questions-3-value": "Il faut ici un nombre, par exemple 390,00.",
    }
    assert values_of()["order"] == "premier"
    assert "4 champs à corriger" in page


def test_a_link_to_nothing_is_said_at_its_field(client: FlaskClient, library: Path) -> None:
    form = shown(client)
    form["questions-1-read_again-document"] = ["play:nulle-part"]
    page = client.post(FIELDS, data={**form, "do": "save"}, follow_redirects=True).text
    assert 'id="questions-1-read_again-errors"' in page
    assert "nulle-part" in form_of(page)["questions-1-read_again-document"][0]


def test_an_offer_holds_its_prices_and_motives(client: FlaskClient, library: Path) -> None:
    address = "/library/lumio-atelier/fr/fields"
    form = shown(client, address)
    assert form["prices-0-amount"] == ["390,00"]
    form |= {"prices-0-amount": ["410,50"], "characteristics-0-motives": ["confort", "argent"], "prices-0-unit": [""]}
    press(client, form, address=address)
    values = values_of("lumio-atelier")
    assert values["prices"][0]["amount"] == "410.50"
    assert "unit" not in values["prices"][0]
    assert values["characteristics"][0]["motives"] == ["argent", "confort"]


def test_an_owner_is_somebody_who_writes_or_words(client: FlaskClient, library: Path, author: Person) -> None:
    form = shown(client)
    press(client, {**form, "owner-person": author.email})
    assert values_of()["owner"] == author.email
    form = shown(client)
    assert (form["owner-person"], form["owner-words"]) == ([author.email], [""])
    press(client, {**form, "owner-person": "", "owner-words": "direction commerciale"})
    assert values_of()["owner"] == "direction commerciale"
    press(client, {**shown(client), "owner-words": ""})
    assert "owner" not in values_of()


def test_categories_get_an_id_from_their_name(client: FlaskClient, library: Path) -> None:
    address = "/library/categories-d-objections/fr/fields"
    form = form_of(press(client, shown(client, address), "add:categories", address).text)
    press(client, {**form, "categories-2-title": "Délai de livraison", "categories-0-title": "Tarif"}, address=address)
    assert values_of("categories-d-objections")["categories"] == [
        {"id": "prix", "title": "Tarif"},
        {"id": "moment", "title": "Moment"},
        {"id": "delai-de-livraison", "title": "Délai de livraison"},
    ]


def test_unknown_keys_stay_and_are_told(app: Flask, client: FlaskClient, library: Path, author: Person) -> None:
    draft = drafts.begin(author.id, "quiz-prix", "fr")
    drafts.save(author.id, draft.id, draft.version, draft.source + b"colour: blue\n")
    page = client.get(FIELDS).text
    assert "colour" in page
    press(client, {**form_of(page), "title": "Autre"})
    assert values_of()["colour"] == "blue"


def test_a_text_that_cannot_be_read_leads_to_its_line(client: FlaskClient, library: Path, author: Person) -> None:
    draft = drafts.begin(author.id, "quiz-prix", "fr")
    form = shown(client)
    saved = drafts.save(author.id, draft.id, draft.version, b"id: quiz-prix\ntitle: a: b\n")
    page = client.get(FIELDS)
    assert page.status_code == 200
    assert "/library/quiz-prix/fr/edit?as=text#line-2" in page.text
    late = press(client, {**form, "title": "Autre"})
    assert late.status_code == 409
    held = drafts.asides_of(draft.id)
    assert len(held) == 1
    assert b"title: Autre" in held[0].source
    assert press(client, {**form, "version": str(saved.version)}).status_code == 200


def test_of_two_who_save_at_once_the_second_sees_both_in_one(app: Flask, client: FlaskClient, library: Path) -> None:
    mine, theirs = shown(client), shown(client)
    other = app.test_client()
    sign_in_as(other, make_member(Role.MANAGER, name="Claire Martin", language="fr"))
    press(other, {**theirs, "pass_mark": "90"})
    page = press(client, {**mine, "questions-0-title": "Remises"})
    assert page.status_code == 409
    assert "Claire Martin" in page.text
    press(client, form_of(page.text))
    values = values_of()
    assert (values["pass_mark"], values["questions"][0]["title"]) == (90, "Remises")
    draft = drafts.find("quiz-prix", "fr")
    assert draft is not None
    assert drafts.asides_of(draft.id) == []


def test_contradictions_are_brought_together_in_the_text(app: Flask, client: FlaskClient, library: Path) -> None:
    mine, theirs = shown(client), shown(client)
    other = app.test_client()
    sign_in_as(other, make_member(Role.MANAGER, name="Claire Martin", language="fr"))
    press(other, {**theirs, "pass_mark": "90"})
    page = press(client, {**mine, "pass_mark": "70"})
    assert page.status_code == 409
    assert re.search(r"/library/quiz-prix/fr/edit\?as=text&amp;aside=[0-9a-f-]{36}", page.text)
    assert values_of()["pass_mark"] == 90


def test_a_page_that_was_open_before_the_draft_began_saves_on_it(
    client: FlaskClient, library: Path, author: Person
) -> None:
    form = shown(client)
    drafts.begin(author.id, "quiz-prix", "fr")
    assert press(client, {**form, "title": "Autre"}).status_code == 303
    assert values_of()["title"] == "Autre"


def test_saving_twice_is_saving_once(client: FlaskClient, library: Path) -> None:
    form = {**shown(client), "title": ["Autre"]}
    assert press(client, form).status_code == 303
    assert press(client, form).status_code == 303
    assert values_of()["title"] == "Autre"


def test_a_script_saves_and_learns_where_its_rows_went(client: FlaskClient, library: Path) -> None:
    form = form_of(press(client, shown(client), "add:questions").text)
    form = form_of(press(client, form, "up:questions:5").text)
    form = form_of(press(client, form, "remove:questions:0").text)
    answer = press(client, {**form, "questions-4-title": "Neuve"}, "autosave").get_json()
    assert answer["places"]["questions-4-was"] == "4"
    assert [each["title"] for each in values_of()["questions"]][4] == "Neuve"
    assert len(values_of()["questions"]) == 6, "what goes only goes with the button"
    form["version"] = [str(answer["version"])]
    form |= {name: [place] for name, place in answer["places"].items()}
    press(client, {**form, "questions-4-title": "Neuve encore"})
    assert [each["key"] for each in values_of()["questions"]] == [
        "multiple", "true-false", "numeric", "neuve-encore", "short-answer"
    ]  # fmt: skip


def test_publishing_and_the_text_come_after_saving(client: FlaskClient, library: Path) -> None:
    form = {**shown(client), "title": ["Autre"]}
    assert press(client, form, "publish").location == "/library/quiz-prix/fr/publish"
    assert press(client, shown(client), "text").location == "/library/quiz-prix/fr/edit?as=text"


@pytest.mark.parametrize("kind", ["step", "play", "offer", "script", "categories", "quiz", "glossary"])
def test_what_a_new_document_lacks_is_said_beside_its_fields(
    client: FlaskClient, library: Path, author: Person, kind: str
) -> None:
    folder = "content/fr/01-prendre-contact" if kind == "play" else ""
    language = "en" if kind in ("categories", "glossary") else "fr"
    draft = drafts.begin_new(author.id, kind, "", "Un titre : neuf", language, folder)
    page = client.get(f"/library/{draft.document_id}/{language}/fields")
    assert page.status_code == 200
    assert "à corriger" in page.text
    assert form_of(page.text)["title"] == ["Un titre : neuf"]


def test_a_rep_may_not_write_unless_they_were_given_the_pen(app: Flask, library: Path) -> None:
    rep = app.test_client()
    sign_in_as(rep, make_member(Role.REP))
    assert rep.get(FIELDS).status_code == 403
    assert rep.post(FIELDS, data={"title": "x"}).status_code == 403
    writer = app.test_client()
    sign_in_as(writer, make_member(Role.REP, writes=True))
    assert writer.get(FIELDS).status_code == 200


@pytest.mark.parametrize("address", ["/library/nothing/fr/fields", "/library/quiz-prix/xx/fields"])
def test_a_document_that_is_not_there_has_no_form(client: FlaskClient, library: Path, address: str) -> None:
    assert client.get(address).status_code in (400, 404)
    assert client.post(address, data={"title": "x"}).status_code in (400, 404)


@pytest.mark.parametrize(
    "change",
    [
        {"do": "add:nothing"},
        {"do": "add:title"},
        {"do": "up:questions:99"},
        {"do": "up:questions:-1"},
        {"do": "add:questions-77-options"},
        {"do": "add:questions-0-options-0-text"},
        {"do": "jump:questions:1"},
        {"do": ":"},
        {"version": "-1"},
        {"version": "9" * 40},
        {"version": "²"},
        {"base": "x"},
        {"settles": "not-an-id"},
        {"questions-rows": "4"},
        {"questions-0-options-rows": "77"},
        {"version": "7"},
        {"questions-0-type": "numeric"},
        {"questions-0-was": "3"},
    ],
)
def test_a_form_made_by_hand_is_refused(client: FlaskClient, library: Path, change: dict[str, str]) -> None:
    assert client.post(FIELDS, data={**shown(client), "do": "save", **change}).status_code == 400
    assert db.session.query(Draft).count() == 0


def test_a_form_that_leaves_fields_out_keeps_what_they_hold(client: FlaskClient, library: Path) -> None:
    before = (library / "quizzes/fr/quiz-prix.yaml").read_text()
    base = shown(client)["base"]
    assert client.post(FIELDS, data={"do": "save", "base": base, "title": "Autre"}).status_code == 303
    assert source_of("quiz-prix") == before.replace("title: Quiz prix", "title: Autre")


def test_nothing_that_is_typed_breaks_the_text(client: FlaskClient, library: Path) -> None:
    hostile = "&a *a !t\x00\x07 <script>alert(1)</script>\r\n---\r\n- x: y # z\u2028\x85\ufeff\t\"'"
    form = shown(client)
    for name in ("title", "intro", "questions-0-text", "questions-4-accepted", "owner-words", "step"):
        form[name] = [hostile]
    assert press(client, form).status_code == 303
    values = values_of()
    assert "\x00" not in values["intro"]
    assert values["intro"].startswith("&a *a !t <script>")
    page = client.get(FIELDS).text
    assert "<script>alert" not in page


def test_more_rows_than_a_document_may_hold_are_refused(app: Flask, client: FlaskClient, library: Path) -> None:
    form: dict[str, Any] = {"do": "save", "base": shown(client)["base"], "questions-rows": "9000"}
    form |= {f"questions-{place}-title": "x" for place in range(9_000)}
    assert client.post(FIELDS, data=form).status_code in (400, 413)
    form = {f"questions-{place}-options-{other}-text": "" for place in range(210) for other in range(100)}
    assert client.post(FIELDS, data={**form, "do": "save"}).status_code in (400, 413)


def test_an_enormous_text_is_refused_and_the_draft_stays(client: FlaskClient, library: Path) -> None:
    form = {**shown(client), "intro": ["é" * 300_000]}
    assert press(client, form).status_code in (400, 413)
    assert db.session.query(Draft).count() == 0


def test_a_large_quiz_is_shown_and_saved_in_reasonable_time(app: Flask, client: FlaskClient, library: Path) -> None:
    questions = yaml.safe_load((library / "quizzes/fr/quiz-prix.yaml").read_text())["questions"]
    many = [copy.deepcopy({**questions[place % 5], "key": f"q-{place}"}) for place in range(100)]
    write_text(library, "quizzes/fr/quiz-prix.yaml", yaml_of(
        {"id": "quiz-prix", "title": "Long", "step": "prendre-contact", "pass_mark": 80, "questions": many}
    ))  # fmt: skip
    assert sync_library(app).problems == []
    form = shown(client)
    press(client, {**form, "questions-99-title": "Dernière"})
    assert values_of()["questions"][99]["title"] == "Dernière"


def test_the_statements_do_not_depend_on_how_much_there_is(app: Flask, client: FlaskClient, library: Path) -> None:
    client.get(FIELDS)
    with counting() as few:
        client.get(FIELDS)
    questions = yaml.safe_load((library / "quizzes/fr/quiz-prix.yaml").read_text())["questions"]
    many = [copy.deepcopy({**questions[place % 5], "key": f"q-{place}"}) for place in range(60)]
    write_quiz(library, questions=many)
    assert sync_library(app).problems == []
    client.get(FIELDS)
    with counting() as more:
        client.get(FIELDS)
    assert len(more) == len(few) <= 16, few


def test_a_quiz_in_another_language_begins_as_a_translation(client: FlaskClient, library: Path) -> None:
    address = "/library/quiz-prix/en/fields"
    form = shown(client, address)
    press(client, {**form, "title": "Prices"}, address=address)
    assert "title: Prices" in source_of("quiz-prix", "en")
    assert "key: single" in source_of("quiz-prix", "en")


def test_write_quiz_is_what_these_tests_expect(library_files: Path) -> None:
    assert write_quiz(library_files).read_text().startswith("id: quiz-prix\n")
