"""Somebody who has never seen YAML writes a quiz question in a form: with a mouse, with keys alone, without scripts."""

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.accounts.demo import ADMINISTRATOR, MANAGER
from app.core.database import db
from app.insights.demo import load_demo
from app.library import yaml_source
from app.library.authoring import drafts
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.once]
QUIZ = "quiz-presenter-et-negocier"
FIELDS = f"/library/{QUIZ}/fr/fields"


@pytest.fixture
def people(served_app: Flask) -> None:
    load_demo(PASSWORD)


@pytest.fixture
def manager(people: None, quiet_context: BrowserContext) -> Page:
    page = quiet_context.new_page()
    sign_in(page, MANAGER)
    return page


def questions() -> list[dict[str, object]]:
    db.session.rollback()  # what other connections wrote since
    draft = drafts.find(QUIZ, "fr")
    assert draft is not None
    found: list[dict[str, object]] = yaml_source.read(draft.text).value["questions"]
    return found


# What somebody touched: buttons pressed, fields filled, boxes ticked, lists chosen from.
COUNT_ACTS = """() => {
  window.acts = new Set();
  for (const name of ["click", "input", "change"])
    document.addEventListener(name, (event) => window.acts.add(event.target), true);
}"""


def test_a_manager_adds_a_quiz_question_in_a_dozen_acts_and_never_sees_yaml(manager: Page, tmp_path: Path) -> None:
    manager.goto(FIELDS)
    manager.evaluate(COUNT_ACTS)
    manager.get_by_role("button", name="Ajouter une question").click()
    new = manager.locator("details.form-row").last
    expect(new.get_by_label("Titre court")).to_be_focused()
    expect(manager.locator("#said")).to_have_text("Question 15 : à remplir.")
    new.get_by_label("Titre court").fill("Le délai")
    new.get_by_label("Question", exact=True).fill("Que dire d’un délai : oui ou non ?")
    for place, (text, said) in enumerate([("Oui", "Trop tôt."), ("Cela dépend", "Juste : creusez.")]):
        new.get_by_label("Réponse", exact=True).nth(place).fill(text)
        new.get_by_label("Que dire à qui l’a choisie").nth(place).fill(said)
    new.get_by_label("C’est une bonne réponse").nth(1).check()
    new.get_by_label("Page").select_option(label="Défendre le prix")
    new.get_by_label("Partie").select_option(label="Dire")
    assert manager.evaluate("window.acts.size") <= 12
    manager.get_by_role("button", name="Enregistrer").click()
    expect(manager.locator(".notice.good")).to_contain_text("Enregistré")
    expect(manager.get_by_text("Rien ne manque")).to_be_visible()
    assert questions()[-1] == {
        "key": "le-delai",
        "type": "single",
        "title": "Le délai",
        "text": "Que dire d’un délai : oui ou non ?",
        "options": [
            {"text": "Oui", "feedback": "Trop tôt."},
            {"text": "Cela dépend", "right": True, "feedback": "Juste : creusez."},
        ],
        "read_again": "play:defendre-le-prix#say",
    }
    for sign in ("questions:", "read_again", "|-"):
        expect(manager.locator("main")).not_to_contain_text(sign)


def test_a_question_is_moved_and_taken_away_with_keys_alone(manager: Page) -> None:
    manager.goto(FIELDS)
    first = manager.locator("details.form-row").first
    first.locator("> summary").focus()
    manager.keyboard.press("Enter")
    manager.keyboard.press("Tab")
    manager.keyboard.press("Enter")  # down: the first cannot go up
    expect(manager.locator("#said")).to_have_text("Question : maintenant au rang 2 sur 14.")
    expect(manager.locator("details.form-row").nth(1).locator("> summary")).to_contain_text("L’argument qui répond")
    expect(manager.locator("details.form-row[open]")).to_have_count(1)
    assert manager.evaluate("document.activeElement.value") == "down:questions:1"
    manager.keyboard.press("Tab")
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("button", name="Remettre")).to_be_focused()
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("button", name="Remettre")).to_have_count(0)


def test_what_is_folded_away_opens_and_stays_open_while_its_rows_change(manager: Page) -> None:
    manager.goto(FIELDS)
    row = manager.locator("details.form-row").filter(has_text="Le volume pour compenser")
    row.locator("> summary").click()
    folded = row.locator("> details.more-fields")
    expect(folded.locator("> summary")).to_contain_text("Indices")
    folded.locator("> summary").click()
    folded.get_by_role("button", name="Ajouter un nombre").click()
    expect(folded.get_by_label("Nombre", exact=True)).to_be_focused()
    folded.get_by_label("Nombre", exact=True).fill("147")
    folded.get_by_label("Que dire à qui l’a donnée").fill("Vous avez ajouté 5 % au volume.")
    folded.get_by_role("button", name="Ajouter une unité").click()
    expect(folded.get_by_label("Valeur dans l’unité de la question")).to_be_visible()
    expect(folded.get_by_label("Nombre", exact=True)).to_have_value("147")
    manager.get_by_role("button", name="Enregistrer").click()
    expect(manager.locator(".notice.good")).to_be_visible()
    assert questions()[3]["also"] == [{"value": "147", "feedback": "Vous avez ajouté 5 % au volume."}]


def test_what_is_typed_is_saved_without_a_button(manager: Page) -> None:
    manager.goto(FIELDS)
    manager.get_by_label("Titre", exact=True).fill("Tenir le prix")
    expect(manager.locator("#save-words")).to_contain_text("Brouillon enregistré", timeout=8_000)
    manager.get_by_label("Seuil de réussite, en pour cent").fill("85")
    manager.get_by_role("button", name="Enregistrer").click()
    expect(manager.locator("h1")).to_have_text("Tenir le prix")
    manager.reload()
    expect(manager.get_by_label("Seuil de réussite, en pour cent")).to_have_value("85")


def test_two_people_at_one_quiz_lose_nothing(people: None, browser: Browser, address: str) -> None:
    contexts = [new_context(browser, address) for _ in range(2)]
    manager, other = (context.new_page() for context in contexts)
    sign_in(manager, MANAGER)
    sign_in(other, ADMINISTRATOR)
    manager.goto(FIELDS)
    other.goto(FIELDS)
    other.get_by_label("Titre", exact=True).fill("Tenir le prix")
    other.get_by_role("button", name="Enregistrer").click()
    expect(other.locator(".notice.good")).to_be_visible()
    manager.get_by_label("Seuil de réussite, en pour cent").fill("90")
    manager.get_by_role("button", name="Enregistrer").click()
    expect(manager.locator("#late-title")).to_contain_text("ont été fondues")
    expect(manager.get_by_label("Titre", exact=True)).to_have_value("Tenir le prix")
    expect(manager.get_by_label("Seuil de réussite, en pour cent")).to_have_value("90")
    for context in contexts:
        context.close()


def test_without_scripts_the_same_buttons_do_the_same(people: None, browser: Browser, address: str) -> None:
    context = new_context(browser, address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, MANAGER)
    page.goto(FIELDS)
    page.locator("[name=questions-new]").select_option("true_false")
    page.get_by_role("button", name="Ajouter une question").click()
    new = page.locator("details.form-row").last
    new.get_by_label("Titre court").fill("Se taire")
    new.get_by_label("Bonne réponse").select_option(label="Faux")
    page.get_by_role("button", name="Monter : Question 15").click()
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.locator(".notice.good")).to_be_visible()
    assert questions()[13] == {"key": "se-taire", "type": "true_false", "title": "Se taire", "answer": False}
    expect(page.get_by_text(re.compile("champs? à corriger"))).to_be_visible()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_form_is_one_column_that_everybody_can_use(
    people: None, browser: Browser, address: str, theme: str
) -> None:
    context = new_context(browser, address, viewport=PHONE, color_scheme=theme)
    page = context.new_page()
    sign_in(page, MANAGER)
    for document in (QUIZ, "lumio-atelier", "glossaire"):
        page.goto(f"/library/{document}/fr/fields")
        page.locator("details.form-row summary").first.click()
        page.get_by_role("button", name=re.compile("^Ajouter")).last.click()
        expect(page.locator("#row")).to_be_visible()
        assert sideways(page) == 0
        assert violations(page) == []
    context.close()
