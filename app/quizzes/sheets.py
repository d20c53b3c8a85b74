"""Sheets: a question as it is shown, its Markdown rendered. Nothing of a reply, and nothing of one attempt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from app.library.markup import plain_text
from app.quizzes.arrangement import places_of, things_of
from app.quizzes.questions import MultipleQuestion, Question, SingleQuestion

LETTERS = "ABCDEFGHIJKL"

_BLOCKS = ("<p", "<ul", "<ol", "<dl", "<table", "<blockquote", "<pre", "<div", "<hr", "<h")
_SAID = ("if_true", "if_false", "if_right", "if_wrong", "model_answer")
_ROWS = ("gaps", "pairs", "also")

Html = Callable[[str], str]


@dataclass(frozen=True)
class Choice:
    """An option to pick: its letter on the keyboard, the form's value, its text and feedback as HTML."""

    letter: str
    value: str
    html: str
    feedback: str


@dataclass(frozen=True)
class Thing:
    """Something to be put in its place, or a place for it: as HTML, and in the plain words that a menu can hold."""

    html: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """A question as shown. `number` counts from 1. `is_line`: its text is one line, fit for a title.

    `feedback` holds what belongs to no option, by the name of its key in the file (if_true, if_right…), and
    `row_feedback` that of the gaps, pairs or other answers, in the order of the file. `things` are the prompts of a
    matching, the items of an ordering or of all categories; `places` what these may go to, or the words for gaps.
    """

    number: int
    question: Question
    html: str
    is_line: bool
    choices: tuple[Choice, ...]
    feedback: Mapping[str, str]
    row_feedback: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()
    places: tuple[Thing, ...] = ()
    hints: tuple[str, ...] = ()
    picture: str = ""


def render(number: int, question: Question, html: Html) -> Sheet:
    """The sheet of a question; `html` renders a text of it."""
    text = html(question.text)
    return Sheet(
        number,
        question,
        text,
        not any(tag in text for tag in _BLOCKS),
        _choices(question, html),
        {name: html(getattr(question, name)) for name in _SAID if hasattr(question, name)},
        tuple(html(row.feedback) if row.feedback else "" for name in _ROWS for row in getattr(question, name, ())),
        tuple(_thing(each, html) for each in things_of(question)),
        tuple(_thing(each, html) for each in places_of(question)),
        tuple(html(hint) for hint in question.hints),
        html(f"![{_alternative(question.picture_alt or '')}]({question.picture})") if question.picture else "",
    )


def _choices(question: Question, html: Html) -> tuple[Choice, ...]:
    if not isinstance(question, SingleQuestion | MultipleQuestion):
        return ()
    return tuple(
        Choice(LETTERS[place], str(place), html(option.text), html(option.feedback))
        for place, option in enumerate(question.options)
    )


def _thing(text: str, html: Html) -> Thing:
    rendered = html(text)
    return Thing(rendered, plain_text(rendered) or text)


def _alternative(words: str) -> str:
    """Words that stand for themselves between the brackets of a Markdown picture."""
    return escape(words, quote=False).translate({ord(sign): f"\\{sign}" for sign in "\\[]*_`"})
