"""How a question is put to somebody: its values drawn afresh each time, its options in another order.

Everything follows from the person, the question and how often they have reviewed it, so that what is graded is what was
shown, and nothing of it travels through their browser.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from app.library import markup, parsing
from app.library.catalogue import Entry
from app.library.markup import plain_text
from app.practice import rating
from app.practice.queue import Name
from app.quizzes import arrangement, papers, replies, sheets
from app.quizzes.grading.shares import things_in
from app.quizzes.questions import (
    CalculatedQuestion,
    FreeTextQuestion,
    MultipleQuestion,
    NumericQuestion,
    Question,
    SingleQuestion,
)
from app.quizzes.replies import Reply
from app.quizzes.sheets import Sheet

THINGS_IN_A_SUM = 3  # to read a number off, to work it out, to type it


@dataclass(frozen=True)
class Asked:
    """A question as somebody sees it after `number` reviews of it; a calculated one as the number its values make."""

    name: Name
    person_id: UUID
    revision_id: int
    language: str
    number: int
    question: Question
    order: list[int]

    @cached_property
    def sheet(self) -> Sheet:
        """Its texts as HTML."""
        return sheets.render(1, self.question, self._html)

    @property
    def expected_seconds(self) -> float:
        """How long somebody who knows takes."""
        sheet = self.sheet
        things = [*sheet.things, *sheet.places]
        shown = [sheet.html, *(each.html for each in sheet.choices), *(each.html for each in things)]
        words = sum(len(plain_text(html).split()) for html in shown)
        return rating.expected_time(words, _things(self.question)).total_seconds()

    def reply(self, values: Sequence[str]) -> Reply | None:
        """What the fields of its page hold. Raises WrongReply."""
        return replies.parse(self.question, arrangement.in_file(self.question, self.order, values))

    def _html(self, text: str) -> str:
        return markup.inline(text, language=self.language, address=parsing.link_address)


def published(person_id: UUID, name: Name, entry: Entry, number: int) -> Asked | None:
    """A question as it is published in this edition; None when it is not there, or only a manager can score it."""
    return at_revision(person_id, name, entry.kind.name, entry.revision_id, entry.language, number)


def at_revision(person_id: UUID, name: Name, kind: str, revision_id: int, language: str, number: int) -> Asked | None:
    """The same for a revision of a quiz or bank."""
    question = plain_question(name, kind, revision_id)
    if question is None or isinstance(question, FreeTextQuestion):
        return None
    chance = random.Random(f"{person_id} {name[0]} {name[1]} {number}")  # noqa: S311 - nothing secret here
    if isinstance(question, CalculatedQuestion):
        from app.quizzes import calculated

        question = calculated.resolve(question, calculated.draw(question, chance), language)
    return Asked(name, person_id, revision_id, language, number, question, _order(question, chance))


def plain_question(name: Name, kind: str, revision_id: int) -> Question | None:
    """A question as its author wrote it, in a revision of a quiz or bank. One statement the first time at most."""
    document_id, key = name
    if kind == "bank":
        return papers.bank(revision_id).get(f"{document_id}/{key}")
    return papers.of(revision_id).question(key)


def _order(question: Question, chance: random.Random) -> list[int]:
    places = list(range(arrangement.count(question)))
    if isinstance(question, SingleQuestion | MultipleQuestion) and not question.shuffle:
        return places
    order = chance.sample(places, len(places))
    if isinstance(question, SingleQuestion | MultipleQuestion) or order != places:
        return order
    return order[1:] + order[:1]  # what is to be arranged never stands as in the file, where it is right


def _things(question: Question) -> int:
    if isinstance(question, NumericQuestion):
        return THINGS_IN_A_SUM
    return len(question.right) if isinstance(question, MultipleQuestion) else max(1, things_in(question))
