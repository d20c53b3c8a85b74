"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.navigation import Place
from app.library import kinds
from app.library.authoring.fields.presentation import present
from app.scripts import fields, models, panels, pins, previews, problem_words  # noqa: F401 - tables and projections join at import
from app.scripts.blueprint import bp
from app.scripts.documents import CATEGORIES, SCRIPT


def init_app(app: Flask) -> None:
    """Bring objection scripts and their categories, their pages, and their panels on the playbook's."""
    for kind in (SCRIPT, CATEGORIES):
        kinds.register(app, kind)
    kinds.preview_by(app, "script", previews.script)
    kinds.preview_by(app, "categories", previews.categories)
    present(app, SCRIPT.name, fields.SCRIPT)
    present(app, CATEGORIES.name, fields.CATEGORIES)
    app.register_blueprint(bp)
    navigation.add(app, Place("scripts", _l("Scripts"), "/scripts", "message", 30))
    slots = app.extensions["palier_slots"]
    slots.fill("step_page", panels.on_step_page)
    slots.fill("play_page", panels.on_play_page)
    slots.fill("offer_page", panels.on_offer_page)
