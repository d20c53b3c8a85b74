"""What this room adds to an application."""

from flask import Flask

from app.practice import models  # noqa: F401 - tables join the metadata


def init_app(app: Flask) -> None:
    """Bring what is practised."""
