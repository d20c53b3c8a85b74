"""Texts made to run something, in a real Chromium: nothing runs under the product's policy, nor without any policy."""

from functools import cache
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from app.accounts.guard import public
from app.library import limits, markup
from app.library.attachments import shelf
from app.library.attachments.shelf import Held
from app.library.differences import words
from tests import hostile
from tests.attachment_factories import picture
from tests.browser.conftest import new_context

pytestmark = [pytest.mark.browser, pytest.mark.once]

PAGE = """{% extends "base.html" %}{% from "library/_diff.html" import diff %}
{% block title %}x{% endblock %}{% block content %}{% block inside %}{% endblock %}<p id="end">fin</p>{% endblock %}"""
RENDERED = PAGE.replace(
    "{% block inside %}", '{% block inside %}<div class="prose">{% for each in pieces %}{{ each }}{% endfor %}</div>'
)
# Where words are shown as words: titles, attributes, fields, lists, differences.
SHOWN = PAGE.replace(
    "{% block inside %}",
    """{% block inside %}{% for each in pieces %}<h2 id="t{{ loop.index }}" title="{{ each }}">{{ each }}</h2>
    <a href="/scripts?q={{ each|urlencode }}" aria-label="{{ each }}">{{ each }}</a>
    <input value="{{ each }}" aria-label="x"><textarea aria-label="x">{{ each }}</textarea>
    <pre class="source">{{ diff(differences(each)) }}</pre>{% endfor %}""",
)
# What ran says so: in the page, in its frames, or by asking for something elsewhere.
WATCH = """for (const name of ["alert", "prompt", "confirm", "msgbox"])
  window[name] = () => { (window.top || window).ran = name; };"""
# Everything a pointer and a keyboard can do, but following links; those are read instead.
DISTURB = """() => {
  const events = ["mouseover", "mouseenter", "pointerover", "pointerenter", "focus", "focusin", "blur", "input",
    "change", "keydown", "animationstart", "transitionend", "toggle", "beforetoggle", "scroll", "load", "error", "copy",
    "paste"];
  for (const element of document.querySelectorAll("main *")) {
    for (const name of events) element.dispatchEvent(new Event(name, {bubbles: true}));
    element.focus?.();
  }
  // An address that is none has the protocol ":" and leads nowhere.
  const strange = [...document.querySelectorAll("main a, main area")].filter(
    (link) => link.hasAttribute("href") && !["http:", "https:", "mailto:", "tel:", ":"].includes(link.protocol));
  const forbidden = /^on|^hx-|^data-hx|^style$|^formaction$|^srcdoc$/i;
  const handlers = [...document.querySelectorAll("main *")].filter(
    (element) => [...element.attributes].some((each) => forbidden.test(each.name)));
  const tags = [...document.querySelectorAll(
    "main :is(script, iframe, object, embed, form, style, link, meta, base, svg, math)")];
  return {
    ran: window.ran ?? null,
    strange: strange.map((link) => link.outerHTML.slice(0, 200)),
    handlers: handlers.map((element) => element.outerHTML.slice(0, 200)),
    tags: tags.map((element) => element.outerHTML.slice(0, 200)),
  };
}"""


@cache
def _rendered(place: str) -> list[Markup]:
    """Everything there is to see in a place, rendered once for both ways of looking at it."""
    plan = {"plan.png": Held("plan.png", "a" * 64, "image/png", 9, 40, 20)}
    pieces = []
    with shelf.looking_in(plan.get):
        for vector in hostile.vectors():
            try:
                text = hostile.PLACES[place](vector)
                found = markup.render(text, language="fr", address=lambda kind, name: f"/{kind}s/{name}")
            except limits.TooComplex:
                continue
            pieces += [Markup(block.html) for block in found.blocks]
    return pieces


@pytest.fixture
def hostile_pages(served_app: Flask) -> None:
    """Pages of the product, with its frame, its scripts and its policy, around what was rendered."""

    @public
    def rendered(place: str) -> str:
        return render_template_string(RENDERED, pieces=_rendered(place))

    @public
    def shown() -> str:
        return render_template_string(
            SHOWN, pieces=hostile.vectors(), differences=lambda each: words.diff(f"avant {each}", f"{each} après")
        )

    served_app.add_url_rule("/hostile/rendered/<path:place>", "hostile_rendered", rendered)
    served_app.add_url_rule("/hostile/shown", "hostile_shown", shown)


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with the policy", "without any policy"])
def test_nothing_runs(hostile_pages: None, browser: Browser, address: str, bypass_csp: bool) -> None:
    context = new_context(browser, address, bypass_csp=bypass_csp)
    context.add_init_script(WATCH)
    context.route("**/attachments/**", lambda route: route.fulfill(body=picture(), content_type="image/png"))
    context.set_default_timeout(60_000)
    troubles: list[str] = []
    asked: list[str] = []
    context.on("dialog", lambda dialog: (troubles.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: troubles.append(message.text) if "Refused to" in message.text else None)
    context.on("page", lambda page: troubles.append(f"another page: {page.url}") if len(context.pages) > 1 else None)
    page = context.new_page()
    for path in ("/hostile/shown", *(f"/hostile/rendered/{place}" for place in hostile.PLACES)):
        found = _disturbed(page, path)
        assert found == {"ran": None, "strange": [], "handlers": [], "tags": []}, path
        assert unquote(page.url) == address + path, "the page went elsewhere"
        assert page.inner_text("#end") == "fin", path
    context.close()
    assert troubles == []
    elsewhere = [url for url in asked if not url.startswith((address + "/", "data:image/"))]
    assert elsewhere == []
    own = ("/hostile/", "/static/", "/attachments/", "/favicon.ico")
    assert [url for url in asked if url.startswith(address) and not url.removeprefix(address).startswith(own)] == []


def _disturbed(page: Page, path: str) -> dict[str, Any]:
    page.goto(path)
    found: dict[str, Any] = page.evaluate(DISTURB)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found["ran"] = found["ran"] or page.evaluate("window.ran ?? null")
    return found


def test_the_watch_itself_sees_what_runs(browser: Browser, address: str) -> None:
    """Without the sanitiser these do run: a test that cannot fail would say nothing."""
    context = new_context(browser, address, bypass_csp=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto("/sign-in")
    page.evaluate(
        "document.querySelector('main').innerHTML = '<img src=x onerror=alert(1)><a href=javascript:alert(1)>x</a>'"
    )
    page.wait_for_function("window.ran !== undefined")
    found = page.evaluate(DISTURB)
    context.close()
    assert found["ran"] == "alert"
    assert found["strange"]
    assert found["handlers"]
