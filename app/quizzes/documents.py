"""What quizzes and banks of questions hold: the kinds this room brings to the library."""

import re
from collections.abc import Iterable
from typing import Literal

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, Field, model_validator

from app.library.kinds import ID, Draft, FrontMatter, Kind, Reference, Words
from app.quizzes import skeletons
from app.quizzes.questions import Question
from app.quizzes.questions.checks import check_bank, check_quiz
from app.quizzes.questions.parts import Part, Tag
from app.quizzes.questions.texts import references_of, texts_of

MINUTES_A_QUESTION = 45 / 60
WORDS_WRITTEN_A_MINUTE = 20  # thought about, written and read again
MOST_QUESTIONS = 200


class Section(Part):
    """A part of a quiz: questions of a bank (`bank`), or of the quiz's own, that have all the `tags`.

    `draw` of them are drawn at random for each attempt; all of them when it is left out, which a bank does not allow.
    """

    title: Words = Field(max_length=120)
    bank: str | None = Field(default=None, pattern=ID, max_length=120)
    tags: list[Tag] = Field(default=[], max_length=10)
    draw: int | None = Field(default=None, ge=1, le=MOST_QUESTIONS)

    @model_validator(mode="after")
    def _of_a_bank_so_many(self) -> "Section":
        if self.bank and self.draw is None:
            raise ValueError(f"the section “{self.title}” of a bank without “draw”; expected how many to draw")
        return self


class QuizFacts(FrontMatter):
    """A quiz file. `pass_mark` and `hint_cost` (of a question's points, each hint) are in percent.

    Without `sections`, every question is asked in the order of the file, or in any when `shuffle`. With sections, each
    one's questions follow those of the one before. `attempts` is the most that one person may start, and
    `cooling_hours` the pause between the end of one and the start of the next. `show_feedback`: what the author says to
    a reply, at once (which then no longer changes), once handed in, or never; `show_answers`: what was right.
    """

    step: str
    order: int = Field(default=1, ge=1, le=99)
    intro: str = ""
    pass_mark: int = Field(ge=1, le=100)
    time_limit_minutes: int | None = Field(default=None, ge=1, le=600)
    attempts: int | None = Field(default=None, ge=1, le=100)
    cooling_hours: int = Field(default=0, ge=0, le=24 * 90)
    shuffle: bool = False
    shuffle_options: bool = False
    show_feedback: Literal["at_once", "handed_in", "never"] = "handed_in"
    show_answers: Literal["handed_in", "passed", "never"] = "handed_in"
    hint_cost: int = Field(default=25, ge=0, le=100)
    sections: list[Section] = Field(default=[], max_length=20)
    questions: list[Question] = Field(default=[], max_length=MOST_QUESTIONS)

    @model_validator(mode="after")
    def _something_is_asked(self) -> "QuizFacts":
        if not self.questions and not any(section.bank for section in self.sections):
            raise ValueError("no question; expected questions, or a section that draws them from a bank")
        return self

    @property
    def asked(self) -> int:
        """How many questions an attempt asks, banks being large enough."""
        if not self.sections:
            return len(self.questions)
        return min(MOST_QUESTIONS, sum(map(self.drawn_by, self.sections)))

    def drawn_by(self, section: Section) -> int:
        """How many questions a section asks, banks being large enough."""
        if section.bank:
            return section.draw or 0
        fitting = sum(set(section.tags) <= set(question.tags) for question in self.questions)
        return fitting if section.draw is None else min(section.draw, fitting)


class BankFacts(FrontMatter):
    """A bank: questions that the sections of quizzes draw from.

    `offer`: the bank holds the questions made from this offer; `rejected` are the keys of those that its author does
    not want.
    """

    offer: str | None = Field(default=None, pattern=ID, max_length=120)
    rejected: list[str] = Field(default=[], max_length=1000)
    questions: list[Question] = Field(default=[], max_length=1000)


class QuizCard(BaseModel):
    """What lists show of a quiz; `minutes` is the limit, else 45 seconds a question and the time to write what is
    to be written."""

    step: str
    order: int
    questions: int
    minutes: int
    timed: bool
    pass_mark: int


class BankCard(BaseModel):
    """What lists show of a bank."""

    questions: int
    offer: str | None


def _quiz_card(draft: Draft) -> QuizCard:
    facts: QuizFacts = draft.facts
    guess = max(1, round(facts.asked * MINUTES_A_QUESTION + _minutes_of_writing(facts)))
    return QuizCard(
        step=facts.step,
        order=facts.order,
        questions=facts.asked,
        minutes=facts.time_limit_minutes or guess,
        timed=facts.time_limit_minutes is not None,
        pass_mark=facts.pass_mark,
    )


def _minutes_of_writing(facts: QuizFacts) -> float:
    """Of the quiz's own questions; how many of those of a bank are written is not known here."""
    return sum(each.most_words for each in facts.questions if each.type == "free_text") / WORDS_WRITTEN_A_MINUTE


def _bank_card(draft: Draft) -> BankCard:
    return BankCard(questions=len(draft.facts.questions), offer=draft.facts.offer)


def _quiz_references(facts: QuizFacts) -> Iterable[Reference]:
    yield Reference(f"step:{facts.step}", ("step",))
    for place, section in enumerate(facts.sections):
        if section.bank:
            yield Reference(f"bank:{section.bank}", ("sections", place, "bank"))
    yield from references_of(facts.questions)


def _bank_references(facts: BankFacts) -> Iterable[Reference]:
    if facts.offer:
        yield Reference(f"offer:{facts.offer}", ("offer",))
    yield from references_of(facts.questions)


def _quiz_texts(facts: QuizFacts) -> Iterable[tuple[tuple[str | int, ...], str]]:
    yield ("intro",), facts.intro
    yield from texts_of(facts.questions)


QUIZ = Kind(
    name="quiz",
    root="quizzes",
    place=re.compile(r"[^/]+\.yaml"),
    facts=QuizFacts,
    card_model=QuizCard,
    card=_quiz_card,
    address="/quizzes/{id}",
    references=_quiz_references,
    markdown=_quiz_texts,
    check=lambda draft: check_quiz(draft.facts),
    passages=lambda draft: [],  # what a quiz asks and answers is not to be searched
    steps_of=lambda card: (card.step,),
    label=_l("quiz"),
    plural=_l("quizzes"),
    icon="school",
    skeleton=skeletons.quiz,
    new_path=skeletons.quiz_path,
)
BANK = Kind(
    name="bank",
    root="quizzes",
    place=re.compile(r"banques/[^/]+\.yaml"),
    facts=BankFacts,
    card_model=BankCard,
    card=_bank_card,
    address="/library/{id}",
    references=_bank_references,
    markdown=lambda facts: texts_of(facts.questions),
    check=lambda draft: check_bank(draft.facts),
    passages=lambda draft: [],
    searchable=False,
    label=_l("bank of questions"),
    plural=_l("banks of questions"),
    icon="package",
    skeleton=skeletons.bank,
    new_path=skeletons.bank_path,
)
