"""`flask quiz …`: bring questions in, take them out, and what their marks say."""

import json
import sys
from pathlib import Path

import click
from flask import current_app

from app.core import commands, languages
from app.core.errors import Moved, NotFound
from app.library import catalogue
from app.library.commands import configured_folders
from app.quizzes import item_statistics, quiz_statistics, recorded_marks
from app.quizzes.formats.model import FORMAT_NAMES, LARGEST_FILE, Problem, Reading, document_of

quiz_commands = commands.Group("quiz", help="Questions in the files of other platforms, and what their marks say.")

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
_format = click.option("--format", "format_name", type=click.Choice(FORMAT_NAMES), required=True)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@quiz_commands.command("import")
@click.argument("file", type=_file)
@_format
@click.option("--dry-run", is_flag=True, help="Only say what would be created.")
@click.option("--only-good", is_flag=True, help="Write the questions that can be, though the file has problems.")
@click.option("--quiz", "quiz_id", metavar="ID", help="The id of the quiz; by default made of the file's name.")
@click.option("--title", metavar="TEXT", help="Its title; by default the file's name.")
@click.option("--step", metavar="ID", help="The step it belongs to; by default the first one.")
@click.option("--language", type=click.Choice(languages.SUPPORTED), help="By default that of the organisation.")
@_json
def import_command(
    file: Path,
    format_name: str,
    dry_run: bool,
    only_good: bool,
    quiz_id: str | None,
    title: str | None,
    step: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Make a quiz file of the questions in FILE. 1: there are problems; 3: the quiz is there, nothing overwritten."""
    from app.quizzes.formats import importing, registry  # the readers are of no use to a web process

    reading = registry.FORMATS[format_name].read(_bytes_of(file))
    if dry_run:
        _tell(reading, file, as_json, f"{len(reading.questions)} questions, {len(reading.problems)} problems.")
        sys.exit(1 if reading.problems else 0)
    wanted = importing.Wanted(
        quiz_id, title, step, language or current_app.config["SETTINGS"].language, file.stem, only_good
    )
    try:
        outcome = importing.make(reading, wanted, configured_folders())
    except importing.AlreadyThere as there:
        commands.stop(3, str(there))
    for note in outcome.notes:
        click.echo(f"{file}:{note.line}: {note.question}: {note.what}", err=True)
    sentence = f"{outcome.written} questions written to {outcome.path}." if outcome.path else "Nothing written."
    if outcome.path and as_json:
        click.echo(f"{sentence} Publish it with: flask library sync", err=True)
    _tell(outcome.reading, file, as_json, sentence + (" Publish it with: flask library sync" if outcome.path else ""))
    sys.exit(1 if outcome.reading.problems else 0)


@quiz_commands.command("export")
@click.argument("quiz")
@_format
@click.option("--language", type=click.Choice(languages.SUPPORTED), help="By default that of the organisation.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="By default standard output.")
@_json
def export_command(quiz: str, format_name: str, language: str | None, output: Path | None, as_json: bool) -> None:
    """Write a published quiz in another format. 1: some of its questions could not be written."""
    from app.quizzes.formats import quiz_document, registry, yaml_format

    if as_json and output is None:
        commands.stop(2, "--json: expected --output as well, the file itself being no JSON document")
    try:
        entry = catalogue.current().get(quiz, language or languages.readers(), "quiz")
    except (NotFound, Moved):
        commands.stop(1, f"{quiz}: no published quiz has this id")
    facts = catalogue.current().body(entry).facts
    questions = [quiz_document.from_quiz(each, number) for number, each in enumerate(facts.questions, start=1)]
    other = registry.FORMATS[format_name]
    if other.write is None:
        about = facts.model_dump(mode="json", exclude={"questions"}, exclude_none=True)
        written = yaml_format.write(questions, {**about, "language": entry.language})
    else:
        written = other.write(questions)
    for loss in written.losses:
        click.echo(f"{quiz}:{loss.line}: {loss.question}: {loss.what}", err=True)
    if output is None:
        click.echo(written.content, nl=False)
    else:
        output.write_bytes(written.content)
        count = len(questions) - written.left_out
        document = {"written": str(output), "questions": count, "problems": _problems(written.losses)}
        commands.say(document, as_json, f"{count} questions written to {output}.")
    sys.exit(1 if written.left_out else 0)


@quiz_commands.command("stats")
@click.argument("quiz", required=False)
@click.option("--marks", type=_file, help="A CSV file of marks: a row an attempt, a column a question (key:maximum).")
@click.option(
    "--attempts",
    type=click.Choice([recorded_marks.FIRST, recorded_marks.BEST]),
    default=recorded_marks.FIRST,
    show_default=True,
    help="Which attempt of each person.",
)
@click.option("--revision", type=click.IntRange(min=1), help="The quiz as it was at this revision.")
@_json
def stats_command(quiz: str | None, marks: Path | None, attempts: str, revision: int | None, as_json: bool) -> None:
    """What the marks say of a quiz and its questions. Below 10 attempts there is not enough data."""
    if (quiz is None) == (marks is None):
        commands.stop(2, "expected a quiz, or --marks and a file")
    report = _report_of_file(marks) if marks else _report_of_quiz(quiz or "", attempts, revision)
    commands.say(quiz_statistics.as_json(report), as_json, _as_table(report))


def _report_of_file(file: Path) -> quiz_statistics.Report:
    from app.quizzes.formats import marks_table

    table = marks_table.read(_bytes_of(file))
    if table.reading.problems:
        for each in table.reading.problems:
            click.echo(_line(file, each), err=True)
        sys.exit(1)
    return quiz_statistics.report(item_statistics.marks_of(table.maxima, table.rows))


def _report_of_quiz(quiz: str, attempts: str, revision: int | None) -> quiz_statistics.Report:
    try:
        recorded = recorded_marks.of(quiz, which=attempts, revision=revision)
    except (NotFound, Moved):
        commands.stop(1, f"{quiz}: no published quiz has this id")
    if recorded is None:
        commands.stop(1, f"{quiz}: no revision {revision}")
    if recorded.left_out:
        click.echo(f"{recorded.left_out} attempts on revisions that ask something else are left out.", err=True)
    return quiz_statistics.report(recorded.marks, recorded.guesses)


def _as_table(report: quiz_statistics.Report) -> str:
    if report.attempts < item_statistics.FEWEST_ATTEMPTS:
        return f"{report.attempts} attempts: not enough data (from {item_statistics.FEWEST_ATTEMPTS} on)."
    document = quiz_statistics.as_json(report)
    lines = [f"{report.attempts} attempts"]
    lines += [f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in document["quiz"].items()]
    for key, figures in document["questions"].items():
        lines.append(
            f"{key}: " + ", ".join(f"{name.replace('_', ' ')} {_shown(each)}" for name, each in figures.items())
        )
    return "\n".join(lines)


def _shown(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _bytes_of(file: Path) -> bytes:
    """The bytes of a file; one byte past the most that is read, so that a larger one is refused without being held."""
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def _tell(reading: Reading, file: Path, as_json: bool, sentence: str) -> None:
    for each in reading.problems:
        click.echo(_line(file, each), err=True)
    if as_json:
        click.echo(json.dumps(document_of(reading), ensure_ascii=False))
        return
    for question in reading.questions:
        click.echo(f"{question.line}\t{question.type.value}\t{question.key}\t{question.title or question.text[:80]!r}")
    click.echo(sentence)


def _line(file: Path, problem: Problem) -> str:
    return f"{file}:{problem.line}: {f'{problem.question}: ' if problem.question else ''}{problem.what}"


def _problems(losses: tuple[Problem, ...]) -> list[dict[str, object]]:
    return [{"line": each.line, "question": each.question, "what": each.what} for each in losses]
