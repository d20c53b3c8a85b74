"""What a format loses of a question: each writer says what it keeps, and the difference is reported."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from app.quizzes.formats import weights
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.model import Criterion, Option, Pair, Problem, Question, Type
from app.quizzes.formats.numbers_of import with_absolute_tolerance

_PICTURE = re.compile(r"!\[[^\]]*\]\([\w:/]")
Keeps = Callable[[Question], "Question | str"]

_WORDS = {
    "type": "its type",
    "title": "its title",
    "text": "its text as it is written",
    "options": "its answers as they are",
    "pairs": "its pairs as they are",
    "value": "its value",
    "tolerance": "its tolerance",
    "feedback": "its general feedback",
    "tags": "its tags",
    "points": "its points",
    "category": "its category",
    "is_plain": "that its texts are plain",
    "case_counts": "that capitals count",
    "unit": "its unit",
    "read_again": "the link to what to read again",
    "variables": "its variables",
    "relative_tolerance": "that its tolerance is relative",
    "chosen": "that its words are chosen from a list",
    "hints": "its hints",
    "if_right": "what is said when it is right",
    "if_wrong": "what is said when it is wrong",
    "other_units": "its other units",
    "accents_count": "that accents count",
    "near_miss": "what a near miss earns",
    "shuffle": "that its options stay in their order",
    "rubric": "its rubric",
    "most_words": "how many words may be written",
    "picture": "its picture",
    "made_from": "the fact of an offer that it is made from",
}
_OUR_OWN: dict[str, Any] = {
    name: Question.__dataclass_fields__[name].default
    for name in (
        *("read_again", "unit", "other_units", "relative_tolerance", "case_counts", "accents_count"),
        *("near_miss", "shuffle", "hints", "if_right", "if_wrong", "rubric", "most_words", "picture", "picture_alt"),
        "made_from",
    )
}
# How a text is written is no loss where the words are the same: not reported.
_FORM = {"is_plain", "key"}


@dataclass(frozen=True)
class Kept:
    """The questions that a format can hold, each as it will be read again, and what is lost."""

    questions: tuple[Question, ...]
    losses: tuple[Problem, ...]
    left_out: int = 0


def keep(questions: Iterable[Question], keeps: Keeps, format_name: str) -> Kept:
    """Reduce questions to what a format keeps; `keeps` gives the reduced one, or why it cannot be written at all."""
    kept, lost, left_out = [], [], 0
    for number, question in enumerate(questions, start=1):
        remains = keeps(question)
        if isinstance(remains, str):
            left_out += 1
            lost.append(Problem(number, question.key, f"{format_name} cannot hold {remains}: left out"))
            continue
        kept.append(remains)
        lost += [Problem(number, question.key, what) for what in differences(question, remains, format_name)]
        if not question.is_plain and any(map(_PICTURE.search, _texts(question))):
            lost.append(
                Problem(number, question.key, f"{format_name} keeps no picture of its texts, only where it lies")
            )
    return Kept(tuple(kept), tuple(lost), left_out)


def differences(question: Question, kept: Question, format_name: str) -> list[str]:
    """What is lost, in words, one a field."""
    found = []
    if question.relative_tolerance is not None and kept.relative_tolerance is None and question.type is Type.NUMERIC:
        question = with_absolute_tolerance(question)
        found.append(f"{format_name} keeps its relative tolerance as an absolute one")
    for name, words in _WORDS.items():
        if name in _FORM or getattr(question, name) == getattr(kept, name):
            continue
        if name == "options":
            words = _of_options(question.options, kept.options)
        if name == "pairs" and _without_feedback(question) == _without_feedback(kept):
            words = "the feedback of its gaps" if question.type is Type.GAPS else "the feedback of its pairs"
        if words:
            found.append(f"{format_name} does not keep {words}")
    return found


def _texts(question: Question) -> tuple[str, ...]:
    options = (words for each in question.options for words in (each.text, each.feedback))
    return (question.text, question.feedback, *options, *(each.prompt for each in question.pairs))


def _without_feedback(question: Question) -> list[tuple[str, str]]:
    return [(each.prompt, each.match) for each in question.pairs]


def _of_options(before: tuple[Option, ...], after: tuple[Option, ...]) -> str:
    if sorted(map(repr, before)) == sorted(map(repr, after)):
        return ""  # true before false, whichever came first
    if len(before) == len(after):
        texts = [each.text.strip() for each in before] == [each.text.strip() for each in after]
        shares = [each.fraction for each in before] == [each.fraction for each in after]
        feedback = [each.feedback.strip() for each in before] == [each.feedback.strip() for each in after]
        if texts and shares and feedback:
            return ""
        if texts and shares:
            return "the feedback of its answers"
        if texts and feedback:
            return "the exact weights of its answers"
        if texts:
            return "the weights and the feedback of its answers"
    return _WORDS["options"]


def tidy(question: Question) -> Question:
    """The question without what no file keeps: spaces around texts, line ends of other systems."""
    return replace(
        question,
        title=one_line(question.title),
        text=clean(question.text),
        feedback=clean(question.feedback),
        options=tuple(Option(clean(each.text), each.fraction, clean(each.feedback)) for each in question.options),
        pairs=tuple(Pair(clean(each.prompt), clean(each.match), clean(each.feedback)) for each in question.pairs),
        tags=tuple(dict.fromkeys(filter(None, (one_line(each) for each in question.tags)))),
        category=one_line(question.category),
        unit=one_line(question.unit),
        hints=tuple(filter(None, map(clean, question.hints))),
        if_right=clean(question.if_right),
        if_wrong=clean(question.if_wrong),
        rubric=tuple(Criterion(one_line(each.name), each.points) for each in question.rubric),
    )


def clean(text: str) -> str:
    """A text trimmed, its lines ended by a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def reduced(question: Question, *also: str) -> Question:
    """The question without what only Palier's own formats hold, but for the fields named in `also`."""
    return replace(question, **{name: value for name, value in _OUR_OWN.items() if name not in also})


def as_percentages(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The answers, their shares as percentages with five decimals give them back."""
    return tuple(
        replace(each, fraction=weights.fraction_of(weights.percent_of(each.fraction)) or each.fraction * 0)
        for each in options
    )
