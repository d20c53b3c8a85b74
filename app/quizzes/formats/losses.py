"""What a format loses of a question: each writer says what it keeps, and the difference is reported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.quizzes.formats import weights
from app.quizzes.formats.model import Option, Problem, Question

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
    "tolerance_kind": "that its tolerance is relative",
    "chosen": "that its words are chosen from a list",
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
        reduced = keeps(question)
        if isinstance(reduced, str):
            left_out += 1
            lost.append(Problem(number, question.key, f"{format_name} cannot hold {reduced}: left out"))
            continue
        kept.append(reduced)
        lost += [Problem(number, question.key, what) for what in differences(question, reduced, format_name)]
    return Kept(tuple(kept), tuple(lost), left_out)


def differences(question: Question, kept: Question, format_name: str) -> list[str]:
    """What is lost, in words, one a field."""
    found = []
    for name, words in _WORDS.items():
        if name in _FORM or getattr(question, name) == getattr(kept, name):
            continue
        if name == "options":
            words = _of_options(question.options, kept.options)
        if words:
            found.append(f"{format_name} does not keep {words}")
    return found


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
        title=" ".join(question.title.split()),
        text=clean(question.text),
        feedback=clean(question.feedback),
        options=tuple(Option(clean(each.text), each.fraction, clean(each.feedback)) for each in question.options),
        pairs=tuple(replace(each, prompt=clean(each.prompt), match=clean(each.match)) for each in question.pairs),
        tags=tuple(dict.fromkeys(filter(None, (" ".join(each.split()) for each in question.tags)))),
        category=" ".join(question.category.split()),
        unit=" ".join(question.unit.split()),
    )


def clean(text: str) -> str:
    """A text trimmed, its lines ended by a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def as_percentages(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The answers, their shares as percentages with five decimals give them back."""
    return tuple(
        replace(each, fraction=weights.fraction_of(weights.percent_of(each.fraction)) or each.fraction * 0)
        for each in options
    )
