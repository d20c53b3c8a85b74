"""What this room adds to an application."""

from flask import Flask

from app.library import acknowledgements, kinds, models  # noqa: F401 - tables and projections join at import
from app.library.attachments import models as attachment_models  # noqa: F401
from app.library.authoring import models as draft_models  # noqa: F401
from app.library.blueprint import bp
from app.library.commands import library_commands
from app.library.finding import models as search_models  # noqa: F401
from app.library.glossary import GLOSSARY
from app.library.remarks import models as remark_models  # noqa: F401
from app.library.trust import models as trust_models  # noqa: F401


def init_app(app: Flask) -> None:
    """Make the registry of kinds, and bring the glossary."""
    app.extensions["palier_kinds"] = kinds.Kinds()
    kinds.register(app, GLOSSARY)
    app.register_blueprint(bp)
    app.cli.add_command(library_commands)
