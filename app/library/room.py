"""What this room adds to an application."""

from flask import Flask

from app.library import kinds, models  # noqa: F401 - its tables join the metadata
from app.library.glossary import GLOSSARY


def init_app(app: Flask) -> None:
    """Make the registry of kinds, and bring the glossary."""
    app.extensions["palier_kinds"] = kinds.Kinds()
    kinds.register(app, GLOSSARY)
