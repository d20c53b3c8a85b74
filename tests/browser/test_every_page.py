"""Every page, in both themes: axe-core finds nothing, a phone never scrolls sideways, nor does 200 % zoom."""

from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from app.accounts import one_time_links
from app.accounts.actor import Actor, Role
from app.accounts.demo import REP
from app.accounts.models import Person, Team
from app.accounts.one_time_links import Purpose
from app.core import ids
from app.core.database import db
from app.insights.demo import load_demo
from app.library import catalogue, disagreements
from app.library.archives import uploads
from app.library.attachments import keeping
from app.library.authoring import drafts
from app.library.files import SourceFile
from app.library.models import Edition, Revision
from app.library.remarks import questions as questions_asked
from app.library.remarks.questions import Asked
from app.quizzes import attempts
from app.quizzes.exchange import uploads as question_uploads
from app.quizzes.models import Attempt
from tests.attachment_factories import picture
from tests.browser.conftest import DESK, PASSWORD, PHONE, ZOOMED, new_context, sideways, sign_in, violations
from tools.screenshots import EVERY_PAGE, PEOPLE, THEMES

pytestmark = [pytest.mark.browser, pytest.mark.once]

# What answers with something else than a page.
NO_PAGE = {"static", "health.alive", "health.ready", "insights.export"} | {
    "library.attachment",
    "library.document",
    "library.export_archive",
    "library.link_targets",
    "quizzes.download",
}


Pages = dict[str, list[str]]


@pytest.fixture
def pages(served_app: Flask) -> Pages:
    """Every address that shows a page, by who opens it; those with an id in them are made from the demo."""
    load_demo(PASSWORD)
    found = {who: list(paths) for who, paths in EVERY_PAGE.items()}
    rep_id = db.session.execute(select(Person.id).filter_by(email=REP)).scalar_one()
    team_id = db.session.execute(select(Team.id).filter_by(name="Lyon")).scalar_one()
    result = db.session.execute(
        select(Attempt.id).filter_by(person_id=rep_id).where(Attempt.submitted_at.is_not(None))
    ).scalars()
    rep = Actor(rep_id, "Nadia Belkacem", REP, Role.REP, language="fr")
    attempt = f"/attempts/{attempts.start(rep, 'quiz-suivre-la-relation')}"
    questions = [f"{attempt}?question={number}" for number in range(1, 13)]
    found["rep"] += [*questions, f"{attempt}/finish", f"/attempts/{next(result)}", f"/team/{rep_id}"]
    found["manager"] += [f"/team/{rep_id}", "/attempts/" + attempt.rpartition("/")[2]]
    entry = catalogue.current().find("passer-le-standard", "fr")
    assert entry
    question = questions_asked.ask(rep, entry.id, Asked(ids.new(), entry.revision_id, "say", "Et le **samedi** ?"))
    found["rep"] += [f"/questions/{entry.id}/{question}/change", f"/questions/{entry.id}?remark={question}"]
    found["administrator"] += [f"/admin/people/{rep_id}", f"/admin/teams/{team_id}"]
    found["manager"] += [*import_something(entry.id), *write_something(entry.id), import_questions()]
    waiting = db.session.execute(
        select(Attempt.id).where(Attempt.submitted_at.is_not(None), Attempt.mark.is_(None))
    ).scalars()
    found["administrator"] += [f"/attempts/{next(waiting)}/score"]
    link = one_time_links.make(Purpose.RESET, rep_id)
    db.session.commit()
    found[""] += ["/links/" + link.address.rpartition("/")[2], "/links/nothing"]
    return found


def write_something(play_id: str) -> list[str]:
    """The manager has a draft of a play; a script changed in its file as well as in the browser."""
    manager_id = db.session.execute(select(Person.id).filter_by(email=PEOPLE["manager"])).scalar_one()
    draft = drafts.begin(manager_id, play_id, "fr")
    drafts.save(manager_id, draft.id, draft.version, draft.source.replace(b"## Savoir", b"Un mot.\n\n## Savoir", 1))
    row = db.session.execute(
        select(Edition.path, Edition.published_id, Revision.source)
        .join(Revision, Revision.id == Edition.published_id)
        .where(Edition.document_id == "trop-cher", Edition.language == "fr")
    ).one()
    file = SourceFile(row.path, row.source.replace(b"## Creuser", b"## Creuser encore"))
    disagreements.add(("trop-cher", "fr"), row.path, file, row.published_id)
    db.session.commit()
    here = f"/library/{play_id}/fr"
    return [f"{here}/publish", f"{here}/discard", f"{here}/compare?to=draft", "/library/conflicts/trop-cher/fr"]


def import_something(play_id: str) -> list[str]:
    """The manager has an archive before them, with a changed play, a mistake and a picture; a picture is attached."""
    manager_id = db.session.execute(select(Person.id).filter_by(email=PEOPLE["manager"])).scalar_one()
    row = db.session.execute(
        select(Edition.path, Revision.source)
        .join(Revision, Revision.id == Edition.published_id)
        .where(Edition.document_id == play_id, Edition.language == "fr")
    ).one()
    held = keeping.add(manager_id, "Plan de l’atelier.png", picture(size=(640, 360)))
    changed = row.source.replace(b"## Savoir", "## Savoir ce qu’il faut".encode(), 1)
    shown = f"![Le plan](attachment:{held.name})\n\n".encode()
    with BytesIO() as stream:
        with ZipFile(stream, "w") as archive:
            archive.writestr(row.path, changed + b"\n" + shown)
            archive.writestr("content/fr/objections/vide.md", b"")
            archive.writestr("content/attachments/autre.png", picture(colour="#7a1f4f"))
        uploads.keep(manager_id, "bibliothèque.zip", stream)
    return ["/library/import/preview", f"/library/import/compare?path={row.path}"]


def import_questions() -> str:
    """The manager has a file of questions before them: one that is good, one that is not."""
    manager_id = db.session.execute(select(Person.id).filter_by(email=PEOPLE["manager"])).scalar_one()
    content = "::Le prix:: Que demander en échange ? {=Un volume ~Rien}\n\n::Vide:: Et alors ? {~a ~b}\n".encode()
    wanted = question_uploads.Wanted("gift", "quiz", "fr", "Questions reçues", "prendre-contact")
    question_uploads.keep(manager_id, "questions.gift", content, wanted)
    return "/quizzes/import/preview"


def test_every_route_that_shows_a_page_is_visited(pages: Pages, served_app: Flask) -> None:
    matcher = served_app.url_map.bind("localhost")
    visited = {
        matcher.match(urlsplit(path).path)[0] for paths in pages.values() for path in paths if path != "/nowhere"
    }
    shown = {rule.endpoint for rule in served_app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert shown - visited == NO_PAGE


@pytest.mark.parametrize("who", EVERY_PAGE)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(pages: Pages, browser: Browser, address: str, who: str) -> None:
    # One visit a page: its theme follows the device's while it is open.
    context = new_context(browser, address)
    page = context.new_page()
    if who:
        sign_in(page, PEOPLE[who])
    wrong = {path: found for path in pages[who] if (found := _troubles_at(page, path))}
    context.close()
    assert wrong == {}


def _troubles_at(page: Page, path: str) -> list[str]:
    """What is wrong with a page, in either theme, on a phone, at 200 %; the window is a desk's again afterwards."""
    page.goto(path)
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.wait_for_function("(theme) => document.documentElement.dataset.bsTheme === theme", arg=theme)
        page.evaluate("document.getAnimations().forEach((each) => each.finish())")  # no colour half-way
        found += [f"{theme}: {each}" for each in violations(page)]
    for name, size in (("on a phone", PHONE), ("zoomed", ZOOMED)):
        page.set_viewport_size(size)
        if wide := sideways(page):
            found.append(f"{name}: {wide} pixels too wide")
    page.set_viewport_size(DESK)
    return found
