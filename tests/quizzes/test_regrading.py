"""A corrected question: what it makes of the attempts graded before, who may see that, and doing it once."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.actor import Actor, Role
from app.accounts.models import Person
from app.activity import projections
from app.activity.models import Activity
from app.core import clock, outbox
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.library import catalogue, desk
from app.quizzes import attempts, summary
from app.quizzes.attempting import attempt_rows, marking
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.models import Answer, RegradedAttempt, Regrading
from app.quizzes.regrading import applying, notice
from app.quizzes.regrading import preview as regrading_preview
from app.quizzes.regrading.applying import Outdated
from app.quizzes.replies import Chosen
from tests.conftest import NOW
from tests.factories import actor_for, letters, make_person, make_team, sign_in_as
from tests.library_factories import questions
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, Room

LATER = NOW + timedelta(hours=1)
# 80 % is needed, and each of the five questions is worth a fifth.
ONE_WRONG = {**RIGHT, "single": ["1"]}
TWO_WRONG = {**ONE_WRONG, "true-false": ["false"]}
KEY_WRONG = {**RIGHT, "true-false": ["false"], "single": ["1"], "multiple": []}


def corrected(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The five questions, some of them changed; None takes one out."""
    found = []
    for question in deepcopy(questions()):
        change = changes.get(question["key"].replace("-", "_"), {})
        if change is not None:
            found.append({**question, **change})
    return found


TRUE_IS_FALSE = {"answer": False}


@pytest.fixture
def author(room: Room) -> Person:
    """An administrator, who sees everybody."""
    return make_person(Role.ADMINISTRATOR, name="Ada Lemoine")


def take(room: Room, person: Person, replies: dict[str, list[str]]) -> UUID:
    actor = actor_for(person)
    attempt_id = attempts.start(actor, QUIZ)
    for key, values in replies.items():
        attempts.answer(actor, attempt_id, key, values)
    attempts.submit(actor, attempt_id)
    return attempt_id


def publish(room: Room, *, later: bool = True, **front: Any) -> None:
    with clock.frozen_at(LATER if later else NOW):
        room.publish(title="Défendre le prix", **front)
    g.pop("catalogue", None)


def look(actor: Actor, **more: Any) -> regrading_preview.Preview:
    return regrading_preview.look(actor, QUIZ, "fr", **more)


def apply(actor: Actor, preview: regrading_preview.Preview, name: UUID | None = None) -> applying.Applied:
    with clock.frozen_at(LATER):
        return applying.apply(
            actor,
            QUIZ,
            "fr",
            name or preview.regrading_id,
            preview.tally.fingerprint,
            leave_out=preview.leave_out,
        )


def attempt(attempt_id: UUID) -> AttemptRow:
    found = attempt_rows.find(attempt_id)
    assert found is not None
    return found


def regradings() -> int:
    return db.session.execute(select(func.count()).select_from(Regrading)).scalar_one()


def acts() -> list[Activity]:
    return list(db.session.execute(select(Activity).where(Activity.kind == "quiz.regraded")).scalars())


def test_who_moves_is_listed_exactly(room: Room, author: Person) -> None:
    saved, lost, stays = (make_person(name=name) for name in ("Sauvée Belle", "Perdu Grand", "Reste Ici"))
    gained = {**RIGHT, "true-false": ["false"], "single": ["1"]}
    for person, replies in ((saved, gained), (lost, ONE_WRONG), (stays, RIGHT)):
        take(room, person, replies)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    page = look(actor_for(author))
    assert [line.name for line in page.up.lines] == ["Sauvée Belle"]
    assert [line.name for line in page.down.lines] == ["Perdu Grand"]
    assert [line.name for line in page.rest.items] == ["Reste Ici"]
    assert [(each.regraded.before.percent, each.regraded.after.percent) for each in page.up.lines] == [(60, 80)]
    assert [(each.title, each.is_answer, each.attempts) for each in page.changes] == [("Silence", True, 3)]
    assert (page.tally.attempts, page.tally.changed) == (3, 3)


def test_applying_keeps_the_first_result_and_counts_once(room: Room, author: Person) -> None:
    attempt_id = take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    page = look(actor_for(author))
    done = apply(actor_for(author), page)
    assert (done.attempts, done.changed, done.up, done.down) == (1, 1, 1, 0)
    row = attempt(attempt_id)
    assert (str(row.mark), row.percent, row.passed, row.regraded_by) == ("4", 80, True, page.quiz.revision_id)
    assert row.first is not None
    assert (str(row.first[0]), row.first[2]) == ("3", False)
    kept = db.session.execute(select(Answer.mark, Answer.revised_mark).where(Answer.question_key == "true-false")).one()
    assert tuple(kept) == ("0", "1")
    apply(actor_for(author), page)
    assert (regradings(), len(acts()), row.percent) == (1, 1, attempt(attempt_id).percent)
    standing = summary.results_of([room.rep.id])[room.rep.id][QUIZ]
    assert (standing.best_percent, standing.attempts, standing.passed_at) == (80, 1, NOW)


def test_a_pass_that_falls_is_no_pass_any_more(room: Room, author: Person) -> None:
    take(room, room.rep, ONE_WRONG)
    assert summary.results_of([room.rep.id])[room.rep.id][QUIZ].passed_at == NOW
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    apply(actor_for(author), look(actor_for(author)))
    standing = summary.results_of([room.rep.id])[room.rep.id][QUIZ]
    assert (standing.best_percent, standing.passed_at) == (60, None)


def test_a_rebuild_gives_the_same_rows(room: Room, author: Person) -> None:
    def rows() -> list[Any]:
        return [
            sorted(map(tuple, db.session.execute(select(*table.__table__.c)).all()), key=repr)
            for table in projections.tables()
        ]

    for replies in (TWO_WRONG, ONE_WRONG, RIGHT):
        take(room, room.rep, replies)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    apply(actor_for(author), look(actor_for(author)))
    before = rows()
    projections.rebuild()
    assert rows() == before


def test_two_authors_at_once_apply_it_once(room: Room, author: Person) -> None:
    take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    first, second = look(actor_for(author)), look(actor_for(author))
    assert first.tally.fingerprint == second.tally.fingerprint
    apply(actor_for(author), first)
    with pytest.raises(Outdated) as refused:
        apply(actor_for(author), second)
    assert refused.value.sentence == applying.NOTHING_TO_DO
    assert regradings() == 1


def test_an_attempt_handed_in_meanwhile_shows_the_preview_again(room: Room, author: Person) -> None:
    take(room, room.rep, TWO_WRONG)
    late = attempts.start(actor_for(make_person()), QUIZ)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    page = look(actor_for(author))
    person_id = attempt(late).person_id
    person = db.session.get(Person, person_id)
    assert person is not None
    attempts.answer(actor_for(person), late, "true-false", ["false"])
    attempts.submit(actor_for(person), late)
    with pytest.raises(Outdated):
        apply(actor_for(author), page)
    assert (regradings(), attempt(late).regraded_by) == (0, None)
    assert look(actor_for(author)).tally.attempts == 2


def test_a_publication_meanwhile_shows_the_preview_again(room: Room, author: Person) -> None:
    take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    page = look(actor_for(author))
    publish(room, questions=corrected(single={"points": 3}))
    with pytest.raises(Outdated):
        apply(actor_for(author), page)
    assert regradings() == 0


def test_a_question_that_did_not_change_keeps_its_mark(room: Room, author: Person) -> None:
    take(room, room.rep, TWO_WRONG)
    reworded = corrected(true_false={"if_true": "Très bien."}, single={"title": "Autre titre"})
    publish(room, questions=reworded, pass_mark=50)
    assert look(actor_for(author)).tally.attempts == 0
    assert notice.outdated(catalogue.entry(QUIZ, "quiz")) == 0


def test_the_pass_mark_stays_the_one_announced(room: Room, author: Person) -> None:
    attempt_id = take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(single={"points": 2}), pass_mark=40)
    apply(actor_for(author), look(actor_for(author)))
    row = attempt(attempt_id)
    assert (str(row.mark), str(row.maximum), row.passed) == ("3", "6", False)
    assert marking.mark(row).paper.facts.pass_mark == 80


def test_options_that_moved_go_with_their_words(room: Room, author: Person) -> None:
    attempt_id = take(room, room.rep, {**RIGHT, "single": ["1"]})
    own = questions()[0]["options"]
    moved = [{"text": "1 000 €", "feedback": "Non."}, {**own[1], "right": True}, {**own[0], "right": False}]
    publish(room, questions=corrected(single={"options": moved}))
    page = look(actor_for(author))
    apply(actor_for(author), page)
    row = attempt(attempt_id)
    assert row.percent == 100
    assert marking.mark(row).replies["single"] == Chosen(frozenset({1}))
    assert attempt_rows.kept_replies(attempt_id)["single"] == Chosen(frozenset({1}))
    back = [own[1], own[0]]
    publish(room, questions=corrected(single={"options": back}))
    apply(actor_for(author), look(actor_for(author)))
    row = attempt(attempt_id)
    assert row.percent == 80
    assert marking.mark(row).replies["single"] == Chosen(frozenset({0}))
    assert row.first is not None
    assert str(row.first[0]) == "4"


def test_a_withdrawn_question_keeps_its_mark_unless_it_is_left_out(room: Room, author: Person) -> None:
    attempt_id = take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=None, single=None))
    page = look(actor_for(author))
    assert (page.tally.attempts, page.withdrawn) == (0, 1)
    page = look(actor_for(author), leave_out=True)
    assert [each.now for each in page.changes] == [None, None]
    apply(actor_for(author), page)
    row = attempt(attempt_id)
    assert (str(row.mark), str(row.maximum), row.passed) == ("3", "3", True)
    assert [each.key for each in marking.mark(row).paper.questions] == ["multiple", "numeric", "short-answer"]
    assert look(actor_for(author)).tally.attempts == 0
    publish(room, questions=corrected())
    page = look(actor_for(author))
    assert page.tally.attempts == 1
    apply(actor_for(author), page)
    assert str(attempt(attempt_id).maximum) == "5"


def test_leaving_out_everything_is_not_done(room: Room, author: Person) -> None:
    take(room, room.rep, TWO_WRONG)
    other = {**questions()[0], "key": "another"}
    publish(room, questions=[other])
    assert look(actor_for(author), leave_out=True).tally.attempts == 0


def test_a_key_that_has_become_another_question_stays_as_it_was(room: Room, author: Person) -> None:
    take(room, room.rep, TWO_WRONG)
    other = {**questions()[4], "key": "single"}
    publish(room, questions=[other, *questions()[1:]])
    assert look(actor_for(author)).tally.attempts == 0


def test_hints_taken_still_cost(room: Room, author: Person) -> None:
    hinted = {"hints": ["Taisez-vous."]}
    publish(room, later=False, questions=corrected(true_false=hinted), hint_cost=50)
    actor = actor_for(room.rep)
    attempt_id = room.start()
    attempts.take_hint(actor, attempt_id, "true-false", 1)
    for key, values in {**RIGHT, "true-false": ["false"]}.items():
        attempts.answer(actor, attempt_id, key, values)
    attempts.submit(actor, attempt_id)
    publish(room, questions=corrected(true_false={**hinted, **TRUE_IS_FALSE}), hint_cost=10)
    apply(actor_for(author), look(actor_for(author)))
    assert str(attempt(attempt_id).mark) == "9/2"


def test_open_attempts_and_other_quizzes_are_left_alone(room: Room, author: Person) -> None:
    open_one = room.start()
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    assert look(actor_for(author)).tally.attempts == 0
    assert attempt(open_one).is_open


# Who may, and who is named


def test_only_who_writes_the_library_may(room: Room) -> None:
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    with pytest.raises(Forbidden):
        look(actor_for(room.rep))
    with pytest.raises(Forbidden):
        applying.apply(actor_for(room.rep), QUIZ, "fr", uuid4(), "x")
    assert regradings() == 0


def test_an_author_sees_counts_of_those_they_do_not_lead(room: Room) -> None:
    mine, foreign = make_person(name="Mienne Proche"), make_person(name="Autre Lointaine")
    boss = make_person(Role.MANAGER)
    team = make_team(manager=boss, members=(mine,))
    for person in (mine, foreign):
        take(room, person, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    page = look(actor_for(boss, manages=(team.id,)))
    assert [line.name for line in page.up.lines] == ["Mienne Proche"]
    assert page.up.others == 1
    writer = Actor(room.rep.id, "x", "x@example.org", Role.REP, writes=True)
    page = look(writer)
    assert (page.up.lines, page.up.others, page.tally.up) == ([], 2, 2)


def test_who_moved_is_told_by_mail_and_on_today_until_they_look(room: Room, author: Person) -> None:
    attempt_id = take(room, room.rep, TWO_WRONG)
    take(room, make_person(), RIGHT)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    apply(actor_for(author), look(actor_for(author)))
    with clock.frozen_at(LATER + timedelta(hours=1)):
        outbox.sweep()
    (letter,) = letters()
    assert letter["to"] == room.rep.email
    assert "80" in letter["text"]
    (line,) = desk.waiting_for(actor_for(room.rep))
    assert line.address == f"/attempts/{attempt_id}"
    assert room.client.get(line.address).status_code == 200
    assert desk.waiting_for(actor_for(room.rep)) == []


# Pages and the command


@pytest.fixture
def writer(app: Flask, author: Person) -> FlaskClient:
    client = app.test_client()
    sign_in_as(client, author)
    return client


def test_the_pages_show_and_do_it(room: Room, author: Person, writer: FlaskClient) -> None:
    take(room, room.rep, TWO_WRONG)
    assert "regrade" not in writer.get(f"/library/{QUIZ}/fr").text
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    assert f"/quizzes/{QUIZ}/regrade" in writer.get(f"/library/{QUIZ}/fr").text
    page = look(actor_for(author))
    shown = writer.get(f"/quizzes/{QUIZ}/regrade")
    assert "Nadia Belkacem" in shown.text
    assert page.tally.fingerprint in shown.text
    fields = {"language": "fr", "uuid": str(uuid4()), "fingerprint": page.tally.fingerprint}
    for _ in range(2):
        assert writer.post(f"/quizzes/{QUIZ}/regrade", data=fields).status_code == 303
    assert (regradings(), len(acts())) == (1, 1)
    stale = writer.post(f"/quizzes/{QUIZ}/regrade", data={**fields, "uuid": str(uuid4())})
    assert stale.status_code == 409
    assert "regrade" not in writer.get(f"/library/{QUIZ}/fr").text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"language": "fr", "uuid": "x"}, 400),
        ({"language": "xx", "uuid": str(uuid4())}, 404),
        ({"language": "fr", "uuid": str(uuid4()), "fingerprint": "x" * 5000}, 409),
    ],
)
def test_what_does_not_fit_is_refused(room: Room, writer: FlaskClient, fields: dict[str, str], status: int) -> None:
    take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    assert writer.post(f"/quizzes/{QUIZ}/regrade", data=fields).status_code == status
    assert regradings() == 0


def test_no_such_quiz(room: Room, writer: FlaskClient) -> None:
    assert writer.get("/quizzes/no-such-quiz/regrade").status_code == 404
    with pytest.raises(NotFound):
        applying.quiz_of(QUIZ, "en")
    assert room.client.get(f"/quizzes/{QUIZ}/regrade").status_code == 403


def test_the_page_costs_the_same_for_many(room: Room, writer: FlaskClient) -> None:
    def statements() -> int:
        with counting() as found:
            assert writer.get(f"/quizzes/{QUIZ}/regrade").status_code == 200
        return len(found)

    take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    statements()
    few = statements()
    db.session.rollback()
    publish(room, questions=corrected())
    for _ in range(4):
        take(room, make_person(), TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    statements()
    assert statements() == few


def test_the_command_says_then_does(room: Room) -> None:
    take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    run: Callable[..., Any] = room.app.test_cli_runner().invoke
    dry = run(args=["quiz", "regrade", QUIZ, "--dry-run", "--json"])
    told = json.loads(dry.stdout)
    assert (told["attempts"], told["from_fail_to_pass"], told["applied"]) == (1, 1, False)
    assert told["results"][0]["before"]["percent"] == 60
    assert regradings() == 0
    done = run(args=["quiz", "regrade", QUIZ])
    assert done.exit_code == 0
    assert "Nadia Belkacem: 60 % -> 80 %, passes now" in done.stdout
    assert json.loads(run(args=["quiz", "regrade", QUIZ, "--json"]).stdout)["attempts"] == 0
    assert run(args=["quiz", "regrade", "nothing"]).exit_code == 1


def test_rows_of_a_regrading_say_before_and_after(room: Room, author: Person) -> None:
    take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    apply(actor_for(author), look(actor_for(author)))
    row = db.session.execute(select(RegradedAttempt)).scalar_one()
    assert (row.was_mark, row.was_passed, row.mark, row.passed) == ("3", False, "4", True)


# What was drawn


SECTION = {"title": "Prix", "bank": "banque-prix", "draw": 5}


def test_questions_of_banks_are_graded_by_the_published_bank(room: Room, author: Person) -> None:
    room.publish_bank(questions())
    publish(room, later=False, questions=[], sections=[SECTION], shuffle=True)
    replies = {f"banque-prix/{key}": values for key, values in TWO_WRONG.items()}
    attempt_id = take(room, room.rep, replies)
    assert attempt(attempt_id).percent == 60
    with clock.frozen_at(LATER):
        room.publish_bank(corrected(true_false=TRUE_IS_FALSE, numeric={"points": 2}))
    assert notice.outdated(catalogue.entry(QUIZ, "quiz")) == 1
    apply(actor_for(author), look(actor_for(author)))
    row = attempt(attempt_id)
    assert (str(row.mark), str(row.maximum)) == ("5", "6")
    assert row.revised_sheet == {"sources": {"banque-prix": _published("banque-prix")}, "left_out": []}
    assert str(marking.mark(row).result.mark) == "5"
    assert look(actor_for(author)).tally.attempts == 0
    assert notice.outdated(catalogue.entry(QUIZ, "quiz")) == 0
    # What is published later does not change what graded it.
    room.publish_bank(questions())
    assert str(marking.mark(attempt(attempt_id)).result.mark) == "5"
    assert look(actor_for(author)).tally.attempts == 1


def test_a_corrected_formula_is_computed_with_the_values_drawn(room: Room, author: Person) -> None:
    calculated = {
        "key": "marge",
        "type": "calculated",
        "title": "Marge",
        "text": "Achat {pa}, vente {pv} : taux de marque en % ?",
        "read_again": "step:prendre-contact",
        "variables": [{"name": "pa", "low": "10", "high": "10"}, {"name": "pv", "low": "40", "high": "40"}],
        "formula": "(pv - pa) / pa * 100",
        "if_right": "Oui.",
        "if_wrong": "Non.",
    }
    publish(room, later=False, questions=[calculated], pass_mark=50)
    attempt_id = take(room, room.rep, {"marge": ["75"]})
    assert attempt(attempt_id).percent == 0
    publish(room, questions=[{**calculated, "formula": "(pv - pa) / pv * 100"}], pass_mark=50)
    apply(actor_for(author), look(actor_for(author)))
    assert attempt(attempt_id).percent == 100
    # Another variable was never drawn: the question keeps its form.
    third = [*calculated["variables"], {"name": "tva", "low": "20", "high": "20"}]
    publish(room, questions=[{**calculated, "variables": third, "formula": "pa * tva"}], pass_mark=50)
    assert look(actor_for(author)).tally.attempts == 0


def test_what_was_corrected_stays_corrected_when_it_is_withdrawn(room: Room, author: Person) -> None:
    attempt_id = take(room, room.rep, TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    apply(actor_for(author), look(actor_for(author)))
    publish(room, questions=corrected(true_false=None, single={"points": 2}))
    page = look(actor_for(author))
    assert [each.title for each in page.changes] == ["Remises successives"]
    apply(actor_for(author), page)
    row = attempt(attempt_id)
    assert (str(row.mark), str(row.maximum)) == ("4", "6")
    assert str(marking.mark(row).result.mark) == "4"
    assert look(actor_for(author)).tally.attempts == 0
    publish(room, questions=corrected(true_false=None, single={"points": 3}))
    apply(actor_for(author), look(actor_for(author)))
    assert str(marking.mark(attempt(attempt_id)).result.mark) == "4"
    page = look(actor_for(author), leave_out=True)
    apply(actor_for(author), page)
    assert str(marking.mark(attempt(attempt_id)).result.mark) == "3"


def _published(bank: str) -> int:
    entry = catalogue.current().find(bank, "fr", "bank")
    assert entry is not None
    return entry.revision_id
