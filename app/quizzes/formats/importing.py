"""Making a quiz file of the questions that were read: all of them, or none."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.library import files, inspection, parsing
from app.library.files import LARGEST, Folders, SourceFile
from app.library.kinds import Draft, all_kinds
from app.library.parsing import Refused
from app.quizzes.formats import quiz_document, yaml_format
from app.quizzes.formats.keys import slug
from app.quizzes.formats.model import Problem, Reading

MOST_QUESTIONS = 200
_OWN = ("order", "intro", "pass_mark", "time_limit_minutes", "owner", "verify_every")


class AlreadyThere(Exception):
    """A document has this id or this file: it is not overwritten."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for; None where it was not said. `file_name` is without its suffix."""

    quiz_id: str | None
    title: str | None
    step: str | None
    language: str
    file_name: str
    only_good: bool = False


@dataclass
class Outcome:
    """What came of it. `reading` has the problems of both the file and the quiz; `path` is empty when nothing was
    written. `notes` are what is left out without changing what is asked."""

    reading: Reading
    path: str = ""
    written: int = 0
    notes: list[Problem] = field(default_factory=list)


def make(reading: Reading, wanted: Wanted, folders: Folders) -> Outcome:
    """Write a quiz file; nothing where there is a problem, unless only what is good is wanted. Raises AlreadyThere."""
    outcome = Outcome(replace(reading, problems=list(reading.problems)))
    drafts = inspection.inspect(folders, all_kinds()).drafts
    about = _about(reading, wanted, drafts, outcome)
    path = f"quizzes/{wanted.language}/{about['id']}.yaml"
    if folders.locate(path).exists() or any(each.facts.id == about["id"] for each in drafts):
        raise AlreadyThere(f"{path}: there is a document of this id already; choose another with --quiz")
    rows = _rows(reading, about, wanted, outcome)
    if not rows or not about["step"] or (outcome.reading.problems and not wanted.only_good):
        return outcome
    if len(rows) > MOST_QUESTIONS:
        outcome.reading.wrong(1, f"{len(rows)} questions, expected at most {MOST_QUESTIONS} in a quiz")
        return outcome
    text = yaml_format.text_of({**about, "questions": rows}).encode()
    if _can_stand(path, text, outcome):
        files.write(folders, path, text)
        outcome.path, outcome.written = path, len(rows)
    return outcome


def _about(reading: Reading, wanted: Wanted, drafts: list[Draft], outcome: Outcome) -> dict[str, Any]:
    """What stands above the questions: as asked, else as the file says, else by its name and the first step."""
    said = reading.about
    steps = sorted((each for each in drafts if each.kind.name == "step"), key=lambda each: each.facts.order)
    step = wanted.step or said.get("step") or (steps[0].facts.id if steps else "")
    if not step:
        outcome.reading.wrong(1, "no step to put the quiz in: name one with --step")
    elif step not in {each.facts.id for each in steps}:
        outcome.reading.wrong(1, f"the step “{str(step)[:80]}”, which does not exist")
        step = ""
    spaced = " ".join(wanted.file_name.replace("_", " ").replace("-", " ").split())
    title = wanted.title or said.get("title") or spaced[:1].upper() + spaced[1:]
    about = {"id": slug(wanted.quiz_id or str(said.get("id") or "") or wanted.file_name) or "quiz", "title": title}
    about |= {"step": step, "order": 1, "intro": "", "pass_mark": 80}
    return about | {name: said[name] for name in _OWN if name in said}


def _rows(reading: Reading, about: dict[str, Any], wanted: Wanted, outcome: Outcome) -> list[dict[str, Any]]:
    rows = []
    for question in reading.questions:
        try:
            fitted = quiz_document.fit(question, read_again=f"step:{about['step']}", language=wanted.language)
        except quiz_document.NotPlayed as wrong:
            outcome.reading.wrong(question.line, f"cannot stand in a quiz: {wrong}", question.key)
            continue
        for loss in dict.fromkeys(fitted.losses):
            outcome.reading.wrong(question.line, f"would change in a quiz: {loss}", question.key)
        outcome.notes += [Problem(question.line, question.key, note) for note in dict.fromkeys(fitted.notes)]
        rows.append(fitted.values)
    return rows


def _can_stand(path: str, text: bytes, outcome: Outcome) -> bool:
    """Whether the library takes the file; what it says against it is noted."""
    if len(text) > LARGEST:
        outcome.reading.wrong(1, f"a quiz of {len(text) // 1024} kB, expected at most {LARGEST // 1024} kB")
        return False
    parsed = parsing.parse(SourceFile(path, text), all_kinds(), {})
    if isinstance(parsed, Refused):
        for each in parsed.problems:
            outcome.reading.wrong(
                1, f"the quiz file would have a problem on line {each.line}: {each.what}, expected {each.expected}"
            )
        return False
    return True
