"""Every route × role × foreign object of the whole application. A new route must be put in one of these tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app.accounts.actor import Role
from app.core import clock, ids
from app.core.database import db
from app.library.models import Document, Revision
from app.library.remarks.models import Remark
from app.quizzes.models import Attempt
from app.training.models import Assignment, Enrolment
from tests.factories import make_member, make_team, sign_in_as
from tests.library_factories import sync_library, write_small_library

# Open to everybody, signed in or not.
PUBLIC = {
    *("accounts.sign_in", "accounts.forgot_password", "accounts.link"),
    *("health.alive", "health.ready", "static"),
}
# Everybody who is signed in, whoever they are: their own account, and the library.
SIGNED_IN = {
    *("accounts.sign_out", "accounts.account", "accounts.password", "accounts.end_other_browsers"),
    *("playbook.steps", "playbook.step", "playbook.play", "playbook.acknowledge"),
    *("playbook.offers", "playbook.offer", "playbook.glossary"),
    *("scripts.scripts", "scripts.script", "scripts.pin", "scripts.unpin"),
    *("quizzes.quiz", "quizzes.start"),
    *("training.today", "playbook.changes"),
    # One’s own review; what a form of somebody else’s holds is refused (tests/practice/test_review_pages.py).
    *("practice.review", "practice.answer", "practice.hint", "practice.rate", "practice.suspend", "practice.resume"),
    *("practice.suspended", "practice.retention"),
    *("library.my_questions", "library.questions", "library.ask"),
    *("library.attachment", "library.search", "library.note_vain"),
}
# Managers and administrators; a rep is told that the role is too small.
LEADERS = {
    "quizzes.to_score",
    "insights.team",
    "insights.export",
    "training.assign",
    "training.assignments",
    "training.cancel",
}
# Who writes the library: managers, administrators, and the reps who may.
WRITERS = {
    *("library.documents", "library.new", "library.conflicts", "library.conflict", "library.document"),
    *("library.overview", "library.history", "library.roll_back", "library.publish", "library.catch_up"),
    *("library.discard", "library.duplicate", "library.archive", "library.restore", "library.in_step"),
    *("library.list_questions", "library.health", "library.searches", "library.dismiss_search"),
    *("library.compare", "library.readers", "library.verify"),
    *("library.fields", "library.save_fields"),
    *("library.edit", "library.save_draft", "library.check_draft", "library.link_targets"),
    *("library.attachments", "library.take_attachment_away", "library.export_archive", "library.import_archive"),
    "quizzes.regrade",
    *("quizzes.import_questions", "quizzes.preview_questions", "quizzes.create_questions", "quizzes.drop_questions"),
    *("quizzes.export", "quizzes.look_at_export", "quizzes.download"),
    *("quizzes.statistics", "quizzes.question_statistics"),
    *("quizzes.offer_questions", "quizzes.decide_offer_question"),
    *("library.preview_import", "library.compare_import", "library.carry_out_import", "library.drop_import"),
}
ADMINISTRATORS = {
    *("accounts.people", "accounts.invite", "accounts.person", "accounts.invite_again"),
    *("accounts.deactivate", "accounts.reactivate", "accounts.join_team"),
    *("accounts.teams", "accounts.team", "accounts.delete_team", "accounts.add_to_team", "accounts.leave_team"),
    *("accounts.import_people", "accounts.confirm_import"),
}
# One person's or team's: not there for a manager who does not lead them.
OF_SOMEBODY = {
    "insights.record",
    *("quizzes.attempt", "quizzes.answer", "quizzes.finish", "quizzes.submit", "quizzes.hint", "quizzes.score"),
    "training.cancel",
    *("library.answer", "library.change_remark", "library.withdraw", "library.settle"),
}
# Addresses whose query names a foreign person or team; they must not be answered with anything of theirs.
FOREIGN_QUERIES = ("/team?team={team_id}", "/team/export.csv?team={team_id}")

# What a POST must hold before it is asked whose it is.
FIELDS = {
    "quizzes.answer": {"question": "q1", "reply": "x"},
    "quizzes.hint": {"question": "q1", "hint": "1"},
    "library.verify": {"uuid": "01a2076b-4400-7008-9374-bf3af486e5cb"},
    "library.answer": {"uuid": "01a2076b-4400-7008-9374-bf3af486e5ca", "text": "x"},
}

TABLES = (PUBLIC, SIGNED_IN, LEADERS, WRITERS, ADMINISTRATORS, OF_SOMEBODY)


@pytest.fixture
def stranger(app: Flask, library_files: Path) -> dict[str, Any]:
    """Somebody in another team, and what is theirs, by the name of the argument that names it."""
    write_small_library(library_files)
    sync_library(app)
    person = make_member(name="Étrangère Inconnue")
    manager = make_member(Role.MANAGER)
    team = make_team("Équipe étrangère", manager=manager, members=(person,))
    quiz = db.session.execute(select(Document.id).where(Document.kind == "quiz")).scalars().first()
    revision = db.session.execute(select(Revision.id).where(Revision.document_id == quiz)).scalars().first()
    at = clock.now()
    attempt = Attempt(id=ids.new(), person_id=person.id, document_id=quiz, revision_id=revision, started_at=at)
    assignment = Assignment(
        id=ids.new(), document_id=quiz, team_id=team.id, assigned_by=manager.id, note="", due_at=at, created_at=at
    )
    db.session.add_all([attempt, assignment])
    db.session.flush()
    db.session.add(Enrolment(id=ids.new(), assignment_id=assignment.id, person_id=person.id))
    db.session.commit()
    return {
        "person_id": person.id,
        "team_id": team.id,
        "attempt_id": attempt.id,
        "assignment_id": assignment.id,
        "remark_id": _question_of(person.id),
        "what": "hide",
        "secret": "no-such-secret",
        "filename": "nothing.css",
    }


def _question_of(person_id: UUID) -> UUID:
    """A question on a play that somebody asked."""
    play = db.session.execute(
        select(Revision.id, Revision.document_id).join(Document).where(Document.kind == "play")
    ).first()
    assert play is not None
    remark = Remark(
        id=ids.new(),
        document_id=play.document_id,
        language="fr",
        revision_id=play.id,
        anchor="",
        heading="",
        author_id=person_id,
        text="Pourquoi ?",
        created_at=clock.now(),
    )
    db.session.add(remark)
    db.session.commit()
    return remark.id


def walk(app: Flask, arguments: dict[str, Any], endpoints: set[str] | None = None) -> Iterator[tuple[str, str, Rule]]:
    """Each method and address of each route, with the stranger's ids in it."""
    addresses = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if endpoints is not None and rule.endpoint not in endpoints:
            continue
        values = {name: arguments.get(name, "anything") for name in rule.arguments}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, addresses.build(rule.endpoint, values, method=method), rule


def answers(client: FlaskClient, app: Flask, stranger: dict[str, Any], endpoints: set[str]) -> dict[str, int]:
    """What each method of each route answers."""
    return {
        f"{method} {path}": client.open(path, method=method, data=FIELDS.get(rule.endpoint)).status_code
        for method, path, rule in walk(app, stranger, endpoints)
    }


def sign_in_new(client: FlaskClient, role: Role) -> None:
    """A person with a team of their own, which they lead unless they are a rep."""
    person = make_member(role)
    if role is Role.REP:
        make_team(members=(person,))
    else:
        make_team(manager=person, members=(make_member(),))
    sign_in_as(client, person)


def test_every_route_is_in_a_table(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert routes - set().union(*TABLES) == set(), "put each new route in one of the tables above"
    assert set().union(*TABLES) - routes == set(), "these routes are gone: take them out of the tables"
    assert not (PUBLIC & SIGNED_IN) | (PUBLIC & LEADERS) | (PUBLIC & ADMINISTRATORS) | (PUBLIC & OF_SOMEBODY)


def test_the_public_routes_are_those_that_say_so(app: Flask) -> None:
    said = {name for name, view in app.view_functions.items() if getattr(view, "is_public", False)}
    assert said == PUBLIC - {"static"}


def test_every_route_with_somebody_s_id_is_checked(app: Flask) -> None:
    with_ids = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if any(type(converter).__name__ == "UUIDConverter" for converter in rule._converters.values())
    }
    assert with_ids - OF_SOMEBODY - ADMINISTRATORS == set()


def test_a_stranger_is_sent_to_the_sign_in_page(app: Flask, client: FlaskClient, stranger: dict[str, Any]) -> None:
    for method, path, rule in walk(app, stranger):
        if rule.endpoint in PUBLIC:
            continue
        answer = client.open(path, method=method)
        assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in"), f"{method} {path}"
        by_htmx = client.open(path, method=method, headers={"HX-Request": "true"})
        assert (by_htmx.status_code, by_htmx.text) == (401, ""), f"{method} {path}"


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER])
def test_administration_is_refused(app: Flask, client: FlaskClient, stranger: dict[str, Any], role: Role) -> None:
    sign_in_new(client, role)
    found = answers(client, app, stranger, ADMINISTRATORS)
    assert len(found) > 14
    assert found == dict.fromkeys(found, 403)


def test_leading_is_refused_to_reps(app: Flask, client: FlaskClient, stranger: dict[str, Any]) -> None:
    sign_in_new(client, Role.REP)
    found = answers(client, app, stranger, LEADERS | WRITERS)
    assert found == dict.fromkeys(found, 403)


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER])
def test_what_is_somebody_else_s_is_not_there(
    app: Flask, client: FlaskClient, stranger: dict[str, Any], role: Role
) -> None:
    sign_in_new(client, role)
    found = answers(client, app, stranger, OF_SOMEBODY - (LEADERS if role is Role.REP else set()))
    assert found == dict.fromkeys(found, 404)


def test_what_is_nobody_s_is_answered_alike(app: Flask, client: FlaskClient, stranger: dict[str, Any]) -> None:
    sign_in_new(client, Role.MANAGER)
    unknown = {name: ids.new() if isinstance(value, UUID) else value for name, value in stranger.items()}
    found = answers(client, app, unknown, OF_SOMEBODY)
    assert found == dict.fromkeys(found, 404)


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER])
def test_a_query_opens_no_foreign_team(client: FlaskClient, stranger: dict[str, Any], role: Role) -> None:
    sign_in_new(client, role)
    for address in FOREIGN_QUERIES:
        answer = client.get(address.format(**stranger))
        assert answer.status_code == (403 if role is Role.REP else 404), address
        assert "Étrangère" not in answer.text


@pytest.mark.parametrize("role", list(Role))
def test_nothing_breaks_for_anybody(app: Flask, client: FlaskClient, stranger: dict[str, Any], role: Role) -> None:
    sign_in_new(client, role)
    for method, path, rule in walk(app, stranger):
        if rule.endpoint == "accounts.sign_out":
            continue
        assert client.open(path, method=method).status_code < 500, f"{method} {path}"


def test_a_manager_sees_nobody_of_another_team_on_any_page(
    app: Flask, client: FlaskClient, stranger: dict[str, Any]
) -> None:
    sign_in_new(client, Role.MANAGER)
    for method, path, rule in walk(app, stranger, LEADERS | SIGNED_IN):
        if method == "GET":
            assert "Étrangère" not in client.get(path).text, rule.endpoint


def test_an_administrator_opens_what_is_somebody_s(client: FlaskClient, stranger: dict[str, Any]) -> None:
    sign_in_new(client, Role.ADMINISTRATOR)
    assert client.get(f"/admin/people/{stranger['person_id']}").status_code == 200
    assert client.get(f"/admin/teams/{stranger['team_id']}").status_code == 200
