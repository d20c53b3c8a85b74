"""`flask library …`: synchronise, check, export, search."""

import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from app.config import Settings
from app.core import commands
from app.core.languages import SUPPORTED
from app.library import catalogue, inspection, publishing, sync
from app.library import export as exporting
from app.library.files import Folders
from app.library.finding import everything
from app.library.kinds import all_kinds
from app.library.search import Hit

library_commands = commands.Group("library", help="The playbook's files and the database.")

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


def configured_folders() -> Folders:
    """The folders of the settings."""
    settings: Settings = current_app.config["SETTINGS"]
    return Folders(settings.content_dir, settings.quizzes_dir)


@library_commands.command("sync")
@click.option("--minor", is_flag=True, help="The changes are minor: nobody is asked to read them again.")
@click.option("--note", default="", metavar="TEXT", help="A word on what changed, kept in each document's history.")
@_json
def sync_command(minor: bool, note: str, as_json: bool) -> None:
    """Bring files and database together. 1: a file has problems; 3: both sides changed, nothing overwritten."""
    note = " ".join(note.split())
    if len(note) > publishing.LONGEST_NOTE or not note.isprintable():
        commands.stop(2, f"--note: expected at most {publishing.LONGEST_NOTE} characters")
    word = sync.Word("minor" if minor else "material", note)
    with commands.progress_bar("Reading the library") as bar:
        report = sync.synchronise(configured_folders(), bar, word)
    for problem in report.problems:
        click.echo(str(problem), err=True)
    for path in report.conflicts:
        click.echo(f"{path}:1: changed in the file and in the database, expected a change on one side", err=True)
    if report.conflicts:
        click.echo(f"Settle it in the browser: {current_app.config['SETTINGS'].address}/library/conflicts", err=True)
    for path in report.cleaned:
        click.echo(f"{path}: kept without its metadata; the file stays as it is", err=True)
    document = {**asdict(report), "problems": [asdict(problem) for problem in report.problems]}
    commands.say(
        document,
        as_json,
        f"{len(report.published)} published, {len(report.withdrawn)} withdrawn, {len(report.written)} written to "
        f"files, {report.unchanged} unchanged, {len(report.problems)} problems, {len(report.conflicts)} conflicts."
        + (f" {len(report.attached)} attachments brought in." if report.attached else ""),
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
@click.option("--step", help="Only what is of use at this step, by its id.")
@click.option("--offer", help="Only what is about this offer, by its id.")
@click.option("--language", type=click.Choice(SUPPORTED), default="fr", show_default=True)
@_json
def search_command(
    words: str, kind: str | None, step: str | None, offer: str | None, language: str, as_json: bool
) -> None:
    """Search as a reader would. 0 whether or not something was found; 2: no such kind, step or offer.

    The JSON document: query; nearest (no text has every word); mended (what was looked for instead, or null); results,
    the best first, each with kind, id, part (a term of the glossary, or empty), title, address, section, snippet.
    """
    known = [name for name, each in all_kinds().by_name.items() if each.searchable]
    if kind is not None and kind not in known:
        commands.stop(2, f"--kind {kind}: no such kind; one of {', '.join(known)}")
    for name, document_id in (("step", step), ("offer", offer)):
        if document_id is not None and catalogue.current().find(document_id, language, name) is None:
            ids = ", ".join(each.id for each in catalogue.current().of_kind(name, language)) or "none is published"
            commands.stop(2, f"--{name} {document_id}: no such {name}; one of {ids}")
    results = everything.find(words, language=language, kind=kind, step=step, offer=offer)
    if not as_json:
        if results.mended:
            click.echo(f"Nothing is written “{words}”; looked for “{results.mended}”.", err=True)
        for hit in results.hits:
            click.echo(f"{_reference(hit)}\t{hit.title}\t{hit.snippet_text}")
    document = {
        "query": words,
        "nearest": results.nearest,
        "mended": results.mended,
        "results": [
            {
                "kind": hit.entry.kind.name,
                "id": hit.entry.id,
                "part": hit.part,
                "title": hit.title,
                "address": hit.address,
                "section": "" if hit.part else hit.why.section,
                "snippet": hit.snippet_text,
            }
            for hit in results.hits
        ],
    }
    commands.say(document, as_json, f"{len(results.hits)} found.")


def _reference(hit: Hit) -> str:
    return f"{hit.entry.kind.name}:{hit.entry.id}" + (f"#{hit.part}" if hit.part else "")
