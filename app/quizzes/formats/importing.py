"""Making the file of a quiz or a bank of the questions that were read: all of them, or none."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.library import files, inspection
from app.library.files import Folders
from app.library.kinds import Draft, all_kinds
from app.quizzes.documents import BankFacts, QuizFacts
from app.quizzes.formats import composing
from app.quizzes.formats.composing import Fate
from app.quizzes.formats.keys import slug
from app.quizzes.formats.model import Problem, Reading

_NOT_KEPT = {"id", "title", "step", "questions"}
# What a file of ours may say above its questions.
OWN = {
    "quiz": tuple(name for name in QuizFacts.model_fields if name not in _NOT_KEPT),
    "bank": tuple(name for name in BankFacts.model_fields if name not in _NOT_KEPT),
}


class AlreadyThere(Exception):
    """A document has this id or this file: it is not overwritten."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for; None where it was not said. `kind` is quiz or bank, `file_name` is without its suffix."""

    quiz_id: str | None
    title: str | None
    step: str | None
    language: str
    file_name: str
    only_good: bool = False
    kind: str = "quiz"


@dataclass
class Outcome:
    """What came of it. `reading` has the problems of both the file and the quiz; `path` is empty when nothing was
    written. `notes` are what is left out without changing what is asked."""

    reading: Reading
    path: str = ""
    written: int = 0
    notes: list[Problem] = field(default_factory=list)


def make(reading: Reading, wanted: Wanted, folders: Folders) -> Outcome:
    """Write a file; nothing where there is a problem, unless only what is good is wanted. Raises AlreadyThere."""
    outcome = Outcome(replace(reading, problems=list(reading.problems)))
    drafts = inspection.inspect(folders, all_kinds()).drafts
    title, step = title_of(reading, wanted), _step(reading, wanted, drafts, outcome)
    identity = slug(wanted.quiz_id or str(reading.about.get("id") or "") or wanted.file_name) or "quiz"
    about = about_of(reading, wanted.kind, identity, title, step)
    path = all_kinds().by_name[wanted.kind].new_path(identity, wanted.language, "")
    if folders.locate(path).exists() or any(each.facts.id == identity for each in drafts):
        raise AlreadyThere(f"{path}: there is a document of this id already; choose another with --quiz")
    bank_title = title if wanted.kind == "bank" else ""
    found = composing.fates(reading.questions, read_again=f"step:{step}", language=wanted.language, title=bank_title)
    troubles = composing.refuse_what_the_library_refuses(path, about, found) if step else []
    for trouble in troubles:
        outcome.reading.wrong(1, f"the {wanted.kind} file: {trouble}")
    _report(found, outcome, wanted.kind)
    good = [fate for fate in found if fate.is_good]
    if len(good) > (most := composing.MOST_IN[wanted.kind]):
        outcome.reading.wrong(1, f"{len(good)} questions, expected at most {most} in a {wanted.kind}")
    elif good and step and not troubles and (wanted.only_good or not outcome.reading.problems):
        files.write(folders, path, composing.text_of(about, good).encode())
        outcome.path, outcome.written = path, len(good)
    return outcome


def title_of(reading: Reading, wanted: Wanted) -> str:
    """The title: as asked, else as the file says, else as the category of all its questions (a bank) or as its name."""
    said = wanted.title or str(reading.about.get("title") or "")
    if not said and wanted.kind == "bank":
        said = composing.own_title(reading.questions)
    spaced = " ".join(wanted.file_name.replace("_", " ").replace("-", " ").split())
    return said or spaced[:1].upper() + spaced[1:]


def about_of(reading: Reading, kind: str, identity: str, title: str, step: str) -> dict[str, Any]:
    """What stands above the questions: what a new quiz begins with, and what the file says, if it is one of ours."""
    about: dict[str, Any] = {"id": identity, "title": title}
    if kind == "quiz":
        about |= {"step": step, "order": 1, "intro": "", "pass_mark": 80}
    return about | {name: reading.about[name] for name in OWN[kind] if name in reading.about}


def _step(reading: Reading, wanted: Wanted, drafts: list[Draft], outcome: Outcome) -> str:
    """The step: as asked, else as the file says, else the first one. Where there is none, that is noted."""
    steps = sorted((each for each in drafts if each.kind.name == "step"), key=lambda each: each.facts.order)
    step = wanted.step or reading.about.get("step") or (steps[0].facts.id if steps else "")
    if not step:
        outcome.reading.wrong(1, "no step to put the quiz in: name one with --step")
    elif step not in {each.facts.id for each in steps}:
        outcome.reading.wrong(1, f"the step “{str(step)[:80]}”, which does not exist")
        step = ""
    return str(step)


def _report(found: list[Fate], outcome: Outcome, kind: str) -> None:
    for fate in found:
        line, key = fate.question.line, fate.question.key
        if not fate.is_good:
            outcome.reading.wrong(line, f"cannot stand in a {kind}: {fate.why}", key)
            continue
        for loss in fate.losses:
            outcome.reading.wrong(line, f"would change in a {kind}: {loss}", key)
        outcome.notes += [Problem(line, key, note) for note in fate.notes]
