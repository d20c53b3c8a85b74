"""The pictures that a question may show."""

from collections.abc import Iterable

from app.library.attachments import shelf
from app.library.authoring.fields.presentation import Choice


def pictures(_language: str) -> Iterable[Choice]:
    """Every attached picture, by name. One statement."""
    return [Choice(each.target, each.name) for each in shelf.everything() if each.is_picture]
