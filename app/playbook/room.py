"""What this room adds to an application."""

from flask import Flask

from app.library import kinds
from app.playbook.documents import OFFER, PLAY, STEP


def init_app(app: Flask) -> None:
    """Bring steps, plays and offers."""
    for kind in (STEP, PLAY, OFFER):
        kinds.register(app, kind)
