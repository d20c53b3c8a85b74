"""Assigning: everybody or nobody, once, by a day to come; and taking back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.accounts.actor import Role
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.training import assignments
from app.training.assignments import Asked
from app.training.models import Assignment, Enrolment
from app.training.today import expected_of
from tests.factories import actor_for, letters, make_person, make_team
from tests.training.conftest import Crew
from tests.training.deeds import read

pytestmark = pytest.mark.usefixtures("library")
FRIDAY = date(2026, 11, 27)


def _asked(team: Crew, **values: object) -> Asked:
    return replace(Asked(ids.new(), "fiche-1-1", frozenset({team.nadia.id}), frozenset(), FRIDAY), **values)  # type: ignore[arg-type]


def _count(table: type) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def _nothing_was_written() -> bool:
    db.session.rollback()
    return _count(Assignment) == _count(Enrolment) == len(letters()) == 0


def test_a_play_is_given_until_the_end_of_the_day_in_the_managers_zone(team: Crew) -> None:
    done = assignments.assign(team.actor, _asked(team, note="  Avant\n le   rendez-vous. "))
    assert (done.people, done.already_done) == (1, 0)
    row = db.session.execute(select(Assignment)).scalar_one()
    assert row.due_at == datetime(2026, 11, 27, 22, 59, 59, tzinfo=UTC)
    assert row.note == "Avant le rendez-vous."
    assert [each.document_id for each in expected_of(team.nadia.id)] == ["fiche-1-1"]


def test_a_team_and_its_member_are_enrolled_once_each(team: Crew) -> None:
    done = assignments.assign(team.actor, _asked(team, teams=frozenset({team.team.id}), document_id="etape-1"))
    assert done.people == 2
    assert _count(Enrolment) == 2


def test_each_person_gets_a_letter_in_their_language(team: Crew) -> None:
    team.david.language = "en"
    db.session.commit()
    assignments.assign(team.actor, _asked(team, people=frozenset(), teams=frozenset({team.team.id}), note="Vite."))
    by_person = {letter["to"]: letter for letter in letters()}
    french, english = by_person[team.nadia.email], by_person[team.david.email]
    assert "vendredi 27 novembre 2026" in french["subject"]
    assert "Claire Morvan vous demande" in french["text"]
    assert "/plays/fiche-1-1" in french["text"]
    assert "«\u00a0Vite.\u00a0»" in french["text"]
    assert english["subject"] == "To do by Friday 27 November 2026: Fiche 1 1"
    assert "“Vite.”" in english["text"]


def test_the_same_form_sent_twice_is_one_assignment_and_one_letter(team: Crew) -> None:
    asked = _asked(team)
    assignments.assign(team.actor, asked)
    again = assignments.assign(team.actor, asked)
    assert again.people == 1
    assert (_count(Assignment), _count(Enrolment), len(letters())) == (1, 1, 1)
    acts = db.session.execute(select(Activity.kind, Activity.details)).all()
    assert [(act.kind, act.details["people"]) for act in acts] == [("assignment.made", 1)]


def test_somebody_elses_form_is_not_taken_over(team: Crew) -> None:
    asked = _asked(team)
    assignments.assign(team.actor, asked)
    with pytest.raises(Conflict):
        assignments.assign(actor_for(make_person(Role.ADMINISTRATOR)), asked)


def test_one_foreign_person_refuses_everything(team: Crew) -> None:
    with pytest.raises(NotFound):
        assignments.assign(team.actor, _asked(team, people=frozenset({team.nadia.id, team.stranger.id})))
    assert _nothing_was_written()


def test_unknown_and_departed_people_refuse_everything(team: Crew) -> None:
    for person in (ids.new(), make_person(deactivated_at=clock.now()).id):
        with pytest.raises(NotFound):
            assignments.assign(team.actor, _asked(team, people=frozenset({team.nadia.id, person})))
    assert _nothing_was_written()


def test_a_foreign_team_is_refused(team: Crew) -> None:
    foreign = make_team("Brest", members=(make_person(),))
    with pytest.raises(NotFound):
        assignments.assign(team.actor, _asked(team, teams=frozenset({foreign.id})))
    assert _nothing_was_written()


def test_a_rep_assigns_nothing_even_to_themselves(team: Crew) -> None:
    with pytest.raises(NotFound):
        assignments.assign(actor_for(team.nadia), _asked(team))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document_id", "inconnue"),
        ("document_id", "x" * 5000),
        ("document_id", "trop-cher"),
        ("due_on", date(2026, 11, 22)),
        ("due_on", date.max),
        ("due_on", date.min),
        ("note", "n" * 301),
        ("people", frozenset()),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(team: Crew, field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        assignments.assign(team.actor, _asked(team, **{field: value}))
    assert refused.value.facts["field"] == {"document_id": "document", "due_on": "due"}.get(field, field)
    assert _nothing_was_written()


def test_a_note_with_characters_no_database_keeps_is_cleaned(team: Crew) -> None:
    assignments.assign(team.actor, _asked(team, note="Avant\x00 vendredi\x1b"))
    assert db.session.execute(select(Assignment.note)).scalar_one() == "Avant vendredi"


def test_it_tells_who_had_done_it_already(team: Crew) -> None:
    read(team.nadia, "fiche-1-1")
    assert assignments.assign(team.actor, _asked(team)).already_done == 1


def _given(team: Crew, *people: UUID) -> UUID:
    asked = _asked(team, people=frozenset(people or {team.nadia.id}))
    assignments.assign(actor_for(make_person(Role.ADMINISTRATOR)), asked)
    return asked.id


def test_taking_back_twice_is_taking_back_once(team: Crew) -> None:
    given = _given(team)
    assignments.cancel(team.actor, given)
    assignments.cancel(team.actor, given)
    assert expected_of(team.nadia.id) == []
    kinds = db.session.execute(select(Activity.kind)).scalars().all()
    assert kinds.count("assignment.cancelled") == 1


def test_another_manager_cannot_take_it_back(team: Crew) -> None:
    other = actor_for(team.other_manager, manages=(make_team("Rennes").id,))
    with pytest.raises(NotFound):
        assignments.cancel(other, _given(team))
    assert len(expected_of(team.nadia.id)) == 1


def test_a_rep_cannot_take_back_their_own(team: Crew) -> None:
    with pytest.raises(NotFound):
        assignments.cancel(actor_for(team.nadia), _given(team))


def test_an_unknown_assignment_cannot_be_taken_back(team: Crew) -> None:
    with pytest.raises(NotFound):
        assignments.cancel(team.actor, ids.new())


def test_a_manager_takes_back_only_from_their_own_people(team: Crew) -> None:
    given = _given(team, team.nadia.id, team.stranger.id)
    assignments.cancel(team.actor, given)
    assert expected_of(team.nadia.id) == []
    assert len(expected_of(team.stranger.id)) == 1
