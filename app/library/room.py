"""What this room adds to an application."""

from flask import Flask

from app.library import acknowledgements, kinds, models  # noqa: F401 - tables and projections join at import
from app.library.commands import library_commands
from app.library.glossary import GLOSSARY


def init_app(app: Flask) -> None:
    """Make the registry of kinds, and bring the glossary."""
    app.extensions["palier_kinds"] = kinds.Kinds()
    kinds.register(app, GLOSSARY)
    app.cli.add_command(library_commands)
