"""`flask quiz …`: bring questions in, take them out."""

import json
import sys
from pathlib import Path

import click
from flask import current_app

from app.core import commands, languages
from app.core.errors import Moved, NotFound
from app.library.commands import configured_folders
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
@click.option("--bank", is_flag=True, help="Make a bank of questions instead of a quiz.")
@click.option("--quiz", "quiz_id", metavar="ID", help="The id of the quiz or bank; by default made of the file's name.")
@click.option("--title", metavar="TEXT", help="Its title; by default the file's name.")
@click.option("--step", metavar="ID", help="The step to read again; by default the first one.")
@click.option("--language", type=click.Choice(languages.SUPPORTED), help="By default that of the organisation.")
@_json
def import_command(
    file: Path,
    format_name: str,
    dry_run: bool,
    only_good: bool,
    bank: bool,
    quiz_id: str | None,
    title: str | None,
    step: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Make a quiz, or a bank, of the questions in FILE. 1: there are problems; 3: it is there, nothing overwritten."""
    from app.quizzes.formats import importing, registry  # the readers are of no use to a web process

    reading = registry.FORMATS[format_name].read(_bytes_of(file))
    if dry_run:
        _tell(reading, file, as_json, f"{len(reading.questions)} questions, {len(reading.problems)} problems.")
        sys.exit(1 if reading.problems else 0)
    wanted = importing.Wanted(
        quiz_id,
        title,
        step,
        language or current_app.config["SETTINGS"].language,
        file.stem,
        only_good,
        "bank" if bank else "quiz",
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
    """Write a published quiz or bank in another format. 1: some of its questions could not be written."""
    from app.quizzes.formats import exporting

    if as_json and output is None:
        commands.stop(2, "--json: expected --output as well, the file itself being no JSON document")
    try:
        entry = exporting.published(quiz, language or languages.readers())
    except (NotFound, Moved):
        commands.stop(1, f"{quiz}: no published quiz or bank has this id")
    questions = exporting.questions_of(entry)
    written = exporting.write(entry, format_name)
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
