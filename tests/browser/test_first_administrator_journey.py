"""The first administrator's journey: from the link that the first start prints to a rep who signs in."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect
from sqlalchemy import select

from app.accounts import one_time_links
from app.core.database import db
from app.core.outbox import OutboxMessage
from tests.browser.conftest import PASSWORD, new_context

pytestmark = pytest.mark.browser


def _path(link: str) -> str:
    """A link's path: the tests serve on a port of their own."""
    found = re.search(r"/links/[\w-]+", link)
    assert found is not None
    return found[0]


def test_the_first_administrator_is_created_once_and_invites_a_rep(
    served_app: Flask, quiet_context: BrowserContext, browser: Browser, address: str
) -> None:
    link = one_time_links.first_administrator_link()
    assert link is not None
    page = quiet_context.new_page()
    page.goto(_path(link))
    page.fill("[name=name]", "Sophie Lambert")
    page.fill("[name=email]", "sophie@example.org")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/admin")
    assert one_time_links.first_administrator_link() is None

    page.goto("/admin/people/new")
    page.fill("[name=email]", "nora@example.org")
    page.fill("[name=name]", "Nora Amrani")
    page.locator("main button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("Nora Amrani")

    db.session.rollback()
    mail = db.session.execute(select(OutboxMessage.payload).where(OutboxMessage.kind == "mail")).scalars().one()
    assert mail["to"] == "nora@example.org"
    context = new_context(browser, address)
    rep = context.new_page()
    rep.goto(_path(mail["text"]))
    for field in rep.locator("input[type=password]").all():
        field.fill(PASSWORD)
    rep.locator("main button.btn-primary").click()
    rep.wait_for_url("**/")
    expect(rep.locator("h1")).to_contain_text("Nora")
    context.close()
