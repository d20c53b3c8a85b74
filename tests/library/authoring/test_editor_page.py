"""The editor's page: who opens it, what it shows, and that looking at it begins nothing."""

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.accounts.models import Person
from app.core import ids
from app.library.authoring import drafts
from tests.factories import make_member, sign_in_as
from tests.library_factories import PLAY_BODY, front_matter, sync_library, write_play, write_small_library
from tests.queries import counting

PLAY = "/library/passer-le-standard/fr"


@pytest.fixture
def author(app: Flask, client: FlaskClient, library_files: Path) -> Person:
    """A manager who is signed in, on a small library."""
    folder = write_small_library(library_files)
    write_play(library_files, folder, "get-past-reception", order=2, title="Get past reception")
    sync_library(app)
    person = make_member(Role.MANAGER, name="Camille Martin")
    sign_in_as(client, person)
    return person


def play(title: str = "Passer le standard", body: str = PLAY_BODY) -> str:
    return front_matter({"id": "passer-le-standard", "title": title, "order": 1, "summary": "Sans ruse."}, body)


def begun(person: Person, text: str = "", document_id: str = "passer-le-standard") -> UUID:
    draft = drafts.begin(person.id, document_id, "fr")
    if text:
        drafts.save(person.id, draft.id, draft.version, text.encode())
    return draft.id


def test_it_shows_the_published_text_its_check_and_its_preview(client: FlaskClient, author: Person) -> None:
    page = client.get(f"{PLAY}/edit")
    assert page.status_code == 200
    assert "id: passer-le-standard" in page.text
    assert "No mistake" in page.text or "Aucune erreur" in page.text
    assert 'class="say"' in page.text


def test_looking_begins_no_draft(client: FlaskClient, author: Person) -> None:
    client.get(f"{PLAY}/edit")
    assert drafts.find("passer-le-standard", "fr") is None


def test_the_draft_is_what_is_written_on(client: FlaskClient, author: Person) -> None:
    begun(author, play("Un autre titre"))
    assert "title: Un autre titre" in client.get(f"{PLAY}/edit").text


def test_a_rep_who_does_not_write_is_refused(app: Flask, client: FlaskClient, author: Person) -> None:
    sign_in_as(client, make_member())
    for method, name in (("GET", "edit"), ("POST", "draft"), ("POST", "check"), ("GET", "links")):
        assert client.open(f"{PLAY}/{name}", method=method).status_code == 403, name


def test_a_rep_who_writes_is_let_in(app: Flask, client: FlaskClient, author: Person) -> None:
    sign_in_as(client, make_member(writes=True))
    assert client.get(f"{PLAY}/edit").status_code == 200


@pytest.mark.parametrize("path", ["no-such-document/fr", "passer-le-standard/de", "passer-le-standard/%00", "../fr"])
def test_what_does_not_exist_is_said(client: FlaskClient, author: Person, path: str) -> None:
    assert client.get(f"/library/{path}/edit").status_code in (400, 404)


def test_a_kind_made_of_fields_opens_as_fields_unless_text_is_asked_for(client: FlaskClient, author: Person) -> None:
    answer = client.get("/library/quiz-prix/fr/edit")
    assert (answer.status_code, answer.location) == (302, "/library/quiz-prix/fr/fields")
    assert "questions:" in client.get("/library/quiz-prix/fr/edit?as=text").text


@pytest.mark.parametrize(
    ("document_id", "shown"),
    [
        ("prendre-contact", "Obtenir un rendez-vous."),
        ("passer-le-standard", 'class="block"'),
        ("lumio-atelier", 'id="preview-prices"'),
        ("trop-cher", 'class="panel crac"'),
        ("categories-d-objections", "Moment"),
        ("quiz-prix", 'class="asked-of-reps"'),
        ("glossaire", 'class="glossary"'),
    ],
)
def test_every_kind_is_previewed_as_its_readers_see_it(
    client: FlaskClient, author: Person, document_id: str, shown: str
) -> None:
    page = client.get(f"/library/{document_id}/fr/edit?as=text").text
    preview = page.partition('id="preview"')[2].partition("<template")[0]
    assert shown in preview
    assert ' id="preview-' in preview or document_id in ("categories-d-objections", "quiz-prix")


def test_the_preview_takes_nothing_of_the_page_s_anchors(client: FlaskClient, author: Person) -> None:
    body = PLAY_BODY.replace(
        "Ce qu’il faut savoir.", "### Source {#source}\n\n### Editor {#editor}\nVoir [là](#source)."
    )
    begun(author, play(body=body))
    page = client.get(f"{PLAY}/edit").text
    assert page.count('id="source"') == page.count('id="editor"') == 1
    assert 'id="preview-source"' in page
    assert 'href="#preview-source"' in page


def test_a_broken_front_matter_still_shows_the_text_alone(client: FlaskClient, author: Person) -> None:
    begun(author, play().replace("order: 1", "order: premier"))
    page = client.get(f"{PLAY}/edit").text
    assert "Bonjour, je vous appelle" in page.partition('id="preview"')[2]


def test_the_other_language_stands_beside(app: Flask, client: FlaskClient, author: Person, library_files: Path) -> None:
    from tests.library_factories import write_step

    folder = write_step(library_files, language="en")
    write_play(library_files, folder, language="en", title="Get past the switchboard")
    sync_library(app)
    page = client.get(f"{PLAY}/edit?beside=en").text
    assert "title: Get past the switchboard" in page.partition('id="beside"')[2]
    assert 'id="beside"' not in client.get(f"{PLAY}/edit?beside=de").text


def test_a_translation_begins_with_the_other_language_s_text(client: FlaskClient, author: Person) -> None:
    page = client.get("/library/passer-le-standard/en/edit").text
    assert "id: passer-le-standard" in page
    assert 'lang="en"' in page


def test_a_text_that_looks_like_markup_stays_text(client: FlaskClient, author: Person) -> None:
    begun(author, play(body=PLAY_BODY + "\n</textarea><script>alert(1)</script>\n"))
    page = client.get(f"{PLAY}/edit").text
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;" in page


def test_first_empty_lines_are_not_lost(client: FlaskClient, author: Person) -> None:
    begun(author, "\n\n" + play())
    assert ">\n\n\n---" in client.get(f"{PLAY}/edit").text


def test_documents_are_found_by_their_titles(client: FlaskClient, author: Person) -> None:
    found = client.get(f"{PLAY}/links?q=réception").text
    assert 'data-link="play:get-past-reception"' in found or "No document" in found or "Aucun document" in found
    assert 'data-link="play:get-past-reception"' in client.get(f"{PLAY}/links?q=past recep").text
    assert 'data-link="script:trop-cher"' in client.get(f"{PLAY}/links?q=TROP").text
    assert 'data-link="https://example.org"' in client.get(f"{PLAY}/links?q=https://example.org").text
    assert client.get(f"{PLAY}/links?q={'x' * 300}").status_code == 400


def test_the_page_s_statements_do_not_grow_with_the_library(
    app: Flask, client: FlaskClient, author: Person, library_files: Path
) -> None:
    begun(author, play())
    client.get(f"{PLAY}/edit")
    with counting() as few:
        client.get(f"{PLAY}/edit")
    for number in range(20):
        write_play(library_files, "01-prendre-contact", f"fiche-{number}", order=3)
    sync_library(app)
    client.get(f"{PLAY}/edit")
    with counting() as many:
        client.get(f"{PLAY}/edit")
    assert len(many) == len(few) <= 14


def test_an_unknown_late_text_changes_nothing(client: FlaskClient, author: Person) -> None:
    assert client.get(f"{PLAY}/edit?aside={ids.new()}").status_code == 200
    assert client.get(f"{PLAY}/edit?aside=nonsense").status_code == 200
