"""What becomes of the questions of a file in a quiz or a bank: each with what changes, or with why it cannot stand."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.library import parsing, yaml_source
from app.library.files import LARGEST, SourceFile
from app.library.kinds import all_kinds
from app.library.parsing import Refused
from app.quizzes.formats import quiz_document, yaml_format
from app.quizzes.formats.keys import Keys
from app.quizzes.formats.model import NONE, Question, Type
from app.quizzes.formats.quiz_document.fitting import parts_of

MOST_IN = {"quiz": 200, "bank": 1000}


@dataclass
class Fate:
    """A question and what becomes of it. `values` is None where it cannot stand, and `why` says so; `losses` change
    what is asked or earned, `notes` do not."""

    question: Question
    values: dict[str, Any] | None = None
    why: str = ""
    losses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it can stand there."""
        return self.values is not None

    def refuse(self, why: str) -> None:
        """It cannot stand there after all."""
        self.values, self.why = None, self.why or why


def fates(
    questions: Iterable[Question], *, read_again: str, language: str, taken: Iterable[str] = (), title: str = ""
) -> list[Fate]:
    """What becomes of each question. `taken` are keys that others have already; the category that is the `title` of
    the bank is no tag."""
    keys = Keys(taken)
    found = []
    for question in questions:
        known = replace(question, key=keys.take(question.key))
        if title and own_title([question]) == title:
            known = replace(known, category="")
        fate = Fate(known)
        found.append(fate)
        try:
            fitted = quiz_document.fit(known, read_again=read_again, language=language)
        except quiz_document.Unfit as wrong:
            fate.why = str(wrong)
            continue
        fate.values = fitted.values
        if known.type is not Type.MULTIPLE and any(each.fraction < NONE for each in known.options):
            fitted.losses.append("an answer that costs points costs nothing")
        fate.losses, fate.notes = list(dict.fromkeys(fitted.losses)), list(dict.fromkeys(fitted.notes))
    return found


def own_title(questions: Sequence[Question]) -> str:
    """What the category of all these questions is called; empty where they have several, or none."""
    paths = {tuple(parts_of(each.category)) for each in questions}
    path = paths.pop() if len(paths) == 1 else ()
    return path[-1] if path else ""


def refuse_what_the_library_refuses(path: str, about: dict[str, Any], found: Sequence[Fate]) -> list[str]:
    """Refuse the questions that the library would not take; what it has against the rest of the file is returned."""
    good = [fate for fate in found if fate.is_good]
    if not good:
        return []
    text = text_of(about, good)
    if len(text.encode()) > LARGEST:
        return [f"a file of {len(text.encode()) // 1024} kB, expected at most {LARGEST // 1024} kB"]
    parsed = parsing.parse(SourceFile(path, text.encode()), all_kinds(), {})
    if not isinstance(parsed, Refused):
        return []
    lines = _lines(text, len(good))
    others = []
    for problem in parsed.problems:
        place = bisect_right(lines, problem.line) - 1
        what = f"{problem.what}, expected {problem.expected}"
        if place < 0:
            others.append(what)
        else:
            good[place].refuse(what)
    return others


def _lines(text: str, count: int) -> list[int]:
    """The line on which each question begins."""
    found = yaml_source.read(text)
    return [found.line(("questions", place)) for place in range(count)]


def text_of(about: dict[str, Any], good: Iterable[Fate]) -> str:
    """The file with these questions below what stands above them."""
    return yaml_format.text_of({**about, "questions": [fate.values for fate in good if fate.values is not None]})
