"""Two people at once, on a real database: scores that finish an attempt, regradings, a regrading and a submission."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from app.accounts.actor import Role
from app.activity.models import Activity
from app.core.database import db
from app.core.errors import DomainError
from app.quizzes import attempts
from app.quizzes.attempting import attempt_rows
from app.quizzes.models import Regrading
from app.quizzes.regrading import applying
from app.quizzes.scoring import rubric_scores
from tests.factories import actor_for, make_person
from tests.quizzes.conftest import RIGHT, Room
from tests.quizzes.test_regrading import TRUE_IS_FALSE, TWO_WRONG, corrected, look, publish, take
from tests.quizzes.test_scoring import written


def at_once(app: Flask, *deeds: Callable[[], Any]) -> list[Any]:
    """Do them in threads that begin together; an error of the domain is given back."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        with app.app_context():
            start.wait()
            try:
                return deed()
            except DomainError as refused:
                db.session.rollback()
                return refused
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def count(kind: str) -> int:
    return db.session.execute(select(func.count()).where(Activity.kind == kind)).scalar_one()


def test_the_last_two_scores_at_once_finish_the_attempt_once(room: Room) -> None:
    room.publish(questions=[written(), written("ecrit-2")], pass_mark=70)
    attempt_id = room.take({"ecrit": ["Un."], "ecrit-2": ["Deux."]})
    bosses = [actor_for(make_person(Role.ADMINISTRATOR)) for _ in range(2)]
    at_once(
        room.app,
        lambda: rubric_scores.score(bosses[0], attempt_id, "ecrit", [3, 6]),
        lambda: rubric_scores.score(bosses[1], attempt_id, "ecrit-2", [3, 6]),
    )
    row = attempt_rows.find(attempt_id)
    assert row is not None
    assert (row.percent, row.first) == (100, None)
    assert (count("quiz.submitted"), count("quiz.scored"), count("quiz.regraded")) == (1, 2, 0)


def test_two_scores_of_one_reply_at_once_leave_one_and_tell_the_other(room: Room) -> None:
    room.publish(questions=[written()], pass_mark=70)
    attempt_id = room.take({"ecrit": ["Un."]})
    bosses = [actor_for(make_person(Role.ADMINISTRATOR)) for _ in range(2)]
    found = at_once(
        room.app,
        lambda: rubric_scores.score(bosses[0], attempt_id, "ecrit", [3, 6]),
        lambda: rubric_scores.score(bosses[1], attempt_id, "ecrit", [0, 0]),
    )
    refused = [each for each in found if isinstance(each, DomainError)]
    assert [each.sentence for each in refused] == [rubric_scores.SOMEBODY_WAS_FASTER]
    assert (count("quiz.submitted"), count("quiz.scored")) == (1, 1)


def test_two_authors_and_a_double_click_regrade_once(room: Room) -> None:
    for _ in range(3):
        take(room, make_person(), TWO_WRONG)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    author = actor_for(make_person(Role.ADMINISTRATOR))
    fingerprint, one = look(author).tally.fingerprint, uuid4()
    found = at_once(
        room.app,
        *(
            lambda name=name: applying.apply(author, "quiz-prix", "fr", name, fingerprint)
            for name in (one, one, uuid4())
        ),
    )
    done = [each for each in found if isinstance(each, applying.Applied)]
    assert done
    assert {each.up for each in done} == {3}
    assert db.session.execute(select(func.count()).select_from(Regrading)).scalar_one() == 1
    assert count("quiz.regraded") == 3


def test_a_regrading_beside_a_submission_loses_neither(room: Room) -> None:
    take(room, make_person(), TWO_WRONG)
    attempt_id = room.start()
    for key, values in {**RIGHT, "true-false": ["false"]}.items():
        room.reply(attempt_id, key, values)
    publish(room, questions=corrected(true_false=TRUE_IS_FALSE))
    author, rep = actor_for(make_person(Role.ADMINISTRATOR)), actor_for(room.rep)
    fingerprint = look(author).tally.fingerprint
    found = at_once(
        room.app,
        lambda: applying.apply(author, "quiz-prix", "fr", uuid4(), fingerprint),
        lambda: attempts.submit(rep, attempt_id),
    )
    row = attempt_rows.find(attempt_id)
    assert row is not None
    assert (row.percent, row.regraded_by) == (80, None)
    assert count("quiz.submitted") == 2
    was_first = isinstance(found[0], applying.Applied)
    assert look(author).tally.attempts == (1 if was_first else 2)
