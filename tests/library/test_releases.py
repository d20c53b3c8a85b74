"""Publishing from the browser: who may, what is checked, what becomes of the draft, the file and the readers."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.accounts.actor import Actor, Role
from app.activity.models import Activity
from app.core import clock, outbox
from app.core.database import db
from app.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.library import acknowledgements, catalogue
from app.library.authoring import catching_up, drafts, new_words, releases
from app.library.authoring.drafts import Stale
from app.library.authoring.models import Draft
from app.library.authoring.releases import Outdated, Refused
from app.library.models import Edition, Rendering, Revision
from tests.conftest import NOW
from tests.factories import actor_for, make_person
from tests.library.writing import PLAY_ID, begin, make_author, publish, rewrite
from tests.library_factories import PLAY_BODY, front_matter, sync_library, write_play, yaml_of

SENTENCE = "Ce qu’il faut savoir."
PLAY = f"content/fr/01-prendre-contact/{PLAY_ID}.md"


def revisions(document_id: str = PLAY_ID) -> list[Revision]:
    return list(db.session.scalars(select(Revision).filter_by(document_id=document_id).order_by(Revision.number)))


def test_a_published_draft_is_what_readers_see_and_is_gone(app: Flask, alice: Actor) -> None:
    draft = rewrite(alice, SENTENCE, "Le standard filtre, c’est son métier.")
    generation = catalogue.current().generation
    with clock.frozen_at(NOW + timedelta(hours=1)):
        published = publish(alice, draft, "material", "  Plus  précis ")
    entry = catalogue.entry(PLAY_ID, "play")
    assert (entry.number, entry.revision_id) == (2, published.revision_id)
    assert "c’est son métier" in catalogue.current().body(entry).blocks[0].html
    assert catalogue.current().generation > generation
    newest = revisions()[-1]
    assert (newest.note, newest.published_by, newest.materiality) == ("Plus précis", alice.id, "material")
    assert drafts.find(PLAY_ID, "fr") is None


def test_publishing_is_an_act(alice: Actor) -> None:
    published = publish(alice, rewrite(alice, SENTENCE, "Autre."), "minor")
    act = db.session.scalars(select(Activity).filter_by(kind="document.published")).one()
    assert (act.person_id, act.document_id, act.revision_id) == (alice.id, PLAY_ID, published.revision_id)
    assert act.details == {"number": 2, "materiality": "minor"}


def test_the_next_sync_writes_the_file(app: Flask, alice: Actor, root: Path) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    publish(alice, draft)
    assert sync_library(app).written == [PLAY]
    assert (root / PLAY).read_bytes() == draft.source
    assert sync_library(app).unchanged == 7


def test_a_material_change_asks_readers_again_and_a_minor_one_does_not(alice: Actor) -> None:
    reader = make_person()
    acknowledgements.acknowledge(reader.id, PLAY_ID, catalogue.entry(PLAY_ID, "play").revision_id)
    given = acknowledgements.acknowledged(reader.id)[PLAY_ID][0]
    publish(alice, rewrite(alice, SENTENCE, "Une."), "minor")
    assert catalogue.current().stands(PLAY_ID, given)
    publish(alice, rewrite(alice, "Une.", "Deux."), "material")
    assert not catalogue.current().stands(PLAY_ID, given)


def test_a_new_document_is_material_whatever_is_said(alice: Actor) -> None:
    draft = drafts.begin_new(alice.id, "play", "ecouter", "Écouter", "fr", "content/fr/01-prendre-contact")
    source = front_matter({"id": "ecouter", "title": "Écouter", "order": 2, "summary": "Se taire."}, PLAY_BODY)
    saved = drafts.save(alice.id, draft.id, draft.version, source.encode())
    releases.publish(alice, draft.id, saved.version, "minor", "")
    assert revisions("ecouter")[0].materiality == "material"
    assert catalogue.entry("ecouter", "play").card.summary == "Se taire."


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER])
def test_nobody_publishes_a_draft_that_others_wrote(alice: Actor, role: Role) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    with pytest.raises(Forbidden):
        releases.publish(actor_for(make_person(role)), draft.id, draft.version, "material", "")
    stranger = make_author()
    drafts.seen(stranger.id, draft.id)
    with pytest.raises(Forbidden):
        publish(stranger, draft)
    assert len(revisions()) == 1


def test_an_administrator_and_the_owner_may_publish_it(app: Flask, root: Path) -> None:
    owner = make_author(email="chef@example.org")
    write_play(root, "01-prendre-contact", owner="Le chef <Chef@example.org>")
    sync_library(app)
    publish(owner, rewrite(make_author(), SENTENCE, "Une."))
    publish(actor_for(make_person(Role.ADMINISTRATOR)), rewrite(make_author(), "Une.", "Deux."))
    assert len(revisions()) == 4


def test_only_the_version_that_was_read_is_published(alice: Actor) -> None:
    read = rewrite(alice, SENTENCE, "Une.")
    rewrite(alice, "Une.", "Deux.")
    with pytest.raises(Conflict):
        publish(alice, read)
    assert len(revisions()) == 1


def test_publishing_twice_publishes_once(alice: Actor) -> None:
    draft = rewrite(alice, SENTENCE, "Une.")
    publish(alice, draft)
    with pytest.raises(NotFound):
        publish(alice, draft)
    assert len(revisions()) == 2


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("## Dire {.say}", "## Dire", "heading"),
        (SENTENCE, "Voir [ceci](play:inconnu).", "does not exist"),
        (SENTENCE, "<<<<<<<\na\n=======\nb\n>>>>>>>", "merge"),
        ("id: passer-le-standard", "id: autre-chose", "autre-chose"),
        ("title:", "titel:", "titel"),
        ("---\n", "", "front matter"),
        (SENTENCE, "[" * 3_000, "["),
    ],
)
def test_a_text_that_fails_the_check_is_never_published(alice: Actor, old: str, new: str, what: str) -> None:
    draft = rewrite(alice, old, new)
    with pytest.raises(Refused) as caught:
        publish(alice, draft)
    assert any(what in str(problem) for problem in caught.value.problems), caught.value.problems
    assert len(revisions()) == 1
    assert begin(alice).source == draft.source


def test_a_text_like_the_published_one_is_not_published_again(alice: Actor) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    drafts.save(alice.id, draft.id, draft.version, draft.text.replace("Autre.", SENTENCE).encode())
    with pytest.raises(InvalidInput):
        publish(alice, begin(alice))


@pytest.mark.parametrize(("materiality", "note"), [("huge", ""), ("", ""), ("minor", "x" * 501), ("minor", "a\x00b")])
def test_what_is_said_of_a_change_is_checked(alice: Actor, materiality: str, note: str) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    with pytest.raises(InvalidInput):
        publish(alice, draft, materiality, note)


def test_a_draft_overtaken_by_a_publication_is_brought_up_to_date_first(app: Flask, alice: Actor, root: Path) -> None:
    draft = rewrite(alice, SENTENCE, "D’Alice.")
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Noter le nom", "Écrire le nom"))
    sync_library(app)
    assert begin(alice).base_is_old
    with pytest.raises(Outdated):
        publish(alice, draft)
    caught_up = catching_up.bring_up_to_date(alice.id, draft.id, draft.version)
    assert caught_up.clean
    view = begin(alice)
    assert (view.base_is_old, view.base_number, view.version) == (False, 2, caught_up.version)
    publish(alice, view)
    source = revisions()[-1].source.decode()
    assert "D’Alice." in source
    assert "Écrire le nom" in source


def test_bringing_up_to_date_needs_the_version_that_was_seen(app: Flask, alice: Actor) -> None:
    draft = rewrite(alice, SENTENCE, "Une.")
    rewrite(alice, "Une.", "Deux.")
    with pytest.raises(Conflict):
        catching_up.bring_up_to_date(alice.id, draft.id, draft.version)


def test_a_contradiction_left_by_a_merge_is_never_published(app: Flask, alice: Actor, root: Path) -> None:
    draft = rewrite(alice, SENTENCE, "D’Alice.")
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace(SENTENCE, "Du fichier."))
    sync_library(app)
    assert not catching_up.bring_up_to_date(alice.id, draft.id, draft.version).clean
    with pytest.raises(Refused):
        publish(alice, begin(alice))


def test_a_late_text_is_merged_or_dropped_before_anything_is_published(alice: Actor) -> None:
    bob = make_author()
    rewrite(alice, SENTENCE, "D’Alice.")
    with pytest.raises(Stale) as caught:
        drafts.save(bob.id, begin(bob).id, 1, b"de Bob")
    with pytest.raises(Conflict):
        publish(alice, begin(alice))
    drafts.settle_aside(bob.id, caught.value.aside_id)
    publish(alice, begin(alice))


def test_a_published_revision_cannot_be_edited(alice: Actor) -> None:
    for statement in ("UPDATE revision SET source = source", "DELETE FROM revision"):
        with pytest.raises(DBAPIError, match=r"never changed|palier"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_an_earlier_text_is_published_again_as_a_new_revision(alice: Actor) -> None:
    publish(alice, rewrite(alice, SENTENCE, "Une erreur."))
    first = revisions()[0]
    releases.roll_back(alice, PLAY_ID, "fr", first.id, "C’était mieux")
    newest = revisions()[-1]
    assert (newest.number, newest.source, newest.note) == (3, first.source, "C’était mieux")
    with pytest.raises(InvalidInput):
        releases.roll_back(alice, PLAY_ID, "fr", first.id)


def test_what_is_no_earlier_text_of_the_document_is_not_rolled_back_to(alice: Actor) -> None:
    other = revisions("trop-cher")[0].id
    for revision_id in (other, 10**6):
        with pytest.raises(NotFound):
            releases.roll_back(alice, PLAY_ID, "fr", revision_id)
    with pytest.raises(Forbidden):
        releases.roll_back(actor_for(make_person()), PLAY_ID, "fr", revisions()[0].id)


def test_an_earlier_text_whose_links_lead_nowhere_today_is_refused(app: Flask, alice: Actor, root: Path) -> None:
    linking = write_play(
        root, "01-prendre-contact", "ecouter", body=PLAY_BODY.replace(SENTENCE, f"[x](play:{PLAY_ID})")
    )
    sync_library(app)
    write_play(root, "01-prendre-contact", "ecouter")
    (root / PLAY).unlink()
    assert sync_library(app).withdrawn == [PLAY]
    assert linking.exists()
    with pytest.raises(Refused):
        releases.roll_back(alice, "ecouter", "fr", revisions("ecouter")[0].id)


def glossary(**words: str) -> bytes:
    terms = [{"term": term, "definition": meaning, "abbreviation": True} for term, meaning in words.items()]
    return yaml_of({"id": "glossaire", "title": "Glossaire", "terms": terms}).encode()


def html_of(document_id: str) -> str:
    blocks = db.session.scalars(
        select(Rendering.blocks)
        .join(Edition, Edition.published_id == Rendering.revision_id)
        .where(Edition.document_id == document_id)
    ).one()
    return "".join(block["html"] for block in blocks)


@pytest.mark.parametrize("left_to_the_worker", [False, True])
def test_a_glossary_published_in_the_browser_is_in_every_text(
    app: Flask, alice: Actor, monkeypatch: pytest.MonkeyPatch, left_to_the_worker: bool
) -> None:
    monkeypatch.setattr(new_words, "MOST_AT_ONCE", 1 if left_to_the_worker else 300)
    publish(alice, rewrite(alice, SENTENCE, "La MESORE et le TCO."))
    draft = begin(alice, "glossaire")
    source = glossary(TCO="Coût total de possession.")
    saved = drafts.save(alice.id, draft.id, draft.version, source)
    releases.publish(alice, draft.id, saved.version, "minor", "")
    if left_to_the_worker:
        assert "Coût total" not in html_of(PLAY_ID)
        outbox.sweep()
    assert '<abbr title="Coût total de possession.">TCO</abbr>' in html_of(PLAY_ID)
    assert "Meilleure solution" not in html_of(PLAY_ID)
    report = sync_library(app)
    assert (report.rendered_again, report.conflicts) == (0, [])


def test_texts_that_link_to_each_other_are_published_together(app: Flask, alice: Actor) -> None:
    def play(identity: str, to: str) -> tuple[str, bytes]:
        front = {"id": identity, "title": identity, "order": 3, "summary": "Un résumé."}
        body = PLAY_BODY.replace(SENTENCE, f"[suite](play:{to})")
        return f"content/fr/01-prendre-contact/{identity}.md", front_matter(front, body).encode()

    texts = [play("un", "deux"), play("deux", "un")]
    with pytest.raises(Refused):
        releases.publish_together(alice, texts[:1], "material", "")
    assert {each.document_id for each in releases.publish_together(alice, texts, "material", "")} == {"un", "deux"}
    assert releases.publish_together(alice, texts, "material", "") == []
    assert len(sync_library(app).written) == 2
    with pytest.raises(Forbidden):
        releases.publish_together(dataclasses.replace(alice, writes=False), texts, "material", "")


def test_a_text_from_elsewhere_keeps_its_document_s_place_and_takes_no_other_s(app: Flask, alice: Actor) -> None:
    source = front_matter({"id": PLAY_ID, "title": "Autre", "order": 1, "summary": "Un résumé."}, PLAY_BODY).encode()
    releases.publish_together(alice, [("content/fr/01-prendre-contact/ailleurs.md", source)], "minor", "")
    assert db.session.scalar(select(Edition.path).filter_by(document_id=PLAY_ID)) == PLAY
    intruder = source.replace(PLAY_ID.encode(), b"intrus")
    with pytest.raises(Refused):
        releases.publish_together(alice, [(PLAY, intruder)], "minor", "")
    with pytest.raises(Refused):
        releases.publish_together(alice, [("content/fr/offres/x.md", source)], "minor", "")
    assert db.session.scalar(select(Draft.id)) is None
