"""A small library of two steps and a team, for the tests of this room and of the one above."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.actor import Actor, Role
from app.accounts.models import Person, Team
from tests.factories import actor_for, make_person, make_team
from tests.library_factories import sync_library, write_categories, write_play, write_quiz, write_script, write_step


def write_steps(root: Path, steps: int = 2) -> None:
    """Steps `etape-1`…, each with two plays (`fiche-1-1`, `fiche-1-2`) and a quiz (`quiz-1`)."""
    for number in range(1, steps + 1):
        folder = write_step(root, f"etape-{number}", order=number, title=f"Étape {number}")
        for play in (1, 2):
            write_play(root, folder, f"fiche-{number}-{play}", order=play)
        write_quiz(root, f"quiz-{number}", step=f"etape-{number}")


@dataclass(frozen=True)
class Crew:
    """A manager who leads two reps, and somebody from another team."""

    team: Team
    manager: Person
    nadia: Person
    david: Person
    stranger: Person
    other_manager: Person

    @property
    def actor(self) -> Actor:
        """The manager, as use cases see them."""
        return actor_for(self.manager, manages=(self.team.id,))


@pytest.fixture
def library(app: Flask, library_files: Path) -> Path:
    write_steps(library_files)
    write_categories(library_files)
    write_script(library_files, steps=["etape-2"])
    report = sync_library(app)
    assert not report.problems
    return library_files


@pytest.fixture
def team(app: Flask) -> Crew:
    manager, other = make_person(Role.MANAGER, "Claire Morvan"), make_person(Role.MANAGER, "Yann Kermarrec")
    nadia, david, stranger = make_person(name="Nadia Belkacem"), make_person(name="David Petit"), make_person()
    made = make_team("Lyon", manager=manager, members=(nadia, david))
    make_team("Nantes", manager=other, members=(stranger,))
    return Crew(made, manager, nadia, david, stranger, other)
