"""What stands between an empty machine and a running Palier: schema, library, first accounts, compressed files."""

import gzip
import os
import secrets
import sys
from pathlib import Path

import brotli
import click
from sqlalchemy.exc import IntegrityError

from app.accounts import one_time_links, people
from app.accounts.demo import ADMINISTRATOR, MANAGER, REP
from app.config import Settings
from app.core.database import db
from app.core.errors import Conflict
from app.insights import demo
from app.library import sync
from app.library.commands import configured_folders

COMPRESSED_SUFFIXES = (".css", ".js", ".svg")


def synchronise_library() -> None:
    """Publish what is new in the files; problems are listed and keep the old text, they do not stop the start."""
    report = sync.synchronise(configured_folders())
    for problem in report.problems:
        click.echo(str(problem), err=True)
    for path in report.conflicts:
        click.echo(f"{path}:1: changed in the file and in the database, expected a change on one side", err=True)


def make_first_accounts(settings: Settings) -> list[str]:
    """The demo team, or the link for the first administrator, when nobody is there yet. Returns lines to print."""
    kept = settings.data_dir / "demo_password"
    if settings.demo and not settings.listens_beyond_loopback:
        if not people.anybody():
            _load_demo(settings, kept)
        if kept.exists():
            return _demo_lines(kept.read_text())
    link = one_time_links.first_administrator_link()
    if link is None:
        return []
    refused = (
        ["The demo team does not load where others than this machine can reach the server."] if settings.demo else []
    )
    return ["", *refused, "Nobody has an account yet. This link creates the administrator, once:", f"  {link}", ""]


def _load_demo(settings: Settings, kept: Path) -> None:
    """Load the demo team. Its password is kept first: a load that is cut short leaves nobody outside."""
    password = settings.demo_password or (kept.read_text() if kept.exists() else secrets.token_urlsafe(9))
    _keep_privately(kept, password)
    try:
        demo.load_demo(password)
    except (Conflict, IntegrityError):  # another first start was faster: its team is there
        db.session.rollback()


def _demo_lines(password: str) -> list[str]:
    return [
        "",
        "The demo team signs in with:",
        *(
            f"  {role:<15}{email}"
            for role, email in (("rep", REP), ("manager", MANAGER), ("administrator", ADMINISTRATOR))
        ),
        f"  {'password':<15}{password}",
        "",
    ]


def _keep_privately(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def compress_static_files(folder: Path) -> None:
    """Write `.br` and `.gz` beside each static text file that changed since; a read-only folder stays as it is."""
    for file in folder.rglob("*"):
        if file.suffix not in COMPRESSED_SUFFIXES:
            continue
        small = file.with_name(file.name + ".br")
        if small.exists() and small.stat().st_mtime >= file.stat().st_mtime:
            continue
        content = file.read_bytes()
        try:
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(content, mtime=0))
            small.write_bytes(brotli.compress(content))
        except PermissionError:
            print(f"palier: {folder} is read-only; its files are sent uncompressed", file=sys.stderr)
            return
