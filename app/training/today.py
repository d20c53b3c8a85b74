"""What Today shows one person: gathered in a fixed number of statements, ordered by the rules, put in words."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, select

from app.accounts import guard
from app.accounts.actor import Actor
from app.accounts.models import Person
from app.activity import versions
from app.core import clock, languages
from app.core.database import db
from app.core.web import percent
from app.library import catalogue
from app.playbook.typography import quoted, typeset
from app.practice import due, queue
from app.scripts import pins
from app.training import gathering, mastery, next_things, stairs, words
from app.training.completion import Deeds
from app.training.models import Assignment, Enrolment
from app.training.next_things import Agenda, Expected, Picture, Thing
from app.training.programme import Programme
from app.training.stairs import Drawing, Tread

MOST_PINS = 6

_EXPECTED = (
    select(Assignment.document_id, Assignment.due_at, Assignment.note, Person.name)
    .join(Enrolment, Enrolment.assignment_id == Assignment.id)
    .join(Person, Person.id == Assignment.assigned_by)
    .where(Enrolment.person_id == bindparam("person_id"), Assignment.cancelled_at.is_(None))
)


@dataclass(frozen=True)
class PinnedScript:
    """A script kept at hand: the client's words, and the first line to say."""

    title: str
    opening: str
    address: str
    step_order: int | None


@dataclass(frozen=True)
class Staircase:
    """The staircase drawn twice, with what it says for those who do not see it."""

    wide: Drawing
    narrow: Drawing
    label: str
    overall: int | None


@dataclass(frozen=True)
class Today:
    """Everything on the page. `to_review` is how many questions come back today."""

    title: str
    agenda: Agenda
    staircase: Staircase | None
    most_useful: Thing | None
    most_useful_left: str
    pinned: tuple[PinnedScript, ...]
    to_review: int
    is_first_day: bool

    @property
    def review_minutes(self) -> int:
        """How long the questions to review take."""
        return queue.minutes(self.to_review)


def today(actor: Actor, team_sentence: str = "") -> Today:
    """The page of one person. `team_sentence` says what their team needs, for whoever has nothing to do themselves."""
    programme, deeds = gathering.programme(), gathering.deeds_of_reader(actor.id)
    now = clock.now()
    attempts, waiting = gathering.unfinished_quizzes(actor.id)
    picture = Picture(programme, deeds, expected_of(actor.id), attempts, now, languages.time_zone(), waiting)
    agenda = next_things.agenda(picture)
    first_day = deeds.is_empty and not attempts and not team_sentence and bool(programme.steps)
    return Today(
        title=_title(actor, programme, agenda, first_day, team_sentence),
        agenda=agenda,
        staircase=staircase(programme, figures(programme, deeds)),
        most_useful=agenda.next,
        most_useful_left=words.left_to_do(*next_things.unfinished(agenda.next.target.step, deeds))
        if agenda.next
        else "",
        pinned=_pinned(actor.id, programme),
        to_review=due.count_of_reader(actor.id),
        is_first_day=first_day,
    )


def expected_of(person_id: UUID) -> list[Expected]:
    """What is assigned to a person, done or not. One statement."""
    rows = db.session.execute(_EXPECTED, {"person_id": person_id}).all()
    return [Expected(row.document_id, row.due_at, row.note, row.name) for row in rows]


def figures(programme: Programme, deeds: Deeds) -> dict[str, mastery.StepMastery]:
    """The mastery of each step, in the order of the staircase."""
    best = deeds.best
    return {
        step.id: mastery.of_step([play.id for play in step.plays], [quiz.id for quiz in step.quizzes], deeds.read, best)
        for step in programme.steps
    }


def step_progress() -> dict[str, int]:
    """For the slot of the same name: the signed-in person's percent by step, without the steps that hold nothing."""
    person_id = guard.actor().id

    def measure() -> dict[str, int]:
        found = figures(gathering.programme(), gathering.deeds_of_reader(person_id))
        return {step_id: each.percent for step_id, each in found.items() if each.percent is not None}

    return versions.kept(("step progress", catalogue.current().generation), person_id, measure)


def staircase(programme: Programme, found: dict[str, mastery.StepMastery]) -> Staircase | None:
    """The drawing of a person's mastery; None while the library has no step."""
    treads = [Tread(step.order, step.title, step.short_title, found[step.id].percent or 0) for step in programme.steps]
    if not treads:
        return None
    said = ", ".join(f"{tread.title} {percent(tread.percent)}" for tread in treads)
    label = str(_("Mastery by step: %(steps)s", steps=said))
    return Staircase(stairs.wide(treads), stairs.narrow(treads), label, mastery.overall(found.values()))


def _pinned(person_id: UUID, programme: Programme) -> tuple[PinnedScript, ...]:
    orders = {step.id: step.order for step in programme.steps}
    scripts = {script.id: script for script in catalogue.entries("script")}
    found = []
    for document_id, _at in pins.pinned_by(person_id):
        if document_id in scripts:
            script = scripts[document_id]
            order = next((orders[step] for step in script.card.steps if step in orders), None)
            found.append(
                PinnedScript(
                    quoted(script.title, script.language),
                    typeset(script.card.opening, script.language),
                    script.address,
                    order,
                )
            )
    return tuple(found[:MOST_PINS])


def _title(actor: Actor, programme: Programme, agenda: Agenda, first_day: bool, team_sentence: str) -> str:
    name = actor.first_name
    things, duration = len(agenda.now), words.minutes(agenda.minutes)
    if things and agenda.is_pressing:
        count = ngettext("%(count)s thing", "%(count)s things", things, count=words.count_in_words(things))
        return str(_("Hello %(name)s. %(count)s, %(duration)s.", name=name, count=count, duration=duration))
    if team_sentence:
        return str(_("Hello %(name)s. %(sentence)s", name=name, sentence=team_sentence))
    if first_day and agenda.next:
        return str(
            _(
                "Welcome, %(name)s. Begin with %(duration)s of reading.",
                name=name,
                duration=words.minutes(agenda.next.item.minutes),
            )
        )
    if things:
        return str(
            _("Hello %(name)s. Nothing urgent: go on where you stopped, %(duration)s.", name=name, duration=duration)
        )
    if agenda.next:
        return str(
            _(
                "Hello %(name)s. Nothing urgent: %(duration)s to climb a little.",
                name=name,
                duration=words.minutes(agenda.next.item.minutes),
            )
        )
    if not programme.steps:
        return str(_("Hello %(name)s. Nothing to do yet.", name=name))
    return str(_("Hello %(name)s. All is read and passed.", name=name))
