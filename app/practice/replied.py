"""What the fields of a question hold before it is answered, so that it stays in them."""

from collections.abc import Sequence

from app.accounts.actor import Actor
from app.practice import asking, review_rows
from app.practice.tickets import Ticket
from app.quizzes.replies import Reply, WrongReply


def so_far(actor: Actor, ticket: Ticket, values: Sequence[str]) -> Reply | None:
    """The reply as far as it goes; None where there is none, or none that fits."""
    kind, language = review_rows.revision(ticket.revision_id)
    asked = asking.at_revision(actor.id, ticket.name, kind, ticket.revision_id, language, ticket.number)
    try:
        return asked.reply(values) if asked else None
    except WrongReply:
        return None
