"""The editor in a real browser: typing, saving, merging, losing the network, and going without mouse or script."""

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from app.accounts import passwords
from app.accounts.actor import Role
from app.core.database import db
from app.library.authoring import drafts
from tests.browser.conftest import PASSWORD, PHONE, ZOOMED, new_context, sideways, sign_in, violations
from tests.factories import make_person

pytestmark = [pytest.mark.browser, pytest.mark.once]

DOCUMENT = "passer-le-standard"
EDITOR = f"/library/{DOCUMENT}/fr/edit"
CAMILLE, NADIA = "camille@example.org", "nadia@example.org"


@pytest.fixture
def authors(served_app: Flask) -> None:
    for email, name in ((CAMILLE, "Camille Martin"), (NADIA, "Nadia Belkacem")):
        make_person(Role.MANAGER, name, email, password_hash=passwords.hashed(PASSWORD), language="fr")


# A white pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)
Opens = Callable[..., Page]


@pytest.fixture
def opens(authors: None, browser: Browser, address: str) -> Iterator[Opens]:
    """Opens the editor as somebody, in a browser of theirs."""
    contexts: list[BrowserContext] = []

    def open_as(email: str = CAMILLE, path: str = EDITOR, **options: object) -> Page:
        contexts.append(new_context(browser, address, **options))
        page = contexts[-1].new_page()
        sign_in(page, email)
        page.goto(path)
        if options.get("java_script_enabled", True):
            ready(page)
        return page

    yield open_as
    for context in contexts:
        context.close()


def ready(page: Page) -> None:
    page.wait_for_selector("#editor[data-ready]")


def text(page: Page) -> str:
    return page.input_value("#source")


def put_caret(page: Page, after: str, select: str = "") -> None:
    """Behind these words, or on those that follow them."""
    page.evaluate(
        """([after, select]) => {
          const area = document.getElementById("source");
          const at = area.value.indexOf(after) + after.length;
          area.focus();
          area.setSelectionRange(at, at + select.length);
        }""",
        [after, select],
    )


def before_caret(page: Page) -> str:
    script = "() => { const a = document.getElementById('source'); return a.value.slice(0, a.selectionStart); }"
    return str(page.evaluate(script))


def expect_saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_contain_text("Brouillon enregistré à")
    expect(page.locator("#save-state[data-state=circle-check]")).to_be_visible()


def draft_text() -> str:
    db.session.rollback()
    found = drafts.find(DOCUMENT, "fr")
    return found.text if found else ""


def test_typing_is_saved_by_itself(opens: Opens, served_app: Flask) -> None:
    page = opens()
    expect(page.locator("#save-state")).to_contain_text("Aucun brouillon")
    put_caret(page, "sans ruse")
    page.keyboard.type(" ni détour")
    expect(page.locator("#save-state")).to_contain_text("pas encore enregistré")
    expect(page.locator("#preview")).to_contain_text("sans ruse ni détour")
    expect_saved(page)
    assert "sans ruse ni détour" in draft_text()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('palier-text'))") == []


def test_a_mistake_is_told_at_its_line(opens: Opens) -> None:
    page = opens()
    put_caret(page, "## Faire {.do}\n")
    page.keyboard.type("Voir [ceci](play:nulle-part).\n")
    link = page.locator("#problems a[data-line]")
    expect(link).to_have_count(1)
    number = int(str(link.get_attribute("data-line")))
    assert text(page).split("\n")[number - 1] == "Voir [ceci](play:nulle-part)."
    expect(page.locator(f".mirror > :nth-child({number}).wrong")).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("1 chose à corriger")
    put_caret(page, "---")
    link.click()
    assert before_caret(page).count("\n") + 1 == number
    expect(page.locator("#said")).to_contain_text("nulle-part")
    put_caret(page, "---")
    page.keyboard.press("F8")
    assert before_caret(page).count("\n") + 1 == number
    page.keyboard.type("Corrigé.")
    expect(page.locator("#problems a[data-line]")).to_have_count(0)
    expect(page.locator(".mirror > .wrong")).to_have_count(0)


def test_the_line_numbers_stand_by_their_lines(opens: Opens) -> None:
    page = opens()
    put_caret(page, "## Faire {.do}\n")
    page.keyboard.type("Une ligne très longue qui passe à la ligne suivante. " * 8 + "\n\nFin.")
    heights = "() => [document.querySelector('.mirror').offsetHeight, document.getElementById('source').scrollHeight]"
    mirror, field = page.evaluate(heights)
    assert abs(mirror - field) <= 1
    assert page.evaluate("document.querySelectorAll('.mirror > div').length") == text(page).count("\n") + 1


def test_tools_and_keys_write_markdown_that_undo_takes_back(opens: Opens) -> None:
    page = opens()
    original = text(page)
    put_caret(page, "## Faire {.do}\n")
    page.keyboard.type("important")
    put_caret(page, "## Faire {.do}\n", "important")
    page.keyboard.press("Control+b")
    assert "**important**" in text(page)
    page.keyboard.press("Control+i")
    assert "***important***" in text(page)
    page.keyboard.press("Control+i")
    page.keyboard.press("Control+b")
    assert "*important" not in text(page)
    page.get_by_role("button", name="Gras").click()
    assert "**important**" in text(page)
    page.keyboard.press("Control+z")
    assert "**important**" not in text(page)
    page.keyboard.press("Control+Shift+l")
    assert "\n- important" in text(page)
    page.keyboard.press("Control+]")
    assert "\n    - important" in text(page)
    page.keyboard.press("Control+[")
    assert "\n- important" in text(page)
    for _ in range(60):
        if text(page) != original:
            page.keyboard.press("Control+z")
    assert text(page) == original


def test_words_to_say_a_list_and_a_block(opens: Opens) -> None:
    page = opens()
    put_caret(page, "## Faire {.do}\n")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Mots à dire").click()
    page.keyboard.type("Bonjour")
    assert "> « Bonjour »" in text(page)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("- un")
    page.keyboard.press("Enter")
    page.keyboard.type("deux")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert "\n- un\n- deux\n" in text(page)
    page.get_by_role("button", name="Blocs").click()
    page.locator("[data-block=say]").click()
    page.keyboard.type("Ici.")
    assert "{.say}\nIci." in text(page)


def test_a_link_is_found_by_a_title(opens: Opens) -> None:
    page = opens()
    put_caret(page, "## Faire {.do}\n")
    page.keyboard.press("Control+k")
    expect(page.locator("#picker-search")).to_be_focused()
    page.keyboard.type("trop cher")
    expect(page.locator("#picker-found [data-link='script:trop-cher']")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#link-picker")).to_be_hidden()
    assert "](script:trop-cher)" in text(page)
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_focused()


def test_a_picture_is_sent_and_shown(opens: Opens) -> None:
    page = opens()
    put_caret(page, "## Faire {.do}\n")
    page.set_input_files("#attach-file", {"name": "Plan d’atelier.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(page.locator("#preview img")).to_have_count(1)
    assert "](attachment:plan-d-atelier.png)" in text(page)
    page.keyboard.type("Le plan de l’atelier")
    assert "![Le plan de l’atelier](attachment:plan-d-atelier.png)" in text(page)
    page.set_input_files("#attach-file", {"name": "x.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.locator("#attach-said")).not_to_be_empty()


def test_an_address_may_name_a_line(opens: Opens) -> None:
    page = opens(path=f"{EDITOR}#line-4")
    assert before_caret(page).count("\n") == 3


def test_two_authors_are_merged(opens: Opens, served_app: Flask) -> None:
    camille, nadia = opens(CAMILLE), opens(NADIA)
    put_caret(camille, "sans ruse")
    camille.keyboard.type(" ni détour")
    expect_saved(camille)
    put_caret(nadia, "## Faire {.do}\n")
    nadia.keyboard.type("Une chose de plus.\n")
    expect(nadia.locator("#merged")).to_contain_text("Les modifications de Camille Martin")
    expect_saved(nadia)
    assert "sans ruse ni détour" in text(nadia)
    assert before_caret(nadia).endswith("Une chose de plus.\n")
    assert "sans ruse ni détour" in draft_text()
    assert "Une chose de plus." in draft_text()
    assert drafts.asides_of(drafts.find(DOCUMENT, "fr").id) == []


@pytest.mark.parametrize(
    ("choice", "kept", "gone"),
    [("Garder le mien", "sans détour", "sans mensonge"), ("Prendre l’autre", "sans mensonge", "sans détour")],
)
def test_a_contradiction_is_chosen_by_its_author(
    opens: Opens, served_app: Flask, choice: str, kept: str, gone: str
) -> None:
    camille, nadia = opens(CAMILLE), opens(NADIA)
    put_caret(camille, "personne, ", "sans ruse")
    camille.keyboard.type("sans mensonge")
    expect_saved(camille)
    put_caret(nadia, "personne, ", "sans ruse")
    nadia.keyboard.type("sans détour")
    panel = nadia.locator("#conflict")
    expect(panel.locator("ins.now")).to_contain_text("détour")
    expect(panel.locator("h2")).to_be_focused()
    assert violations(nadia) == []
    assert "sans mensonge" in draft_text()  # nothing was put over it
    panel.get_by_role("button", name=choice).click()
    expect_saved(nadia)
    assert kept in draft_text()
    assert gone not in draft_text()
    expect(panel).to_have_count(0)


def test_both_texts_in_one_are_mistakes_until_settled(opens: Opens, served_app: Flask) -> None:
    camille, nadia = opens(CAMILLE), opens(NADIA)
    put_caret(camille, "personne, ", "sans ruse")
    camille.keyboard.type("sans mensonge")
    expect_saved(camille)
    put_caret(nadia, "personne, ", "sans ruse")
    nadia.keyboard.type("sans détour")
    nadia.get_by_role("button", name="Mettre les deux dans le texte").click()
    expect(nadia.locator(".mirror > .wrong").first).to_be_attached()
    assert "sans mensonge" in text(nadia)
    assert "sans détour" in text(nadia)


def test_who_only_looks_gets_what_the_other_saved(opens: Opens, served_app: Flask) -> None:
    camille, nadia = opens(CAMILLE), opens(NADIA)
    nadia.clock.install()
    nadia.reload()
    ready(nadia)
    put_caret(camille, "sans ruse")
    camille.keyboard.type(" ni détour")
    expect_saved(camille)
    nadia.clock.run_for("00:30")  # a page asks twice a minute
    expect(nadia.locator("#source")).to_have_value(re.compile("sans ruse ni détour"))
    expect(nadia.locator("#others")).to_contain_text("Camille Martin l’a ouvert aussi")


def crash(page: Page) -> None:
    """The browser loses the page at once: no last word to anybody."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def no_answer(route: Route) -> None:
    route.abort()


def test_without_network_it_says_so_and_saves_once_it_is_back(opens: Opens, served_app: Flask) -> None:
    page = opens()
    page.route("**/draft", no_answer)
    put_caret(page, "sans ruse")
    page.keyboard.type(" ni détour")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_contain_text("Non enregistré : pas de réseau")
    assert draft_text() == ""
    page.unroute("**/draft")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert "sans ruse ni détour" in draft_text()


def test_a_lost_answer_loses_nothing_and_is_no_conflict(opens: Opens, served_app: Flask) -> None:
    page = opens()

    def arrives_but_is_not_answered(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/draft", arrives_but_is_not_answered)
    put_caret(page, "sans ruse")
    page.keyboard.type(" ni détour")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_contain_text("Non enregistré")
    page.unroute("**/draft")
    page.keyboard.type(", jamais")
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert "sans ruse ni détour, jamais" in draft_text()
    expect(page.locator("#conflict")).to_have_count(0)
    expect(page.locator("#merged")).to_be_hidden()


def test_a_page_killed_before_it_saved_offers_its_text_again(opens: Opens, served_app: Flask) -> None:
    page = opens()
    put_caret(page, "sans ruse")
    page.keyboard.type(" ni détour")
    context = page.context
    crash(page)
    again = context.new_page()
    again.goto(EDITOR)
    ready(again)
    panel = again.locator("#unsaved")
    expect(panel.locator("ins.now")).to_contain_text("ni détour")
    assert violations(again) == []
    assert draft_text() == ""
    panel.get_by_role("button", name="Le reprendre").click()
    expect_saved(again)
    assert "sans ruse ni détour" in draft_text()
    again.reload()
    ready(again)
    expect(again.locator("#unsaved")).to_have_count(0)


def test_a_text_taken_up_again_is_merged_with_what_came_meanwhile(opens: Opens, served_app: Flask) -> None:
    page = opens()
    put_caret(page, "sans ruse")
    page.keyboard.type(" ni détour")
    context = page.context
    crash(page)
    nadia = opens(NADIA)
    put_caret(nadia, "## Faire {.do}\n")
    nadia.keyboard.type("Une chose de plus.\n")
    expect_saved(nadia)
    again = context.new_page()
    again.goto(EDITOR)
    ready(again)
    again.get_by_role("button", name="Le reprendre").click()
    expect(again.locator("#merged")).to_contain_text("Nadia Belkacem")
    expect_saved(again)
    assert "sans ruse ni détour" in draft_text()
    assert "Une chose de plus." in draft_text()


def test_another_page_of_the_same_browser_is_left_alone(opens: Opens) -> None:
    page = opens()
    page.route("**/draft", no_answer)
    put_caret(page, "sans ruse")
    page.keyboard.type(" ni détour")
    expect(page.locator("#save-state")).to_contain_text("pas encore enregistré")
    second = page.context.new_page()
    second.goto(EDITOR)
    ready(second)
    expect(second.locator("#problems-title")).to_be_visible()
    expect(second.locator("#unsaved")).to_have_count(0)


def test_the_keyboard_is_enough(opens: Opens, served_app: Flask) -> None:
    page = opens()
    page.locator("#source").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n- [ ] Relire.")
    page.keyboard.press("Tab")
    expect(page.locator("#source")).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#source")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    bar = page.locator(".format-bar [data-tool]")
    expect(bar.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(bar.nth(1)).to_be_focused()
    page.locator("#source").focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/library/{DOCUMENT}/fr/publish")
    assert "- [ ] Relire." in draft_text()


def test_it_works_without_script(opens: Opens, served_app: Flask) -> None:
    page = opens(java_script_enabled=False)
    assert page.locator(".format-bar").is_hidden()
    written = text(page).replace("sans ruse", "sans ruse ni détour") + "\nVoir [ceci](play:nulle-part).\n"
    page.fill("#source", written)
    page.get_by_role("button", name="Vérifier et voir l’aperçu sans enregistrer").click()
    expect(page.locator("#problems")).to_contain_text("nulle-part")
    expect(page.locator("#preview")).to_contain_text("sans ruse ni détour")
    assert draft_text() == ""
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".notice.good").first).to_contain_text("nregistré")
    assert "sans ruse ni détour" in draft_text()


def test_a_phone_shows_one_thing_at_a_time(opens: Opens) -> None:
    page = opens(viewport=PHONE)
    expect(page.locator("#source")).to_be_visible()
    expect(page.locator("#preview")).to_be_hidden()
    page.get_by_role("button", name="Aperçu", exact=True).click()
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("#source")).to_be_hidden()


def at_its_end(page: Page, name: str) -> None:
    page.wait_for_function(
        """(name) => {
          const pane = document.getElementById(name);
          return pane.scrollTop + pane.clientHeight > pane.scrollHeight - 3;
        }""",
        arg=name,
    )


def test_the_preview_follows_the_text(opens: Opens) -> None:
    page = opens()
    page.evaluate("document.querySelector('.source-frame').scrollTop = 1e6")
    at_its_end(page, "preview")


def test_the_other_language_stands_beside_and_follows(opens: Opens) -> None:
    page = opens(path=f"{EDITOR}?beside=en")
    expect(page.locator("#beside")).to_be_visible()
    page.evaluate("document.querySelector('.source-frame').scrollTop = 1e6")
    at_its_end(page, "beside")
    page.get_by_role("button", name="Aperçu", exact=True).click()
    expect(page.locator("#beside")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE, ZOOMED], ids=["desk", "phone", "zoomed"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opens: Opens, theme: str, viewport: dict[str, int]) -> None:
    page = opens(color_scheme=theme, viewport=viewport)
    put_caret(page, "## Faire {.do}\n")
    page.keyboard.type("Voir [ceci](play:nulle-part).\n")
    expect(page.locator("#problems a[data-line]")).to_have_count(1)
    page.locator(".shortcuts summary").click()
    assert violations(page) == []
    assert sideways(page) <= 0
    page.keyboard.press("Escape")
    put_caret(page, "---")
    page.keyboard.press("Control+k")
    expect(page.locator("#picker-found [data-link]").first).to_be_visible()
    assert violations(page) == []
    for path in ("quiz-presenter-et-negocier/fr/edit?as=text", "lumio-atelier/fr/edit?beside=en", "trop-cher/fr/edit"):
        page.goto(f"/library/{path}")
        ready(page)
        if page.locator("[data-shows=preview]").is_visible():
            page.locator("[data-shows=preview]").click()
        assert violations(page) == [], path
        assert sideways(page) <= 0, path
