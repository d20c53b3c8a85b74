"""The staircase: the steps in order, each with its plays; made once for a generation of the library."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from markupsafe import Markup

from app.core.errors import NotFound
from app.core.slots import gather
from app.core.web import step_colour
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.playbook.reading import Reading, reading
from app.playbook.typography import typeset

Words = Mapping[str, tuple[int, datetime]]


@dataclass(frozen=True)
class Stair:
    """A step as every page shows it: typeset, `colour` the class that gives its colour."""

    step: Entry
    id: str
    order: int
    title: str
    goal: str
    colour: str
    address: str
    plays: tuple[Entry, ...]

    @property
    def minutes(self) -> int:
        """How long its plays read, together."""
        return sum(play.card.minutes for play in self.plays)


@dataclass(frozen=True)
class Staircase:
    """All steps. A play stands on the step in whose folder it lies."""

    stairs: tuple[Stair, ...]
    step_of: Mapping[str, int]

    def stair(self, step_id: str) -> int:
        """The position of a step. Raises NotFound."""
        for position, stair in enumerate(self.stairs):
            if stair.id == step_id:
                return position
        raise NotFound(document=step_id)

    def beside(self, position: int) -> tuple[Stair | None, Stair | None]:
        """The step before and the step after."""
        before = self.stairs[position - 1] if position > 0 else None
        after = self.stairs[position + 1] if position + 1 < len(self.stairs) else None
        return before, after

    @property
    def plays(self) -> list[Entry]:
        """Every play, in the order one climbs."""
        return [play for stair in self.stairs for play in stair.plays]


def staircase() -> Staircase:
    """The staircase in the reader's language."""
    return memory.kept("staircase", _build)


def _build() -> Staircase:
    published = catalogue.current()
    stairs = tuple(
        Stair(
            step=step,
            id=step.id,
            order=step.card.order,
            title=typeset(step.title, step.language),
            goal=typeset(step.card.goal, step.language),
            colour=step_colour(step.card.order),
            address=step.address,
            plays=tuple(published.beside(step, "play")),
        )
        for step in catalogue.entries("step")
    )
    step_of = {play.id: position for position, stair in enumerate(stairs) for play in stair.plays}
    return Staircase(stairs, step_of)


def states(plays: tuple[Entry, ...] | list[Entry], said: Words) -> dict[str, Reading]:
    """Where the reader stands with each play, by its id."""
    published = catalogue.current()
    found = {}
    for play in plays:
        word = said.get(play.id)
        holds = word is not None and published.stands(play.id, word[0])
        found[play.id] = reading(word[0] if word else None, holds=holds)
    return found


def marks() -> dict[str, Markup]:
    """The sign that stands beside a play in the rail, by the reader's state."""
    return memory.kept("marks", lambda: {state.value: _mark(state) for state in Reading})


def _mark(state: Reading) -> Markup:
    return Markup(render_template("playbook/_mark.html", state=state).strip())  # noqa: S704 - our own template


def progress() -> dict[str, int]:
    """The percent the reader has climbed of each step, by its id; empty while nothing measures it."""
    measured = gather("step_progress")
    return measured[0] if measured else {}
