"""What the forms of review send, as plain values; what fits a question is a rule of `quizzes/replies.py`."""

from dataclasses import dataclass
from uuid import UUID

from werkzeug.datastructures import MultiDict

from app.core import ids
from app.core.errors import InvalidInput
from app.practice import tickets
from app.practice.queue import Name
from app.practice.rating import Rating
from app.practice.tickets import Ticket
from app.quizzes import forms

LONGEST_ID = 120
MOST_MILLISECONDS = 24 * 3600 * 1000


@dataclass(frozen=True)
class AnswerForm:
    """An answer: the ticket of its page, what the fields hold, and how long it took by the page's own clock."""

    ticket: Ticket
    values: list[str]
    gives_up: bool
    said_ms: int | None


def read_answer(form: MultiDict[str, str], person_id: UUID) -> AnswerForm:
    """Raises InvalidInput, and NotFound for somebody else's ticket."""
    ticket = tickets.read(form.get("ticket", ""), person_id)
    took = form.get("took", "")
    said = int(took) if took.isascii() and took.isdecimal() and len(took) <= 9 else None
    if said is not None and said > MOST_MILLISECONDS:
        said = None
    return AnswerForm(ticket, forms.read_values(form), "give-up" in form, said)


def read_rating(form: MultiDict[str, str]) -> tuple[UUID, Rating]:
    """The review and the rating chosen for it. Raises InvalidInput."""
    review, rating = ids.parse(form.get("review", "")), form.get("rating", "")
    if review is None or rating not in {str(int(each)) for each in Rating}:
        raise InvalidInput(rating=rating[:9])
    return review, Rating(int(rating))


def read_name(fields: MultiDict[str, str]) -> Name:
    """The question that a form or an address is about. Raises InvalidInput."""
    document_id, key = fields.get("document", ""), fields.get("question", "")
    if not (0 < len(document_id) <= LONGEST_ID and 0 < len(key) <= LONGEST_ID):
        raise InvalidInput(document=len(document_id), question=len(key))
    return document_id, key
