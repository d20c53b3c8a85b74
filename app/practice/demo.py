"""Reviews for the demo data: real ones, through the use cases at a chosen moment of the past."""

import random
from datetime import datetime, timedelta

from app.accounts.actor import Actor
from app.core import clock
from app.practice import asking, due, reviews
from app.practice.tickets import Ticket
from app.quizzes.demo_replies import right, wrong

PACE = timedelta(seconds=15)


def review_day(person: Actor, share_known: float, at: datetime) -> int:
    """Answer everything that is due at `at`, knowing about this share of it; returns how many answers that makes.

    Which ones are known depends on the arguments alone, so the same demo is made each time.
    """
    chance = random.Random(f"{person.id} {at.isoformat()}")  # noqa: S311 - nothing secret here
    with clock.frozen_at(at):
        found = due.cards_of(person.id)
    answered = 0
    for name in found.queue().names:
        held = found.held[name]
        asked = asking.published(person.id, name, held.entry, held.card.reviews)
        if asked is None:
            continue
        shown_at = at + PACE * answered
        with clock.frozen_at(shown_at + PACE * chance.uniform(0.3, 1)):
            question, knows = asked.question, chance.random() < share_known
            ticket = Ticket(person.id, name, asked.revision_id, asked.number, 0, shown_at)
            reviews.answer(person, ticket, right(question) if knows else wrong(question, chance))
        answered += 1
    return answered
