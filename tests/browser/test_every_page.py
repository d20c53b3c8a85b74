"""Every page, in both themes: axe-core finds nothing, a phone never scrolls sideways, nor does 200 % zoom."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from app.insights.demo import load_demo
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in, violations
from tools.screenshots import EVERY_PAGE, PEOPLE, THEMES

pytestmark = pytest.mark.browser

# 200 % zoom of a 1,280-pixel window is a 640-pixel one.
ZOOMED = {"width": 640, "height": 450}


@pytest.fixture
def demo(served_app: Flask) -> None:
    load_demo(PASSWORD)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("who", EVERY_PAGE)
def test_axe_finds_nothing(demo: None, browser: Browser, address: str, who: str, theme: str) -> None:
    context = new_context(browser, address, color_scheme=theme)
    found = {path: wrong for path in _visited(context, who) if (wrong := violations(context.pages[0]))}
    context.close()
    assert found == {}


@pytest.mark.parametrize("viewport", [PHONE, ZOOMED], ids=["phone", "zoomed"])
@pytest.mark.parametrize("who", EVERY_PAGE)
def test_nothing_scrolls_sideways(
    demo: None, browser: Browser, address: str, who: str, viewport: dict[str, int]
) -> None:
    context = new_context(browser, address, viewport=viewport)
    too_wide = {path: wide for path in _visited(context, who) if (wide := sideways(context.pages[0])) > 0}
    context.close()
    assert too_wide == {}


def _visited(context: BrowserContext, who: str):  # type: ignore[no-untyped-def]
    """Each path, once the page has been opened on it."""
    page = context.new_page()
    if who:
        sign_in(page, PEOPLE[who])
    for path in EVERY_PAGE[who]:
        page.goto(path)
        yield path
