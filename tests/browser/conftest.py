"""A served application and a real Chromium: every journey runs on the real content, on both databases."""

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Request
from werkzeug.serving import make_server

from app import create_app
from app.config import PROJECT, Settings
from app.core.database import db
from app.first_steps import compress_static_files
from tests.conftest import KEY
from tests.databases import Databases
from tools import chromium

AXE = gzip.decompress((Path(__file__).parent / "vendor" / "axe.min.js.gz").read_bytes()).decode()
PASSWORD = "correct-horse-battery"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ZOOMED = {"width": 640, "height": 450}  # 200 % zoom of a window of 1,280 pixels is one of 640


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": arguments}


@pytest.fixture
def served_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An application with the shipped content, CSRF and all, on a database of its own."""
    with databases.with_shipped_library() as url:
        settings = Settings(
            data_dir=tmp_path / "data",
            content_dir=PROJECT / "content",
            quizzes_dir=PROJECT / "quizzes",
            database_url=url,
            secret_key=KEY,
        )
        # WhiteNoise prefers a compressed file, which may be older than an edited one.
        compress_static_files(PROJECT / "app" / "static")
        app = create_app(settings)
        with app.app_context():
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


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Through the sign-in page, as anyone does."""
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.click("main button[type=submit], main button:not([type])")
    page.wait_for_url("**/")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands: rule, help, and the first elements."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['help']} — {', '.join(node['target'][0] for node in each['nodes'][:3])}"
        for each in found["violations"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window: a phone must not scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def new_context(browser: Browser, address: str, **options: Any) -> BrowserContext:
    """A browser of its own, French, at a desk unless told otherwise."""
    given = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": DESK, "base_url": address, **options}
    return browser.new_context(**given)


@pytest.fixture
def quiet_context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A context whose console errors and failed requests fail the test."""
    troubles: list[str] = []
    context = new_context(browser, address)
    context.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)

    def note_failure(request: Request) -> None:
        # A download ends as an aborted navigation, and who leaves a page aborts what it was fetching; anything else
        # that fails is a trouble.
        if "ABORTED" not in str(request.failure):
            troubles.append(f"{request.url}: {request.failure}")

    context.on("requestfailed", note_failure)
    yield context
    context.close()
    # htmx tells the console of a request that was aborted in two messages, each naming the element that sent it.
    for abort in [each for each in troubles if each.startswith("htmx:sendAbort,")]:
        troubles.remove(abort)
        troubles.remove(abort.replace("sendAbort", "afterRequest"))
    assert troubles == []
