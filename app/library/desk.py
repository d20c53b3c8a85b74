"""What waits for a person: a page to verify, a question to answer, an answer to read, replies to score.

Each part of the room, and rooms above, add their own; *Today* shows them in one list.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.accounts.actor import Actor


@dataclass(frozen=True)
class Waiting:
    """A line of the list: what (bold), why (muted), one action and where it leads; lower `order` first."""

    icon: str
    what: str
    why: str
    action: str
    address: str
    order: int = 50


Provider = Callable[[Actor], list[Waiting]]

_providers: list[Provider] = []


def adds(provider: Provider) -> Provider:
    """Have a provider asked; it runs one statement at most, whatever the number of documents."""
    _providers.append(provider)
    return provider


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything that waits for this person, the most pressing first."""
    found = [each for provider in _providers for each in provider(actor)]
    return sorted(found, key=lambda each: each.order)
