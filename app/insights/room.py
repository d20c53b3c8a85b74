"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, may
from app.core import navigation
from app.core.navigation import Place
from app.insights import panels
from app.insights.blueprint import bp
from app.insights.commands import demo_commands


def init_app(app: Flask) -> None:
    """Bring the team dashboard, the records and the demonstration."""
    app.register_blueprint(bp)
    app.cli.add_command(demo_commands)
    navigation.add(app, Place("team", _l("Team"), "/team", "users", 50, visible=_leads))
    app.extensions["palier_slots"].fill("today_team", panels.team_needs)


def _leads(actor: object) -> bool:
    return isinstance(actor, Actor) and may(actor, Action.SEE_TEAMS)
