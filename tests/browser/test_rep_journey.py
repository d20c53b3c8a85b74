"""The rep's journey: sign in, read a step's play, acknowledge it, take its quiz, find the words, keep them at hand."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.accounts.demo import REP, load_demo_people
from app.library import catalogue
from app.quizzes.questions import MultipleQuestion, NumericQuestion, SingleQuestion, TrueFalseQuestion
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def rep(served_app: Flask, quiet_context: BrowserContext) -> Page:
    load_demo_people(PASSWORD)
    page = quiet_context.new_page()
    sign_in(page, REP)
    return page


def test_a_new_rep_reads_a_play_acknowledges_it_and_the_staircase_moves(rep: Page) -> None:
    expect(rep.locator("h1")).to_contain_text("Nadia")
    rep.get_by_role("link", name="Étapes", exact=True).first.click()
    rep.get_by_role("link", name=re.compile("Prendre contact")).first.click()
    rep.get_by_role("link", name=re.compile("Passer le barrage du standard")).first.click()
    expect(rep.locator("h1")).to_have_text("Passer le barrage du standard")
    for block in ("know", "say", "show", "do"):
        expect(rep.locator(f"section.block#{block}")).to_be_visible()
    before = rep.locator(".rail [aria-current=location] .num").inner_text()
    rep.get_by_role("button", name="J’ai lu et compris").click()
    expect(rep.locator("#ack")).to_contain_text("Lu et compris le")
    assert rep.locator(".rail [aria-current=location] .num").inner_text() != before


def test_a_rep_takes_a_whole_quiz_and_passes(rep: Page, served_app: Flask) -> None:
    quiz = catalogue.current().get("quiz-prendre-contact", "fr", "quiz")
    questions = catalogue.current().body(quiz).facts.questions
    rep.goto("/quizzes/quiz-prendre-contact")
    rep.get_by_role("button", name="Commencer").click()
    for number, question in enumerate(questions, start=1):
        expect(rep.locator("main")).to_contain_text(re.compile(rf"question\s{number}\ssur\s{len(questions)}"))
        _reply(rep, question)
        expect(rep.locator(".save-state")).to_contain_text("Réponse enregistrée")
        rep.get_by_role("button", name="Terminer" if number == len(questions) else "Suivante").click()
    expect(rep.locator("h1")).to_contain_text(re.compile(r"100\s%"))
    expect(rep.locator("main")).to_contain_text("Votre réponse")


def _reply(page: Page, question: object) -> None:
    """The right reply, the way a person gives it."""
    if isinstance(question, SingleQuestion | MultipleQuestion):
        for index, option in enumerate(question.options):
            if option.right:
                page.locator("label.choice").nth(index).click()
        return
    if isinstance(question, TrueFalseQuestion):
        page.locator("label.choice").nth(0 if question.answer else 1).click()
        return
    typed = str(question.value).replace(".", ",") if isinstance(question, NumericQuestion) else question.accepted[0]
    page.fill("#typed-reply", typed)
    page.press("#typed-reply", "Tab")


def test_a_mistake_leads_to_the_section_to_read_again(rep: Page) -> None:
    rep.goto("/quizzes/quiz-prendre-contact")
    rep.get_by_role("button", name="Commencer").click()
    rep.goto(rep.url.partition("?")[0] + "/finish")
    rep.get_by_role("button", name=re.compile("^Remettre")).click()
    expect(rep.locator("h1")).to_contain_text(re.compile(r"0\s%"))
    rep.locator("main a[href*='/plays/'][href*='#']").first.click()
    expect(rep.locator("section.block").first).to_be_visible()


def test_a_reply_survives_leaving_and_coming_back(rep: Page) -> None:
    rep.goto("/quizzes/quiz-prendre-contact")
    rep.get_by_role("button", name="Commencer").click()
    rep.locator("label.choice").nth(1).click()
    expect(rep.locator(".save-state")).to_contain_text("Réponse enregistrée")
    rep.goto("/")
    rep.goto("/quizzes/quiz-prendre-contact")
    rep.get_by_role("link", name="Continuer").click()
    rep.goto(rep.url.partition("?")[0] + "?question=1")
    expect(rep.locator("label.choice input").nth(1)).to_be_checked()


def test_words_are_found_as_they_are_typed_and_kept_at_hand(rep: Page) -> None:
    rep.goto("/scripts")
    rep.locator("main input[type=search]").press_sequentially("cher", delay=20)
    expect(rep.locator("main mark").first).to_be_visible()
    rep.get_by_role("link", name="C’est trop cher").first.click()
    expect(rep.locator("h1")).to_contain_text("trop cher")
    rep.get_by_role("button", name="Épingler").click()
    expect(rep.get_by_role("button", name="Désépingler")).to_be_visible()
    rep.goto("/")
    expect(rep.locator("main")).to_contain_text("C’est trop cher")


def test_search_works_the_same_without_javascript(served_app: Flask, browser: Browser, address: str) -> None:
    load_demo_people(PASSWORD)
    context = new_context(browser, address, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, REP)
    page.goto("/scripts")
    page.fill("main input[type=search]", "negociations")
    page.press("main input[type=search]", "Enter")
    expect(page.locator("main mark").first).to_contain_text(re.compile("négociation", re.IGNORECASE))
    assert sideways(page) <= 0
    context.close()


def test_the_keyboard_alone_takes_a_rep_from_sign_in_to_a_quiz_answer(
    served_app: Flask, quiet_context: BrowserContext
) -> None:
    load_demo_people(PASSWORD)
    page = quiet_context.new_page()
    page.goto("/sign-in")
    page.locator("[name=email]").focus()
    page.keyboard.type(REP)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    page.keyboard.press("/")
    page.keyboard.type("cher")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
    page.goto("/quizzes/quiz-prendre-contact")
    page.get_by_role("button", name="Commencer").press("Enter")
    page.wait_for_url("**/attempts/*")
    page.wait_for_load_state()
    page.keyboard.press("b")
    expect(page.locator(".save-state")).to_contain_text("Réponse enregistrée")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(re.compile(r"question\s2\ssur"))
