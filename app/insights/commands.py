"""The `flask demo` commands."""

import secrets

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.commands import say, stop
from app.core.errors import DomainError
from app.insights.demo import SIGN_INS, load_demo

demo_commands = AppGroup("demo", help="The demonstration: a fictitious team that has worked for some weeks.")


@demo_commands.command("load")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def load(as_json: bool) -> None:
    """Load the demonstration into an empty database, on a machine that nobody else can reach."""
    password = current_app.config["SETTINGS"].demo_password or secrets.token_urlsafe(9)
    try:
        lines = load_demo(password)
    except DomainError as refused:
        stop(1, str(refused.sentence))
    say({"signs_in": list(SIGN_INS), "password": password}, as_json, "\n".join(lines))
