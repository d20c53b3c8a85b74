"""Owners, verification and lapses: one click, told once, shown to readers while it lasts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.actor import Role
from app.accounts.models import Person
from app.activity import projections
from app.activity.models import Activity
from app.core import clock, ids, rounds
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.library import catalogue, desk
from app.library.models import LibraryState
from app.library.trust import notices, owners, stewardship, verifications
from app.library.trust.models import LapseNotice, Verification
from tests.conftest import NOW
from tests.factories import actor_for, letters, make_person, sign_in_as
from tests.library_factories import (
    publish_file,
    sync_library,
    write_offer,
    write_play,
    write_script,
    write_small_library,
    write_step,
)
from tests.queries import counting

MAIL = "claire@acme.example"
LATER = NOW + timedelta(days=181)


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(Role.REP, "Claire Morvan", MAIL, language="fr")


@pytest.fixture
def library(app: Flask, library_files: Path) -> Path:
    """A play, an offer and a script that Claire answers for; the other documents are nobody's."""
    folder = write_small_library(library_files)
    write_play(library_files, folder, owner=f"Claire <{MAIL.upper()}>", title="Passer le standard")
    write_offer(library_files, owner=MAIL, verify_every=30)
    write_script(library_files, owner=MAIL, verify_every=0, offers=["lumio-atelier"])
    sync_library(app)
    return folder


@pytest.fixture
def half_a_year_later(library: Path) -> Iterator[datetime]:
    with clock.frozen_at(LATER):
        yield LATER


def verified_rows() -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in db.session.execute(select(*Verification.__table__.c)))


def generation() -> int:
    return db.session.execute(select(LibraryState.generation)).scalar_one()


@pytest.mark.usefixtures("library")
def test_owners_are_found_by_their_address_in_one_statement(app: Flask, owner: Person) -> None:
    make_person(Role.REP, "Parti", "parti@acme.example", deactivated_at=NOW)
    asked = [MAIL.upper(), f"Claire Morvan <{MAIL}>", "direction", "parti@acme.example", None]
    with counting() as statements:
        found = owners.persons_of(asked)
    assert len(statements) == 1
    assert {key: each.id for key, each in found.items()} == {
        MAIL.upper(): owner.id,
        f"Claire Morvan <{MAIL}>": owner.id,
    }
    assert owners.person_of(f"<{MAIL}>") == owner.id
    with counting() as statements:
        assert owners.person_of("direction commerciale") is None
    assert not statements


@pytest.mark.usefixtures("library")
def test_one_click_verifies_and_the_next_request_of_any_process_shows_it(
    app: Flask, client: FlaskClient, owner: Person
) -> None:
    with clock.frozen_at(LATER):
        sign_in_as(client, owner)
        page = client.get("/plays/passer-le-standard").text
        assert "Non vérifié depuis le" in page
        assert "23 novembre 2026" in page
        before = generation()
        answer = client.post("/library/passer-le-standard/verify", data={"uuid": str(ids.new())})
        assert answer.status_code == 303
        assert answer.location == "/plays/passer-le-standard"
        assert generation() == before + 1
        page = client.get(answer.location).text
    assert "Non vérifié" not in page
    assert "vérifiée le 23 mai 2027 par Claire Morvan" in page
    assert "tenue à jour par\u00a0: Claire Morvan" in page


@pytest.mark.usefixtures("library")
def test_a_double_submit_is_one_act(app: Flask, client: FlaskClient, owner: Person) -> None:
    sign_in_as(client, owner)
    uuid = str(ids.new())
    for _ in range(2):
        assert client.post("/library/passer-le-standard/verify", data={"uuid": uuid}).status_code == 303
    acts = select(func.count()).select_from(Activity).where(Activity.kind == "document.verified")
    assert db.session.execute(acts).scalar_one() == 1
    assert len(verified_rows()) == 1


@pytest.mark.usefixtures("library")
def test_a_rebuild_gives_the_same_verifications(app: Flask, owner: Person) -> None:
    manager = actor_for(make_person(Role.MANAGER))
    verifications.verify(actor_for(owner), "passer-le-standard")
    with clock.frozen_at(LATER):
        verifications.verify(manager, "passer-le-standard")
        verifications.verify(manager, "lumio-atelier")
    before = verified_rows()
    assert [row[0] for row in before] == ["lumio-atelier", "passer-le-standard"]
    projections.rebuild()
    assert verified_rows() == before


@pytest.mark.usefixtures("library")
def test_who_may_verify(app: Flask, client: FlaskClient, owner: Person) -> None:
    rep, writer = make_person(), make_person(writes=True)
    with pytest.raises(Forbidden):
        verifications.verify(actor_for(rep), "passer-le-standard")
    with pytest.raises(Forbidden):
        verifications.verify(actor_for(owner), "quiz-prix")  # not hers
    sign_in_as(client, rep)
    assert client.post("/library/passer-le-standard/verify", data={"uuid": str(ids.new())}).status_code == 403
    sign_in_as(client, writer)
    assert client.post("/library/passer-le-standard/verify", data={"uuid": str(ids.new())}).status_code == 303
    assert client.post("/library/nulle-part/verify", data={"uuid": str(ids.new())}).status_code == 404
    for wrong in ({}, {"uuid": "x"}, {"uuid": "1" * 5000}):
        assert client.post("/library/passer-le-standard/verify", data=wrong).status_code == 400
    assert client.get("/library/passer-le-standard/verify").status_code in (404, 405)
    with pytest.raises(NotFound):
        verifications.verify(actor_for(make_person(Role.ADMINISTRATOR)), "nulle-part")


@pytest.mark.usefixtures("half_a_year_later")
def test_readers_are_told_on_play_offer_and_script_and_have_no_button(app: Flask, client: FlaskClient) -> None:
    sign_in_as(client, make_person(language="fr"))
    for address, lapsed in (
        ("/plays/passer-le-standard", True),
        ("/offers/lumio-atelier", True),
        ("/scripts/trop-cher", False),  # it never lapses
    ):
        page = client.get(address).text
        assert ("Non vérifié depuis le" in page) is lapsed, address
        assert "/verify" not in page


@pytest.mark.usefixtures("library")
def test_a_page_that_is_kept_in_memory_still_sees_the_clock_move(app: Flask, client: FlaskClient) -> None:
    ends = NOW + timedelta(days=180)
    with clock.frozen_at(ends - timedelta(seconds=1)):
        sign_in_as(client, make_person(language="fr"))
        assert "Non vérifié" not in client.get("/plays/passer-le-standard").text
    with clock.frozen_at(ends):
        db.session.remove()
        with counting() as statements:
            page = client.get("/plays/passer-le-standard").text
    assert "Non vérifié" in page
    assert len(statements) == 1  # the one that recognises the reader


def test_a_material_change_counts_as_a_verification_a_minor_one_does_not(
    app: Flask, library: Path, library_files: Path
) -> None:
    change = write_play(library_files, library, owner=MAIL, summary="Un détail.")
    with clock.frozen_at(LATER):
        publish_file(app, change, materiality="minor")
        assert stewardship.standing_of(catalogue.entry("passer-le-standard", "play")).has_lapsed
        publish_file(app, write_play(library_files, library, owner=MAIL, summary="Le fond."))
        assert not stewardship.standing_of(catalogue.entry("passer-le-standard", "play")).has_lapsed


@pytest.mark.usefixtures("half_a_year_later")
def test_owners_get_one_mail_once_and_again_only_for_a_new_lapse(app: Flask, owner: Person) -> None:
    notices.tell_owners()
    db.session.commit()
    (letter,) = [each for each in letters() if each["to"] == MAIL]
    assert letter["subject"] == "2 documents à vérifier"
    assert "Passer le standard (non vérifié depuis le 23 novembre 2026)" in letter["text"]
    assert "/offers/lumio-atelier" in letter["text"]
    assert "trop-cher" not in letter["text"]

    notices.tell_owners()
    db.session.commit()
    assert len([each for each in letters() if each["to"] == MAIL]) == 1

    verifications.verify(actor_for(owner), "lumio-atelier")
    with clock.frozen_at(LATER + timedelta(days=31)):
        notices.tell_owners()
        db.session.commit()
    *_, last = (each for each in letters() if each["to"] == MAIL)
    assert last["subject"] == "1 document à vérifier"
    assert "/offers/lumio-atelier" in last["text"]
    assert "Passer le standard" not in last["text"]


@pytest.mark.usefixtures("half_a_year_later")
def test_what_nobody_with_an_account_owns_is_told_to_administrators_in_their_language(app: Flask) -> None:
    make_person(Role.ADMINISTRATOR, "Ann", "ann@acme.example", language="en")
    make_person(Role.ADMINISTRATOR, "Gone", "gone@acme.example", deactivated_at=NOW)
    make_person(Role.MANAGER, "Mo", "mo@acme.example")
    notices.tell_owners()
    db.session.commit()
    (letter,) = letters()
    assert letter["to"] == "ann@acme.example"
    assert "documents to verify" in letter["subject"]
    assert "not verified since 23 November 2026" in letter["text"]
    assert "Passer le standard" in letter["text"]  # Claire has no account here
    told = db.session.execute(select(func.count()).select_from(LapseNotice)).scalar_one()
    assert told == len({each.entry.id for each in stewardship.lapsed()})


@pytest.mark.usefixtures("half_a_year_later", "owner")
def test_the_round_is_walked_once_a_day(app: Flask) -> None:
    assert "library.lapses" in rounds.walk_due()
    assert len([each for each in letters() if each["to"] == MAIL]) == 1
    assert "library.lapses" not in rounds.walk_due()


@pytest.mark.usefixtures("library", "owner")
def test_a_library_that_stands_writes_to_nobody(app: Flask) -> None:
    notices.tell_owners()
    assert letters() == []


@pytest.mark.usefixtures("half_a_year_later")
def test_today_asks_owners_to_verify_and_costs_no_statement(app: Flask, client: FlaskClient, owner: Person) -> None:
    actor = actor_for(owner)
    with app.test_request_context("/", headers={"Accept-Language": "fr"}):
        desk.waiting_for(actor)
        with counting() as statements:
            lines = [line for line in desk.waiting_for(actor) if "#trust" in line.address]
        assert [line.what for line in lines] == ["Lumio-Atelier".replace("-", " "), "Passer le standard"]
        assert lines[0].why.startswith("non vérifié depuis le")
        asked = [each for each in statements if "person" in each or "revision" in each]
    assert [each for each in asked if "regraded_attempt" not in each] == []
    sign_in_as(client, owner)
    page = client.get("/").text
    assert "En attente de vous" in page
    assert "/plays/passer-le-standard#trust" in page


@pytest.mark.usefixtures("half_a_year_later")
def test_an_administrator_sees_what_nobody_answers_for_with_one_statement(app: Flask) -> None:
    actor = actor_for(make_person(Role.ADMINISTRATOR))
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        desk.waiting_for(actor)
        from app.library.trust import waiting

        with counting() as statements:
            lines = waiting.to_verify(actor)
        assert len(statements) == 1
    assert len(lines) == 6  # five, and how many more
    assert "its owner has no account here" in lines[0].why
    assert lines[-1].address == "/library/health"


@pytest.mark.usefixtures("half_a_year_later")
def test_a_rep_who_owns_nothing_has_nothing_waiting(app: Flask, client: FlaskClient) -> None:
    rep = make_person(language="fr")
    sign_in_as(client, rep)
    assert "En attente de vous" not in client.get("/").text


def test_ten_thousand_documents_are_judged_in_memory(app: Flask, library_files: Path, owner: Person) -> None:
    folder = write_step(library_files)
    for number in range(30):
        write_play(library_files, folder, f"fiche-{number}", owner=MAIL)
    sync_library(app)
    with clock.frozen_at(LATER), app.test_request_context("/"):
        catalogue.current()
        with counting() as statements:
            assert len(stewardship.lapsed_of(MAIL)) == 30
        assert not statements
