"""Questions answered by putting things where they belong: in gaps, beside each other, in order, in categories."""

from typing import Literal

from pydantic import Field

from app.library.kinds import Words
from app.quizzes.questions.parts import Part, Told

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
