"""A served application and a real Chromium: every journey runs on the real content, on both databases."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.serving import make_server

from app import create_app
from app.config import PROJECT, Settings
from app.core.database import db
from app.first_steps import synchronise_library
from tests.conftest import KEY
from tests.databases import Databases
from tools import chromium

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
PASSWORD = "correct-horse-battery"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": DESK}


@pytest.fixture
def served_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An application with the shipped content, CSRF and all, on a database of its own."""
    with databases.fresh() as url:
        settings = Settings(
            data_dir=tmp_path / "data",
            content_dir=PROJECT / "content",
            quizzes_dir=PROJECT / "quizzes",
            database_url=url,
            secret_key=KEY,
        )
        app = create_app(settings)
        with app.app_context():
            synchronise_library()
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def address(served_app: Flask) -> Iterator[str]:
    """Where the application listens: threads, as in production."""
    server = make_server("127.0.0.1", 0, served_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def base_url(address: str) -> str:
    return address


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Through the sign-in page, as anyone does."""
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.click("main button[type=submit], main button:not([type])")
    page.wait_for_url("**/")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands: rule, help, and the first elements."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['help']} — {', '.join(node['target'][0] for node in each['nodes'][:3])}"
        for each in found["violations"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window: a phone must not scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def quiet_context(context: BrowserContext) -> Iterator[BrowserContext]:
    """A context whose console errors and failed requests fail the test."""
    troubles: list[str] = []
    context.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    context.on("requestfailed", lambda request: troubles.append(f"{request.url} failed"))
    yield context
    assert troubles == []


