"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.navigation import Place
from app.library import kinds
from app.playbook.blueprint import bp
from app.playbook.documents import OFFER, PLAY, STEP
from app.playbook.typography import quoted, typeset


def init_app(app: Flask) -> None:
    """Bring steps, plays and offers, and their pages."""
    for kind in (STEP, PLAY, OFFER):
        kinds.register(app, kind)
    app.register_blueprint(bp)
    app.jinja_env.filters.update(typeset=typeset, quoted=quoted)
    navigation.add(app, Place("steps", _l("Steps"), "/steps", "stairs-up", 20))
    navigation.add(app, Place("offers", _l("Offers"), "/offers", "package", 40))
