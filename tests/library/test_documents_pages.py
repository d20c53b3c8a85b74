"""The authors' pages: the list, a document, publishing it, its history, archiving, conflicts; and who may not."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.actor import Actor, Role
from app.accounts.models import Person
from app.core import clock
from app.core.database import db
from app.library import acknowledgements, catalogue
from app.library.authoring import archiving, conflicts, drafts
from app.library.authoring.drafts import DraftView, Stale
from app.library.authoring.models import Draft
from app.library.models import Revision
from tests.conftest import NOW
from tests.factories import make_person, sign_in_as
from tests.library.writing import PLAY_ID, author_of, begin, make_author, publish, rewrite
from tests.library_factories import PLAY_BODY, sync_library, write_play, write_step
from tests.queries import counting

SENTENCE = "Ce qu’il faut savoir."
HERE = f"/library/{PLAY_ID}/fr"


@pytest.fixture
def alice(client: FlaskClient, root: Path) -> Actor:
    """An author, signed in."""
    person = make_person(Role.REP, "Alice Martin", "alice@example.org", writes=True, language="en")
    sign_in_as(client, person)
    return author_of(person)


def form_of(draft: DraftView, **more: object) -> dict[str, object]:
    return {"draft": str(draft.id), "version": draft.version, **more}


def numbers() -> int:
    return db.session.scalar(select(func.count()).where(Revision.document_id == PLAY_ID)) or 0


# The list


def test_every_kind_of_document_is_listed_with_its_state(client: FlaskClient, alice: Actor) -> None:
    page = client.get("/library").text
    assert "7 documents to look after" in page
    for title in ("Prendre contact", "Passer le standard", "Lumio Atelier", "C’est trop cher", "Glossaire"):
        assert title in page
    rewrite(make_author("Bob Petit"), SENTENCE, "Autre.")
    page = client.get("/library?state=draft").text
    assert "One document fits" in page
    assert "draft by Bob Petit" in page


def test_a_document_that_nobody_published_is_listed_too(client: FlaskClient, alice: Actor) -> None:
    drafts.begin_new(alice.id, "play", "", "Toute nouvelle", "fr", "content/fr/01-prendre-contact")
    assert "Toute nouvelle" in client.get("/library").text
    assert "Toute nouvelle" in client.get("/library?kind=play&q=TOUTE&state=draft").text
    assert "Toute nouvelle" not in client.get("/library?state=published").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=STANDARD", {PLAY_ID}),
        ("q=trop-cher", {"trop-cher"}),
        ("q=c%27est+cher", set()),
        ("kind=play", {PLAY_ID}),
        ("step=prendre-contact", {"prendre-contact", PLAY_ID, "trop-cher", "quiz-prix"}),
        ("step=inconnue", set()),
        ("language=en", {PLAY_ID, "prendre-contact"}),
        ("language=-en&kind=script", {"trop-cher"}),
        ("owner=mine", {"trop-cher"}),
        ("state=archived", {"lumio-atelier"}),
        ("state=behind", {PLAY_ID, "prendre-contact"}),
        ("state=conflict", {"prendre-contact"}),
        ("state=nonsense&sort=nonsense&page=zero&kind=play", {PLAY_ID}),
    ],
)
def test_the_list_is_filtered(
    app: Flask, client: FlaskClient, root: Path, alice: Actor, query: str, found: set[str]
) -> None:
    write_step(root, language="en")
    write_play(root, "01-prendre-contact", language="en")
    script = root / "content/fr/objections/trop-cher.md"
    script.write_text(
        script.read_text()
        .replace("category:", "owner: Alice <ALICE@example.org>\noffers: []\ncategory:", 1)
        .replace("offers:\n- lumio-atelier\n", "")
    )
    assert sync_library(app).problems == []
    archiving.archive(alice, "lumio-atelier")
    publish(alice, rewrite(alice, SENTENCE, "Autre."))
    publish(alice, rewrite(alice, "À quoi sert", "Ce que sert", "prendre-contact"))
    write_step(root, body="Du fichier.\n")
    sync_library(app)
    page = client.get(f"/library?{query}").text
    every = {PLAY_ID, "prendre-contact", "trop-cher", "quiz-prix", "lumio-atelier", "glossaire"}
    assert {each for each in every if f'href="/library/{each}/' in page} == found


def test_lapsed_documents_are_found_by_their_state(client: FlaskClient, alice: Actor) -> None:
    assert "No document fits" in client.get("/library?state=lapsed").text
    with clock.frozen_at(NOW + timedelta(days=181)):
        sign_in_as(client, db.session.get_one(Person, alice.id))
        page = client.get("/library?state=lapsed&kind=play").text
    assert "not verified since 23 November 2026" in page


def test_readers_of_the_present_text_are_counted(client: FlaskClient, alice: Actor) -> None:
    reader = make_person()
    acknowledgements.acknowledge(reader.id, PLAY_ID, catalogue.entry(PLAY_ID, "play").revision_id)
    assert "1 reader up to date" in client.get("/library?kind=play").text.replace("One reader", "1 reader")
    publish(alice, rewrite(alice, SENTENCE, "Autre."))
    assert "0 readers up to date" in client.get("/library?kind=play").text


def test_the_list_asks_a_fixed_number_of_statements(app: Flask, client: FlaskClient, root: Path, alice: Actor) -> None:
    def statements() -> int:
        client.get("/library")
        with counting() as asked:
            client.get("/library")
        return len(asked)

    few = statements()
    for number in range(60):
        write_play(root, "01-prendre-contact", f"fiche-{number}", owner=f"auteur{number}@example.org")
    sync_library(app)
    for number in range(5):
        begin(make_author(), f"fiche-{number}")
    assert statements() <= few + 1 <= 6  # the owners' names are asked once anybody owns anything
    assert "Page 1 of 2" in client.get("/library").text
    assert "Page 2 of 2" in client.get("/library?page=99").text


# Beginning


def test_something_new_begins_with_what_it_must_say_first(client: FlaskClient, alice: Actor) -> None:
    assert client.get("/library/new?kind=play").status_code == 200
    fields = {
        "kind": "play",
        "title": "Écouter",
        "language": "fr",
        "folder": "content/fr/01-prendre-contact",
        "id": "",
    }
    answer = client.post("/library/new", data=fields)
    assert (answer.status_code, answer.location) == (303, "/library/ecouter/fr/fields")
    draft = drafts.find("ecouter", "fr")
    assert draft is not None
    assert draft.path.startswith("content/fr/01-prendre-contact/")


def test_what_must_be_filled_in_first_begins_in_its_fields(client: FlaskClient, alice: Actor) -> None:
    fields = {"kind": "script", "title": "On a déjà essayé", "language": "fr", "folder": "", "id": ""}
    answer = client.post("/library/new", data=fields)
    assert (answer.status_code, answer.location) == (303, "/library/on-a-deja-essaye/fr/fields")
    page = client.get(answer.location).text
    assert "Go on to the text" in page
    assert "Publish…" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nothing"},
        {"title": ""},
        {"title": "x" * 201},
        {"language": "de"},
        {"folder": ""},
        {"folder": "content/fr/../.."},
        {"id": "Pas Un Id"},
        {"id": PLAY_ID},
        {"id": "conflicts"},
    ],
)
def test_what_cannot_begin_is_said_in_the_form(client: FlaskClient, alice: Actor, wrong: dict[str, str]) -> None:
    fields = {"kind": "play", "title": "T", "language": "fr", "folder": "content/fr/01-prendre-contact", "id": ""}
    answer = client.post("/library/new", data=fields | wrong)
    assert answer.status_code == 400
    assert 'class="errors"' in answer.text
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


# A document


def test_the_page_says_how_the_document_stands_and_what_is_next(
    app: Flask, client: FlaskClient, root: Path, alice: Actor
) -> None:
    assert "published on 23 November 2026" in client.get(HERE).text
    assert "not in English yet" in client.get(f"/library/{PLAY_ID}/en").text
    rewrite(make_author("Bob Petit"), SENTENCE, "Autre.")
    page = client.get(HERE).text
    assert "draft by Bob Petit since" in page
    assert "Go on with the draft" in page
    drafts.discard(alice.id, begin(alice).id, 2)
    archiving.archive(alice, PLAY_ID)
    assert "Restore" in client.get(HERE).text
    with clock.frozen_at(NOW + timedelta(days=200)):
        sign_in_as(client, db.session.get_one(Person, alice.id))
        assert "Still true" in client.get("/library/trop-cher/fr").text


def test_the_page_lists_links_to_it_and_from_it(client: FlaskClient, alice: Actor) -> None:
    page = client.get("/library/prendre-contact/fr").text
    assert "Leads here" in page
    assert 'href="/library/trop-cher/fr"' in page
    assert "Leads from here to" in client.get("/library/trop-cher/fr").text


def test_a_document_opens_in_a_language_it_is_in(client: FlaskClient, alice: Actor) -> None:
    assert client.get(f"/library/{PLAY_ID}").location == HERE
    for address in ("/library/inconnu", "/library/inconnu/fr", f"/library/{PLAY_ID}/xx", f"/library/{PLAY_ID}/de"):
        assert client.get(address).status_code == 404, address


# Publishing


def test_publishing_shows_what_changes_and_takes_one_click(client: FlaskClient, alice: Actor) -> None:
    reader = make_person()
    acknowledgements.acknowledge(reader.id, PLAY_ID, catalogue.entry(PLAY_ID, "play").revision_id)
    draft = rewrite(alice, SENTENCE, "Ce qu’il faut comprendre.")
    page = client.get(f"{HERE}/publish").text
    assert '<ins class="now">comprendre</ins>' in page
    assert "One place changes for readers" in page
    assert "the person who acknowledged this text will see the difference" in page
    assert '<ins class="now">comprendre</ins>' in client.get(f"{HERE}/publish?view=source").text
    answer = client.post(f"{HERE}/publish", data=form_of(draft, materiality="material", note="Mieux dit"))
    assert (answer.status_code, answer.location) == (303, HERE)
    page = client.get(HERE).text
    assert "Version 2 is published. The person who had acknowledged this text is asked again." in page
    assert "Mieux dit" in page


def test_a_hand_made_post_cannot_skip_the_check(client: FlaskClient, alice: Actor) -> None:
    draft = rewrite(alice, "## Dire {.say}", "## Dire")
    assert "to correct before publishing" in client.get(f"{HERE}/publish").text
    answer = client.post(
        f"{HERE}/publish", data=form_of(draft, materiality="material", note="", check="no", force="1", problems="")
    )
    assert answer.status_code == 400
    assert "What the check found" in answer.text
    assert numbers() == 1


def test_without_a_draft_there_is_nothing_to_publish_and_the_page_says_so(client: FlaskClient, alice: Actor) -> None:
    answer = client.get(f"{HERE}/publish")
    assert (answer.status_code, answer.location) == (303, HERE)
    assert "There is nothing to publish" in client.get(HERE).text
    assert client.get("/library/nothing-of-that-name/fr/publish").status_code == 404


def test_a_hand_made_post_cannot_publish_another_s_draft(client: FlaskClient, alice: Actor) -> None:
    draft = rewrite(make_author(), SENTENCE, "Pas à Alice.")
    page = client.get(f"{HERE}/publish").text
    assert "You have not written in this draft" in page
    assert 'name="materiality"' not in page
    assert client.post(f"{HERE}/publish", data=form_of(draft, materiality="minor")).status_code == 403
    # Nor under the address of a document of one's own.
    assert client.post("/library/trop-cher/fr/publish", data=form_of(draft, materiality="minor")).status_code == 403
    assert numbers() == 1


def test_an_old_version_is_not_published(client: FlaskClient, alice: Actor) -> None:
    seen = rewrite(alice, SENTENCE, "Une.")
    rewrite(alice, "Une.", "Deux.")
    answer = client.post(f"{HERE}/publish", data=form_of(seen, materiality="minor"))
    assert answer.status_code == 409
    assert "The draft changed since you opened this page" in answer.text
    assert numbers() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"draft": "x"},
        {"draft": ""},
        {"version": "x"},
        {"version": "-1"},
        {"version": "9" * 30},
        {"materiality": ""},
        {"materiality": "huge"},
        {"note": "x" * 501},
    ],
)
def test_a_hand_made_form_is_refused(client: FlaskClient, alice: Actor, wrong: dict[str, str]) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    answer = client.post(f"{HERE}/publish", data=form_of(draft, materiality="minor", note="") | wrong)
    assert 400 <= answer.status_code < 500
    assert numbers() == 1


def test_nothing_is_published_twice_by_a_double_click(client: FlaskClient, alice: Actor) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    form = form_of(draft, materiality="material")
    assert client.post(f"{HERE}/publish", data=form).status_code == 303
    assert client.post(f"{HERE}/publish", data=form).status_code == 404
    assert numbers() == 2


def test_a_draft_that_was_overtaken_is_brought_up_to_date(
    app: Flask, client: FlaskClient, root: Path, alice: Actor
) -> None:
    draft = rewrite(alice, SENTENCE, "D’Alice.")
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Noter le nom", "Écrire le nom"))
    sync_library(app)
    assert "Another text was published meanwhile" in client.get(f"{HERE}/publish").text
    assert client.post(f"{HERE}/publish", data=form_of(draft, materiality="minor")).status_code == 409
    answer = client.post(f"{HERE}/catch-up", data=form_of(draft))
    assert (answer.status_code, answer.location) == (303, f"{HERE}/publish")
    assert "Écrire le nom" in begin(alice).text
    assert client.post(f"{HERE}/catch-up", data=form_of(draft)).status_code == 409


def test_a_late_text_is_settled_before_publishing(client: FlaskClient, alice: Actor) -> None:
    bob = make_author("Bob Petit")
    draft = rewrite(alice, SENTENCE, "D’Alice.")
    with pytest.raises(Stale):
        drafts.save(bob.id, draft.id, 1, b"de Bob")
    page = client.get(f"{HERE}/publish").text
    assert "A late text waits to be merged" in page
    assert "Bob Petit" in page
    assert client.post(f"{HERE}/publish", data=form_of(draft, materiality="minor")).status_code == 409
    client.post(f"{HERE}/draft", data={"let_go": str(drafts.asides_of(draft.id)[0].id)})
    assert client.post(f"{HERE}/publish", data=form_of(draft, materiality="minor")).status_code == 303


def test_a_new_document_is_published_for_the_first_time(client: FlaskClient, alice: Actor) -> None:
    draft = drafts.duplicate(alice.id, PLAY_ID, "fr", "", "Une copie")
    here = f"/library/{draft.document_id}/fr"
    assert "Ready to be published for the first time" in client.get(f"{here}/publish").text
    assert "Never published in this language" in client.get(here).text
    assert client.post(f"{here}/publish", data=form_of(draft, materiality="material")).status_code == 303
    assert catalogue.current().find("une-copie", "fr") is None or client.get(here).status_code == 200


# History, roll back, duplicate, discard, archive, in step


def test_history_shows_versions_and_goes_back_to_one(client: FlaskClient, alice: Actor) -> None:
    publish(alice, rewrite(alice, SENTENCE, "Une erreur."), "material", "Trop vite")
    page = client.get(f"{HERE}/history").text
    assert "2 versions, the last on 23 November 2026" in page
    assert "Trop vite" in page
    assert f"{HERE}/compare?from=1&amp;to=2" in page
    first = db.session.scalars(select(Revision.id).filter_by(document_id=PLAY_ID, number=1)).one()
    assert "Publish version 1 again?" in client.get(f"{HERE}/history?version=1").text
    answer = client.post(f"{HERE}/roll-back", data={"revision": first, "materiality": "minor", "note": "Retour"})
    assert (answer.status_code, numbers()) == (303, 3)
    again = client.post(f"{HERE}/roll-back", data={"revision": first, "materiality": "minor", "note": ""})
    assert (again.status_code, numbers()) == (400, 3)


@pytest.mark.parametrize("revision", ["", "x", "0", "-4", "999999", "9" * 40])
def test_going_back_to_nothing_is_refused(client: FlaskClient, alice: Actor, revision: str) -> None:
    answer = client.post(f"{HERE}/roll-back", data={"revision": revision, "materiality": "minor"})
    assert answer.status_code in (400, 404)


def test_a_duplicate_begins_as_a_draft(client: FlaskClient, alice: Actor) -> None:
    assert "Passer le standard (copy)" in client.get(f"{HERE}/duplicate").text
    answer = client.post(f"{HERE}/duplicate", data={"title": "Autre fiche", "id": ""})
    assert answer.location == "/library/autre-fiche/fr/edit"
    assert client.post(f"{HERE}/duplicate", data={"title": "Autre", "id": PLAY_ID}).status_code == 400
    assert client.get("/library/inconnu/fr/duplicate").status_code == 404


def test_a_draft_is_discarded_after_being_asked(client: FlaskClient, alice: Actor) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    assert "Discard the draft?" in client.get(f"{HERE}/discard").text
    old = {"draft": str(draft.id), "version": 1}
    assert client.post(f"{HERE}/discard", data=old).status_code == 409
    assert client.post(f"{HERE}/discard", data=form_of(draft)).status_code == 303
    assert client.get(f"{HERE}/discard").status_code == 404
    other = rewrite(make_author(), SENTENCE, "À un autre.")
    assert client.post(f"{HERE}/discard", data=form_of(other)).status_code == 403
    assert drafts.find(PLAY_ID, "fr") is not None


def test_archiving_lists_what_leads_there_and_can_be_undone(client: FlaskClient, alice: Actor) -> None:
    here = "/library/prendre-contact/fr"
    page = client.get(f"{here}/archive").text
    assert "documents lead here: archive it all the same?" in page
    assert client.post(f"{here}/archive", data={"languages": [], "successor": ""}).status_code == 400
    assert client.post(f"{here}/archive", data={"languages": ["en"], "successor": ""}).status_code == 400
    assert client.post(f"{here}/archive", data={"languages": ["fr"], "successor": "inconnu"}).status_code == 400
    assert client.post(f"{here}/archive", data={"languages": ["fr"], "successor": ""}).status_code == 303
    assert client.get(f"{here}/archive").status_code == 404
    assert "archived" in client.get(here).text
    assert client.post(f"{here}/restore").status_code == 303
    assert client.post(f"{here}/restore").status_code == 409


def test_a_translation_is_said_to_be_in_step(app: Flask, client: FlaskClient, root: Path, alice: Actor) -> None:
    write_step(root, language="en")
    write_play(root, "01-prendre-contact", language="en")
    sync_library(app)
    publish(alice, rewrite(alice, SENTENCE, "Autre."))
    there = f"/library/{PLAY_ID}/en"
    page = client.get(there).text
    assert "behind the French since version 2" in page
    assert "/edit?beside=fr" in page
    assert client.post(f"{there}/in-step").status_code == 303
    assert "behind the French" not in client.get(there).text
    assert client.post("/library/inconnu/fr/in-step").status_code == 404


# Conflicts


@pytest.fixture
def contested(app: Flask, root: Path, alice: Actor) -> str:
    publish(alice, rewrite(alice, SENTENCE, "Du navigateur."))
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace(SENTENCE, "Du fichier."))
    assert sync_library(app).exit_status == 3
    return conflicts.sides(PLAY_ID, "fr").seen


@pytest.mark.parametrize("choice", ["published", "file-minor", "file-material", "merge"])
def test_a_conflict_is_listed_shown_and_settled(app: Flask, client: FlaskClient, contested: str, choice: str) -> None:
    assert "One document changed in its file and here" in client.get("/library/conflicts").text
    page = client.get(f"/library/conflicts/{PLAY_ID}/fr").text
    assert '<del class="was">' in page
    assert contested in page
    assert "Settle the conflict" in client.get(HERE).text
    answer = client.post(f"/library/conflicts/{PLAY_ID}/fr", data={"seen": contested, "choice": choice, "note": ""})
    assert answer.status_code == 303
    if choice == "merge":
        assert answer.location.startswith(f"{HERE}/edit")
        assert begin(make_author()).file_digest is not None
    else:
        assert client.get(f"/library/conflicts/{PLAY_ID}/fr").status_code == 404
        assert sync_library(app).exit_status == 0


@pytest.mark.parametrize(
    "wrong", [{"seen": ""}, {"seen": "x"}, {"choice": ""}, {"choice": "file-huge"}, {"choice": "x"}]
)
def test_a_hand_made_settlement_is_refused(client: FlaskClient, contested: str, wrong: dict[str, str]) -> None:
    fields = {"seen": contested, "choice": "published", "note": ""} | wrong
    assert client.post(f"/library/conflicts/{PLAY_ID}/fr", data=fields).status_code in (400, 409)
    assert conflicts.count() == 1


# Who may not


GETS = ["/library", "/library/new", "/library/conflicts", f"/library/{PLAY_ID}", HERE, f"{HERE}/history"]
GETS += [f"{HERE}/{name}" for name in ("publish", "duplicate", "archive", "discard")]
POSTS = [f"{HERE}/{name}" for name in ("publish", "catch-up", "roll-back", "duplicate", "archive", "restore")]
POSTS += [f"{HERE}/in-step", f"{HERE}/discard", "/library/new", f"/library/conflicts/{PLAY_ID}/fr"]


def test_a_rep_who_does_not_write_sees_and_changes_nothing(client: FlaskClient, root: Path) -> None:
    draft = rewrite(make_author(), SENTENCE, "Autre.")
    sign_in_as(client, make_person())
    for address in GETS:
        assert client.get(address).status_code == 403, address
    for address in POSTS:
        assert client.post(address, data=form_of(draft, materiality="minor")).status_code == 403, address
    assert numbers() == 1
    assert "/library" not in client.get("/steps").text


def test_the_place_is_in_the_navigation_of_who_writes(client: FlaskClient, alice: Actor) -> None:
    assert client.get("/steps").text.count('href="/library"') == 2


def test_no_english_is_left_on_the_french_pages(app: Flask, client: FlaskClient, root: Path, contested: str) -> None:
    sign_in_as(client, make_person(Role.ADMINISTRATOR, language="fr"))
    for address in (*GETS[:-1], f"/library/conflicts/{PLAY_ID}/fr"):
        if address.endswith("/publish"):
            continue
        page = client.get(address, follow_redirects=True).text
        for english in (" the ", "Library", "draft", "published", "History", "nobody"):
            assert english not in re.sub(r"<[^>]*>", " ", page.partition("<main")[2]), (address, english)
