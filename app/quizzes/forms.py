"""What the answer form sends, as plain values.

Read by hand rather than by a form class: it is one small form on the hot path, and which replies fit is a rule
(`replies.py`), not a matter of fields.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from werkzeug.datastructures import MultiDict

from app.core import ids
from app.core.errors import InvalidInput

FIELDS = frozenset(("csrf_token", "question", "reply", "uuid", "go"))
LONGEST_KEY = 120
MOST_REPLIES = 12

Direction = Literal["next", "finish"]


@dataclass(frozen=True)
class AnswerForm:
    """A reply to one question. `uuid` was made by the page, so that sending again changes nothing; None when the
    sender did not care. `go` says where the person goes on to."""

    question: str
    values: list[str]
    uuid: UUID | None
    go: Direction


def read_answer(form: MultiDict[str, str]) -> AnswerForm:
    """Raises InvalidInput when a field is missing, foreign, twice there or too long."""
    if foreign := form.keys() - FIELDS:
        raise InvalidInput(foreign=len(foreign))
    if any(len(form.getlist(name)) > 1 for name in FIELDS - {"reply"}):
        raise InvalidInput(repeated=True)
    question, values = form.get("question", ""), form.getlist("reply")
    if not 0 < len(question) <= LONGEST_KEY or len(values) > MOST_REPLIES:
        raise InvalidInput(question=len(question), values=len(values))
    uuid = ids.parse(form["uuid"]) if "uuid" in form else None
    if uuid is None and "uuid" in form:
        raise InvalidInput(field="uuid")
    # A text field left empty still sends its name.
    return AnswerForm(
        question, [value for value in values if value], uuid, "finish" if form.get("go") == "finish" else "next"
    )
