"""Cards and reviews are made from acts alone: over any history, a rebuild gives the same rows."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.activity import journal, projections
from app.activity.journal import Act
from app.core.database import db
from app.practice import acts
from app.practice.models import Review, ReviewCard
from app.practice.rating import Rating
from tests.conftest import NOW
from tests.practice.conftest import Practice
from tests.quizzes.conftest import QUIZ, RIGHT

KEYS = sorted(RIGHT)
SHARES = st.sampled_from(["0", "1/3", "1/2", "3/4", "1"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["met", "answered", "rerated", "suspended", "resumed"]),
        st.sampled_from(KEYS),
        st.integers(0, 60 * 24 * 40),  # minutes since the act before
        st.sampled_from(list(Rating)),
        SHARES,
        st.booleans(),
    ),
    max_size=25,
)


def play(practice: Practice, steps: list[Any]) -> None:
    """Record a history, as sensible or not as chance makes it."""
    at, person_id, last = NOW, practice.room.rep.id, {}
    for what, key, minutes, rating, share, fresh in steps:
        at += timedelta(minutes=minutes)
        details: dict[str, Any] = {"question": key}
        uuid = uuid4()
        if what == "met":
            kind, started = acts.MET, (at - timedelta(minutes=10)).isoformat()
            shares, new = {key: share, KEYS[0]: "1"}, {key: True} if fresh else {}
            details = {"attempt": str(uuid4()), "started": started, "shares": shares, "fresh": new, "retention": 90}
        elif what == "answered":
            kind = acts.ANSWERED
            details |= {"rating": int(rating), "share": share, "predicted": None if fresh else 900, "retention": 85}
            details |= {"hints": 0, "fresh": fresh, "first": fresh}
            last[key] = uuid
        elif what == "rerated":
            kind = acts.RERATED
            details |= {"review": str(last.get(key, uuid4())), "rating": int(rating)}
        else:
            kind = acts.SUSPENDED if what == "suspended" else acts.RESUMED
        journal.record(Act(kind, person_id, document_id=QUIZ, details=details, uuid=uuid, at=at))
    db.session.commit()


def rows() -> list[list[tuple[Any, ...]]]:
    db.session.expire_all()
    tables = (ReviewCard.__table__, Review.__table__)
    return [sorted((tuple(row) for row in db.session.execute(select(*table.c))), key=repr) for table in tables]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_history_gives_the_same_cards_again(practice: Practice, steps: list[Any]) -> None:
    play(practice, steps)
    before = rows()
    projections.rebuild()
    assert rows() == before


def test_a_rebuild_brings_back_cards_that_were_lost(practice: Practice) -> None:
    play(
        practice,
        [("answered", "numeric", 3000, Rating.HARD, "1/2", False), ("suspended", "single", 1, Rating.GOOD, "1", False)],
    )
    before = rows()
    assert [len(each) for each in before] == [5, 1]
    for table in (ReviewCard, Review):
        db.session.execute(table.__table__.delete())  # type: ignore[attr-defined]
    db.session.commit()
    projections.rebuild()
    assert rows() == before
