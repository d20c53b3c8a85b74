"""Charts are drawn in both themes under the strict policy, beside their tables, which stand alone without scripts."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from app.accounts import passwords
from app.accounts.actor import Role
from app.core.database import db
from tests.browser.conftest import PASSWORD, new_context, sign_in
from tests.factories import make_member
from tests.quizzes.recorded import Chosen, record

pytestmark = [pytest.mark.browser, pytest.mark.once]

QUIZ = "quiz-presenter-et-negocier"
HERE = f"/quizzes/{QUIZ}/statistics"
# How many colours a canvas shows: one when nothing is drawn.
COLOURS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 4).join());
  return seen.size;
}"""


@pytest.fixture
def author(served_app: Flask) -> str:
    """The address of a manager, once twelve people have taken the quiz."""
    person = make_member(Role.MANAGER, language="fr")
    person.password_hash = passwords.hashed(PASSWORD)
    db.session.commit()
    for place in range(12):
        record(QUIZ, {"argument-choisi": Chosen(frozenset({place % 3}))})
    return person.email


def drawn(page: Page) -> list[int]:
    page.wait_for_selector(".plot canvas", state="visible")
    return [page.locator("canvas").nth(number).evaluate(COLOURS) for number in range(page.locator("canvas").count())]


def test_charts_are_drawn_and_have_their_tables(
    quiet_context: BrowserContext, browser: Browser, address: str, author: str
) -> None:
    page = quiet_context.new_page()
    sign_in(page, author)
    for path in (HERE, f"{HERE}/argument-choisi"):
        page.goto(path)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            assert min(drawn(page)) > 3, (path, theme)
    page.goto(HERE)
    table = page.locator("details.figures").first
    assert not table.locator("table").is_visible()
    table.locator("summary").press("Enter")
    assert table.locator("table").is_visible()
    without = new_context(browser, address, java_script_enabled=False)
    without.add_cookies(quiet_context.cookies())
    page = without.new_page()
    page.goto(HERE)
    assert page.locator("details.figures table").first.is_visible()
    assert not page.locator("canvas").first.is_visible()
    without.close()
