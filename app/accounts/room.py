"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts import commands, guard, passwords, sign_ins
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, may
from app.accounts.blueprint import bp
from app.core import navigation


def init_app(app: Flask) -> None:
    """Register this room."""
    app.permanent_session_lifetime = sign_ins.LASTS
    # The cookie ends with its row, thirty days after signing in; writing it again at every page would say otherwise.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    passwords.init_app(app)
    guard.init_app(app)
    app.register_blueprint(bp)
    app.cli.add_command(commands.accounts_commands)
    navigation.add(
        app, navigation.Place("people", _l("People"), "/admin", "users-group", order=90, visible=_manages_people)
    )


def _manages_people(actor: object) -> bool:
    return isinstance(actor, Actor) and may(actor, Action.MANAGE_PEOPLE)
