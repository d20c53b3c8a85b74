"""An author edits a play and publishes it; its reader sees exactly that and acknowledges; the manager sees it done."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.accounts.demo import MANAGER, REP, load_demo_people
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in, violations

pytestmark = pytest.mark.browser

PLAY = "/plays/passer-le-standard"
LIBRARY = "/library/passer-le-standard"
NOTE = "Les gérants décrochent plus tard le soir."


@pytest.fixture
def rep(served_app: Flask, quiet_context: BrowserContext) -> Page:
    """Nadia, who has read the play and vouched for it."""
    load_demo_people(PASSWORD)
    page = quiet_context.new_page()
    sign_in(page, REP)
    page.goto(PLAY)
    page.get_by_role("button", name="J’ai lu et compris").click()
    expect(page.locator("#ack")).to_contain_text("Lu et compris le")
    return page


@pytest.fixture
def manager(rep: Page, browser: Browser, address: str) -> Iterator[Page]:
    """Claire, who writes and who leads Nadia."""
    context = new_context(browser, address)
    page = context.new_page()
    sign_in(page, MANAGER)
    yield page
    context.close()


def write(author: Page, old: str, new: str) -> None:
    """Replace words in the editor, as somebody who selects them and types."""
    author.goto(f"{LIBRARY}/fr/edit")
    author.wait_for_selector("#editor[data-ready]")
    author.evaluate(
        """(words) => {
          const area = document.getElementById("source");
          const at = area.value.indexOf(words);
          area.focus();
          area.setSelectionRange(at, at + words.length);
        }""",
        old,
    )
    author.keyboard.type(new)
    expect(author.locator("#save-state")).to_contain_text("Brouillon enregistré à")


def publish(author: Page, weight: str, note: str) -> None:
    """From the editor's button to the published text; `weight` is material or minor."""
    author.locator("button[name=go][value=publish]").click()
    author.locator("#note").fill(note)
    author.locator(f"button[name=materiality][value={weight}]").click()
    author.wait_for_url(lambda url: not url.endswith("/publish"))


def marked(page: Page, tag: str) -> list[str]:
    """What a page marks as put in or taken out, without its legend."""
    return [words.strip() for words in page.locator(f".compared {tag}, .fact-changes {tag}").all_inner_texts()]


def test_a_material_change_goes_from_the_author_to_the_reader_to_the_manager(rep: Page, manager: Page) -> None:
    write(manager, "après 17 h 30", "après 18 h 15")
    publish(manager, "material", NOTE)

    manager.goto(f"{LIBRARY}/readers")
    expect(manager.locator("h1")).to_contain_text("1 personne travaille sur une version dépassée")
    manager.get_by_role("link", name=re.compile("ce qui a changé depuis")).click()
    assert (marked(manager, "del"), marked(manager, "ins")) == (["17 h 30"], ["18 h 15"])
    manager.goto("/team")
    expect(manager.locator("main")).to_contain_text("1 personne travaille sur un texte dépassé")

    rep.goto("/")
    expect(rep.locator("main")).to_contain_text("le texte a changé depuis votre lecture")
    rep.get_by_role("link", name=re.compile("Voir ce qui a changé")).click()  # the first tap
    expect(rep.locator("h1")).to_contain_text("1 passage a changé depuis votre lecture")
    expect(rep.locator("main")).to_contain_text(NOTE)
    assert (marked(rep, "del"), marked(rep, "ins")) == (["17 h 30"], ["18 h 15"])
    assert violations(rep) == []
    rep.get_by_role("button", name="Lu et compris").click()  # the second
    expect(rep.locator("#ack")).to_contain_text("Lu et compris le")
    rep.goto("/")
    expect(rep.locator("main")).not_to_contain_text("le texte a changé depuis")

    manager.goto(f"{LIBRARY}/readers?state=up-to-date")
    expect(manager.locator("main")).to_contain_text("Nadia Belkacem")
    expect(manager.locator("h1")).not_to_contain_text("dépassée")
    manager.goto("/team")
    expect(manager.locator("main")).not_to_contain_text("texte dépassé")


def test_a_minor_change_asks_nobody(rep: Page, manager: Page) -> None:
    write(manager, "après 17 h 30", "après 17 h 45")
    publish(manager, "minor", "")
    rep.goto("/")
    expect(rep.locator("main")).not_to_contain_text("le texte a changé")
    rep.goto(PLAY)
    expect(rep.locator("#ack")).to_contain_text("n’a corrigé que des détails")
    manager.goto(f"{LIBRARY}/readers")
    expect(manager.locator("h1")).not_to_contain_text("dépassée")


def test_on_a_phone_without_javascript(rep: Page, manager: Page, browser: Browser, address: str) -> None:
    write(manager, "après 17 h 30", "après 18 h 15")
    publish(manager, "material", NOTE)
    context = new_context(browser, address, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, REP)
    page.get_by_role("link", name=re.compile("Voir ce qui a changé")).click()
    assert marked(page, "ins") == ["18 h 15"]
    assert sideways(page) <= 0
    page.get_by_text(re.compile("paragraphes? inchangés?")).first.click()
    page.get_by_role("button", name="Lu et compris").click()
    expect(page.locator("#ack")).to_contain_text("Lu et compris le")
    context.close()
