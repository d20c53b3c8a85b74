"""Saving from the editor: nothing typed is lost, nothing is put over another author's text unseen."""

import json
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
from app.library import publishing
from app.library.authoring import checks, drafts
from app.library.authoring.models import Draft, SavedText
from app.library.models import Edition
from tests.factories import make_member, sign_in_as
from tests.library_factories import sync_library, write_small_library, write_text

DOCUMENT = "passer-le-standard"
PLAY = f"/library/{DOCUMENT}/fr"


@pytest.fixture
def author(app: Flask, client: FlaskClient, library_files: Path) -> Person:
    write_small_library(library_files)
    sync_library(app)
    person = make_member(Role.MANAGER, name="Camille Martin")
    sign_in_as(client, person)
    return person


@pytest.fixture
def other(author: Person) -> Person:
    return make_member(Role.MANAGER, name="Nadia Belkacem")


def published() -> tuple[str, int]:
    """The published text, and its revision's id."""
    from app.library.models import Revision

    row = db.session.execute(
        select(Revision.source, Revision.id)
        .join(Edition, Edition.published_id == Revision.id)
        .where(Edition.document_id == DOCUMENT, Edition.language == "fr")
    ).one()
    return row.source.decode(), row.id


def send(client: FlaskClient, source: str, **more: Any) -> TestResponse:
    return client.post(f"{PLAY}/draft", json={"source": source, **more})


def first_save(client: FlaskClient, source: str, **more: Any) -> dict[str, Any]:
    answer = send(client, source, version=0, base=published()[1], **more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def publish_now(source: str) -> int:
    """Somebody publishes a text while the draft is open."""
    checked = checks.check(f"content/fr/01-prendre-contact/{DOCUMENT}.md", source.encode())
    assert checked.draft is not None
    publishing.lock_library()
    revision_id = publishing.publish(checked.draft, source.encode(), checked.made_with, "material", in_file=False)
    publishing.bump_generation()
    db.session.commit()
    return revision_id


def test_the_first_save_begins_the_draft(client: FlaskClient, author: Person) -> None:
    text = published()[0].replace("relevé", "relevé exact")
    kept = first_save(client, text)
    draft = drafts.find(DOCUMENT, "fr")
    assert draft is not None
    assert (draft.text, kept["draft"], kept["version"]) == (text, str(draft.id), draft.version)


def test_a_text_without_a_change_begins_nothing(client: FlaskClient, author: Person) -> None:
    assert first_save(client, published()[0]) == {"version": 0}
    assert drafts.find(DOCUMENT, "fr") is None


def test_each_save_makes_a_version(client: FlaskClient, author: Person) -> None:
    text = published()[0]
    one = first_save(client, text + "\nUn.\n")
    two = send(client, text + "\nDeux.\n", draft=one["draft"], version=one["version"]).json
    assert two["version"] == one["version"] + 1


def test_sending_twice_saves_once(client: FlaskClient, author: Person) -> None:
    text = published()[0] + "\nUn.\n"
    one = first_save(client, text)
    assert first_save(client, text)["version"] == one["version"]
    again = send(client, text, draft=one["draft"], version=one["version"]).json
    assert again["version"] == one["version"]


def test_a_lost_answer_is_no_conflict_with_oneself(client: FlaskClient, author: Person) -> None:
    text = published()[0]
    arrived = text.replace("Ce qu’il faut savoir.", "Ce qu’il faut vraiment savoir.")
    first_save(client, arrived)
    further = arrived.replace("vraiment", "vraiment bien")
    answer = send(client, further, version=0, base=published()[1], previous=[arrived])
    assert answer.status_code == 200
    assert drafts.find(DOCUMENT, "fr").text == further
    assert count_of_late() == 0


def count_of_late() -> int:
    return db.session.execute(select(func.count()).where(SavedText.aside)).scalar_one()


def test_two_who_begin_at_once_are_merged(client: FlaskClient, author: Person, other: Person) -> None:
    text, base = published()
    theirs = text.replace("Ce qu’il faut savoir.", "Ce qu’elle sait.")
    draft = drafts.begin(other.id, DOCUMENT, "fr")
    drafts.save(other.id, draft.id, draft.version, theirs.encode())
    answer = send(client, text.replace("Noter le nom", "Noter le prénom"), version=0, base=base)
    assert answer.status_code == 409
    late = answer.json
    assert (late["clean"], late["who"], late["theirs"]) == (True, "Nadia Belkacem", theirs)
    assert "Ce qu’elle sait." in late["merged"]
    assert "Noter le prénom" in late["merged"]
    assert drafts.find(DOCUMENT, "fr").text == theirs  # nothing was put over it


def test_whoever_looked_while_another_only_opened_the_draft_saves_at_once(
    client: FlaskClient, author: Person, other: Person
) -> None:
    drafts.begin(other.id, DOCUMENT, "fr")
    first_save(client, published()[0] + "\nUn.\n")


def test_a_merged_text_is_saved_and_the_late_one_settled(client: FlaskClient, author: Person, other: Person) -> None:
    text = published()[0]
    mine = first_save(client, text + "\nUn.\n")
    theirs = (text + "\nUn.\n").replace("Noter le nom", "Noter le prénom")
    drafts.save(other.id, drafts.find(DOCUMENT, "fr").id, mine["version"], theirs.encode())
    late = send(client, text + "\nUn, deux.\n", draft=mine["draft"], version=mine["version"]).json
    assert late["clean"]
    assert count_of_late() == 1
    kept = send(client, late["merged"], draft=late["draft"], version=late["version"], settles=[late["aside"]])
    assert kept.status_code == 200
    assert count_of_late() == 0
    assert "Un, deux." in drafts.find(DOCUMENT, "fr").text
    assert "Noter le prénom" in drafts.find(DOCUMENT, "fr").text


def test_a_contradiction_is_shown_with_what_differs(client: FlaskClient, author: Person, other: Person) -> None:
    text = published()[0]
    mine = first_save(client, text.replace("relevé", "premier relevé"))
    draft = drafts.find(DOCUMENT, "fr")
    drafts.save(other.id, draft.id, mine["version"], text.replace("relevé", "dernier relevé").encode())
    answer = send(client, text.replace("relevé", "bon relevé"), draft=mine["draft"], version=mine["version"])
    assert (answer.status_code, answer.json["clean"]) == (409, False)
    assert '<del class="was">dernier</del>' in answer.json["difference"]
    assert "<<<<<<<" in answer.json["merged"]


def test_a_text_begun_before_a_publication_takes_nothing_of_it_back(
    client: FlaskClient, author: Person, other: Person
) -> None:
    text, base = published()
    newer = text.replace("Noter le nom", "Noter le prénom")
    publish_now(newer)
    answer = send(client, text.replace("savoir.", "savoir bien."), version=0, base=base)
    assert answer.status_code == 409
    assert answer.json["clean"]
    assert "Noter le prénom" in answer.json["merged"]
    assert "savoir bien." in answer.json["merged"]


def test_a_draft_that_was_published_meanwhile_is_not_undone(client: FlaskClient, author: Person, other: Person) -> None:
    text, base = published()
    mine = first_save(client, text.replace("savoir.", "savoir bien."))
    db.session.execute(Draft.__table__.delete())
    publish_now(text.replace("savoir.", "savoir bien.").replace("Noter le nom", "Noter le prénom"))
    further = text.replace("savoir.", "savoir bien.").replace("relevé", "dernier relevé")
    answer = send(client, further, draft=mine["draft"], version=mine["version"], base=base)
    assert answer.status_code == 409
    assert "Noter le prénom" in answer.json["merged"]
    assert "dernier relevé" in answer.json["merged"]


def test_a_discarded_draft_begins_again_with_what_is_typed(client: FlaskClient, author: Person) -> None:
    text, base = published()
    mine = first_save(client, text + "\nUn.\n")
    db.session.execute(Draft.__table__.delete())
    db.session.commit()
    answer = send(client, text + "\nUn, deux.\n", draft=mine["draft"], version=mine["version"], base=base)
    assert answer.status_code == 200
    assert "Un, deux." in drafts.find(DOCUMENT, "fr").text


def test_the_file_s_line_ends_and_first_mark_are_kept(
    app: Flask, client: FlaskClient, author: Person, library_files: Path
) -> None:
    text = published()[0]
    bytes_of_file = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    write_text(library_files, f"content/fr/01-prendre-contact/{DOCUMENT}.md", bytes_of_file)
    sync_library(app)
    first_save(client, text.replace("savoir.", "savoir bien."))
    assert drafts.find(DOCUMENT, "fr").source == bytes_of_file.replace(b"savoir.", b"savoir bien.")


def test_a_form_saves_without_script(client: FlaskClient, author: Person) -> None:
    text, base = published()
    fields = {"source": (text + "\nUn.\n").replace("\n", "\r\n"), "version": "0", "draft": "", "base": str(base)}
    answer = client.post(f"{PLAY}/draft", data=fields)
    assert (answer.status_code, answer.location) == (303, f"{PLAY}/edit?as=text")
    assert drafts.find(DOCUMENT, "fr").text == text + "\nUn.\n"


@pytest.mark.parametrize("go", ["publish", "fields", "history"])
def test_a_form_goes_on_once_it_is_saved(client: FlaskClient, author: Person, go: str) -> None:
    text, base = published()
    fields = {"source": text + "\nUn.\n", "version": "0", "base": str(base), "go": go}
    assert client.post(f"{PLAY}/draft", data=fields).location == f"{PLAY}/{go}"


def test_there_is_nothing_to_publish_without_a_change(client: FlaskClient, author: Person) -> None:
    text, base = published()
    fields = {"source": text, "version": "0", "base": str(base), "go": "publish"}
    assert client.post(f"{PLAY}/draft", data=fields).location == f"{PLAY}/edit?as=text"


def test_a_late_form_shows_both_texts_to_save_again(client: FlaskClient, author: Person, other: Person) -> None:
    text, base = published()
    draft = drafts.begin(other.id, DOCUMENT, "fr")
    drafts.save(other.id, draft.id, draft.version, text.replace("relevé", "dernier relevé").encode())
    fields = {"source": text.replace("relevé", "bon relevé"), "version": "0", "base": str(base)}
    page = client.post(f"{PLAY}/draft", data=fields)
    assert page.status_code == 409
    assert "bon relevé" in page.text
    assert "dernier relevé" in page.text
    assert "Nadia Belkacem" in page.text
    assert page.text.count('name="settles"') == 1


def test_a_late_text_is_offered_again_and_can_be_let_go(client: FlaskClient, author: Person, other: Person) -> None:
    text, base = published()
    draft = drafts.begin(other.id, DOCUMENT, "fr")
    drafts.save(other.id, draft.id, draft.version, text.replace("relevé", "dernier relevé").encode())
    aside = send(client, text.replace("savoir.", "savoir bien."), version=0, base=base).json["aside"]
    assert f'value="{aside}"' in client.get(f"{PLAY}/edit").text
    merged = client.get(f"{PLAY}/edit?aside={aside}").text.partition("<textarea")[2].partition("</textarea>")[0]
    assert "dernier relevé" in merged
    assert "savoir bien." in merged
    assert client.post(f"{PLAY}/draft", data={"let_go": aside}).status_code == 303
    assert count_of_late() == 0


def test_another_s_late_text_is_not_shown_nor_let_go(client: FlaskClient, author: Person, other: Person) -> None:
    text = published()[0]
    draft = drafts.begin(author.id, DOCUMENT, "fr")
    drafts.save(author.id, draft.id, draft.version, (text + "\nUn.\n").encode())
    with pytest.raises(drafts.Stale) as stale:
        drafts.save(other.id, draft.id, 0, (text + "\nTrois secrets.\n").encode())
    assert "Trois secrets" not in client.get(f"{PLAY}/edit").text
    stranger = make_member(Role.MANAGER)
    sign_in_as(client, stranger)
    assert client.post(f"{PLAY}/draft", data={"let_go": str(stale.value.aside_id)}).status_code == 404
    assert count_of_late() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"source": 3}', 400),
        (b'{"source": "x", "version": -1}', 400),
        (b'{"source": "x", "version": true}', 400),
        (b'{"source": "x", "version": 99999999999999}', 400),
        (b'{"source": "x", "draft": "no id"}', 400),
        (b'{"source": "x", "settles": ["no id"]}', 400),
        (b'{"source": "x", "settles": 3}', 400),
        (b'{"source": "x", "previous": "x"}', 400),
        (b'{"source": "\\ud800"}', 400),
        (json.dumps({"source": "x" * 530_000}).encode(), 413),
        (json.dumps({"source": "x" * 1_900_000}).encode(), 413),
    ],
)
def test_what_is_no_text_is_refused(client: FlaskClient, author: Person, body: bytes, status: int) -> None:
    answer = client.post(f"{PLAY}/draft", data=body, content_type="application/json")
    assert answer.status_code == status
    assert drafts.find(DOCUMENT, "fr") is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"source": 3}', b'{"source": "\\ud800"}', b'{"source": "", "against": 1}']
)
def test_what_is_no_text_is_not_checked(client: FlaskClient, author: Person, body: bytes) -> None:
    assert client.post(f"{PLAY}/check", data=body, content_type="application/json").status_code == 400


def test_a_form_without_a_text_is_refused(client: FlaskClient, author: Person) -> None:
    assert client.post(f"{PLAY}/draft", data={}).status_code == 400
    assert client.post(f"{PLAY}/check", data={}).status_code == 400
    assert client.post(f"{PLAY}/draft", data={"let_go": "nonsense"}).status_code == 400


def test_a_document_that_does_not_exist_is_not_written(client: FlaskClient, author: Person) -> None:
    answer = client.post("/library/no-such-thing/fr/draft", json={"source": "x", "version": 0})
    assert answer.status_code == 404


@pytest.mark.parametrize("what", ["draft", "check"])
def test_brackets_in_brackets_are_not_understood(client: FlaskClient, author: Person, what: str) -> None:
    answer = client.post(f"{PLAY}/{what}", data="[" * 100_000, content_type="application/json")
    assert answer.status_code == 400


def test_the_page_compares_only_so_many_late_texts(
    client: FlaskClient, author: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.authoring.editor.page.MOST_HELD", 3)
    source, _ = published()
    first_save(client, source + "\nPremier.\n")
    for number in range(5):
        assert send(client, f"{source}\nTard {number}.\n", version=0).status_code == 409
    page = client.get(f"{PLAY}/edit?as=text").text
    assert page.count("aside=") == 3
