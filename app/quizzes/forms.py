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
from app.quizzes.questions.arranged import MOST

GAP_FIELDS = {f"gap-{number}": number - 1 for number in range(1, MOST + 1)}
FIELDS = frozenset(("csrf_token", "question", "reply", "uuid", "go", *GAP_FIELDS))
HINT_NUMBERS = frozenset("12345")
LONGEST_KEY = 120
MOST_REPLIES = 8 * MOST  # the items of as many categories as there may be

Direction = Literal["next", "finish", "check"]


@dataclass(frozen=True)
class AnswerForm:
    """A reply to one question. `uuid` was made by the page, so that sending again changes nothing; None when the
    sender did not care. `go` says where the person goes on to: “check” stays, to hear whether it is right."""

    question: str
    values: list[str]
    uuid: UUID | None
    go: Direction


@dataclass(frozen=True)
class HintForm:
    """A hint asked for, by its number from 1; `answer` is what the fields of the question hold, when sent with it."""

    question: str
    number: int
    answer: AnswerForm | None


def read_answer(form: MultiDict[str, str]) -> AnswerForm:
    """Raises InvalidInput when a field is missing, foreign, twice there or too long."""
    if foreign := form.keys() - FIELDS:
        raise InvalidInput(foreign=len(foreign))
    if any(len(form.getlist(name)) > 1 for name in form if name != "reply"):
        raise InvalidInput(repeated=True)
    question = form.get("question", "")
    if not 0 < len(question) <= LONGEST_KEY:
        raise InvalidInput(question=len(question))
    values = read_values(form)
    uuid = ids.parse(form["uuid"]) if "uuid" in form else None
    if uuid is None and "uuid" in form:
        raise InvalidInput(field="uuid")
    go: Direction = "finish" if form.get("go") == "finish" else "check" if form.get("go") == "check" else "next"
    return AnswerForm(question, values, uuid, go)


def read_values(form: MultiDict[str, str]) -> list[str]:
    """What the fields of a question hold, as `replies.parse` takes it. Raises InvalidInput when there is too much."""
    values = form.getlist("reply")
    if len(values) > MOST_REPLIES:
        raise InvalidInput(values=len(values))
    # A text field left empty still sends its name.
    given = [value for value in values if value]
    return given + [f"{gap}:{form[name]}" for name, gap in GAP_FIELDS.items() if form.get(name)]


def read_hint(form: MultiDict[str, str]) -> HintForm:
    """Without `uuid`, nothing of the reply was sent. Raises InvalidInput as `read_answer` does."""
    asked, rest = form.getlist("hint"), form.copy()
    rest.poplist("hint")
    answer = read_answer(rest)
    if len(asked) != 1 or asked[0] not in HINT_NUMBERS:
        raise InvalidInput(hint=len(asked))
    return HintForm(answer.question, int(asked[0]), answer if answer.uuid else None)
