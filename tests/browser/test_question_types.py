"""A whole quiz of all eleven types by keyboard alone, in a real browser; axe at each question, hints and checks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app import create_app
from app.accounts.demo import REP, load_demo_people
from app.config import Settings
from app.core.database import db
from app.first_steps import compress_static_files, synchronise_library
from app.quizzes.attempting import attempt_rows
from app.quizzes.models import Attempt
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Typed
from tests.attachment_factories import picture
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in, violations
from tests.conftest import KEY
from tests.databases import Databases
from tests.library_factories import write_play, write_quiz, write_step
from tests.quizzes.asked_types import asked_types

pytestmark = [pytest.mark.browser, pytest.mark.once]

SAVED = re.compile(r"\bgood\b")


@pytest.fixture
def served_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """A small library of our own: a step, and two quizzes of every type, one of them checked at once."""
    root = tmp_path / "library"
    write_play(root, write_step(root))
    questions = asked_types()
    questions[3]["hints"] = ["Les remises se multiplient."]
    questions[8]["picture"], questions[8]["picture_alt"] = "attachment:methodes.png", "Trois méthodes, trois cases"
    attached = root / "content" / "attachments"
    attached.mkdir(parents=True, exist_ok=True)
    (attached / "methodes.png").write_bytes(picture(size=(1400, 300)))
    write_quiz(root, "tous-les-types", questions=questions, pass_mark=50)
    write_quiz(root, "tout-de-suite", order=2, questions=questions, show_feedback="at_once")
    with databases.fresh() as url:
        settings = Settings(
            data_dir=tmp_path / "data",
            content_dir=root / "content",
            quizzes_dir=root / "quizzes",
            database_url=url,
            secret_key=KEY,
        )
        compress_static_files(Path(__file__).parents[2] / "app" / "static")
        app = create_app(settings)
        with app.app_context():
            synchronise_library()
            load_demo_people(PASSWORD)
            yield app
            db.session.remove()
            db.engine.dispose()


def begin(page: Page, quiz: str) -> None:
    page.goto(f"/quizzes/{quiz}")
    page.get_by_role("button", name="Commencer le quiz").press("Enter")
    page.wait_for_url("**/attempts/*")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what is wanted has the focus, as somebody without a mouse does."""
    wanted = page.locator(selector).first
    wanted.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def choose(page: Page, selector: str, words: str) -> None:
    """From a list, by typing the beginning of what is wanted."""
    tab_to(page, selector)
    page.keyboard.type(words)


def saved(page: Page) -> None:
    expect(page.locator(".save-state")).to_have_class(SAVED)


def onward(page: Page, number: int) -> None:
    """To the next question, by its button."""
    assert violations(page) == []
    tab_to(page, ".quiz-moves .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**question={number}")


def test_every_type_can_be_answered_by_keyboard_alone(served_app: Flask, browser: Browser, address: str) -> None:
    context = new_context(browser, address, viewport=PHONE)
    page = context.new_page()
    sign_in(page, REP)
    begin(page, "tous-les-types")
    page.keyboard.press("b")
    saved(page)
    onward(page, 2)
    tab_to(page, "input[value='0']")
    page.keyboard.press("Space")
    tab_to(page, "input[value='1']")
    page.keyboard.press("Space")
    saved(page)
    onward(page, 3)
    tab_to(page, "input[name=reply]")
    page.keyboard.press("Space")
    saved(page)
    onward(page, 4)
    tab_to(page, "#typed-reply")
    page.keyboard.type("1026")
    tab_to(page, "[name=hint]")
    page.keyboard.press("Enter")
    page.wait_for_url("**#hints")
    expect(page.locator("#hints")).to_contain_text("Les remises se multiplient.")
    expect(page.locator("#hints")).to_be_focused()
    expect(page.locator("#typed-reply")).to_have_value("1026")
    onward(page, 5)
    tab_to(page, "#typed-reply")
    page.keyboard.type("mesore")
    page.keyboard.press("Enter")  # as the primary button does
    page.wait_for_url("**question=6")
    tab_to(page, "#typed-reply")
    page.keyboard.type("deux cents")
    expect(page.locator(".save-state")).to_contain_text("pas un nombre lisible")
    onward(page, 7)
    tab_to(page, "[name=gap-1]")
    page.keyboard.type("besoins")
    tab_to(page, "[name=gap-2]")
    page.keyboard.type("reformuler")
    saved(page)
    onward(page, 8)
    choose(page, "select >> nth=0", "caract")
    choose(page, "select >> nth=1", "avant")
    saved(page)
    onward(page, 9)
    for place, words in enumerate(("rép", "conn", "qual")):
        choose(page, f"select >> nth={place}", words)
    saved(page)
    onward(page, 10)
    put_in_order(page, ["Creuser", "Reformuler", "Argumenter", "Contrôler"])
    saved(page)
    onward(page, 11)
    for place in range(3):
        choose(page, f"select >> nth={place}", "Ouv")
    saved(page)
    onward(page, 12)
    tab_to(page, "#typed-reply")
    page.keyboard.type("Je propose dix minutes.")
    expect(page.locator(".word-count")).to_have_text("4 mots sur 60")
    saved(page)
    assert violations(page) == []
    tab_to(page, ".quiz-moves .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/finish")
    expect(page.locator("h1")).to_have_text("Un nombre est illisible")
    tab_to(page, "form[action$=submit] button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Remis : une réponse rédigée reste à noter")
    assert violations(page) == []
    assert sideways(page) == 0
    attempt = db.session.execute(select(Attempt.id)).scalar_one()
    assert attempt_rows.kept_replies(attempt) == {
        "single": Chosen(frozenset({1})),
        "multiple": Chosen(frozenset({0, 1})),
        "true-false": Judged(True),
        "numeric": Typed("1026"),
        "short-answer": Typed("mesore"),
        "calculated": Typed("deux cents"),
        "gaps": Filled({0: "besoins", 1: "reformuler"}),
        "gaps-chosen": Placed({0: 0, 1: 1}),
        "matching": Placed({0: 0, 1: 1, 2: 2}),
        "ordering": Placed({0: 0, 1: 1, 2: 2, 3: 3}),
        "categories": Placed({0: 0, 1: 0, 2: 0}),
        "free-text": Typed("Je propose dix minutes."),
    }
    context.close()


def put_in_order(page: Page, wanted: list[str]) -> None:
    """Each item up to its place, from the first on; the button keeps the focus, and the new position is said."""
    labels = page.locator(".order label")
    for place, words in enumerate(wanted):
        up = page.get_by_role("button", name=f"Monter : {words}")
        now = labels.all_text_contents().index(words)
        if now == place:
            continue
        up.focus()
        for position in range(now - 1, place - 1, -1):
            page.keyboard.press("Enter")
            expect(page.locator("#order-said")).to_have_text(
                re.compile(rf"{words}\s: position {position + 1} sur {len(wanted)}")
            )
            expect(up).to_be_focused()
    assert labels.all_text_contents() == wanted


def test_a_checked_reply_is_told_and_next_comes_first(served_app: Flask, browser: Browser, address: str) -> None:
    context = new_context(browser, address, viewport=PHONE)
    page = context.new_page()
    sign_in(page, REP)
    begin(page, "tout-de-suite")
    page.keyboard.press("b")
    saved(page)
    page.keyboard.press("Escape")
    tab_to(page, ".quiz-moves [value=check]")
    page.keyboard.press("Enter")
    page.wait_for_url("**#verdict")
    expect(page.locator("#verdict")).to_be_focused()
    expect(page.locator("#verdict")).to_contain_text("Vous les avez additionnées.")
    expect(page.locator(".quiz-moves .btn-primary")).to_have_text(re.compile("Suivante"))
    assert violations(page) == []
    page.goto(page.url.partition("?")[0] + "?question=10")
    drag_down(page)
    saved(page)
    page.get_by_role("button", name="Vérifier").click()
    page.wait_for_url("**#verdict")
    expect(page.locator(".order-grip").first).to_be_hidden()  # the order no longer moves
    assert violations(page) == []
    context.close()


def drag_down(page: Page) -> None:
    """The first item below the second, by pointer."""
    names = page.locator(".order label").all_text_contents()
    first, second = page.locator(".order-grip").nth(0).bounding_box(), page.locator(".order li").nth(1).bounding_box()
    assert first
    assert second
    page.mouse.move(first["x"] + 10, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(first["x"] + 10, second["y"] + second["height"] - 4, steps=5)
    page.mouse.up()
    assert page.locator(".order label").all_text_contents() == [names[1], names[0], *names[2:]]
