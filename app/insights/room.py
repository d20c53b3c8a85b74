"""What this room adds to an application."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register this room."""
