"""Attaching a file in the browser, and what an address of an attachment answers."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.actor import Role
from app.accounts.models import Person
from app.core.database import db
from app.library.attachments import cleaning, keeping
from app.library.attachments.models import Attachment, Blob
from tests.attachment_factories import PDF, SECRET, form_with, picture, telling_picture
from tests.factories import make_person, sign_in_as
from tests.library_factories import PLAY_BODY, sync_library, write_play, write_small_library, write_text
from tests.queries import counting

LIST = "/library/attachments"
JSON = {"Accept": "application/json"}


@pytest.fixture
def author(app: Flask, client: FlaskClient, library_files: Path) -> Person:
    write_small_library(library_files)
    sync_library(app)
    person = make_person(Role.MANAGER, language="fr")
    sign_in_as(client, person)
    return person


def send(client: FlaskClient, content: bytes, name: str = "plan.png", **options: Any) -> TestResponse:
    return client.post(LIST, **form_with(content, name), **options)


def how_many(table: type) -> int:
    return int(db.session.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_editor_is_given_the_line_for_the_text(client: FlaskClient, author: Person) -> None:
    answer = send(client, picture(), "Plan de l’atelier.png", headers=JSON)
    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["name"] == "plan-de-l-atelier.png"
    assert answer.json["markdown"] == "![Plan de l atelier](attachment:plan-de-l-atelier.png)"
    assert client.get(answer.json["address"]).status_code == 200
    pdf = send(client, PDF, "Tarifs 2026.pdf", headers=JSON)
    assert pdf.json is not None
    assert pdf.json["markdown"] == "[Tarifs 2026](attachment:tarifs-2026.pdf)"


def test_a_form_comes_back_to_the_list(client: FlaskClient, author: Person) -> None:
    answer = send(client, picture())
    assert (answer.status_code, answer.location) == (302, "/library/attachments#plan.png")
    page = client.get(LIST).text
    assert "Une image ou un PDF, affiché nulle part" in page
    assert "![plan](attachment:plan.png)" in page


def test_the_same_file_twice_is_one_and_another_gets_a_number(client: FlaskClient, author: Person) -> None:
    names = [
        send(client, content, headers=JSON).json["name"]
        for content in (picture(), picture(), PDF, picture(colour="red"))
    ]  # type: ignore[index]
    assert names == ["plan.png", "plan.png", "plan.pdf", "plan-2.png"]
    assert how_many(Attachment) == how_many(Blob) == 3
    send(client, picture(), "autre nom.png")
    assert (how_many(Attachment), how_many(Blob)) == (4, 3)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg onload=alert(1)>", "Un dessin SVG peut contenir des programmes"),
        (b"<script>alert(1)</script>", "ni une image (PNG, JPEG, WebP, GIF) ni un PDF"),
        (b"", "Ce fichier est vide"),
        (picture()[:-9], "ne peut pas être lue jusqu’au bout"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * cleaning.LARGEST_IMAGE, "au plus 5 Mo"),
        (b"%PDF-1.7" + b" " * cleaning.LARGEST_PDF, "au plus 15 Mo"),
    ],
)
def test_what_is_not_taken_is_said_in_place(client: FlaskClient, author: Person, content: bytes, words: str) -> None:
    answer = send(client, content)
    assert answer.status_code == 400
    assert words in answer.text.replace("\u202f", " ").replace("\u00a0", " ")
    told = send(client, content, headers=JSON)
    assert told.status_code == 400
    assert told.json is not None
    assert words in told.json["error"]["what"].replace("\u202f", " ").replace("\u00a0", " ")
    assert how_many(Attachment) == 0


def test_no_file_at_all(client: FlaskClient, author: Person) -> None:
    assert client.post(LIST, data={}).status_code == 400
    assert client.post(LIST, data={"file": "words"}).status_code == 400
    assert client.post(LIST, data={}, headers=JSON).status_code == 400


def test_the_limit_is_raised_for_this_page_alone(client: FlaskClient, author: Person) -> None:
    large = PDF[:9] + b" " * (3 * 1024 * 1024) + PDF[9:]
    assert send(client, large, "tarifs.pdf").status_code == 302
    assert send(client, b"%PDF-1.7" + b" " * (16 * 1024 * 1024)).status_code == 413
    assert client.post("/account", **form_with(large, "x")).status_code == 413


def test_the_token_is_asked_for_although_the_body_is_large(app: Flask, client: FlaskClient, author: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert send(client, picture()).status_code == 400
    assert how_many(Attachment) == 0
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(LIST).text)
    assert token
    large = PDF[:9] + b" " * (3 * 1024 * 1024) + PDF[9:]
    assert client.post(LIST, **form_with(large, "tarifs.pdf", csrf_token=token[1])).status_code == 302
    headers = {**JSON, "X-CSRFToken": token[1]}
    assert send(client, picture(), headers=headers).status_code == 201


def test_a_picture_is_served_so_that_it_cannot_run(client: FlaskClient, author: Person) -> None:
    address = send(client, telling_picture("PNG"), headers=JSON).json["address"]  # type: ignore[index]
    answer = client.get(address)
    assert SECRET not in answer.data
    assert len(answer.data) == answer.content_length
    expected = {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Disposition": 'inline; filename="plan.png"',
        "Cache-Control": "private, max-age=31536000, immutable",
        "ETag": f'"{address.split("/")[2]}"',
    }
    assert {name: answer.headers[name] for name in expected} == expected
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(address)
    assert (head.data, head.content_length) == (b"", len(answer.data))


def test_a_pdf_is_a_download(client: FlaskClient, author: Person) -> None:
    content = PDF[:9] + b" " * (1024 * 1024) + PDF[9:]
    address = send(client, content, "tarifs.pdf", headers=JSON).json["address"]  # type: ignore[index]
    answer = client.get(address)
    assert answer.data == content
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tarifs.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"


def test_an_address_holds_the_name_and_the_bytes_together(client: FlaskClient, author: Person) -> None:
    one = send(client, picture(), headers=JSON).json["address"]  # type: ignore[index]
    other = send(client, picture(colour="red"), "rouge.png", headers=JSON).json["address"]  # type: ignore[index]
    digest, name = one.split("/")[2], other.split("/")[3]
    for address in (
        f"/attachments/{digest}/{name}",
        f"/attachments/{'0' * 64}/plan.png",
        f"/attachments/{digest}/x.html",
    ):
        assert client.get(address).status_code == 404


def test_whoever_is_signed_in_reads_and_only_authors_attach(app: Flask, client: FlaskClient, author: Person) -> None:
    address = send(client, picture(), headers=JSON).json["address"]  # type: ignore[index]
    assert app.test_client().get(address).status_code == 302
    sign_in_as(client, make_person())
    assert client.get(address).status_code == 200
    assert client.get(LIST).status_code == 403
    assert send(client, picture(colour="red")).status_code == 403
    assert client.post(f"{LIST}/plan.png/take-away").status_code == 403
    sign_in_as(client, make_person(writes=True))
    assert send(client, picture(colour="red")).status_code == 302


def test_a_reps_large_file_is_not_even_read(client: FlaskClient, author: Person) -> None:
    sign_in_as(client, make_person())
    assert send(client, b"%PDF-1.7" + b" " * (10 * 1024 * 1024)).status_code == 403


def test_only_what_nothing_shows_is_taken_away(
    app: Flask, client: FlaskClient, author: Person, library_files: Path
) -> None:
    send(client, picture())
    send(client, picture(colour="red"), "rouge.png")
    write_play(
        library_files,
        "01-prendre-contact",
        body=PLAY_BODY.replace("Le relevé de consommation.", "![Le plan](attachment:plan.png)"),
    )
    assert sync_library(app).problems == []
    page = client.get(LIST).text
    assert "/library/passer-le-standard/fr" in page
    assert f"{LIST}/plan.png/take-away" not in page
    assert client.post(f"{LIST}/plan.png/take-away").status_code == 409
    assert client.post(f"{LIST}/rouge.png/take-away").status_code == 302
    assert client.post(f"{LIST}/rouge.png/take-away").status_code == 404
    assert client.post(f"{LIST}/../x/take-away").status_code == 404
    assert "rouge.png" not in client.get(LIST).text
    play = client.get("/plays/passer-le-standard").text
    assert 'class="attached"' in play


def test_a_page_with_a_picture_runs_no_statement_more(
    app: Flask, client: FlaskClient, author: Person, library_files: Path
) -> None:
    client.get("/plays/passer-le-standard")
    with counting() as without:
        client.get("/plays/passer-le-standard")
    write_text(library_files, "content/attachments/plan.png", picture())
    shown = PLAY_BODY.replace("Le relevé de consommation.", "![Le plan](attachment:plan.png)")
    write_play(library_files, "01-prendre-contact", body=shown)
    sync_library(app)
    client.get("/plays/passer-le-standard")
    with counting() as with_picture:
        assert "attached" in client.get("/plays/passer-le-standard").text
    assert len(with_picture) == len(without)


def test_the_list_takes_as_many_statements_whatever_its_length(client: FlaskClient, author: Person) -> None:
    send(client, picture())
    client.get(LIST)
    with counting() as few:
        client.get(LIST)
    for number in range(1, 60):
        keeping.add(author.id, f"n{number}.png", picture(size=(number, 2)))
    with counting() as many:
        page = client.get(LIST)
    assert len(many) == len(few) <= 4
    assert "page=2" in page.text


def test_a_hostile_name_is_a_slug(client: FlaskClient, author: Person) -> None:
    answer = send(client, picture(), '"><script>alert(1)</script>.png', headers=JSON)
    assert answer.json is not None
    assert answer.json["name"] == "script.png"
    assert answer.json["markdown"] == "![script](attachment:script.png)"
