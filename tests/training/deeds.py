"""Doing things as a rep, through the use cases."""

from flask import g

from app.accounts.models import Person
from app.core import clock
from app.library import acknowledgements, catalogue
from app.quizzes.demo import make_attempt


def read(person: Person, *plays: str) -> None:
    """Say that plays are read and understood."""
    for play in plays:
        acknowledgements.acknowledge(person.id, play, catalogue.entry(play, "play").revision_id)
    g.pop("acknowledged", None)


def take(person: Person, quiz: str, share: float = 1.0) -> None:
    """Take a quiz, with this share of right replies."""
    make_attempt(person.id, quiz, share, clock.now())
    g.pop("quiz_results", None)
