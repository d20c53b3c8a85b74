"""`flask library …`: synchronise, check, export, search."""

import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from app.config import Settings
from app.core import commands
from app.core.languages import SUPPORTED
from app.library import export as exporting
from app.library import inspection, search, sync
from app.library.files import Folders
from app.library.kinds import all_kinds

library_commands = commands.Group("library", help="The playbook's files and the database.")

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


def configured_folders() -> Folders:
    """The folders of the settings."""
    settings: Settings = current_app.config["SETTINGS"]
    return Folders(settings.content_dir, settings.quizzes_dir)


@library_commands.command("sync")
@_json
def sync_command(as_json: bool) -> None:
    """Bring files and database together. 1: a file has problems; 3: both sides changed, nothing overwritten."""
    with commands.progress_bar("Reading the library") as bar:
        report = sync.synchronise(configured_folders(), bar)
    for problem in report.problems:
        click.echo(str(problem), err=True)
    for path in report.conflicts:
        click.echo(f"{path}:1: changed in the file and in the database, expected a change on one side", err=True)
    document = {**asdict(report), "problems": [asdict(problem) for problem in report.problems]}
    commands.say(
        document,
        as_json,
        f"{len(report.published)} published, {len(report.withdrawn)} withdrawn, {len(report.written)} written to "
        f"files, {report.unchanged} unchanged, {len(report.problems)} problems, {len(report.conflicts)} conflicts.",
    )
    sys.exit(report.exit_status)


@library_commands.command("check")
@_json
def check_command(as_json: bool) -> None:
    """Read every file and list every problem, without touching the database. 1 when there is one."""
    with commands.progress_bar("Checking the library") as bar:
        found = inspection.inspect(configured_folders(), all_kinds(), bar)
    if not as_json:
        for problem in found.problems:
            click.echo(str(problem))
    commands.say(
        {"documents": len(found.drafts), "problems": [asdict(problem) for problem in found.problems]},
        as_json,
        f"{len(found.drafts)} documents, {len(found.problems)} problems.",
    )
    sys.exit(1 if found.problems else 0)


@library_commands.command("export")
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="Another folder to write in.")
@_json
def export_command(target: Path | None, as_json: bool) -> None:
    """Write the published library to files. 3: a file changed since the last sync and was left alone."""
    folders = Folders(target / "content", target / "quizzes") if target else configured_folders()
    with commands.progress_bar("Writing the library") as bar:
        result = exporting.export(folders, bar, remember=target is None)
    for path in result.conflicts:
        click.echo(f"{path}:1: changed since the last sync, expected the text that was synchronised", err=True)
    commands.say(
        asdict(result),
        as_json,
        f"{len(result.written)} written, {result.unchanged} unchanged, {len(result.conflicts)} conflicts.",
    )
    sys.exit(result.exit_status)


@library_commands.command("search")
@click.argument("words")
@click.option("--kind", help="Only documents of this kind, such as script.")
@click.option("--language", type=click.Choice(SUPPORTED), default="fr", show_default=True)
@_json
def search_command(words: str, kind: str | None, language: str, as_json: bool) -> None:
    """Search as a reader would."""
    known = [name for name, each in all_kinds().by_name.items() if each.searchable]
    if kind is not None and kind not in known:
        commands.stop(2, f"--kind {kind}: no such kind; one of {', '.join(known)}")
    results = search.search(words, language=language, kind=kind)
    if not as_json:
        for result in results.hits:
            click.echo(f"{result.entry.kind.name}:{result.entry.id}\t{result.entry.title}\t{result.snippet_text}")
    document = {
        "query": words,
        "results": [
            {"kind": hit.entry.kind.name, "id": hit.entry.id, "title": hit.entry.title, "snippet": hit.snippet_text}
            for hit in results.hits
        ],
    }
    commands.say(document, as_json, f"{len(results.hits)} found.")
