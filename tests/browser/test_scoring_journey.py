"""A written reply: a rep hands it in, their manager finds it on Today and scores it, the rep reads the score."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from app.accounts.demo import MANAGER, REP, load_demo_people
from app.library import catalogue
from tests.browser.conftest import PASSWORD, PHONE, new_context, sideways, sign_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.once]

QUIZ = "quiz-ecrire-une-relance"


def test_a_text_is_written_scored_from_today_and_read(
    served_app: Flask, quiet_context: BrowserContext, browser: Browser, address: str
) -> None:
    load_demo_people(PASSWORD)
    asked = catalogue.current().body(catalogue.current().get(QUIZ, "fr", "quiz")).facts.questions
    rubric = next(each.rubric for each in asked if each.type == "free_text")

    context = new_context(browser, address, viewport=PHONE)
    rep = context.new_page()
    sign_in(rep, REP)
    rep.goto(f"/quizzes/{QUIZ}")
    rep.get_by_role("button", name="Commencer").click()
    number = next(place for place, each in enumerate(asked, start=1) if each.type == "free_text")
    rep.goto(f"{rep.url.partition('?')[0]}?question={number}")
    rep.fill("textarea[name=reply]", "Objet : la plaque IP65\n\nBonjour Madame, voici la plaque à lire.")
    rep.get_by_role("button", name="Terminer").first.click()
    rep.wait_for_url("**/finish")
    rep.locator("main form[action$='/submit'] button").first.click()
    expect(rep.locator("h1")).to_contain_text("reste")
    result = rep.url

    manager = quiet_context.new_page()
    sign_in(manager, MANAGER)
    manager.get_by_role("link", name="Noter").first.click()
    manager.get_by_role("link", name="Commencer par la plus ancienne").click()
    expect(manager.locator(".written-reply")).to_contain_text("voici la plaque à lire")
    assert violations(manager) == []
    manager.locator("input[name=points-0][value='1']").focus()
    manager.keyboard.press("ArrowRight")
    expect(manager.locator("input[name=points-0][value='2']")).to_be_checked()
    for place, criterion in enumerate(rubric):
        manager.locator(f"input[name=points-{place}][value='{criterion.points}']").check(force=True)
    manager.fill("[name=comment]", "Très bien : l’objet dit déjà ce que vous apportez.")
    manager.get_by_role("button", name="Enregistrer").click()
    expect(manager.locator(".notice.good")).to_contain_text("Tout est noté")
    expect(manager.locator("h1")).to_have_text("Rien à noter")

    rep.goto(result)
    expect(rep.locator("main")).to_contain_text("l’objet dit déjà ce que vous apportez")
    assert sideways(rep) == 0
    context.close()
