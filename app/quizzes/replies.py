"""Replies: what a person answers to a question, typed by its type, read from a form and kept as JSON."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import InvalidInput
from app.quizzes.questions import (
    MultipleQuestion,
    NumericQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)

LONGEST_TEXT = 200


class WrongReply(InvalidInput):
    """What was sent cannot be a reply to this question: an option it does not have, two for one, a text too long."""

    sentence = _l("This reply does not fit the question. Reload the page and answer again.")


@dataclass(frozen=True)
class Chosen:
    """Options picked, by their place in the file, counted from 0."""

    options: frozenset[int]


@dataclass(frozen=True)
class Judged:
    """True or false."""

    answer: bool


@dataclass(frozen=True)
class Typed:
    """Words or a number, as typed."""

    text: str


Reply = Chosen | Judged | Typed


def parse(question: Question, values: Sequence[str]) -> Reply | None:
    """The reply that a form's values make; None when they make none (nothing picked, nothing typed).

    Raises WrongReply.
    """
    match question:
        case SingleQuestion():
            return _chosen(values, len(question.options), most=1)
        case MultipleQuestion():
            return _chosen(values, len(question.options), most=len(question.options))
        case TrueFalseQuestion():
            return _judged(values)
        case NumericQuestion() | ShortAnswerQuestion():
            return _typed(values)


def _chosen(values: Sequence[str], options: int, most: int) -> Chosen | None:
    if len(values) > most or len(set(values)) < len(values):
        raise WrongReply(values=len(values))
    known = {str(place): place for place in range(options)}
    if foreign := [value for value in values if value not in known]:
        raise WrongReply(foreign=len(foreign))
    return Chosen(frozenset(known[value] for value in values)) if values else None


def _judged(values: Sequence[str]) -> Judged | None:
    if not values:
        return None
    if len(values) > 1 or values[0] not in ("true", "false"):
        raise WrongReply(values=len(values))
    return Judged(values[0] == "true")


def _typed(values: Sequence[str]) -> Typed | None:
    if len(values) > 1:
        raise WrongReply(values=len(values))
    text = "".join(values)
    if len(text) > LONGEST_TEXT:
        raise WrongReply(
            _l("This reply is too long: at most %(most)s characters.", most=LONGEST_TEXT), length=len(text)
        )
    # Control characters come from no keyboard, and not every database keeps them.
    clean = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text).strip()
    return Typed(clean) if clean else None


def as_json(reply: Reply) -> dict[str, Any]:
    """How a reply is kept."""
    match reply:
        case Chosen(options):
            return {"options": sorted(options)}
        case Judged(answer):
            return {"answer": answer}
        case Typed(text):
            return {"text": text}


def from_json(kept: dict[str, Any]) -> Reply:
    """The reply that was kept."""
    if "options" in kept:
        return Chosen(frozenset(kept["options"]))
    if "answer" in kept:
        return Judged(kept["answer"])
    return Typed(kept["text"])
