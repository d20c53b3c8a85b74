"""How people stand, made from acts: the same rows in whatever order these come; the last regrading counts."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from app.activity import journal, projections
from app.activity.journal import Act
from app.activity.projections import Entry
from app.core.database import db
from app.quizzes import acts, summary
from app.quizzes.models import AttemptResult, QuizResult
from app.quizzes.summary import QuizStanding
from tests.conftest import NOW
from tests.factories import make_person
from tests.quizzes.conftest import QUIZ, RIGHT, WRONG, Room

HOUR = timedelta(hours=1)


def result(percent: int, *, passed: bool) -> dict[str, journal.Detail]:
    return {"mark": str(percent), "maximum": "100", "percent": percent, "passed": passed}


def submitted(person: UUID, attempt: UUID, percent: int, hours: int, *, passed: bool) -> Act:
    details = {"attempt": str(attempt), **result(percent, passed=passed)}
    return Act(acts.SUBMITTED, person, QUIZ, None, details, uuid4(), NOW + hours * HOUR)


def regraded(person: UUID, attempt: UUID, percent: int, hours: int, *, passed: bool, by: UUID | None = None) -> Act:
    details = {"attempt": str(attempt), "regrading": str(by or uuid4()), **result(percent, passed=passed)}
    return Act(acts.REGRADED, person, QUIZ, None, details, uuid4(), NOW + hours * HOUR)


def standing(person: UUID) -> QuizStanding:
    return summary.results_of([person])[person][QUIZ]


def rows() -> list[list[tuple[Any, ...]]]:
    return [
        sorted(tuple(map(str, row)) for row in db.session.execute(select(*table.__table__.c)))
        for table in (AttemptResult, QuizResult)
    ]


def test_a_regrading_may_take_the_best_down_and_a_pass_away(room: Room) -> None:
    person, first, second = room.rep.id, uuid4(), uuid4()
    journal.record(submitted(person, first, 90, 0, passed=True))
    journal.record(submitted(person, second, 85, 1, passed=True))
    assert standing(person) == QuizStanding(90, 2, NOW, NOW + HOUR)
    journal.record(regraded(person, first, 40, 2, passed=False))
    assert standing(person) == QuizStanding(85, 2, NOW + HOUR, NOW + HOUR)
    journal.record(regraded(person, second, 60, 3, passed=False))
    assert standing(person) == QuizStanding(60, 2, None, NOW + HOUR)
    journal.record(regraded(person, first, 80, 4, passed=True))
    assert standing(person) == QuizStanding(80, 2, NOW, NOW + HOUR)


def test_what_a_regrading_changes_shows_at_once_to_the_person(room: Room) -> None:
    room.take(RIGHT)
    assert "100" in room.client.get(f"/quizzes/{QUIZ}").text
    (attempt,) = summary.attempts_of(room.rep.id)
    journal.record(regraded(room.rep.id, attempt.id, 40, 1, passed=False))
    db.session.commit()
    room.client.get("/")  # a request tells the process that the person's progress has moved
    assert summary.results_of_reader(room.rep.id)[QUIZ].best_percent == 40


def scene() -> list[Act]:
    """Two people, three attempts each, some regraded twice, even at the same moment."""
    made = []
    chance = random.Random(4)
    for person in (make_person().id, make_person().id):
        for hours in range(3):
            attempt, percent = uuid4(), chance.randint(0, 100)
            made.append(submitted(person, attempt, percent, hours, passed=percent >= 50))
            for later in chance.choice([(), (5,), (5, 6), (5, 5)]):
                percent = chance.randint(0, 100)
                made.append(regraded(person, attempt, percent, hours + later, passed=percent >= 50))
    return made


def play(made: list[Act], *, together: bool = False) -> list[list[tuple[Any, ...]]]:
    for table in (AttemptResult, QuizResult):
        db.session.execute(delete(table))
    entries = []
    for sequence, act in enumerate(made):
        assert act.uuid
        assert act.at
        details = dict(act.details)
        entries.append(Entry(sequence, act.uuid, act.kind, act.person_id, act.at, act.document_id, None, details))
    if together:
        projections.advance_together(entries)
    else:
        for entry in entries:
            projections.advance(entry)
    return rows()


def test_the_rows_do_not_depend_on_the_order_of_the_acts(room: Room) -> None:
    made = scene()
    expected = play(made)
    assert [len(each) for each in expected] == [6, 2]
    for seed in range(25):
        shuffled = list(made)
        random.Random(seed).shuffle(shuffled)
        assert play(shuffled, together=seed % 2 == 0) == expected


def test_a_rebuild_gives_the_same_rows(room: Room) -> None:
    for act in scene():
        journal.record(act)
    for replies in (WRONG, RIGHT):
        room.take(replies)
    db.session.commit()
    before = rows()
    projections.rebuild()
    assert rows() == before


@pytest.mark.parametrize("percents", [(10, 20), (20, 10)])
def test_of_two_regradings_the_later_one_counts(room: Room, percents: tuple[int, int]) -> None:
    person, attempt = room.rep.id, uuid4()
    made = [submitted(person, attempt, 90, 0, passed=True)]
    made += [regraded(person, attempt, each, 1 + hour, passed=False) for hour, each in enumerate(percents)]
    for order in (made, made[::-1]):
        play(order)
        assert standing(person).best_percent == percents[1]
