"""`flask quiz stats`: what the marks of a quiz say, recorded here or kept elsewhere."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.core import commands
from app.core.errors import Moved, NotFound
from app.quizzes.commands import quiz_commands

if TYPE_CHECKING:
    from app.quizzes.statistics.item_page import ItemPage
    from app.quizzes.statistics.quiz_statistics import Report

# What makes the figures is imported when they are asked for: a web process has this module and runs none of it.


@quiz_commands.command("stats")
@click.argument("quiz", required=False)
@click.option(
    "--marks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of marks: a row an attempt, a column a question (key:maximum).",
)
@click.option(
    "--attempts",
    type=click.Choice(("first", "best")),
    default="first",
    show_default=True,
    help="Which attempt of each person.",
)
@click.option("--revision", type=click.IntRange(min=1), help="The quiz as it was at this revision.")
@click.option("--question", metavar="KEY", help="Who replied what to this question, by thirds of the results.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def stats_command(
    quiz: str | None, marks: Path | None, attempts: str, revision: int | None, question: str | None, as_json: bool
) -> None:
    """What the marks say of a quiz and its questions. Below 10 attempts there is not enough data."""
    from app.quizzes.statistics import quiz_statistics

    if (quiz is None) == (marks is None):
        commands.stop(2, "expected a quiz, or --marks and a file")
    if question is not None:
        if quiz is None:
            commands.stop(2, "--question: expected a quiz, whose replies are here")
        document = _replies_to(quiz, question, attempts, revision)
        commands.say(document, as_json, _as_lines(document))
        return
    report = _report_of_file(marks) if marks else _report_of_quiz(quiz or "", attempts, revision)
    commands.say(quiz_statistics.as_json(report), as_json, _as_table(report))


def _report_of_file(file: Path) -> "Report":
    from app.quizzes.formats import marks_table
    from app.quizzes.formats.model import LARGEST_FILE
    from app.quizzes.statistics import quiz_statistics
    from app.quizzes.statistics.marks import marks_of

    with file.open("rb") as stream:
        table = marks_table.read(stream.read(LARGEST_FILE + 1))
    if table.reading.problems:
        for each in table.reading.problems:
            named = f"{each.question}: " if each.question else ""
            click.echo(f"{file}:{each.line}: {named}{each.what}", err=True)
        sys.exit(1)
    return quiz_statistics.report(marks_of(table.maxima, table.rows))


def _report_of_quiz(quiz: str, attempts: str, revision: int | None) -> "Report":
    from app.quizzes.statistics import quiz_statistics, recorded_marks

    try:
        recorded = recorded_marks.of(quiz, which=attempts, revision=revision)
    except (NotFound, Moved):
        commands.stop(1, f"{quiz}: no published quiz has this id")
    if recorded is None:
        commands.stop(1, f"{quiz}: no revision {revision}")
    if recorded.left_out:
        click.echo(f"{recorded.left_out} attempts on revisions that ask something else are left out.", err=True)
    return quiz_statistics.report(recorded.marks, recorded.guesses)


def _replies_to(quiz: str, key: str, attempts: str, revision: int | None) -> dict[str, Any]:
    from app.quizzes.statistics import item_page
    from app.quizzes.statistics.quiz_page import Chosen

    try:
        page = item_page.item_page(quiz, key, Chosen(attempts, revision))
    except (NotFound, Moved):
        commands.stop(1, f"{quiz}: no such published quiz, revision or question")
    enough = page.row.has_figures
    return {
        "question": key,
        "attempts": page.row.attempts,
        "thirds": list(page.counts.asked) if enough else None,
        "answers": _answers(page) if enough and not page.pieces else [],
        "pieces": _pieces(page) if enough else [],
    }


def _answers(page: "ItemPage") -> list[dict[str, Any]]:
    return [
        {
            "answer": f"{line.label} {line.words}".strip(),
            "share": None if line.share is None else float(line.share),
            "thirds": list(line.thirds),
        }
        for line in page.answers
    ]


def _pieces(page: "ItemPage") -> list[dict[str, Any]]:
    return [
        {"piece": line.words, "right": list(line.right), "instead": line.instead or None, "times": line.times}
        for line in page.pieces
    ]


def _as_lines(document: dict[str, Any]) -> str:
    if document["thirds"] is None:
        return _too_few(document["attempts"])
    lines = [f"{document['attempts']} attempts; by thirds of the results, the lower one first: {document['thirds']}"]
    lines += [f"{each['answer']}: {each['thirds']}" for each in document["answers"]]
    lines += [f"{each['piece']}: right {each['right']}" for each in document["pieces"]]
    return "\n".join(lines)


def _as_table(report: "Report") -> str:
    from app.quizzes.statistics import item_statistics, quiz_statistics

    if report.attempts < item_statistics.FEWEST_ATTEMPTS:
        return _too_few(report.attempts)
    document = quiz_statistics.as_json(report)
    lines = [f"{report.attempts} attempts"]
    lines += [f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in document["quiz"].items()]
    for key, figures in document["questions"].items():
        lines.append(
            f"{key}: " + ", ".join(f"{name.replace('_', ' ')} {_shown(each)}" for name, each in figures.items())
        )
    return "\n".join(lines)


def _too_few(attempts: int) -> str:
    from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS

    return f"{attempts} attempts: not enough data (from {FEWEST_ATTEMPTS} on)."


def _shown(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"
