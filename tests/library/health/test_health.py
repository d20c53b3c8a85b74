"""The health page: each check finds what it says, leads to what mends it, and keeps quiet otherwise."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.accounts.actor import Actor, Role
from app.accounts.models import Person
from app.core import clock, ids
from app.core.database import db
from app.library import acknowledgements, catalogue, health, publishing
from app.library.authoring import catching_up
from app.library.authoring.models import Draft, SyncConflict
from app.library.finding.models import VainSearch
from app.library.health import checkup, texts
from app.library.health.findings import Finding, Group
from app.library.models import Document, Edition, Revision
from app.library.remarks import questions
from app.library.remarks.questions import Asked
from tests.conftest import NOW
from tests.factories import actor_for, make_person, sign_in_as
from tests.library_factories import (
    PLAY_BODY,
    publish_file,
    sync_library,
    write_categories,
    write_play,
    write_script,
    write_small_library,
    write_step,
)
from tests.queries import counting

PLAY = "passer-le-standard"
STEP_FOLDER = "content/fr/01-prendre-contact"

Opened = Callable[[str], str]


@pytest.fixture
def writer(app: Flask, library_files: Path) -> Person:
    write_small_library(library_files)
    sync_library(app)
    return make_person(Role.MANAGER, name="Marie Auteure")


@pytest.fixture
def opened(client: FlaskClient, writer: Person) -> Opened:
    def page(query: str = "") -> str:
        sign_in_as(client, writer)
        answer = client.get(f"/library/health{query}")
        assert answer.status_code == 200
        return answer.text

    return page


@pytest.fixture
def found(app: Flask, writer: Person) -> Callable[[], dict[str, Group]]:
    """What is found, by the name of the check, as the writer would see it."""
    from flask import g

    def examine() -> dict[str, Group]:
        with app.test_request_context("/library/health"):
            g.actor = actor_for(writer)
            return {group.name: group for group in checkup.examine()}

    return examine


Found = Callable[[], dict[str, Group]]


def withdraw(document_id: str, successor: str | None = None) -> None:
    publishing.lock_library()
    publishing.withdraw(document_id, "fr")
    db.session.execute(update(Document).where(Document.id == document_id).values(redirect_to=successor))
    publishing.bump_generation()
    db.session.commit()


def publish_with_links(app: Flask, root: Path, links: str) -> None:
    publish_file(app, write_play(root, root / STEP_FOLDER, "autre", 2, body=PLAY_BODY + links))


def ask(actor: Actor) -> None:
    entry = catalogue.current().find(PLAY, "fr")
    assert entry
    questions.ask(actor, PLAY, Asked(ids.new(), entry.revision_id, "", "Pourquoi ?"))


def test_a_library_in_good_health_has_nothing_to_do(found: Found, opened: Opened) -> None:
    assert found() == {}
    assert "Nothing to do" in opened() or "Rien à faire" in opened()
    assert health.summary() == []


def test_only_writers_see_it(client: FlaskClient, writer: Person) -> None:
    for person, status in (
        (make_person(), 403),
        (make_person(writes=True), 200),
        (make_person(Role.ADMINISTRATOR), 200),
    ):
        sign_in_as(client, person)
        assert client.get("/library/health").status_code == status
        assert client.get("/library/health?only=links&page=x").status_code == status


def test_a_link_to_an_archived_document_is_broken_unless_it_has_a_successor(
    app: Flask, library_files: Path, found: Found
) -> None:
    publish_with_links(
        app, library_files, "\nVoir [l’offre](offer:lumio-atelier#limits) et [le script](script:trop-cher#answer).\n"
    )
    assert "links" not in found()
    withdraw("lumio-atelier")
    broken = found()["links"].findings
    assert {(each.what, each.address) for each in broken} == {
        ("Autre", "/library/autre/fr/edit"),
        ("C’est trop cher", "/library/trop-cher/fr/edit"),  # names the offer in its front matter
    }
    withdraw("lumio-atelier", "trop-cher")
    assert "links" not in found()


def test_a_link_to_a_part_that_is_gone_is_broken(app: Flask, library_files: Path, found: Found) -> None:
    publish_file(
        app, write_play(library_files, library_files / STEP_FOLDER, PLAY, body=PLAY_BODY + "\n### Un détail\nLequel.\n")
    )
    publish_with_links(app, library_files, f"\nVoir [le détail](play:{PLAY}#un-detail).\n")
    assert "links" not in found()
    publish_file(app, write_play(library_files, library_files / STEP_FOLDER, PLAY))
    (broken,) = found()["links"].findings
    assert broken.address == "/library/autre/fr/edit"
    assert "un-detail" in broken.why


def test_a_part_counts_in_the_language_that_readers_are_shown(app: Flask, library_files: Path, found: Found) -> None:
    folder = write_step(library_files, language="en")
    publish_file(app, folder / "index.md")
    english = write_play(
        library_files, folder, "another", 2, "en", body=PLAY_BODY + f"\nSee [it](play:{PLAY}#un-detail).\n"
    )
    with_detail = PLAY_BODY + "\n### Un détail\nLequel.\n"
    publish_file(app, write_play(library_files, library_files / STEP_FOLDER, PLAY, body=with_detail))
    publish_file(app, english)
    assert "links" not in found()
    publish_file(app, write_play(library_files, folder, PLAY, 1, "en"))
    assert [each.what for each in found()["links"].findings] == ["Another"]


def test_a_category_that_was_taken_off_the_list_is_a_broken_link(app: Flask, library_files: Path, found: Found) -> None:
    publish_file(app, write_categories(library_files, moment="Moment"))
    (broken,) = found()["links"].findings
    assert broken.address == "/library/trop-cher/fr/edit"


def test_links_are_kept_with_the_text_and_forgotten_with_it(app: Flask, library_files: Path, writer: Person) -> None:
    from app.library import linked

    publish_with_links(
        app, library_files, "\nVoir [le script](script:trop-cher#answer) et [lui](script:trop-cher#answer).\n"
    )
    links = linked.links_from("autre", "fr")
    assert [(each.target_kind, each.target_id, each.part) for each in links] == [("script", "trop-cher", "answer")]
    assert [each.document_id for each in linked.links_to("trop-cher")] == ["autre"]
    assert "trop-cher" in [each.document_id for each in linked.links_to("categories-d-objections")]
    publish_with_links(app, library_files, "")
    assert linked.links_from("autre", "fr") == []
    withdraw("trop-cher")
    assert linked.links_from("trop-cher", "fr") == []


def test_an_objection_that_nothing_leads_to_is_found(app: Flask, library_files: Path, found: Found) -> None:
    publish_file(app, write_script(library_files, "seule", "Seule"))
    publish_file(app, write_script(library_files, "offerte", "Offerte", offers=["lumio-atelier"]))
    (lone,) = found()["unlinked"].findings
    assert (lone.what, lone.address) == ("Seule", "/library/seule/fr/edit")
    publish_with_links(app, library_files, "\nVoir [l’objection](script:seule).\n")
    assert "unlinked" not in found()


def test_an_objection_of_a_step_without_a_play_is_found(app: Flask, library_files: Path, found: Found) -> None:
    publish_file(app, write_step(library_files, "conclure", 2) / "index.md")
    publish_file(app, write_script(library_files, "tardive", "Tardive", steps=["conclure"], offers=["lumio-atelier"]))
    assert [each.what for each in found()["unlinked"].findings] == ["Tardive"]


def test_a_document_that_nobody_reads_is_found_once_it_is_no_longer_new(app: Flask, found: Found) -> None:
    entry = catalogue.current().find(PLAY, "fr")
    assert entry
    if not entry.kind.is_acknowledged:
        pytest.fail("plays are acknowledged")
    with clock.frozen_at(NOW + timedelta(days=20)):
        assert PLAY in {each.address.split("/")[2] for each in found()["unread"].findings}
        acknowledgements.acknowledge(make_person().id, PLAY, entry.revision_id)
        assert PLAY not in {
            each.address.split("/")[2]
            for group in found().values()
            if group.name == "unread"
            for each in group.findings
        }
    with clock.frozen_at(NOW + timedelta(days=120)):
        assert PLAY in {each.address.split("/")[2] for each in found()["unread"].findings}


def test_a_question_that_waits_for_more_than_three_days_is_found(found: Found, writer: Person) -> None:
    asker = actor_for(make_person(name="Nadia"))
    ask(asker)
    with clock.frozen_at(NOW + timedelta(days=3)):
        assert "unanswered" not in found()
    with clock.frozen_at(NOW + timedelta(days=4)):
        (late,) = found()["unanswered"].findings
        assert late.address.startswith(f"/questions/{PLAY}?remark=")
        assert [(count, address) for count, _label, address in health.summary()] == [(1, "/library/questions")]


def test_a_lapsed_document_is_found(found: Found, settings: object) -> None:
    with clock.frozen_at(NOW + timedelta(days=181)):
        lapsed = found()["lapsed"]
        assert PLAY in " ".join(each.address for each in lapsed.findings)
        assert all(each.address.endswith("#trust") for each in lapsed.findings)


def test_conflicts_forgotten_drafts_and_searches_in_vain_are_found(
    found: Found, writer: Person, opened: Opened
) -> None:
    revision = db.session.query(Revision).filter_by(document_id=PLAY).one()
    shared = {"document_id": PLAY, "language": "fr", "path": "content/fr/x.md"}
    db.session.add(
        SyncConflict(**shared, file_source=b"", file_digest="0" * 64, published_id=revision.id, found_at=NOW)
    )
    db.session.add(
        Draft(
            **shared,
            id=ids.new(),
            kind="play",
            title="Passer",
            version=1,
            source=b"",
            created_by=writer.id,
            created_at=NOW - timedelta(days=60),
            saved_by=writer.id,
            saved_at=NOW - timedelta(days=31),
        )
    )
    db.session.add(VainSearch(words="prix bas", language="fr", typed="prix bas", times=7, last_at=NOW))
    db.session.commit()
    groups = found()
    assert groups["conflicts"].findings[0].address == f"/library/conflicts/{PLAY}/fr"
    assert groups["drafts"].findings[0].address == f"/library/{PLAY}/fr/edit"
    assert "prix bas" in groups["searches"].findings[0].what
    page = opened()
    assert page.index('id="conflicts"') < page.index('id="searches"') < page.index('id="drafts"')
    assert {address for _count, _label, address in health.summary()} == {
        "/library/conflicts",
        "/library/health?only=drafts",
    }


def test_a_translation_that_is_missing_or_behind_is_found(app: Flask, library_files: Path, found: Found) -> None:
    folder = write_step(library_files, language="en")
    publish_file(app, folder / "index.md")
    catching_up.in_step("prendre-contact", "fr")
    missing = found()["untranslated"].findings
    assert f"/library/{PLAY}/en/edit?beside=fr" in {each.address for each in missing}
    assert "behind" not in found()
    changed = write_step(library_files, goal="Obtenir deux rendez-vous.") / "index.md"
    publish_file(app, changed)
    (late,) = found()["behind"].findings
    assert late.address == "/library/prendre-contact/en/edit?beside=fr"


def test_a_play_of_more_than_five_minutes_is_found(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LONGEST_MINUTES", 0)
    assert [each.address for each in found()["long"].findings] == [f"/library/{PLAY}/fr/edit"]


def test_other_rooms_bring_their_findings(app: Flask, found: Found, opened: Opened) -> None:
    flagged = Finding("Question 4", "too easy", "Look", "/library/quiz-prix/fr/edit", "fr")
    group = Group(
        "items", "clipboard-check", "Quiz questions", "questions", "Statistics flag them.", (flagged,), order=50
    )
    app.extensions["palier_slots"].fill("library_health", lambda: [group])
    assert found()["items"].findings == (flagged,)
    page = opened("?only=items")
    assert "Question 4" in page
    assert "too easy" in page


def test_a_long_list_is_leafed_through(app: Flask, opened: Opened) -> None:
    many = tuple(Finding(f"Fiche {number:03}", "x", "Voir", "/library") for number in range(120))
    app.extensions["palier_slots"].fill("library_health", lambda: [Group("items", "search", "T", "t", "w", many)])
    assert opened().count("Fiche ") < 30
    second = opened("?only=items&page=2")
    assert "Fiche 050" in second
    assert "Fiche 049" not in second
    assert "page=3" in second


def test_the_number_of_statements_does_not_depend_on_what_is_found(
    app: Flask, library_files: Path, opened: Opened, client: FlaskClient
) -> None:
    opened()
    with counting() as few:
        client.get("/library/health")
    for number in range(12):
        write_script(library_files, f"objection-{number}", f"Objection {number}")
        write_play(library_files, library_files / STEP_FOLDER, f"fiche-{number}", number + 2)
    sync_library(app)
    db.session.execute(update(Edition).values(owner="x@example.org"))
    db.session.commit()
    opened()
    with counting() as many:
        page = client.get("/library/health").text
    assert "Objection 1" in page
    assert len(many) <= len(few) + 1
    assert len(few) <= 18
