"""Written replies and their scores: who may give them, what they come to, who is told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.actor import Actor, Role
from app.accounts.models import Person
from app.activity import projections
from app.activity.models import Activity
from app.core import clock, outbox
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library import desk
from app.quizzes import attempts
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.models import RegradedAttempt, TextScore
from app.quizzes.scoring import rubric_scores, scorers
from tests.conftest import NOW
from tests.factories import actor_for, letters, make_person, make_team, sign_in_as
from tests.library_factories import questions
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, RIGHT, Room

LATER = NOW + timedelta(hours=1)


def written(key: str = "ecrit", points: int = 2, **more: Any) -> dict[str, Any]:
    """A question answered in sentences: a rubric of 3 and 6 points."""
    return {
        "key": key,
        "type": "free_text",
        "title": "Défendre le prix",
        "text": "Le client dit « c’est trop cher ». Que répondez-vous ?",
        "read_again": "step:prendre-contact",
        "points": points,
        "rubric": [{"name": "Creuse l’objection", "points": 3}, {"name": "Apporte une preuve", "points": 6}],
        "model_answer": "Cher par rapport à quoi ?",
        **more,
    }


@pytest.fixture
def manager(room: Room) -> Person:
    """Who leads the rep."""
    boss = make_person(Role.MANAGER, name="Karim Haddad")
    make_team("Lyon", manager=boss, members=(room.rep,))
    return boss


@pytest.fixture
def texts(room: Room, manager: Person) -> Room:
    """The quiz with two written replies among seven questions, nine points in all."""
    own = questions()
    room.publish(title="Défendre le prix", questions=[*own, written(), written("ecrit-2", 2)], pass_mark=70)
    return room


def leads(person: Person) -> Actor:
    from app.accounts.models import Membership

    teams = db.session.execute(
        select(Membership.team_id).where(Membership.person_id == person.id, Membership.role == "manager")
    ).scalars()
    return actor_for(person, manages=tuple(teams))


def attempt(attempt_id: UUID) -> AttemptRow:
    found = attempt_rows.find(attempt_id)
    assert found is not None
    return found


def handed_in(room: Room, **replies: list[str]) -> UUID:
    return room.take({**RIGHT, "ecrit": ["Cher ? Par rapport à quoi ?"], "ecrit-2": ["Je me tais."], **replies})


def acts(kind: str) -> list[Activity]:
    return list(db.session.execute(select(Activity).where(Activity.kind == kind).order_by(Activity.sequence)).scalars())


def test_the_result_is_known_with_the_last_score_at_the_moment_of_handing_in(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts)
    assert attempt(attempt_id).is_unscored
    assert [act.details for act in acts("quiz.handed_in")] == [{"attempt": str(attempt_id)}]
    with clock.frozen_at(LATER):
        first = rubric_scores.score(leads(manager), attempt_id, "ecrit", [3, 3], "Bien creusé.")
        assert first.waiting == ("ecrit-2",)
        assert attempt(attempt_id).is_unscored
        assert acts("quiz.submitted") == []
        rubric_scores.score(leads(manager), attempt_id, "ecrit-2", [0, 3])
    row = attempt(attempt_id)
    # 5 + 2 × 6/9 + 2 × 3/9 of 9
    assert (str(row.mark), str(row.maximum), row.percent, row.passed) == ("7", "9", 77, True)
    (act,) = acts("quiz.submitted")
    assert (act.at, act.details["mark"]) == (NOW, "7")
    assert [(act.person_id, act.details["question"], act.details["points"]) for act in acts("quiz.scored")] == [
        (manager.id, "ecrit", 6),
        (manager.id, "ecrit-2", 3),
    ]
    (told,) = [letter for letter in letters() if letter["to"] == texts.rep.email]
    assert "77" in told["text"]
    assert f"/attempts/{attempt_id}" in told["text"]


def test_scores_are_told_by_question(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts)
    rubric_scores.score(leads(manager), attempt_id, "ecrit", [3, 0], "  Deux\r\nlignes\x07 ")
    (found,) = rubric_scores.scores_of(attempt_id).items()
    assert found[0] == "ecrit"
    assert (found[1].points, found[1].maximum, found[1].comment, found[1].by_name) == (
        (3, 0),
        9,
        "Deux\nlignes",
        "Karim Haddad",
    )


def test_an_unanswered_text_waits_for_nobody(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts, **{"ecrit-2": []})
    rubric_scores.score(leads(manager), attempt_id, "ecrit", [3, 6])
    assert attempt(attempt_id).percent == 77
    none = texts.take(RIGHT)
    assert not attempt(none).is_unscored


def test_a_score_is_saved_again_until_all_are_there(texts: Room, manager: Person) -> None:
    attempt_id, actor = handed_in(texts), leads(manager)
    rubric_scores.score(actor, attempt_id, "ecrit", [1, 1])
    token = rubric_scores.scores_of(attempt_id)["ecrit"].token
    rubric_scores.score(actor, attempt_id, "ecrit", [3, 6], "Mieux lu.", token)
    assert rubric_scores.scores_of(attempt_id)["ecrit"].points == (3, 6)


def test_sending_a_score_twice_counts_once(texts: Room, manager: Person) -> None:
    attempt_id, actor = handed_in(texts), leads(manager)
    for _ in range(2):
        rubric_scores.score(actor, attempt_id, "ecrit", [1, 1], "Oui.")
    assert len(acts("quiz.scored")) == 1
    for _ in range(2):
        rubric_scores.score(actor, attempt_id, "ecrit-2", [1, 1])
    assert len(acts("quiz.submitted")) == 1
    assert len([each for each in letters() if each["to"] == texts.rep.email]) == 1


def test_the_second_of_two_managers_is_told(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts)
    other = make_person(Role.MANAGER)
    make_team(manager=other, members=(texts.rep,))
    rubric_scores.score(leads(manager), attempt_id, "ecrit", [3, 6])
    with pytest.raises(Conflict) as refused:
        rubric_scores.score(leads(other), attempt_id, "ecrit", [0, 0])
    assert refused.value.sentence == rubric_scores.SOMEBODY_WAS_FASTER
    assert rubric_scores.scores_of(attempt_id)["ecrit"].points == (3, 6)


def test_nobody_else_scores(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts)
    foreign = make_person(Role.MANAGER)
    make_team(manager=foreign, members=(make_person(),))
    for actor in (leads(foreign), actor_for(make_person()), actor_for(texts.rep)):
        with pytest.raises(NotFound):
            rubric_scores.score(actor, attempt_id, "ecrit", [3, 6])
    assert rubric_scores.scores_of(attempt_id) == {}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_nobody_scores_their_own(texts: Room, manager: Person, role: Role) -> None:
    boss = make_person(role)
    team = make_team(members=(boss,))
    own = attempts.start(actor_for(boss), QUIZ)
    attempts.answer(actor_for(boss), own, "ecrit", ["Moi."])
    attempts.submit(actor_for(boss), own)
    with pytest.raises(NotFound):
        rubric_scores.score(actor_for(boss, manages=(team.id,)), own, "ecrit", [3, 6])


def test_an_administrator_scores(texts: Room) -> None:
    attempt_id = handed_in(texts)
    administrator = actor_for(make_person(Role.ADMINISTRATOR))
    rubric_scores.score(administrator, attempt_id, "ecrit", [3, 6])
    assert set(rubric_scores.scores_of(attempt_id)) == {"ecrit"}


@pytest.mark.parametrize("points", [[4, 0], [0, 7], [-1, 0], [1], [1, 1, 1], []])
def test_points_stay_within_the_rubric(texts: Room, manager: Person, points: list[int]) -> None:
    attempt_id = handed_in(texts)
    with pytest.raises(InvalidInput):
        rubric_scores.score(leads(manager), attempt_id, "ecrit", points)


def test_a_comment_is_bounded(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts)
    with pytest.raises(InvalidInput):
        rubric_scores.score(leads(manager), attempt_id, "ecrit", [1, 1], "x" * 2001)


def test_only_what_was_written_is_scored(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts, **{"ecrit-2": []})
    for key in ("ecrit-2", "single", "nothing"):
        with pytest.raises(NotFound):
            rubric_scores.score(leads(manager), attempt_id, key, [1, 1])
    with pytest.raises(Conflict):
        rubric_scores.score(leads(manager), texts.start(), "ecrit", [1, 1])


def test_a_score_corrected_later_grades_again_and_keeps_the_first_result(texts: Room, manager: Person) -> None:
    attempt_id, actor = handed_in(texts, single=["1"]), leads(manager)
    rubric_scores.score(actor, attempt_id, "ecrit", [0, 0])
    rubric_scores.score(actor, attempt_id, "ecrit-2", [0, 0])
    assert attempt(attempt_id).percent == 44
    with clock.frozen_at(LATER):
        token = rubric_scores.scores_of(attempt_id)["ecrit"].token
        rubric_scores.score(actor, attempt_id, "ecrit", [3, 6], "Relu.", token)
        token = rubric_scores.scores_of(attempt_id)["ecrit-2"].token
        rubric_scores.score(actor, attempt_id, "ecrit-2", [3, 3], "", token)
    row = attempt(attempt_id)
    assert (str(row.mark), row.passed) == ("22/3", True)
    assert row.first is not None
    assert str(row.first[0]) == "4"
    kept = db.session.execute(select(RegradedAttempt.was_mark, RegradedAttempt.mark)).all()
    assert sorted(map(tuple, kept)) == [("4", "6"), ("6", "22/3")]
    assert len(acts("quiz.regraded")) == 2
    _rebuilt_alike()


def test_what_waits_stands_on_today_and_in_the_list(texts: Room, manager: Person) -> None:
    handed_in(texts)
    (line,) = [each for each in desk.waiting_for(leads(manager)) if each.address == "/quizzes/to-score"]
    assert line.order < 20
    (each,) = scorers.waiting_for(leads(manager)).items
    assert each.name == "Nadia Belkacem"
    assert list(scorers.texts_waiting([each]).values()) == [2]
    foreign = make_person(Role.MANAGER)
    make_team(manager=foreign, members=(make_person(),))
    assert scorers.waiting_for(leads(foreign)).items == []
    assert desk.waiting_for(actor_for(texts.rep)) == []


def test_an_administrator_is_asked_about_those_whom_nobody_leads(texts: Room, manager: Person) -> None:
    handed_in(texts)
    administrator = make_person(Role.ADMINISTRATOR)
    assert scorers.count_at(administrator.id, "administrator")[0] == 0
    assert scorers.waiting_for(actor_for(administrator)).total == 1
    alone = make_person()
    own = attempts.start(actor_for(alone), QUIZ)
    attempts.answer(actor_for(alone), own, "ecrit", ["Seul."])
    attempts.submit(actor_for(alone), own)
    assert scorers.count_at(administrator.id, "administrator") == (1, NOW)
    assert [each.id for each in scorers.of(alone.id)] == [administrator.id]


def test_a_manager_gets_one_mail_in_the_morning(texts: Room, manager: Person) -> None:
    handed_in(texts)
    with clock.frozen_at(LATER):
        second = handed_in(texts)
    assert letters() == []
    with clock.frozen_at(NOW + timedelta(days=1)):
        outbox.sweep()
        (letter,) = letters()
    assert letter["to"] == manager.email
    assert letter["text"].count("Nadia Belkacem") == 2
    assert "Cher ?" not in letter["text"]
    del second


def test_no_mail_when_all_is_scored_meanwhile(texts: Room, manager: Person) -> None:
    attempt_id = handed_in(texts)
    for key in ("ecrit", "ecrit-2"):
        rubric_scores.score(leads(manager), attempt_id, key, [1, 1])
    with clock.frozen_at(NOW + timedelta(days=1)):
        outbox.sweep()
        assert [each for each in letters() if each["to"] == manager.email] == []


# Pages


@pytest.fixture
def boss(app: Flask, manager: Person) -> FlaskClient:
    client = app.test_client()
    sign_in_as(client, manager)
    return client


def test_a_manager_scores_one_reply_after_the_other(texts: Room, boss: FlaskClient) -> None:
    attempt_id = handed_in(texts)
    page = boss.get("/quizzes/to-score")
    assert "Nadia Belkacem" in page.text
    assert f"/attempts/{attempt_id}/score" in page.text
    page = boss.get(f"/attempts/{attempt_id}/score")
    assert "Cher ? Par rapport à quoi ?" in page.text
    assert "Cher par rapport à quoi" in page.text
    sent = boss.post(
        f"/attempts/{attempt_id}/score",
        data={"question": "ecrit", "points-0": "2", "points-1": "6", "comment": "Bien."},
    )
    assert (sent.status_code, sent.location) == (303, f"/attempts/{attempt_id}/score?question=ecrit-2")
    sent = boss.post(f"/attempts/{attempt_id}/score", data={"question": "ecrit-2", "points-0": "0", "points-1": "0"})
    assert (sent.status_code, sent.location) == (303, "/quizzes/to-score")
    assert "tout est" in boss.get(sent.location).text.lower()
    assert "Bien." in texts.client.get(f"/attempts/{attempt_id}").text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"question": "ecrit"}, 400),
        ({"question": "ecrit", "points-0": "9", "points-1": "0"}, 400),
        ({"question": "ecrit", "points-0": "1.5", "points-1": "0"}, 400),
        ({"question": "ecrit", "points-0": "³", "points-1": "0"}, 400),
        ({"question": "ecrit", "points-0": "1", "points-1": "0", "comment": "x" * 5000}, 400),
        ({"question": "ecrit", "points-0": "1", "points-1": "0", "role": "x"}, 400),
        ({"points-0": "1"}, 400),
        ({"question": "nothing", "points-0": "1", "points-1": "1"}, 404),
    ],
)
def test_what_does_not_fit_is_refused(texts: Room, boss: FlaskClient, sent: dict[str, str], status: int) -> None:
    attempt_id = handed_in(texts)
    assert boss.post(f"/attempts/{attempt_id}/score", data=sent).status_code == status
    assert db.session.execute(select(TextScore)).all() == []


def test_a_form_beside_another_score_is_told_and_keeps_what_was_typed(texts: Room, boss: FlaskClient) -> None:
    attempt_id = handed_in(texts)
    administrator = actor_for(make_person(Role.ADMINISTRATOR, name="Ada Lemoine"))
    rubric_scores.score(administrator, attempt_id, "ecrit", [3, 6])
    fields = {"question": "ecrit", "points-0": "1", "points-1": "2", "comment": "Mon avis", "seen": ""}
    refused = boss.post(f"/attempts/{attempt_id}/score", data=fields)
    assert refused.status_code == 409
    assert "Ada Lemoine" in refused.text
    assert "Mon avis" in refused.text


def test_the_list_is_for_who_leads(texts: Room, boss: FlaskClient) -> None:
    assert texts.client.get("/quizzes/to-score").status_code == 403
    assert "rien" in boss.get("/quizzes/to-score").text.lower()
    assert boss.get(f"/attempts/{texts.start()}/score").status_code == 303


def test_the_list_costs_the_same_for_many(texts: Room, boss: FlaskClient) -> None:
    def statements() -> int:
        with counting() as found:
            assert boss.get("/quizzes/to-score").status_code == 200
        return len(found)

    handed_in(texts)
    statements()
    few = statements()
    for _ in range(4):
        handed_in(texts)
    assert statements() == few


def _rebuilt_alike() -> None:
    def rows() -> list[Any]:
        return [
            sorted(map(tuple, db.session.execute(select(*table.__table__.c)).all()), key=repr)
            for table in projections.tables()
        ]

    before = rows()
    projections.rebuild()
    assert rows() == before
