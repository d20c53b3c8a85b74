"""The manager's journey: assign training to a team in four clicks, and see each rep's progress."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.accounts.demo import MANAGER, REP
from app.insights.demo import load_demo
from tests.browser.conftest import PASSWORD, new_context, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(served_app: Flask, quiet_context: BrowserContext) -> Page:
    load_demo(PASSWORD)
    page = quiet_context.new_page()
    sign_in(page, MANAGER)
    return page


def test_a_manager_assigns_a_quiz_to_the_team_in_four_clicks_and_a_rep_finds_it(
    manager: Page, browser: Browser, address: str
) -> None:
    manager.goto("/team")
    manager.get_by_role("link", name="Affecter").first.click()
    manager.select_option("[name=document]", "quiz-suivre-la-relation")
    # A manager of one team finds it chosen already: one click fewer.
    expect(manager.get_by_label("toute l’équipe")).to_be_checked()
    manager.get_by_role("button", name="Affecter").click()
    expect(manager.locator(".notice.good")).to_be_visible()
    context = new_context(browser, address)
    rep = context.new_page()
    sign_in(rep, REP)
    rep.goto("/quizzes/quiz-suivre-la-relation")
    title = rep.locator("h2").first.inner_text()
    rep.goto("/")
    expect(rep.locator("main")).to_contain_text(title)
    context.close()


def test_a_manager_sees_who_is_late_and_the_reason_behind_a_number(manager: Page) -> None:
    manager.goto("/team")
    expect(manager.locator("table.heat tbody tr")).to_have_count(6)
    expect(manager.locator("main")).to_contain_text("en retard")
    manager.get_by_role("link", name=re.compile("Antoine Morel")).first.click()
    expect(manager.locator("h1")).to_contain_text("Antoine Morel")
    expect(manager.locator("main")).to_contain_text("meilleur résultat au quiz 57")


def test_a_manager_takes_the_team_away_as_a_table(manager: Page) -> None:
    manager.goto("/team")
    with manager.expect_download() as download:
        manager.get_by_role("link", name="Exporter").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "Nadia Belkacem" in text
    assert text.splitlines()[0].count(";") > 5


def test_a_manager_never_sees_another_team(manager: Page, served_app: Flask) -> None:
    manager.goto("/team")
    expect(manager.locator("main")).not_to_contain_text("Nantes")
    expect(manager.locator("main")).not_to_contain_text("Fabien Le Goff")
