"""The neutral question: what every exchange format is read into and written from."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

NONE, FULL = Fraction(0), Fraction(1)
ANYTHING = "*"  # the answer that catches every other one


class Type(StrEnum):
    """Every type of question that Palier knows of."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    CALCULATED = "calculated"
    SHORT_ANSWER = "short_answer"
    GAPS = "gaps"
    MATCHING = "matching"
    ORDERING = "ordering"
    CATEGORIES = "categories"
    FREE_TEXT = "free_text"


@dataclass(frozen=True)
class Option:
    """A reply and the share of the points that it earns, from −1 to 1.

    By type: a choice; `true` or `false`; an accepted short answer, in which * stands for any letters; a numeric answer,
    written `value` or `value:tolerance`; a formula; the next thing in order. ANYTHING catches what no other does.
    """

    text: str
    fraction: Fraction = NONE
    feedback: str = ""


@dataclass(frozen=True)
class Pair:
    """A prompt and its match, and what is said to who got it wrong. Without a prompt, a match that belongs to none. In
    a gap text, the prompt is the number of the gap, and the feedback stands with its first answer."""

    prompt: str
    match: str
    feedback: str = ""


@dataclass(frozen=True)
class Variable:
    """A variable of a calculated question, drawn between two bounds with so many decimals."""

    name: str
    minimum: Decimal
    maximum: Decimal
    decimals: int = 0


@dataclass(frozen=True)
class Unit:
    """Another unit that a number may be in: `factor` of the question's own unit make one of it."""

    name: str
    factor: Decimal


@dataclass(frozen=True)
class Criterion:
    """What a written answer is scored on, and the most it earns."""

    name: str
    points: int


@dataclass(frozen=True)
class Question:
    """A question of any type. `line` counts from 1 in the file it comes from, and is no part of what it is.

    `value` and `tolerance` (absolute) are those of the numeric answer that earns most; `relative_tolerance` is in
    percent of the value: a number is right within either. In a gap text, `[[1]]` is a gap, `pairs` its right answers,
    `options` the wrong choices that are offered where words are `chosen` and not typed. `is_plain`: its texts are
    plain, else Markdown. `category` is a path, `points` the most it earns.

    `feedback` is for everybody; of a free text it is the model answer. `if_right` and `if_wrong` are for the types
    whose options have no feedback of their own. `near_miss` is earned by a word one typing error away, `shuffle` lets
    the options change places. The others are what their names say.
    """

    key: str
    type: Type
    title: str = ""
    text: str = ""
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    value: Decimal | None = None
    tolerance: Decimal | None = None
    feedback: str = ""
    tags: tuple[str, ...] = ()
    line: int = field(default=1, compare=False)
    points: Fraction = FULL
    category: str = ""
    is_plain: bool = False
    case_counts: bool = False
    unit: str = ""
    read_again: str = ""
    variables: tuple[Variable, ...] = ()
    relative_tolerance: Decimal | None = None
    chosen: bool = False
    hints: tuple[str, ...] = ()
    if_right: str = ""
    if_wrong: str = ""
    other_units: tuple[Unit, ...] = ()
    accents_count: bool = False
    near_miss: Fraction = NONE
    shuffle: bool = True
    rubric: tuple[Criterion, ...] = ()
    most_words: int | None = None
    picture: str = ""
    picture_alt: str = ""
    made_from: str = ""

    def with_texts(self, **changes: Any) -> "Question":
        """The question with other fields."""
        return replace(self, **changes)


@dataclass(frozen=True, order=True)
class Problem:
    """Something in a file that cannot be read or carried. `question` is its key, or its title, or empty."""

    line: int
    question: str
    what: str


@dataclass
class Reading:
    """What a file holds: the good questions, and every problem. Both are bounded, whatever the file. `about` is what
    it says of the quiz as a whole."""

    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)

    def wrong(self, line: int, what: str, question: str = "") -> None:
        """Note a problem; past MOST_PROBLEMS only that there are more."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(max(1, line), question, what))
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append(
                Problem(max(1, line), "", f"more than {MOST_PROBLEMS} problems; the rest is not listed")
            )

    @property
    def is_full(self) -> bool:
        """Whether no further question is taken."""
        return len(self.questions) >= MOST_QUESTIONS

    def too_many(self, line: int) -> None:
        """Say once that the file goes on."""
        self.wrong(line, f"more than {MOST_QUESTIONS} questions; the rest of the file is not read")


@dataclass(frozen=True)
class Written:
    """A file in some format, what it could not carry, and how many questions it has none of."""

    content: bytes
    losses: tuple[Problem, ...] = ()
    left_out: int = 0


FORMAT_NAMES = ("gift", "moodle-xml", "aiken", "qti", "csv", "yaml")
LARGEST_FILE = 20 * 1024 * 1024
MOST_QUESTIONS = 10_000
MOST_PROBLEMS = 1_000
LONGEST_TEXT = 64_000  # characters, as in a document


def document_of(reading: Reading) -> dict[str, Any]:
    """The one JSON document of an import."""
    return {
        "questions": [question_json(question) for question in reading.questions],
        "problems": [
            {"line": each.line, "question": each.question or None, "what": each.what} for each in reading.problems
        ],
    }


def question_json(question: Question) -> dict[str, Any]:
    """A question's JSON."""
    return {
        "key": question.key,
        "type": question.type.value,
        "title": question.title,
        "text": question.text,
        "options": [
            {"text": each.text, "fraction": _number(each.fraction), "feedback": each.feedback}
            for each in question.options
        ],
        "pairs": [{"prompt": each.prompt, "match": each.match} for each in question.pairs],
        "value": _number(question.value),
        "tolerance": _number(_tolerance(question)),
        "feedback": question.feedback,
        "tags": list(question.tags),
        "line": question.line,
    }


def _tolerance(question: Question) -> Fraction | Decimal | None:
    """The absolute tolerance; a relative one as the width that it gives, or as a share where the value is not known."""
    if question.relative_tolerance is None:
        return question.tolerance
    share = Fraction(question.relative_tolerance) / 100
    width = share * abs(Fraction(question.value)) if question.value is not None else share
    return max(width, Fraction(question.tolerance or 0))


def _number(value: Fraction | Decimal | None) -> int | float | None:
    if value is None:
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)
