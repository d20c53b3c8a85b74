"""What this room adds to Today for who leads a team: how many need them, and the way there."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from app.accounts import guard
from app.accounts.authorisation import Action, may
from app.insights import team, words


@dataclass(frozen=True)
class TeamNeeds:
    """The state of the teams in one sentence, and the panel that shows who and why."""

    sentence: str
    panel: Markup


def team_needs() -> TeamNeeds | None:
    """For the slot `today_team`: None for who leads nobody."""
    if not may(guard.actor(), Action.SEE_TEAMS):
        return None
    page = team.look(guard.actor())
    title = words.title(page)
    panel = render_template("insights/needs_panel.html", page=page, words=words)
    return TeamNeeds(f"{title}.", Markup(panel))  # noqa: S704 - rendered with escaping
