"""Palier's own YAML: the file of a quiz or of a bank, as docs/authoring.md describes it."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.library import mistakes, yaml_source
from app.library.files import LARGEST
from app.library.yaml_fresh import Fresh
from app.library.yaml_source import YamlText
from app.quizzes import questions as types
from app.quizzes.formats import encodings, quiz_document
from app.quizzes.formats.collecting import Collector
from app.quizzes.formats.model import Problem, Question, Reading, Written

NAME = "YAML"
_QUESTION: TypeAdapter[types.Question] = TypeAdapter(types.Question)


def read(content: bytes) -> Reading:
    """The questions of a quiz file; what it says of the quiz itself is in `about`."""
    collector = Collector()
    if len(content) > LARGEST:
        collector.wrong(1, f"a file of {len(content) // 1024} kB, expected at most {LARGEST // 1024} kB")
        return collector.reading
    try:
        found = yaml_source.read(encodings.decode(content))
    except encodings.UnreadableText as unreadable:
        collector.wrong(unreadable.line, unreadable.what)
    except yaml_source.YamlError as wrong:
        collector.wrong(wrong.line, f"{wrong.what}, expected {wrong.expected}")
    except RecursionError:
        collector.wrong(1, "values nested too deeply")
    else:
        _questions(collector, found)
    return collector.reading


def _questions(collector: Collector, found: YamlText) -> None:
    rows = found.value.get("questions") if isinstance(found.value, dict) else None
    if not isinstance(rows, list):
        collector.wrong(found.line(("questions",)), "no list of questions, expected “questions:” with a list below it")
        return
    if not rows:
        collector.wrong(found.line(("questions",)), "no question in the file")
    collector.reading.about = {key: value for key, value in found.value.items() if key != "questions"}
    seen: set[str] = set()
    for place, row in enumerate(rows):
        line = found.line(("questions", place))
        if collector.is_full:
            collector.reading.too_many(line)
            return
        key = row.get("key") if isinstance(row, dict) else None
        name = key if isinstance(key, str) else ""
        try:
            question = _QUESTION.validate_python(row)
        except ValidationError as wrong:
            for error in wrong.errors(include_url=False):
                what, expected = mistakes.explain(error)
                at = found.line(("questions", place, *mistakes.place_of(error)))
                collector.wrong(at, f"{what}, expected {expected}", name)
            continue
        if question.key in seen:
            collector.wrong(line, f"the key “{question.key}” twice, expected a key of its own", name)
            continue
        seen.add(question.key)
        collector.take(quiz_document.from_quiz(question, line), question.key)


def write(questions: Iterable[Question], about: dict[str, Any]) -> Written:
    """A quiz file, and what it could not carry. `about` is what stands above the questions: id, title, step…"""
    rows: list[dict[str, Any]] = []
    losses: list[Problem] = []
    count = 0
    language = str(about.get("language", "fr"))
    for count, question in enumerate(questions, start=1):
        try:
            fitted = quiz_document.fit(question, read_again=f"step:{about.get('step', '')}", language=language)
        except quiz_document.Unfit as wrong:
            losses.append(Problem(count, question.key, f"a quiz cannot hold {wrong}: left out"))
            continue
        rows.append(fitted.values)
        said = dict.fromkeys((*fitted.losses, *fitted.notes))
        losses += [Problem(count, question.key, f"a quiz does not keep all: {each}") for each in said]
    return Written(text_of({**about, "questions": rows}).encode(), tuple(losses), count - len(rows))


def text_of(values: dict[str, Any]) -> str:
    """The values of a quiz as YAML."""
    return Fresh("\n", 2).mapping({key: value for key, value in values.items() if key != "language"}, 0) + "\n"
