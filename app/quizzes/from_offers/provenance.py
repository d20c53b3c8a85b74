"""What a question was made from, written in it: the offer, the fact, and a digest of the question as it was made.

`offer:lumio-atelier#prices-pose-et-raccordement@3f2a9c1e`: a question that no longer has this digest was edited, and
one whose fact now makes another was made from what the fact said before.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.quizzes.questions import Question

_SOURCE = re.compile(r"offer:(?P<offer>[a-z0-9-]+)#(?P<fact>[a-z0-9-]+)(?:@(?P<digest>[0-9a-f]{8}))?")


@dataclass(frozen=True)
class Source:
    """Where a question comes from. Without a `digest` nobody knows how it was made."""

    offer: str
    fact: str
    digest: str | None


def source(offer_id: str, fact: str, digest: str) -> str:
    """What `made_from` says of a question."""
    return f"offer:{offer_id}#{fact}@{digest}"


def read(made_from: str | None) -> Source | None:
    """What a question's `made_from` says; None when it is an author's own."""
    found = _SOURCE.fullmatch(made_from or "")
    return Source(found["offer"], found["fact"], found["digest"]) if found else None


def digest(question: Question) -> str:
    """Equal for questions that say the same, however their numbers are written; of where they come from, nothing."""
    said = _plain(question.model_dump(exclude={"made_from"}, exclude_defaults=True))
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:8]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(Fraction(value)) if isinstance(value, Decimal) else value
