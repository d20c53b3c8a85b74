"""What this room adds to an application."""

from flask import Flask

from app.library import kinds
from app.scripts import models  # noqa: F401 - its tables join the metadata
from app.scripts.documents import CATEGORIES, SCRIPT


def init_app(app: Flask) -> None:
    """Bring objection scripts and their categories."""
    for kind in (SCRIPT, CATEGORIES):
        kinds.register(app, kind)
