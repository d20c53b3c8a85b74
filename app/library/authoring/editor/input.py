"""What the editor's page and its scripts send, read without trusting it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request

from app.core import ids
from app.core.errors import InvalidInput
from app.library.authoring.editor.saving import Sent
from app.library.authoring.editor.typed_text import TooLong
from app.library.files import LARGEST

MOST_PREVIOUS = 3
MOST_SETTLED = 50
LARGEST_NUMBER = 2**31 - 1


def sent() -> Sent:
    """A text to save, from JSON or from the page's form. Raises InvalidInput."""
    if request.is_json:
        given = _json()
        previous, settles = given.get("previous", []), given.get("settles", [])
        if not isinstance(previous, list) or not isinstance(settles, list):
            raise InvalidInput
        return Sent(
            text=_text(given.get("source")),
            draft_id=_id(given.get("draft")),
            version=_number(given.get("version", 0)) or 0,
            base=_number(given.get("base")),
            previous=tuple(_text(each) for each in previous[:MOST_PREVIOUS]),
            settles=_settled(settles),
        )
    return Sent(
        text=_text(request.form.get("source")),
        draft_id=_id(request.form.get("draft") or None),
        version=_number(request.form.get("version", "0")) or 0,
        base=_number(request.form.get("base") or None),
        settles=_settled(request.form.getlist("settles")),
    )


@dataclass(frozen=True)
class Typed:
    """A text to check: whether its author asks who else is there, and a text to be compared with it."""

    text: str
    present: bool
    against: str | None


def typed() -> Typed:
    """From JSON, a text to check. Raises InvalidInput."""
    given = _json()
    against = given.get("against")
    return Typed(_text(given.get("source")), given.get("present") is True, None if against is None else _text(against))


def _json() -> dict[str, Any]:
    try:
        given = request.get_json(silent=True)
    except RecursionError as wrong:  # brackets in brackets: not what a reader of JSON counts among its own errors
        raise InvalidInput from wrong
    if not isinstance(given, dict):
        raise InvalidInput
    return given


def _text(given: object) -> str:
    """Lines end as on the page. Longer than any file is refused before it is looked at."""
    if not isinstance(given, str):
        raise InvalidInput
    if len(given) > 2 * LARGEST:
        raise TooLong
    text = given.replace("\r\n", "\n").replace("\r", "\n")
    try:
        text.encode()
    except UnicodeEncodeError as wrong:
        raise InvalidInput from wrong
    return text


def _number(given: object) -> int | None:
    if isinstance(given, str):
        given = int(given) if given.isascii() and given.isdecimal() and len(given) <= 10 else -1
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= LARGEST_NUMBER:
        raise InvalidInput
    return given


def _settled(given: list[Any]) -> tuple[UUID, ...]:
    return tuple(found for each in given[:MOST_SETTLED] if (found := _id(each)))


def _id(given: object) -> UUID | None:
    if given is None:
        return None
    found = ids.parse(given) if isinstance(given, str) else None
    if found is None:
        raise InvalidInput
    return found
