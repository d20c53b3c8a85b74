"""The person behind a request, as the use cases see them: plain values, no session, no request."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is here for."""

    REP = "rep"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Actor:
    """A signed-in person. `manages` are the teams they manage, empty for most; `writes` makes an author of a rep."""

    id: UUID
    name: str
    email: str
    role: Role
    language: str | None = None
    time_zone: str | None = None
    theme: str | None = None
    manages: frozenset[UUID] = frozenset()
    writes: bool = False

    @property
    def initials(self) -> str:
        """Two letters for the round badge."""
        words = self.name.split() or ["?"]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def first_name(self) -> str:
        """How Today greets them."""
        return self.name.split()[0] if self.name.split() else self.name
