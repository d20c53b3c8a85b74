"""What this room adds to an application."""

from flask import Flask

from app.library import kinds
from app.quizzes import models  # noqa: F401 - its tables join the metadata
from app.quizzes.documents import QUIZ


def init_app(app: Flask) -> None:
    """Bring quizzes."""
    kinds.register(app, QUIZ)
