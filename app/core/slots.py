"""Page slots: a page shows what higher rooms know without importing them.

A page gathers a slot by name; a higher room fills it. A provider answers once for a page, whatever the number
of rows on it, so a slot costs one query at most.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

Provider = Callable[..., Any]


@dataclass
class Slots:
    """Who fills what, for one application."""

    providers: dict[str, list[Provider]] = field(default_factory=dict)

    def fill(self, name: str, provider: Provider) -> None:
        """Add a provider, called with the keyword arguments the page gives."""
        self.providers.setdefault(name, []).append(provider)


def gather(name: str, **context: Any) -> list[Any]:
    """What each provider of a slot has to show, in the order they were added, without the empty ones."""
    slots: Slots = current_app.extensions["palier_slots"]
    answers = (provider(**context) for provider in slots.providers.get(name, ()))
    return [answer for answer in answers if answer]
