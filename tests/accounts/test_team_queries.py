"""What other rooms ask about teams and people."""

from uuid import uuid4

import pytest
from flask import Flask

from app.accounts import teams
from app.accounts.actor import Role
from app.core import clock
from app.core.errors import NotFound
from tests.factories import actor_for, make_person, make_team
from tests.queries import counting


def test_a_manager_leads_their_teams_an_administrator_all_a_rep_none(app: Flask) -> None:
    manager, rep, left = make_person(Role.MANAGER), make_person(), make_person(deactivated_at=clock.now())
    own = make_team("Écully", manager=manager, members=(rep, left))
    other = make_team("zone B")
    mine = teams.teams_led_by(actor_for(manager, manages=(own.id,)))
    assert [(team.id, team.name, team.members) for team in mine] == [(own.id, "Écully", 1)]
    administrator = actor_for(make_person(Role.ADMINISTRATOR))
    assert [team.id for team in teams.teams_led_by(administrator)] == [own.id, other.id]
    assert teams.teams_led_by(actor_for(rep, manages=(own.id,))) == []
    assert teams.teams_led_by(actor_for(make_person(Role.MANAGER))) == []


def test_members_are_the_active_ones_by_name(app: Flask) -> None:
    zoe, emile = make_person(name="Zoé"), make_person(name="Émile")
    left = make_person(name="Paul", deactivated_at=clock.now())
    lyon = make_team("Lyon", manager=make_person(Role.MANAGER, name="Anne"), members=(zoe, emile, left))
    nantes = make_team("Nantes", members=(zoe,))
    rows = teams.members_of([lyon.id])
    assert [(row.id, row.team_name, row.since) for row in rows] == [
        (emile.id, "Lyon", clock.now()),
        (zoe.id, "Lyon", clock.now()),
    ]
    assert [row.id for row in teams.members_of([lyon.id, nantes.id])] == [emile.id, zoe.id, zoe.id]
    assert teams.members_of([]) == []
    assert teams.members_of([uuid4()]) == []


def test_a_subject_holds_the_teams_where_the_person_is_a_member(app: Flask) -> None:
    person, manager = make_person(), make_person(Role.MANAGER)
    lyon = make_team(manager=manager, members=(person,))
    nantes = make_team(members=(person,))
    assert teams.subject_of(person.id).teams == {lyon.id, nantes.id}
    assert teams.subject_of(manager.id).teams == frozenset()


def test_a_summary_names_the_teams_in_order(app: Flask) -> None:
    person = make_person(name="Nadia", email="nadia@example.org")
    for name in ("Nantes", "Écully"):
        make_team(name, members=(person,))
    found = teams.person_summary(person.id)
    assert (found.name, found.email, found.role, found.active) == ("Nadia", "nadia@example.org", Role.REP, True)
    assert found.teams == ("Écully", "Nantes")


def test_an_unknown_person_is_not_found(app: Flask) -> None:
    for ask in (teams.subject_of, teams.person_summary):
        with pytest.raises(NotFound):
            ask(uuid4())


def test_each_question_is_one_statement(app: Flask) -> None:
    manager = make_person(Role.MANAGER)
    people = tuple(make_person() for _ in range(6))
    made = [make_team(manager=manager, members=people) for _ in range(3)]
    actor, person_id, ids = (
        actor_for(manager, manages=tuple(team.id for team in made)),
        people[0].id,
        [team.id for team in made],
    )
    with counting() as statements:
        teams.teams_led_by(actor)
        teams.members_of(ids)
        teams.subject_of(person_id)
        teams.person_summary(person_id)
    assert len(statements) == 4
