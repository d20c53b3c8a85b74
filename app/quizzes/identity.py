"""What a question asks and what is right, as one short text: equal exactly when both are.

Wording around it (title, feedback, hints, tags, what to read again), what it is worth and how it is shuffled do not
count, nor do spaces and the notation of a number. The order of options, pairs, items and categories does: replies name
them by their place.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.quizzes.questions import MultipleQuestion, Question, SingleQuestion

# Of the question itself; a rubric's criteria have points of their own, which count.
_AROUND = frozenset(
    (
        *("key", "title", "points", "tags", "hints", "read_again", "picture_alt", "made_from", "shuffle"),
        *("if_true", "if_false", "if_right", "if_wrong", "model_answer", "most_words"),
    )
)
_IN_ANY_ORDER = frozenset({"accepted", "other_units", "also"})


def what_is_asked(question: Question) -> str:
    """The fingerprint of what a question asks and what is right."""
    asked = question.model_dump(exclude=set(_AROUND))
    if isinstance(question, SingleQuestion | MultipleQuestion):
        # A credit that says what would be so without it changes nothing.
        asked["options"] = [
            [option.text, str(share)] for option, share in zip(question.options, question.shares, strict=True)
        ]
    plain = json.dumps(_plain(asked), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Any, name: str = "") -> Any:
    """A value in the one way of writing it."""
    if isinstance(value, Mapping):
        return {key: _plain(each, key) for key, each in value.items() if key != "feedback"}
    if isinstance(value, list | tuple):
        each = [_plain(item) for item in value]
        return sorted(each, key=repr) if name in _IN_ANY_ORDER else each
    if isinstance(value, Decimal):
        return str(Fraction(value))
    if isinstance(value, str):
        return str(Fraction(value)) if name.endswith("credit") else " ".join(value.split())
    return value
