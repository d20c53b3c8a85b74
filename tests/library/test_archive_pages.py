"""The library as a zip: taken away whole, and brought in after a look at what it would do."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.actor import Role
from app.accounts.models import Person
from app.core import clock, rounds
from app.core.database import db
from app.core.errors import InvalidInput
from app.library import catalogue, publishing
from app.library.archives import uploads, zips
from app.library.archives.models import ArchivePart, ArchiveUpload
from app.library.attachments import folder, keeping
from app.library.attachments.cleaning import Cleaned
from app.library.attachments.models import Attachment
from app.library.authoring import beginnings, checks, drafts
from app.library.files import SourceFile
from app.library.models import Edition, Revision
from app.library.problems import Problem
from tests.attachment_factories import SECRET, form_with, picture, telling_picture
from tests.conftest import NOW
from tests.factories import make_person, sign_in_as
from tests.library_factories import SCRIPT_BODY, sync_library, write_script, write_small_library

IMPORT, PREVIEW, CARRY_OUT = "/library/import", "/library/import/preview", "/library/import/carry-out"
TROP_CHER = "content/fr/objections/trop-cher.md"


@pytest.fixture
def author(app: Flask, client: FlaskClient, library_files: Path) -> Person:
    write_small_library(library_files)
    sync_library(app)
    person = make_person(Role.MANAGER, language="fr")
    sign_in_as(client, person)
    return person


def exported(client: FlaskClient) -> dict[str, bytes]:
    with ZipFile(BytesIO(client.get("/library/export.zip").data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def send(client: FlaskClient, files: dict[str, bytes] | bytes) -> TestResponse:
    content = files if isinstance(files, bytes) else zipped(files)
    return client.post(IMPORT, **form_with(content, "bibliothèque.zip"))


def digest_in(page: str) -> str:
    found = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def carry_out(client: FlaskClient, **fields: str) -> TestResponse:
    given = {
        "digest": digest_in(client.get(PREVIEW).text),
        "what": "publish",
        "materiality": "minor",
        "note": "",
        **fields,
    }
    return client.post(CARRY_OUT, data=given)


def script(root: Path, id: str, title: str, body: str = SCRIPT_BODY) -> dict[str, bytes]:
    """A script's file, taken out of the folder again: only the archive holds it."""
    file = write_script(root, id, title, body=body)
    source = file.read_bytes()
    file.unlink()
    return {f"content/fr/objections/{id}.md": source}


def published(id: str) -> str | None:
    return db.session.execute(
        select(Revision.title).join(Edition, Edition.published_id == Revision.id).where(Edition.document_id == id)
    ).scalar_one_or_none()


def test_the_export_holds_every_file_byte_for_byte(client: FlaskClient, author: Person, library_files: Path) -> None:
    held = keeping.add(author.id, "Plan.png", telling_picture("PNG"))
    answer = client.get("/library/export.zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=palier-2026-11-23.zip"
    assert answer.content_length == len(answer.data)
    found = exported(client)
    assert found.pop("content/attachments/plan.png") == keeping.content_of(held.digest)
    assert found == {
        path.relative_to(library_files).as_posix(): path.read_bytes()
        for root in ("content", "quizzes")
        for path in (library_files / root).rglob("*.*")
    }


def test_an_export_is_an_archive_that_changes_nothing(client: FlaskClient, author: Person) -> None:
    keeping.add(author.id, "plan.jpg", telling_picture("JPEG"))
    everything = exported(client)
    assert send(client, client.get("/library/export.zip").data).status_code == 302
    page = client.get(PREVIEW).text
    assert "Tout ce que contient cette archive est déjà là" in page
    assert f"Ses {len(everything)} fichiers" in page
    digest = uploads.find(author.id)
    assert digest
    given = {"digest": digest.digest, "what": "publish", "materiality": "minor"}
    assert client.post(CARRY_OUT, data=given).status_code == 400


def test_new_and_changed_documents_are_shown_then_published(
    app: Flask, client: FlaskClient, author: Person, library_files: Path
) -> None:
    changed = exported(client)[TROP_CHER].replace("C’est trop cher".encode(), "C’est bien trop cher".encode())
    files = {TROP_CHER: changed, **script(library_files, "pas-le-temps", "Je n’ai pas le temps")}
    assert send(client, {f"depot-main/{name}": content for name, content in files.items()}).location == PREVIEW
    page = client.get(PREVIEW).text
    assert "2 documents seraient publiés" in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert "/library/import/compare?path=content/fr/objections/trop-cher.md" in page
    compared = client.get(f"/library/import/compare?path={TROP_CHER}").text
    assert '<ins class="now">bien ' in compared
    assert client.get("/library/import/compare?path=content/fr/objections/pas-le-temps.md").status_code == 404
    assert published("pas-le-temps") is None
    answer = carry_out(client, materiality="material", note="Relecture d’automne")
    assert (answer.status_code, answer.location) == (302, "/library")
    assert (published("trop-cher"), published("pas-le-temps")) == ("C’est bien trop cher", "Je n’ai pas le temps")
    newest = db.session.execute(select(Revision).filter_by(document_id="trop-cher", number=2)).scalar_one()
    assert (newest.materiality, newest.note, newest.published_by) == ("material", "Relecture d’automne", author.id)
    assert uploads.find(author.id) is None
    assert client.get(PREVIEW).location == IMPORT
    assert catalogue.current().find("pas-le-temps", "fr") is not None
    assert sync_library(app).conflicts == []


def test_pictures_come_in_with_the_texts_that_show_them(
    client: FlaskClient, author: Person, library_files: Path
) -> None:
    body = SCRIPT_BODY.replace("## Reformuler", "![Le plan](attachment:plan.jpg)\n\n## Reformuler")
    files = {"content/attachments/plan.jpg": telling_picture("JPEG"), **script(library_files, "plan", "Le plan", body)}
    send(client, files)
    page = client.get(PREVIEW).text
    assert "content/attachments/plan.jpg" in page
    assert carry_out(client).status_code == 302
    held = keeping.listed()[0]
    assert [use.document_id for use in held.uses] == ["plan"]
    assert SECRET not in keeping.content_of(held.held.digest)


def test_what_has_problems_is_left_out_and_said_with_its_line(
    client: FlaskClient, author: Person, library_files: Path
) -> None:
    files = {
        **script(library_files, "bon", "Bon"),
        **script(library_files, "seul", "Seul", SCRIPT_BODY.replace("Par rapport", "[Par](script:nulle-part) rapport")),
        "content/fr/objections/vide.md": b"",
        "content/attachments/x.svg": b"<svg onload=alert(1)>",
        "content/attachments/y.png": b"<script>alert(1)</script>",
        "content/fr/<script>alert(1)<script>.md": b"x",
        "notes.txt": b"x",
    }
    send(client, files)
    page = client.get(PREVIEW).text
    assert "Un document serait publié" in page
    assert "content/fr/objections/vide.md:1" in page
    assert "nulle-part" in page
    assert "content/attachments/x.svg:1" in page
    assert "<script>alert" not in page
    assert "notes.txt" in page
    assert carry_out(client).status_code == 302
    assert published("bon") == "Bon"
    assert published("seul") is None
    assert db.session.execute(select(func.count()).select_from(Attachment)).scalar_one() == 0


def test_what_somebody_writes_is_left_alone(client: FlaskClient, author: Person, library_files: Path) -> None:
    other = make_person(Role.MANAGER)
    drafts.begin(other.id, "trop-cher", "fr")
    changed = exported(client)[TROP_CHER].replace("C’est trop cher".encode(), b"Autre titre")
    send(client, {TROP_CHER: changed, **script(library_files, "bon", "Bon")})
    page = client.get(PREVIEW).text
    assert "Laissés de côté : quelqu’un les rédige" in page
    carry_out(client)
    assert (published("trop-cher"), published("bon")) == ("C’est trop cher", "Bon")


def test_everything_can_be_put_in_drafts(client: FlaskClient, author: Person, library_files: Path) -> None:
    changed = exported(client)[TROP_CHER].replace("C’est trop cher".encode(), b"Autre titre")
    send(client, {TROP_CHER: changed, **script(library_files, "bon", "Bon")})
    assert carry_out(client, what="drafts").status_code == 302
    assert (published("trop-cher"), published("bon")) == ("C’est trop cher", None)
    there, new = drafts.find("trop-cher", "fr"), drafts.find("bon", "fr")
    assert there is not None
    assert new is not None
    assert (there.title, there.base_number, there.source) == ("Autre titre", 1, changed)
    assert (new.base_id, new.path, new.writers) == (None, "content/fr/objections/bon.md", frozenset({author.id}))


def test_the_preview_is_bound_to_the_bytes_that_were_shown(
    client: FlaskClient, author: Person, library_files: Path
) -> None:
    send(client, script(library_files, "un", "Un"))
    first = digest_in(client.get(PREVIEW).text)
    send(client, script(library_files, "deux", "Deux"))
    answer = client.post(CARRY_OUT, data={"digest": first, "what": "publish", "materiality": "minor"})
    assert answer.status_code == 409
    assert (published("un"), published("deux")) == (None, None)
    done = carry_out(client)
    assert done.status_code == 302
    again = {"digest": first, "what": "publish", "materiality": "minor"}
    assert client.post(CARRY_OUT, data=again).status_code == 409


def test_a_library_that_moved_meanwhile_is_compared_again(
    app: Flask, client: FlaskClient, author: Person, library_files: Path
) -> None:
    files = script(library_files, "bon", "Bon")
    send(client, files)
    client.get(PREVIEW)
    write_script(library_files, "bon", "Bon")
    sync_library(app)
    assert carry_out_digest(client, author).status_code == 400
    assert "Tout ce que contient cette archive est déjà là" in client.get(PREVIEW).text


def carry_out_digest(client: FlaskClient, author: Person) -> TestResponse:
    upload = uploads.find(author.id)
    assert upload
    return client.post(CARRY_OUT, data={"digest": upload.digest, "what": "publish", "materiality": "minor"})


@pytest.mark.parametrize(
    "fields", [{"materiality": "huge"}, {"note": "x" * 501}, {"digest": "0" * 64}, {"digest": "x\0"}]
)
def test_hand_made_forms_publish_nothing(
    client: FlaskClient, author: Person, library_files: Path, fields: dict[str, str]
) -> None:
    send(client, script(library_files, "bon", "Bon"))
    assert 400 <= carry_out(client, **fields).status_code < 500
    assert published("bon") is None


def test_an_hour_later_it_is_gone(app: Flask, client: FlaskClient, author: Person, library_files: Path) -> None:
    send(client, script(library_files, "bon", "Bon"))
    with clock.frozen_at(NOW + timedelta(minutes=61)):
        assert client.get(PREVIEW).location == IMPORT
        assert "archives" in rounds.walk_due()
    assert db.session.execute(select(func.count()).select_from(ArchiveUpload)).scalar_one() == 0
    assert db.session.execute(select(func.count()).select_from(ArchivePart)).scalar_one() == 0


def test_it_can_be_dropped_and_is_nobody_else_s(client: FlaskClient, author: Person, library_files: Path) -> None:
    send(client, script(library_files, "bon", "Bon"))
    digest = digest_in(client.get(PREVIEW).text)
    sign_in_as(client, make_person(Role.ADMINISTRATOR))
    assert client.get(PREVIEW).location == IMPORT
    given = {"digest": digest, "what": "publish", "materiality": "minor"}
    assert client.post(CARRY_OUT, data=given).status_code == 409
    client.post("/library/import/drop")
    assert uploads.find(author.id) is not None
    sign_in_as(client, author)
    client.post("/library/import/drop")
    assert uploads.find(author.id) is None


def test_an_unsafe_archive_is_refused_before_anything_is_written(client: FlaskClient, author: Person) -> None:
    answer = send(client, {TROP_CHER: b"x", "../../evil.md": b"x"})
    assert answer.status_code == 400
    assert "../../evil.md" in answer.text
    assert uploads.find(author.id) is None
    bomb = send(client, zipped({TROP_CHER: b"\0" * (600 * 1024)}))
    assert (bomb.status_code, "trop lourd" in bomb.text) == (400, True)
    nothing = send(client, {"fr/x.md": b"x"})
    assert "commencent par content/ ou quizzes/" in nothing.text
    assert send(client, b"not a zip").status_code == 400
    assert client.post(IMPORT, data={}).status_code == 400


def test_more_than_a_browser_can_do_is_said(
    client: FlaskClient, author: Person, monkeypatch: pytest.MonkeyPatch, library_files: Path
) -> None:
    from app.library.archives import plans

    monkeypatch.setattr(plans, "MOST_TEXTS", 1)
    send(client, {**script(library_files, "un", "Un"), **script(library_files, "deux", "Deux")})
    answer = client.get(PREVIEW)
    assert answer.status_code == 400
    assert "Plus de 2" in answer.text


def test_a_large_archive_fits_and_a_larger_one_does_not(client: FlaskClient, author: Person) -> None:
    noise = {f"content/attachments/n-{number}.png": b"\0" * (1024 * 1024) for number in range(3)}
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in noise.items():
            archive.writestr(name, content)
    assert send(client, target.getvalue()).status_code == 302
    assert db.session.execute(select(func.count()).select_from(ArchivePart)).scalar_one() == 4
    page = client.get(PREVIEW).text
    assert "3 fichiers sont à corriger" in page.replace("\u202f", " ").replace("\u00a0", " ")
    too_large = {"CONTENT_LENGTH": str(zips.LARGEST_ARCHIVE + 1024 * 1024)}
    kind = "multipart/form-data; boundary=x"
    assert client.post(IMPORT, environ_overrides=too_large, content_type=kind).status_code == 413


def test_reps_neither_import_nor_export(client: FlaskClient, author: Person) -> None:
    sign_in_as(client, make_person())
    for address in ("/library/export.zip", IMPORT, PREVIEW, "/library/import/compare"):
        assert client.get(address).status_code == 403, address
    assert send(client, {TROP_CHER: b"x"}).status_code == 403
    for address in (CARRY_OUT, "/library/import/drop"):
        assert client.post(address).status_code == 403, address
    sign_in_as(client, make_person(writes=True))
    assert client.get("/library/export.zip").status_code == 200


def test_pictures_alone_come_in(client: FlaskClient, author: Person) -> None:
    send(client, {"content/attachments/plan.png": picture()})
    assert "Une image ou un PDF entrerait" in client.get(PREVIEW).text
    assert carry_out(client).status_code == 302
    assert [each.held.name for each in keeping.listed()] == ["plan.png"]
    send(client, {"content/attachments/plan.png": picture(colour="red")})
    assert "un autre contenu que celui de ce nom" in client.get(PREVIEW).text


def test_pictures_with_problems_count_among_those_that_are_looked_at(
    client: FlaskClient, author: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.archives.plans.MOST_ATTACHMENTS", 3)
    looked = []
    clean = folder.clean

    def watched(file: SourceFile) -> Cleaned | Problem:
        looked.append(file.path)
        return clean(file)

    monkeypatch.setattr(folder, "clean", watched)
    send(client, {f"content/attachments/plan-{number}.jpg": picture("PNG") for number in range(9)})
    assert client.get(PREVIEW).status_code == 400
    assert len(looked) == 4


def test_texts_that_differ_are_bounded_by_their_size(
    client: FlaskClient, author: Person, library_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.archives.plans.MOST_BYTES", 1_000)
    send(client, {f"content/fr/objections/long-{number}.md": b"x" * 600 for number in range(2)})
    answer = client.get(PREVIEW)
    assert answer.status_code == 400
    assert "64 Mo" in answer.text


def test_nobody_waits_for_the_library_while_pictures_are_drawn(
    client: FlaskClient, author: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, {f"content/attachments/plan-{number}.png": picture(size=(9, 9 + number)) for number in range(3)})
    digest = digest_in(client.get(PREVIEW).text)
    in_transaction = []
    clean = folder.clean

    def watched(file: SourceFile) -> Cleaned | Problem:
        in_transaction.append(held)
        return clean(file)

    held = False
    lock, commit = publishing.lock_library, db.session.commit

    def locked() -> None:
        nonlocal held
        held = True
        lock()

    def committed() -> None:
        nonlocal held
        held = False
        commit()

    monkeypatch.setattr(folder, "clean", watched)
    monkeypatch.setattr(publishing, "lock_library", locked)
    monkeypatch.setattr(db.session, "commit", committed)
    assert carry_out(client, digest=digest, materiality="minor").status_code == 302
    assert in_transaction
    assert not any(in_transaction)
    assert {each.held.name for each in keeping.listed()} == {f"plan-{number}.png" for number in range(3)}


def test_a_draft_begun_in_the_same_moment_is_not_taken_for_the_imported_one(
    author: Person, library_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = drafts.begin(author.id, "trop-cher", "fr")
    checked = checks.check(begun.path, begun.source + b"\nEncore.\n")
    assert checked.draft is not None
    first = [None]
    monkeypatch.setattr(
        "app.library.authoring.beginnings.find", lambda *which: first.pop() if first else drafts.find(*which)
    )
    with pytest.raises(InvalidInput):
        beginnings.begin_imported(author.id, checked.draft, checked.source)
