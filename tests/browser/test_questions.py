"""A rep asks at a heading with the keyboard, the owner answers and resolves, the rep sees it; nothing typed runs."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select, update

from app.accounts.actor import Actor, Role
from app.accounts.demo import MANAGER, REP, load_demo_people
from app.accounts.models import Person
from app.core import ids
from app.core.database import db
from app.library import catalogue, publishing
from app.library.models import Edition
from app.library.remarks import questions
from app.library.remarks.questions import Asked
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in, violations
from tests.library.remarks.test_words import OURS

pytestmark = [pytest.mark.browser, pytest.mark.once]

PLAY = "passer-le-standard"


@pytest.fixture
def owned(served_app: Flask) -> None:
    """The manager of the demo answers for the play."""
    load_demo_people(PASSWORD)
    publishing.lock_library()
    db.session.execute(update(Edition).where(Edition.document_id == PLAY).values(owner=MANAGER))
    publishing.bump_generation()
    db.session.commit()


@pytest.fixture
def rep(owned: None, quiet_context: BrowserContext) -> Page:
    page = quiet_context.new_page()
    sign_in(page, REP)
    return page


@pytest.fixture
def manager(owned: None, browser: Browser, address: str) -> Iterator[Page]:
    context = new_context(browser, address)
    page = context.new_page()
    sign_in(page, MANAGER)
    yield page
    context.close()


def test_a_question_goes_from_the_heading_to_the_owner_and_back(rep: Page, manager: Page) -> None:
    rep.goto(f"/plays/{PLAY}")
    rep.locator("#say > .ask").focus()
    rep.keyboard.press("Enter")
    field = rep.locator("#say > div > .asking textarea")
    expect(field).to_be_focused()
    rep.keyboard.type("Et si elle **insiste** ?")
    rep.keyboard.press("Tab")
    rep.keyboard.press("Enter")
    expect(rep.locator("#say > div > .asking [role=status]")).to_contain_text("Votre question est envoyée")
    expect(rep.locator("#say > div > .asking strong")).to_have_text("insiste")
    rep.get_by_role("button", name="Continuer la lecture").press("Enter")
    expect(rep.locator("#say > div > .asking")).to_be_empty()
    expect(rep.locator("#say > .ask")).to_be_focused()

    manager.goto("/")
    manager.get_by_role("link", name="Répondre").first.click()
    expect(manager.locator("h1")).to_contain_text("non résolue")
    manager.get_by_label("Votre réponse à").fill("Donnez le nom de l’entreprise, puis taisez-vous.")
    manager.get_by_role("button", name="Envoyer la réponse").click()
    expect(manager.locator(".replies")).to_contain_text("taisez-vous")
    manager.get_by_role("button", name="Marquer comme résolue").click()
    expect(manager.locator(".remark")).to_contain_text("Marquée comme résolue par")

    rep.goto("/")
    rep.get_by_role("link", name="Lire la réponse").click()
    expect(rep.locator(".replies")).to_contain_text("taisez-vous")
    expect(rep.locator(".remark")).to_contain_text("Résolue")
    rep.goto("/")
    expect(rep.get_by_role("link", name="Lire la réponse")).to_have_count(0)


def test_the_end_of_the_page_fetches_the_questions_when_it_is_reached(rep: Page) -> None:
    rep.goto(f"/plays/{PLAY}")
    rep.locator("#remarks").scroll_into_view_if_needed()
    expect(rep.locator("#remarks textarea")).to_be_visible()
    rep.locator("#remarks textarea").fill("Une question générale ?")
    rep.get_by_role("button", name="Envoyer ma question").click()
    expect(rep.locator("#remarks [role=status]")).to_contain_text("envoyée")
    expect(rep.locator("#remarks .remark")).to_contain_text("Une question générale")
    assert violations(rep) == []


def test_a_refusal_is_said_in_the_form_and_keeps_what_was_typed(owned: None, browser: Browser, address: str) -> None:
    context = new_context(browser, address)  # not the quiet one: the browser itself reports a status of 400
    rep = context.new_page()
    sign_in(rep, REP)
    rep.goto(f"/plays/{PLAY}")
    rep.locator("#do > .ask").click()
    field = rep.locator("#do > div > .asking textarea")
    field.evaluate("each => each.removeAttribute('required')")
    field.fill("?!")
    with rep.expect_response(re.compile("/questions/")):
        rep.get_by_role("button", name="Envoyer ma question").first.click()
    expect(rep.locator("#do > div > .asking .ask-form .told")).to_contain_text("Écrivez d’abord")
    expect(field).to_have_value("?!")
    context.close()


def test_asking_works_on_a_phone_without_javascript(owned: None, browser: Browser, address: str) -> None:
    context = new_context(browser, address, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, REP)
    page.goto(f"/plays/{PLAY}")
    assert sideways(page) <= 0
    page.locator("#say > .ask").click()
    expect(page.locator("select[name=at]")).to_have_value("say")
    page.locator("textarea[name=text]").fill("Sans script ?")
    page.get_by_role("button", name="Envoyer ma question").click()
    expect(page.locator(".remark")).to_contain_text("Sans script")
    expect(page.locator(".remark")).to_contain_text("« Dire »")
    assert sideways(page) <= 0
    context.close()


def test_nothing_that_was_typed_runs_even_without_the_policy(owned: None, browser: Browser, address: str) -> None:
    person = db.session.execute(select(Person).filter_by(email=REP)).scalar_one()
    asker = Actor(person.id, person.name, person.email, Role.REP)
    entry = catalogue.current().find(PLAY, "fr")
    assert entry
    for text in OURS:
        questions.ask(asker, PLAY, Asked(ids.new(), entry.revision_id, "", text))
    context = new_context(browser, address, bypass_csp=True)
    page = context.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    sign_in(page, REP)
    for number in (1, 2):
        page.goto(f"/questions/{PLAY}?page={number}")
        for link in page.locator(".words a[href]").all():
            assert re.match(r"https?:|/(plays|scripts|offers|steps|quizzes)/", link.get_attribute("href") or "")
        page.mouse.move(300, 300)
    assert ran == []
    context.close()
