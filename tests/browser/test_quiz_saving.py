"""Saving replies in a real browser: said only when true, kept when the network is gone, possible without a script."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import update

from app.accounts.demo import REP, load_demo_people
from app.core import clock
from app.core.database import db
from app.quizzes.models import Attempt
from tests.browser.conftest import PASSWORD, new_context, sign_in

pytestmark = pytest.mark.browser

QUIZ = "/quizzes/quiz-presenter-et-negocier"  # timed


def started(context: BrowserContext) -> Page:
    """The first question of a new attempt."""
    page = context.new_page()
    sign_in(page, REP)
    page.goto(QUIZ)
    page.get_by_role("button", name="Commencer").click()
    page.wait_for_url("**/attempts/*")
    return page


def test_a_reply_that_could_not_be_saved_says_so_stays_and_is_sent_again(
    served_app: Flask, browser: Browser, address: str
) -> None:
    load_demo_people(PASSWORD)
    context = new_context(browser, address)
    page = started(context)
    page.wait_for_load_state()
    context.set_offline(True)
    page.locator("label.choice").nth(2).click()
    expect(page.locator(".save-state")).to_contain_text("n’est pas enregistrée")
    page.get_by_role("button", name="Suivante").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"question\s1\ssur"))
    expect(page.locator("label.choice input").nth(2)).to_be_checked()
    context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".save-state")).to_have_text(re.compile("Réponse enregistrée"))
    page.get_by_role("button", name="Suivante").click()
    page.wait_for_url("**question=2")
    context.close()


def test_somebody_signed_out_meanwhile_is_told_and_goes_on_after_signing_in_again(
    served_app: Flask, browser: Browser, address: str
) -> None:
    load_demo_people(PASSWORD)
    context = new_context(browser, address)
    page = started(context)
    page.wait_for_load_state()
    context.clear_cookies()
    page.locator("label.choice").first.click()
    expect(page.locator(".save-state")).to_contain_text("vous êtes déconnecté")
    sign_in(context.new_page(), REP)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".save-state")).to_have_text(re.compile("Réponse enregistrée"))
    context.close()


def test_a_number_nobody_can_read_is_told_at_once(served_app: Flask, quiet_context: BrowserContext) -> None:
    load_demo_people(PASSWORD)
    page = started(quiet_context)
    page.goto(page.url.partition("?")[0] + "?question=4")
    page.fill("#typed-reply", "cent soixante")
    expect(page.locator(".save-state")).to_contain_text("pas un nombre lisible")
    page.fill("#typed-reply", "160,0 luminaires")
    expect(page.locator(".save-state")).to_have_text(re.compile("Réponse enregistrée"))


def test_when_the_time_is_up_the_result_is_shown(served_app: Flask, quiet_context: BrowserContext) -> None:
    load_demo_people(PASSWORD)
    page = started(quiet_context)
    page.locator("label.choice").first.click()
    expect(page.locator(".save-state")).to_have_text(re.compile("Réponse enregistrée"))
    db.session.execute(update(Attempt).values(deadline_at=clock.now() + timedelta(seconds=4)))
    db.session.commit()
    page.reload()
    expect(page.locator(".time-notice")).to_have_text("Il reste une minute.")
    expect(page.locator("h1")).to_contain_text("Pas encore", timeout=15_000)


def test_without_javascript_next_saves(served_app: Flask, browser: Browser, address: str) -> None:
    load_demo_people(PASSWORD)
    context = new_context(browser, address, java_script_enabled=False)
    page = started(context)
    page.locator("label.choice").nth(1).click()
    page.get_by_role("button", name="Suivante").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"question\s2\ssur"))
    page.get_by_role("link", name="Précédente").click()
    expect(page.locator("label.choice input").nth(1)).to_be_checked()
    context.close()
