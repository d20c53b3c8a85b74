"""Tickets: what the page of a question hands back with the answer, signed, so that nothing in it can be made up."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid5

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer

from app.core.errors import InvalidInput, NotFound
from app.practice.queue import Name

_REVIEWS = UUID("5f9a2c1e-7f0d-4b6e-9c7a-2d6b1a0f4e33")
LONGEST = 1_000


class WrongTicket(InvalidInput):
    """What was sent does not come from a page of ours."""

    sentence = _l("This page is no longer good. Open the review again.")


@dataclass(frozen=True)
class Ticket:
    """A question that was put to somebody: of which revision, after how many reviews, with how many hints, and when."""

    person_id: UUID
    name: Name
    revision_id: int
    number: int
    hints: int
    shown_at: datetime

    @cached_property
    def review(self) -> UUID:
        """The name of the act of answering: one for each time that a question comes back, so that two windows, or a
        form sent twice, count once."""
        document_id, key = self.name
        return uuid5(_REVIEWS, f"{self.person_id} {document_id} {key} {self.number}")

    def took(self, at: datetime, said_ms: int | None) -> timedelta:
        """How long the answer took: since the page was made, or less if the page itself says so."""
        since = max(timedelta(0), at - self.shown_at)
        return since if said_ms is None else min(since, timedelta(milliseconds=max(0, said_ms)))

    def with_one_more_hint(self) -> "Ticket":
        """After another hint."""
        return replace(self, hints=self.hints + 1)


def sign(ticket: Ticket) -> str:
    """As it travels."""
    at = round(ticket.shown_at.timestamp() * 1000)
    return _signer().dumps([ticket.person_id.hex, *ticket.name, ticket.revision_id, ticket.number, ticket.hints, at])


def read(signed: str, person_id: UUID) -> Ticket:
    """Raises WrongTicket, and NotFound for somebody else's."""
    if len(signed) > LONGEST:
        raise WrongTicket(length=len(signed))
    try:
        person, document_id, key, revision_id, number, hints, at = _signer().loads(signed)
    except (BadData, ValueError):
        raise WrongTicket() from None
    if person != person_id.hex:
        raise NotFound()
    shown_at = datetime.fromtimestamp(at / 1000, UTC)
    return Ticket(person_id, (document_id, key), revision_id, number, hints, shown_at)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="review")
