"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.navigation import Place
from app.training import models, panels, today  # noqa: F401 - its tables join the metadata
from app.training.blueprint import bp


def init_app(app: Flask) -> None:
    """Bring Today, assigning, and the progress that pages below show."""
    app.register_blueprint(bp)
    navigation.add(app, Place("today", _l("Today"), "/", "home", 10))
    slots = app.extensions["palier_slots"]
    slots.fill("step_progress", today.step_progress)
    slots.fill("step_page", panels.assign_step)
    slots.fill("play_page", panels.assign_play)
