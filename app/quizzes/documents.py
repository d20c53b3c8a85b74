"""What a quiz holds: the kind this room brings to the library. Questions are told apart by `type`."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from app.library.kinds import ID, Draft, Finding, FrontMatter, Kind, Reference, Words
from app.playbook.documents import Exact
from app.quizzes import skeletons

MINUTES_A_QUESTION = 45 / 60


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Option(_Part):
    """A reply to choose, whether it is right, and what to say to the one who chose it."""

    text: Words
    right: bool = False
    feedback: Words


class _Question(_Part):
    key: str = Field(pattern=ID, max_length=120)
    title: Words = Field(max_length=120)
    text: Words
    read_again: str
    points: int = Field(default=1, ge=1, le=100)


class _WithOptions(_Question):
    options: list[Option] = Field(min_length=2, max_length=12)


class SingleQuestion(_WithOptions):
    """One option is right."""

    type: Literal["single"]

    @model_validator(mode="after")
    def _exactly_one_right(self) -> "SingleQuestion":
        right = sum(option.right for option in self.options)
        if right != 1:
            raise ValueError(f"{right} right options in “{self.key}”; expected exactly one “right: true”")
        return self


class MultipleQuestion(_WithOptions):
    """Several options may be right; credit is partial."""

    type: Literal["multiple"]

    @model_validator(mode="after")
    def _some_right_some_wrong(self) -> "MultipleQuestion":
        right = sum(option.right for option in self.options)
        if right in (0, len(self.options)):
            raise ValueError(f"{right} right options in “{self.key}”; expected at least one right and one wrong")
        return self


class TrueFalseQuestion(_Question):
    """True or false."""

    type: Literal["true_false"]
    answer: bool
    if_true: Words
    if_false: Words


class NumericQuestion(_Question):
    """A number, within a tolerance."""

    type: Literal["numeric"]
    value: Exact
    tolerance: Exact = Decimal(0)
    unit: str | None = None
    if_right: Words
    if_wrong: Words

    @model_validator(mode="after")
    def _tolerance_is_not_negative(self) -> "NumericQuestion":
        if self.tolerance < 0:
            raise ValueError(f"the tolerance {self.tolerance}; expected zero or more")
        return self


class ShortAnswerQuestion(_Question):
    """A few words, compared without case and accents."""

    type: Literal["short_answer"]
    accepted: list[str] = Field(min_length=1)
    if_right: Words
    if_wrong: Words


def _type_of(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return f"type:{kind}"


Question = Annotated[
    Annotated[SingleQuestion, Tag("type:single")]
    | Annotated[MultipleQuestion, Tag("type:multiple")]
    | Annotated[TrueFalseQuestion, Tag("type:true_false")]
    | Annotated[NumericQuestion, Tag("type:numeric")]
    | Annotated[ShortAnswerQuestion, Tag("type:short_answer")],
    Discriminator(
        _type_of,
        custom_error_type="question_type",
        custom_error_message="a type: single, multiple, true_false, numeric or short_answer",
    ),
]


class QuizFacts(FrontMatter):
    """A quiz file. `pass_mark` is in percent."""

    step: str
    order: int = Field(default=1, ge=1, le=99)
    intro: str = ""
    pass_mark: int = Field(ge=1, le=100)
    time_limit_minutes: int | None = Field(default=None, ge=1, le=600)
    questions: list[Question] = Field(min_length=1, max_length=200)

    def question(self, key: str) -> Question | None:
        """The question of this key, if there is one."""
        return next((each for each in self.questions if each.key == key), None)


class QuizCard(BaseModel):
    """What lists show of a quiz; `minutes` is the limit, else 45 seconds a question."""

    step: str
    order: int
    questions: int
    minutes: int
    timed: bool
    pass_mark: int


def _card(draft: Draft) -> QuizCard:
    facts: QuizFacts = draft.facts
    guess = max(1, round(len(facts.questions) * MINUTES_A_QUESTION))
    return QuizCard(
        step=facts.step,
        order=facts.order,
        questions=len(facts.questions),
        minutes=facts.time_limit_minutes or guess,
        timed=facts.time_limit_minutes is not None,
        pass_mark=facts.pass_mark,
    )


def _references(facts: QuizFacts) -> Iterable[Reference]:
    yield Reference(f"step:{facts.step}", ("step",))
    for index, question in enumerate(facts.questions):
        yield Reference(question.read_again, ("questions", index, "read_again"))


def _texts(facts: QuizFacts) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """Every Markdown text of a quiz, and where it stands."""
    yield ("intro",), facts.intro
    for index, question in enumerate(facts.questions):
        here = ("questions", index)
        for name in ("text", "if_true", "if_false", "if_right", "if_wrong"):
            yield (*here, name), getattr(question, name, "")
        for place, option in enumerate(getattr(question, "options", ())):
            yield (*here, "options", place, "text"), option.text
            yield (*here, "options", place, "feedback"), option.feedback


def _check(draft: Draft) -> Iterable[Finding]:
    seen: dict[str, int] = {}
    for index, question in enumerate(draft.facts.questions):
        if question.key in seen:
            what = f"the key “{question.key}” is also question {seen[question.key] + 1}"
            yield Finding(what, "a key of its own", ("questions", index, "key"))
        seen.setdefault(question.key, index)
        yield from _check_options(question, ("questions", index, "options"))
        yield from _check_accepted(question, ("questions", index, "accepted"))


def _check_options(question: Question, field: tuple[str | int, ...]) -> Iterable[Finding]:
    """Two options of one text cannot be told apart."""
    texts: dict[str, int] = {}
    for place, option in enumerate(getattr(question, "options", ())):
        text = " ".join(option.text.split())
        if text in texts:
            yield Finding(
                f"option {place + 1} repeats option {texts[text] + 1}", "another text", (*field, place, "text")
            )
        texts.setdefault(text, place)


def _check_accepted(question: Question, field: tuple[str | int, ...]) -> Iterable[Finding]:
    """Words that are all punctuation compare as nothing, so nobody could give them."""
    for place, accepted in enumerate(getattr(question, "accepted", ())):
        if not any(letter.isalnum() for letter in accepted):
            yield Finding(f"“{accepted}” among the accepted answers", "letters or digits", (*field, place))


QUIZ = Kind(
    name="quiz",
    root="quizzes",
    place=re.compile(r"[^/]+\.yaml"),
    facts=QuizFacts,
    card_model=QuizCard,
    card=_card,
    address="/quizzes/{id}",
    references=_references,
    markdown=_texts,
    check=_check,
    passages=lambda draft: [],  # what a quiz asks and answers is not to be searched
    steps_of=lambda card: (card.step,),
    label=_l("quiz"),
    plural=_l("quizzes"),
    icon="school",
    skeleton=skeletons.quiz,
    new_path=skeletons.quiz_path,
)
