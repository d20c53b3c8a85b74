"""Questions answered by putting things where they belong: in gaps, beside each other, in order, in categories."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import Field

from app.library.kinds import Words
from app.quizzes import wording
from app.quizzes.questions.parts import Part, Told
from app.quizzes.wording import Accepted

MOST = 20


class Gap(Part):
    """What fills a gap: the first of the accepted words is shown as the answer."""

    accepted: list[Words] = Field(min_length=1, max_length=20)
    feedback: Words | None = None


class GapsQuestion(Told):
    """`[[1]]` in the text is the first gap. With `choose`, its words are chosen from a list, to which those of all the
    gaps and the `wrong` ones belong; else they are typed, and compared as in a short answer."""

    type: Literal["gaps"]
    gaps: list[Gap] = Field(min_length=1, max_length=MOST)
    choose: bool = False
    wrong: list[Words] = Field(default=[], max_length=MOST)
    case_counts: bool = False
    accents_count: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words to choose from: those that each gap accepts, then the wrong ones, each once."""
        return _distinct([*(word for gap in self.gaps for word in gap.accepted), *self.wrong])

    @cached_property
    def right_words(self) -> tuple[frozenset[int], ...]:
        """For each gap, the places among `words` of those that it accepts."""
        right = [set(map(_plain, gap.accepted)) for gap in self.gaps]
        return tuple(
            frozenset(place for place, word in enumerate(self.words) if _plain(word) in accepted) for accepted in right
        )

    @cached_property
    def acceptable(self) -> tuple[Accepted, ...]:
        """For each gap, what may be typed into it."""
        return tuple(
            wording.accepted(gap.accepted, case=self.case_counts, accents=self.accents_count) for gap in self.gaps
        )


class Pair(Part):
    """Two things that belong together."""

    prompt: Words
    match: Words
    feedback: Words | None = None


class MatchingQuestion(Told):
    """Each prompt has its match. Two prompts may share one; the `wrong` ones belong to none."""

    type: Literal["matching"]
    pairs: list[Pair] = Field(min_length=2, max_length=MOST)
    wrong: list[Words] = Field(default=[], max_length=MOST)

    @cached_property
    def matches(self) -> tuple[str, ...]:
        """What prompts may go with: the match of each, then the wrong ones, each once."""
        return _distinct([*(pair.match for pair in self.pairs), *self.wrong])

    @cached_property
    def right_places(self) -> tuple[int, ...]:
        """For each prompt, the place of its match among `matches`."""
        places = {_plain(match): place for place, match in enumerate(self.matches)}
        return tuple(places[_plain(pair.match)] for pair in self.pairs)


class OrderingQuestion(Told):
    """The items, written in the right order and shown in another."""

    type: Literal["ordering"]
    items: list[Words] = Field(min_length=2, max_length=MOST)


class Category(Part):
    """A category and what belongs in it."""

    name: Words
    items: list[Words] = Field(min_length=1, max_length=MOST)


class CategoriesQuestion(Told):
    """Each item belongs in one category."""

    type: Literal["categories"]
    categories: list[Category] = Field(min_length=2, max_length=8)

    @cached_property
    def right_places(self) -> tuple[int, ...]:
        """For each item, counted through all the categories, the place of its category."""
        return tuple(place for place, category in enumerate(self.categories) for _ in category.items)


def matches(question: MatchingQuestion) -> list[str]:
    """What the prompts of a matching may go with, in the order of the file; replies name them by their place here."""
    return list(question.matches)


def words(question: GapsQuestion) -> list[str]:
    """What may be chosen for the gaps, in the order of the file; replies name them by their place here."""
    return list(question.words)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once: what differs by its spaces only would look the same."""
    known: dict[str, str] = {}
    for text in texts:
        known.setdefault(_plain(text), text)
    return tuple(known.values())


def _plain(text: str) -> str:
    return " ".join(text.split())
