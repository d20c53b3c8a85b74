"""Tickets: signed, and their owner's alone."""

import pytest

from app.core.errors import NotFound
from app.practice import tickets
from app.practice.tickets import WrongTicket
from tests.factories import make_person
from tests.practice.conftest import Practice, ticket


@pytest.mark.parametrize("forged", ["", "x", "WyIwIl0.AAAA", "a" * 5_000, "é", "\x00"])
def test_a_forged_ticket_is_refused(practice: Practice, forged: str) -> None:
    with pytest.raises(WrongTicket):
        tickets.read(forged, practice.room.rep.id)


def test_a_ticket_is_its_owner_s_alone(practice: Practice) -> None:
    with practice.day(2):
        mine = ticket(practice)
        assert tickets.read(tickets.sign(mine), practice.room.rep.id) == mine
        with pytest.raises(NotFound):
            tickets.read(tickets.sign(mine), make_person().id)
        head, _, mark = tickets.sign(mine).partition(".")
        with pytest.raises(WrongTicket):
            tickets.read(f"{head[:-2]}AA.{mark}", practice.room.rep.id)
