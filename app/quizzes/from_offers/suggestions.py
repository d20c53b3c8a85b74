"""A question made from facts of an offer: what a bank would hold of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from app.quizzes.formats.markup import escaped
from app.quizzes.from_offers import provenance
from app.quizzes.from_offers.facts import Offer
from app.quizzes.from_offers.wording import Wording
from app.quizzes.questions import Question

LONGEST_TITLE = 120

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


@dataclass(frozen=True)
class Suggestion:
    """A question as a file holds it, and the fact it was made from (`prices-pose`; `limits` for several of them).

    A `spare` one is as true as the others, but one too many of its sort: it is not proposed, and follows the offer
    where it is in use.
    """

    key: str
    fact: str
    values: dict[str, Any]
    spare: bool = False

    @cached_property
    def question(self) -> Question:
        """The question."""
        return _QUESTION.validate_python(self.values)

    @cached_property
    def digest(self) -> str:
        """What tells whether a question is still this one."""
        return provenance.digest(self.question)


@dataclass(frozen=True)
class Making:
    """What questions are made of: an offer, the others beside it, the words of their language."""

    offer: Offer
    siblings: tuple[Offer, ...]
    words: Wording

    def suggestion(
        self, kind: str, key: str, part: str, fact: str, title: str, values: dict[str, Any], *, spare: bool = False
    ) -> Suggestion:
        """A question of a type, about a `fact` of a `part` of the offer (all of it when empty)."""
        named = f"{part}-{fact}" if fact else part
        told = {
            "key": key,
            "type": kind,
            "title": title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…",
            **values,
            "read_again": f"offer:{self.offer.id}#{part}",
            "tags": [self.words.tags[part]],
        }
        made = Suggestion(key, named, told, spare)
        return Suggestion(
            key, named, {**told, "made_from": provenance.source(self.offer.id, named, made.digest)}, spare
        )


def plain(words: str) -> str:
    """A fact's words as Markdown that says no more than they do."""
    return escaped(" ".join(words.split())).replace("[[", r"[\[")
