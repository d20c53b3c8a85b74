"""Review on a phone: a quiz is handed in, days pass, its questions come back one by one, through a network cut."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import func, select

from app.accounts.demo import REP, load_demo_people
from app.core import clock
from app.core.database import db
from app.practice.models import Review
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in, violations

pytestmark = pytest.mark.browser

QUIZ = "/quizzes/quiz-prendre-contact"


class Days:
    """The server's clock, which the test moves on."""

    def __init__(self) -> None:
        self.passed = timedelta(0)
        self._now = clock.now

    def pass_by(self, days: int) -> None:
        self.passed += timedelta(days=days)

    def now(self) -> datetime:
        return self._now() + self.passed


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    made = Days()
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def phone(served_app: Flask, browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone whose owner is asked three new questions a day."""
    settings = served_app.config["SETTINGS"]
    served_app.config["SETTINGS"] = settings.model_copy(update={"review_new_a_day": 3})
    load_demo_people(PASSWORD)
    context = new_context(browser, address, viewport=PHONE, has_touch=True)
    yield context
    context.close()


def hand_in_a_quiz(page: Page) -> None:
    """Begun, one question answered, handed in as it is."""
    page.goto(QUIZ)
    page.get_by_role("button", name="Commencer").click()
    page.wait_for_url("**/attempts/*")
    page.wait_for_load_state()
    page.locator("label.choice").first.click()
    expect(page.locator(".save-state")).to_contain_text("Réponse enregistrée")
    page.goto(page.url.partition("?")[0] + "/finish")
    page.get_by_role("button", name=re.compile("^Remettre")).click()
    page.wait_for_load_state()


def counted() -> int:
    """How many answers the database holds."""
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(Review)).scalar_one()


def verdict(page: Page) -> None:
    expect(page.locator(".review-verdict")).to_be_visible()


def test_three_minutes_a_day_with_one_hand_and_a_cut_in_the_network(phone: BrowserContext, days: Days) -> None:
    page = phone.new_page()
    sign_in(page, REP)
    hand_in_a_quiz(page)
    page.goto("/review")
    expect(page.locator("h1")).to_contain_text("Rien à réviser aujourd’hui")

    days.pass_by(2)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("3 questions à réviser")
    page.get_by_role("link", name="Réviser", exact=True).tap()
    expect(page.locator("h1")).to_have_text("3 questions, environ 1 minute")
    page.evaluate("window.isStillTheSame = true")
    assert violations(page) == []
    assert sideways(page) <= 0

    # The network is gone: the page says so, and the answer is sent again.
    phone.set_offline(True)
    page.get_by_role("button", name="Je ne sais pas").tap()
    expect(page.locator(".save-state")).to_contain_text("Pas envoyée")
    phone.set_offline(False)
    page.get_by_role("button", name="Je ne sais pas").tap()
    verdict(page)
    assert counted() == 1
    assert violations(page) == []
    assert sideways(page) <= 0

    # “Elle revient demain”, unless the person knows better.
    expect(page.locator(".rating h2")).to_have_text("Elle revient demain")
    page.locator(".ratings button", has_text="Sue").tap()
    expect(page.locator(".ratings button", has_text="Sue")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".rating h2")).not_to_have_text("Elle revient demain")
    page.get_by_role("link", name="Question suivante").tap()
    expect(page.locator("h1")).to_have_text("Encore 2 questions, environ 1 minute")

    # The answer arrives and what comes back is lost: sent again, it counts once.
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/review/answer", lose)
    page.get_by_role("button", name="Je ne sais pas").tap()
    expect(page.locator(".save-state")).to_contain_text("Pas envoyée")
    page.unroute("**/review/answer")
    page.get_by_role("button", name="Je ne sais pas").tap()
    verdict(page)
    assert counted() == 2
    page.get_by_role("link", name="Question suivante").tap()
    expect(page.locator("h1")).to_have_text("Encore 1 question, environ 1 minute")
    page.get_by_role("button", name="Je ne sais pas").tap()
    verdict(page)
    assert page.evaluate("window.isStillTheSame") is True

    page.get_by_role("link", name="Terminer").tap()
    expect(page.locator("h1")).to_contain_text("3 questions révisées aujourd’hui")
    expect(page.locator("figure.drawn canvas")).to_be_visible()
    assert violations(page) == []
    assert sideways(page) <= 0
    page.goto("/")
    expect(page.locator("main")).not_to_contain_text("à réviser")


def test_the_keyboard_alone_answers_rates_and_goes_on(phone: BrowserContext, days: Days) -> None:
    page = phone.new_page()
    sign_in(page, REP)
    hand_in_a_quiz(page)
    days.pass_by(2)
    page.goto("/review")
    page.wait_for_load_state("networkidle")
    if page.locator(".choice").count():
        page.keyboard.press("1")
        expect(page.locator(".choice input").first).to_be_checked()
    page.keyboard.press("Enter")
    if not page.locator(".choice").count():
        page.get_by_role("button", name="Je ne sais pas").press("Enter")
    verdict(page)
    page.keyboard.press("2")
    page.keyboard.press("Enter")  # at once: the rating is sent first, and the next question follows
    expect(page.locator("form.reply")).to_be_visible()
    assert counted() == 1
    assert db.session.execute(select(Review.rating)).scalar_one() == 2


@pytest.mark.once
def test_of_two_windows_one_answer_counts_without_a_script_as_well(
    served_app: Flask, phone: BrowserContext, browser: Browser, address: str, days: Days
) -> None:
    here = phone.new_page()
    sign_in(here, REP)
    hand_in_a_quiz(here)
    days.pass_by(2)
    context = new_context(browser, address, java_script_enabled=False, viewport=PHONE)
    there = context.new_page()
    sign_in(there, REP)
    here.goto("/review")
    there.goto("/review")
    here.get_by_role("button", name="Je ne sais pas").tap()
    verdict(here)
    there.get_by_role("button", name="Je ne sais pas").click()
    expect(there.locator(".review-verdict")).to_have_text("Pas encore")
    assert counted() == 1
    there.get_by_role("button", name="Sue").click()
    expect(there.locator(".ratings button", has_text="Sue")).to_have_attribute("aria-pressed", "true")
    there.get_by_role("button", name="Ne plus me la poser").click()
    expect(there.locator(".notice")).to_contain_text("Ne revient plus")
    there.get_by_role("button", name="Annuler").click()
    expect(there.locator("form.reply")).to_be_visible()
    context.close()
