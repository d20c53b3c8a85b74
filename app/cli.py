"""The `flask` commands that belong to no room: progress, worker, starting up."""

import click
from flask import Flask

from app.core.commands import Group, progress_bar, say

progress_commands = Group("progress", help="Progress tables, derived from activity.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    from app import startup

    app.cli.add_command(progress_commands)
    app.cli.add_command(startup.start)
    app.cli.add_command(startup.work)


@progress_commands.command("rebuild")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def rebuild(as_json: bool) -> None:
    """Empty the progress tables and make them again from activity."""
    from app.activity import projections

    with progress_bar("Replaying activity") as bar:
        replayed = projections.rebuild(bar)
    say({"replayed": replayed}, as_json, f"{replayed} acts replayed.")
