"""What this room adds to an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, may
from app.core import navigation
from app.core.navigation import Place
from app.library import acknowledgements, kinds, models  # noqa: F401 - tables and projections join at import
from app.library.archives import models as archive_models  # noqa: F401
from app.library.attachments import models as attachment_models  # noqa: F401
from app.library.authoring import models as draft_models  # noqa: F401
from app.library.authoring.fields import common as fields
from app.library.authoring.fields.presentation import present
from app.library.blueprint import bp
from app.library.commands import library_commands
from app.library.finding import models as search_models  # noqa: F401
from app.library.glossary import GLOSSARY
from app.library.remarks import beside, headings
from app.library.remarks import models as remark_models  # noqa: F401
from app.library.trust import models as trust_models  # noqa: F401
from app.library.trust import notices, panels, stewardship, waiting  # noqa: F401 - rounds and Today's lines join


def init_app(app: Flask) -> None:
    """Make the registry of kinds, and bring the glossary."""
    app.extensions["palier_kinds"] = kinds.Kinds()
    kinds.register(app, GLOSSARY)
    present(app, GLOSSARY.name, fields.GLOSSARY)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        ask=headings.ask_link,
        ask_at_end=headings.ask_at_end,
        imprint_of=stewardship.imprint_of,
        lapse_notice=panels.lapse_notice,
        question_beside=beside.question_beside,
        questions_to_settle=beside.questions_to_settle,
    )
    app.cli.add_command(library_commands)
    navigation.add(app, Place("library", _l("Library"), "/library", "book-2", 45, visible=_writes))


def _writes(actor: object) -> bool:
    return isinstance(actor, Actor) and may(actor, Action.WRITE_LIBRARY)
