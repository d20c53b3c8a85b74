"""What this room adds to an application."""

from flask import Flask

from app.quizzes import models  # noqa: F401 - its tables join the metadata


def init_app(app: Flask) -> None:
    """Register this room."""
