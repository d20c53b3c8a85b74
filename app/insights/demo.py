"""The demonstration: what a fictitious team did in the last weeks, played through the use cases under a moving clock.

The story names places in the programme (third step, second play), not documents, so it fits any library.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import delete, select

from app.accounts import demo as demo_people
from app.accounts.actor import Actor, Role
from app.accounts.demo import ADMINISTRATOR, MANAGER, REP, DemoPeople
from app.accounts.models import Person
from app.core import clock, ids
from app.core.database import db
from app.core.outbox import OutboxMessage
from app.insights.demo_story import GIVEN, LEADERS, REPS, WORD_OF_A_MANAGER, Given, Rep
from app.library import acknowledgements, catalogue
from app.practice.demo import review_day
from app.quizzes.demo import begin_attempt, make_attempt, score_writing
from app.scripts import pins
from app.training import assignments, gathering
from app.training.assignments import Asked
from app.training.programme import Programme

SIGN_INS = (REP, MANAGER, ADMINISTRATOR)
SEED = 7
KNOWN_IN_REVIEW = 0.9
FRIDAY = 4
MORNING = 8  # o'clock, UTC


@dataclass
class Script:
    """The acts of everybody, to be played in the order of time."""

    now: datetime
    written: dict[tuple[UUID, str], UUID] = field(default_factory=dict)  # the attempts that wait for a manager
    acts: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def add(self, days_ago: int, minute: int, act: Callable[[], object]) -> None:
        """Something done a number of days ago (the Friday before a week-end), minutes after the morning began."""
        day = self.now - timedelta(days=days_ago)
        day -= timedelta(days=max(0, day.weekday() - FRIDAY))
        self.acts.append(
            (day.replace(hour=MORNING, minute=0, second=0, microsecond=0) + timedelta(minutes=minute), act)
        )

    def play(self) -> None:
        """Do everything, each thing at its time."""
        for at, act in sorted(self.acts, key=lambda each: each[0]):
            with clock.frozen_at(at):
                act()


def load_demo(password: str) -> list[str]:
    """Load the demonstration and commit; returns the lines that tell how to sign in. The same acts each time.

    Raises DomainError beyond loopback, Conflict when anybody is there.
    """
    with ids.drawn_from(_repeatable_ids()):
        people = demo_people.load_demo_people(password)
        script = Script(clock.now())
        actors, programme = _actors(people), gathering.programme()
        for person_id, rep in zip(people.reps, REPS, strict=True):
            manager = actors[people.manager if rep.in_lyon else people.other_manager]
            _learn(script, actors[person_id], manager, rep, programme)
        _lead(script, actors, people, programme)
        for given in GIVEN:
            _give(script, actors, people, given, programme)
        script.play()
    # These letters tell of weeks ago, to addresses that do not exist.
    db.session.execute(delete(OutboxMessage))
    db.session.commit()
    return [
        "The demonstration is loaded. Sign in with one of these, and this password:",
        *(f"  {role:<14} {email}" for role, email in zip(("rep", "manager", "administrator"), SIGN_INS, strict=True)),
        f"  {'password':<14} {password}",
    ]


def _repeatable_ids() -> Callable[[], UUID]:
    """Identifiers that are the same each time, so that pictures and addresses of the demonstration are."""
    chance = random.Random(SEED)  # noqa: S311 - identifiers of fictitious things, no secrets
    return lambda: UUID(int=chance.getrandbits(128), version=4)


def _actors(people: DemoPeople) -> dict[UUID, Actor]:
    leads = {people.manager: frozenset({people.lyon}), people.other_manager: frozenset({people.nantes})}
    rows = db.session.execute(select(Person.id, Person.name, Person.email, Person.role)).all()
    return {
        row.id: Actor(row.id, row.name, row.email, Role(row.role), manages=leads.get(row.id, frozenset()))
        for row in rows
    }


def _learn(script: Script, actor: Actor, manager: Actor, rep: Rep, programme: Programme) -> None:
    """A rep climbs: the plays of a step, then its quiz, until they stop."""
    for study, step in zip(rep.studies, programme.steps, strict=False):
        for index, play in enumerate(step.plays[: study.plays]):
            script.add(study.days_ago, 20 * index, partial(_acknowledge, actor, play.id))
        for quiz in step.quizzes[:1]:
            for index, percent in enumerate(study.quizzes):
                script.add(study.days_ago, 90 + 60 * index, partial(_take, actor, quiz.id, percent))
            if study.begins_quiz:
                script.add(study.days_ago, 240, partial(_begin, actor, quiz.id, study.begins_quiz))
        for quiz, percent in zip(step.quizzes[1:], study.others, strict=False):
            script.add(study.days_ago, 260, partial(_write, script, actor, quiz.id, percent, study.written))
            if study.scored is not None:
                score = partial(_score, script, manager, actor, quiz.id, study.scored)
                script.add(study.days_ago - 1, 30, score)
    for days_ago in rep.reviews:
        script.add(days_ago, -20, partial(_review, actor))
    for index, script_id in enumerate(_scripts(rep.pins)):
        script.add(rep.studies[0].days_ago, 300 + index, partial(pins.pin, actor, script_id))


def _lead(script: Script, actors: dict[UUID, Actor], people: DemoPeople, programme: Programme) -> None:
    """Those who lead took the first quiz themselves."""
    leaders = (people.manager, people.other_manager, people.administrator)
    for quiz in programme.steps[0].quizzes[:1] if programme.steps else ():
        for index, (person_id, percent) in enumerate(zip(leaders, LEADERS, strict=True)):
            script.add(200, 30 * index, partial(_take, actors[person_id], quiz.id, percent))


def _acknowledge(actor: Actor, play_id: str) -> None:
    entry = catalogue.entry(play_id, "play")
    acknowledgements.acknowledge(actor.id, play_id, entry.revision_id, ids.new())


def _take(actor: Actor, quiz_id: str, percent: int) -> None:
    make_attempt(actor.id, quiz_id, percent / 100, clock.now())


def _begin(actor: Actor, quiz_id: str, answered: int) -> None:
    begin_attempt(actor.id, quiz_id, answered, clock.now())


def _write(script: Script, actor: Actor, quiz_id: str, percent: int, written: str) -> None:
    script.written[actor.id, quiz_id] = make_attempt(actor.id, quiz_id, percent / 100, clock.now(), written)


def _score(script: Script, manager: Actor, actor: Actor, quiz_id: str, share: float) -> None:
    score_writing(manager, script.written[actor.id, quiz_id], share, WORD_OF_A_MANAGER, clock.now())


def _review(actor: Actor) -> None:
    review_day(actor, KNOWN_IN_REVIEW, clock.now())


def _scripts(wanted: tuple[str, ...]) -> list[str]:
    """Those of the wanted scripts that are published, else as many others."""
    there = [script.id for script in catalogue.entries("script")]
    return [script for script in wanted if script in there] or there[: len(wanted)]


def _give(script: Script, actors: dict[UUID, Actor], people: DemoPeople, given: Given, programme: Programme) -> None:
    if given.step >= len(programme.steps):
        return
    step = programme.steps[given.step]
    document_id = step.quizzes[0].id if given.quiz_only and step.quizzes else step.id
    if programme.target(document_id) is None:
        return
    manager = actors[people.manager if given.by_lyon else people.other_manager]
    team = people.lyon if given.by_lyon else people.nantes
    asked = Asked(
        id=ids.new(),
        document_id=document_id,
        people=frozenset(people.reps[index] for index in given.reps),
        teams=frozenset() if given.reps else frozenset({team}),
        due_on=(script.now + timedelta(days=given.due_in)).date(),
        note=given.note,
    )
    script.add(given.days_ago, 30, partial(assignments.assign, manager, asked))
