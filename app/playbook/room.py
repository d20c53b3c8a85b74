"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.navigation import Place
from app.library import kinds
from app.library.authoring.fields.presentation import present
from app.playbook import fields, previews, problem_words  # noqa: F401 - its sentences join at import
from app.playbook.blueprint import bp
from app.playbook.documents import OFFER, PLAY, STEP
from app.playbook.typography import quoted, typeset


def init_app(app: Flask) -> None:
    """Bring steps, plays and offers, and their pages."""
    for kind in (STEP, PLAY, OFFER):
        kinds.register(app, kind)
    for name, preview in (
        *(("step", previews.step), ("play", previews.play)),
        *(("offer", previews.offer), ("glossary", previews.words)),
    ):
        kinds.preview_by(app, name, preview)
    for kind, presentation in ((STEP, fields.STEP), (PLAY, fields.PLAY), (OFFER, fields.OFFER)):
        present(app, kind.name, presentation)
    app.register_blueprint(bp)
    app.jinja_env.filters.update(typeset=typeset, quoted=quoted)
    navigation.add(app, Place("steps", _l("Steps"), "/steps", "stairs-up", 20))
    navigation.add(app, Place("offers", _l("Offers"), "/offers", "package", 40))
