"""The same small library and team as the room below."""

from tests.training.conftest import library, team

__all__ = ["library", "team"]
