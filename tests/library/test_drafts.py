"""Drafts are shared, and no text that was saved in one is lost: not by a late save, not by a thousand at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts.actor import Actor
from app.core import ids
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library.authoring import drafts
from app.library.authoring.drafts import Stale
from app.library.authoring.models import Draft, DraftWriter, SavedText
from tests.library.writing import PLAY_ID, begin, make_author, publish, rewrite
from tests.library_factories import sync_library, write_play, write_step

SENTENCE = "Ce qu’il faut savoir."


@pytest.fixture
def bob(root: Path) -> Actor:
    return make_author("Bob Petit")


def texts_of(draft_id: object, *, aside: bool) -> list[bytes]:
    return list(db.session.scalars(select(SavedText.source).filter_by(draft_id=draft_id, aside=aside)))


def test_a_draft_begins_with_the_published_text_and_is_one_for_everybody(alice: Actor, bob: Actor, root: Path) -> None:
    draft = begin(alice)
    assert draft.source == (root / draft.path).read_bytes()
    assert (draft.kind, draft.language, draft.title, draft.version) == ("play", "fr", "Passer le standard", 1)
    assert (draft.base_number, draft.base_is_old, draft.writers) == (1, False, frozenset())
    assert begin(bob).id == draft.id


def test_a_save_makes_the_next_version_and_its_author_a_writer(alice: Actor) -> None:
    draft = rewrite(alice, "Passer le standard", "Passer l’accueil")
    assert (draft.version, draft.title, draft.writers) == (2, "Passer l’accueil", {alice.id})
    assert texts_of(draft.id, aside=False)[-1] == draft.source


def test_a_save_that_comes_late_is_kept_and_both_texts_are_shown(alice: Actor, bob: Actor) -> None:
    seen = begin(alice)
    rewrite(bob, SENTENCE, "Le standard filtre.")
    mine = seen.text.replace("Noter le nom", "Écrire le nom").encode()
    with pytest.raises(Stale) as caught:
        drafts.save(alice.id, seen.id, seen.version, mine)
    db.session.rollback()  # as the web layer does
    stale = caught.value
    assert (stale.who, stale.theirs_version, stale.base, stale.clean) == ("Bob Petit", 2, seen.source, True)
    assert "Le standard filtre." in stale.theirs.decode()
    assert b"Le standard filtre." in stale.merged
    assert "Écrire le nom".encode() in stale.merged
    assert texts_of(seen.id, aside=True) == [mine]
    assert [(each.id, each.saved_by_name, each.version) for each in drafts.asides_of(seen.id)] == [
        (stale.aside_id, "Alice Martin", 1)
    ]


def test_the_merged_text_is_saved_on_the_newest_version_and_the_late_one_is_settled(alice: Actor, bob: Actor) -> None:
    seen = begin(alice)
    rewrite(bob, SENTENCE, "Le standard filtre.")
    with pytest.raises(Stale) as caught:
        drafts.save(alice.id, seen.id, 1, seen.text.replace("Noter", "Écrire").encode())
    saved = drafts.save(alice.id, seen.id, caught.value.theirs_version, caught.value.merged)
    drafts.settle_aside(alice.id, caught.value.aside_id)
    drafts.settle_aside(alice.id, caught.value.aside_id)
    assert saved.version == 3
    assert drafts.asides_of(seen.id) == []
    assert begin(bob).writers == {alice.id, bob.id}


def test_one_line_written_by_both_is_shown_as_a_contradiction(alice: Actor, bob: Actor) -> None:
    seen = begin(alice)
    rewrite(bob, SENTENCE, "De Bob.")
    with pytest.raises(Stale) as caught:
        drafts.save(alice.id, seen.id, 1, seen.text.replace(SENTENCE, "D’Alice.").encode())
    assert not caught.value.clean
    assert "<<<<<<<\nD’Alice.\n=======\nDe Bob.\n>>>>>>>" in caught.value.merged.decode()


def test_the_same_text_sent_late_is_no_conflict(alice: Actor, bob: Actor) -> None:
    seen = begin(alice)
    draft = rewrite(bob, SENTENCE, "Le même.")
    assert drafts.save(alice.id, seen.id, 1, draft.source).version == 2
    assert texts_of(seen.id, aside=True) == []


def test_a_browser_that_tries_a_late_save_again_adds_nothing(alice: Actor, bob: Actor) -> None:
    seen = begin(alice)
    rewrite(bob, SENTENCE, "De Bob.")
    asides = set()
    for _ in range(3):
        with pytest.raises(Stale) as caught:
            drafts.save(alice.id, seen.id, 1, b"le mien")
        asides.add(caught.value.aside_id)
    assert len(asides) == len(texts_of(seen.id, aside=True)) == 1


def test_old_texts_are_forgotten_but_never_one_that_waits(alice: Actor, bob: Actor) -> None:
    draft = begin(alice)
    drafts.save(alice.id, draft.id, 1, b"deux")
    with pytest.raises(Stale):
        drafts.save(bob.id, draft.id, 1, "resté de côté".encode())
    for version in range(2, 70):
        drafts.save(alice.id, draft.id, version, str(version).encode())
    assert len(texts_of(draft.id, aside=False)) == drafts.KEPT
    assert texts_of(draft.id, aside=True) == ["resté de côté".encode()]


def test_a_late_save_on_a_version_long_gone_is_merged_from_the_published_text(alice: Actor, bob: Actor) -> None:
    seen = begin(bob)
    for version in range(1, 60):
        drafts.save(alice.id, seen.id, version, seen.text.replace(SENTENCE, f"Fois {version}.").encode())
    with pytest.raises(Stale) as caught:
        drafts.save(bob.id, seen.id, 1, seen.text.replace("Noter", "Écrire").encode())
    assert caught.value.clean
    assert b"Fois 59." in caught.value.merged


@pytest.mark.parametrize("version", [-1, 2**31, 2**70])
def test_a_version_that_cannot_be_is_refused(alice: Actor, version: int) -> None:
    draft = begin(alice)
    with pytest.raises(InvalidInput):
        drafts.save(alice.id, draft.id, version, b"x")
    with pytest.raises(InvalidInput):
        drafts.discard(alice.id, draft.id, version)


@pytest.mark.parametrize("source", [b"x" * (512 * 1024 + 1), b"\xff\xfe"])
def test_what_is_too_large_or_no_text_is_refused(alice: Actor, source: bytes) -> None:
    draft = begin(alice)
    with pytest.raises(InvalidInput):
        drafts.save(alice.id, draft.id, 1, source)
    assert begin(alice).version == 1


def test_text_that_databases_dislike_is_kept_as_it_is(alice: Actor) -> None:
    draft = begin(alice)
    source = "title: a\x00b\u2028\r\n\x1b".encode()
    drafts.save(alice.id, draft.id, 1, source)
    assert begin(alice).source == source


def test_a_draft_that_was_published_or_discarded_is_not_there(alice: Actor, bob: Actor) -> None:
    draft = rewrite(alice, SENTENCE, "Autre.")
    publish(alice, draft)
    with pytest.raises(NotFound):
        drafts.save(bob.id, draft.id, draft.version, b"x")
    other = begin(alice)
    drafts.discard(alice.id, other.id, other.version)
    with pytest.raises(NotFound):
        drafts.discard(alice.id, other.id, other.version)
    assert db.session.scalar(select(func.count()).select_from(SavedText)) == 0
    assert db.session.scalar(select(func.count()).select_from(DraftWriter)) == 0


def test_discarding_needs_the_version_that_was_seen_and_no_text_of_another_waiting(alice: Actor, bob: Actor) -> None:
    draft = begin(alice)
    rewrite(bob, SENTENCE, "De Bob.")
    with pytest.raises(Conflict):
        drafts.discard(alice.id, draft.id, 1)
    with pytest.raises(Stale) as caught:
        drafts.save(alice.id, draft.id, 1, b"mien")
    with pytest.raises(Conflict):
        drafts.discard(bob.id, draft.id, 2)
    drafts.settle_aside(alice.id, caught.value.aside_id)
    drafts.discard(bob.id, draft.id, 2)


def test_only_those_who_write_in_a_draft_settle_another_s_late_text(alice: Actor, bob: Actor) -> None:
    draft = begin(alice)
    rewrite(bob, SENTENCE, "De Bob.")
    with pytest.raises(Stale) as caught:
        drafts.save(alice.id, draft.id, 1, b"mien")
    with pytest.raises(NotFound):
        drafts.settle_aside(make_author().id, caught.value.aside_id)
    assert len(drafts.asides_of(draft.id)) == 1
    drafts.settle_aside(bob.id, caught.value.aside_id)
    assert drafts.asides_of(draft.id) == []


def test_who_has_it_open_is_seen_by_the_others(alice: Actor, bob: Actor) -> None:
    draft = begin(alice)
    drafts.seen(bob.id, draft.id)
    assert {each.name for each in drafts.readers_of(draft.id)} == {"Alice Martin", "Bob Petit"}
    assert begin(alice).writers == frozenset()
    with pytest.raises(NotFound):
        drafts.seen(bob.id, ids.new())


def test_a_document_without_this_language_begins_as_a_translation(alice: Actor, root: Path, app: Flask) -> None:
    write_step(root, order=4, language="en")
    assert sync_library(app).problems == []
    draft = begin(alice, language="en")
    assert draft.path == f"content/en/04-prendre-contact/{PLAY_ID}.md"
    assert (draft.base_id, draft.base_is_old) == (None, False)
    assert draft.source == begin(alice).source


def test_nothing_begins_for_a_document_or_language_that_is_not_there(alice: Actor) -> None:
    with pytest.raises(NotFound):
        begin(alice, "inconnu")
    with pytest.raises(InvalidInput):
        begin(alice, language="xx")


def test_a_new_document_gets_an_id_and_a_place_that_nobody_has(alice: Actor, root: Path) -> None:
    folder = "content/fr/01-prendre-contact"
    one = drafts.begin_new(alice.id, "play", "", "  Écouter   vraiment, même l’œil ", "fr", folder)
    two = drafts.begin_new(alice.id, "play", "", "Écouter vraiment, même l’œil", "fr", folder)
    assert one.document_id == "ecouter-vraiment-meme-l-oeil"
    assert two.document_id == "ecouter-vraiment-meme-l-oeil-2"
    assert one.path.startswith(f"{folder}/")
    assert one.path != two.path
    assert (one.title, one.base_id, one.writers) == ("Écouter vraiment, même l’œil", None, {alice.id})


@pytest.mark.parametrize(
    ("kind", "identity", "title", "language", "folder"),
    [
        ("nothing", "", "Titre", "fr", ""),
        ("play", "", "   ", "fr", "content/fr/01-prendre-contact"),
        ("play", "", "x" * 201, "fr", "content/fr/01-prendre-contact"),
        ("play", "", "a\x00b", "fr", "content/fr/01-prendre-contact"),
        ("play", "Pas Un Id", "Titre", "fr", "content/fr/01-prendre-contact"),
        ("play", "x" * 121, "Titre", "fr", "content/fr/01-prendre-contact"),
        ("play", PLAY_ID, "Titre", "fr", "content/fr/01-prendre-contact"),
        ("play", "", "Titre", "de", "content/fr/01-prendre-contact"),
        ("play", "", "Titre", "fr", ""),
        ("play", "", "Titre", "fr", "content/fr/../../etc"),
        ("glossary", "", "Titre", "fr", ""),
    ],
)
def test_what_cannot_become_a_document_is_refused(
    alice: Actor, kind: str, identity: str, title: str, language: str, folder: str
) -> None:
    with pytest.raises(InvalidInput):
        drafts.begin_new(alice.id, kind, identity, title, language, folder)
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_duplicate_has_the_text_under_an_id_and_title_of_its_own(alice: Actor, root: Path) -> None:
    write_play(root, "01-prendre-contact")
    draft = drafts.duplicate(alice.id, PLAY_ID, "fr", "", "Passer le standard, « suite »")
    assert draft.document_id == "passer-le-standard-suite"
    assert draft.text.startswith('---\nid: passer-le-standard-suite\ntitle: "Passer le standard, « suite »"\n')
    assert draft.text.split("order:")[1] == begin(alice).text.split("order:")[1]
    with pytest.raises(NotFound):
        drafts.duplicate(alice.id, "inconnu", "fr", "", "Titre")


AT_ONCE = 1_000


def test_of_a_thousand_saves_at_once_one_makes_the_version_and_all_texts_are_kept(app: Flask, alice: Actor) -> None:
    draft_id = begin(alice).id
    db.session.remove()

    def save(number: int) -> int | None:
        """As a browser does: a save that the database had no time for (SQLite waits five seconds) is sent again."""
        while True:
            with app.app_context():
                try:
                    return drafts.save(alice.id, draft_id, 1, f"texte {number}\n".encode()).version
                except Stale:
                    return None
                except OperationalError:
                    db.session.rollback()
                finally:
                    db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        versions = [version for version in pool.map(save, range(AT_ONCE)) if version is not None]
    assert versions == [2]
    kept = texts_of(draft_id, aside=True) + texts_of(draft_id, aside=False)[1:]
    assert sorted(kept) == sorted(f"texte {number}\n".encode() for number in range(AT_ONCE))


def test_authors_who_merge_and_save_again_lose_nothing(app: Flask, alice: Actor) -> None:
    draft_id = begin(alice).id
    db.session.remove()

    def write(number: int) -> list[int]:
        """Add a line to what was read, merging until it is in."""
        with app.app_context():
            try:
                view = drafts.get(draft_id)
                version, text = view.version, f"{view.text}ligne {number}\n"
                while True:
                    try:
                        return [drafts.save(alice.id, draft_id, version, text.encode()).version]
                    except Stale as stale:
                        db.session.rollback()
                        drafts.settle_aside(alice.id, stale.aside_id)
                        marks = ("<<<<<<<", "=======", ">>>>>>>")
                        lines = [line for line in stale.merged.decode().split("\n") if line not in marks]
                        version, text = stale.theirs_version, "\n".join(lines)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        versions = sorted(version for made in pool.map(write, range(24)) for version in made)
    assert len(versions) == len(set(versions)) == 24
    lines = drafts.get(draft_id).text.split("\n")
    assert sorted(line for line in lines if line.startswith("ligne")) == sorted(f"ligne {n}" for n in range(24))
    assert drafts.asides_of(draft_id) == []
