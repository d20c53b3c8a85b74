"""What this room adds to the pages of the rooms below, for who leads a team: the way to assign what is shown."""

from flask import render_template
from markupsafe import Markup

from app.accounts import guard
from app.accounts.authorisation import Action, may
from app.library.catalogue import Entry


def assign_step(step: Entry) -> Markup | None:
    """The panel of a step's page."""
    return _panel(step)


def assign_play(play: Entry, step: Entry | None) -> Markup | None:
    """The panel of a play's page."""
    return _panel(play) if step else None


def _panel(entry: Entry) -> Markup | None:
    if not may(guard.actor(), Action.SEE_TEAMS):
        return None
    return Markup(render_template("training/assign_panel.html", entry=entry))  # noqa: S704 - rendered with escaping
