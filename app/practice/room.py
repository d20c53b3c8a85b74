"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts.actor import Actor, Role
from app.core import navigation
from app.core.navigation import Place
from app.practice import events, models, projection  # noqa: F401 - tables, projections and subscribers join at import
from app.practice.blueprint import bp


def init_app(app: Flask) -> None:
    """Bring spaced review."""
    app.register_blueprint(bp)
    navigation.add(app, Place("review", _l("Review"), "/review", "cards", 25, visible=_learns))


def _learns(actor: object) -> bool:
    """Who leads has more places than a phone has room for; *Today* takes them to what they have to review."""
    return isinstance(actor, Actor) and actor.role is Role.REP
