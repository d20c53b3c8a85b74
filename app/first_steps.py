"""What stands between an empty machine and a running Palier: schema, library, first accounts, compressed files."""

import gzip
from pathlib import Path

import brotli
from flask_migrate import upgrade

from app.config import Settings

COMPRESSED_SUFFIXES = (".css", ".js", ".svg")


def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade()


def synchronise_library() -> None:
    """Publish what is new in the files; problems are listed and keep the old text, they do not stop the start."""


def make_first_accounts(settings: Settings) -> list[str]:
    """The demo team or the link for the first administrator, when nobody is there yet. Returns lines to print."""
    return []


def compress_static_files(folder: Path) -> None:
    """Write `.br` and `.gz` beside each static text file that changed since."""
    for file in folder.rglob("*"):
        if file.suffix not in COMPRESSED_SUFFIXES:
            continue
        small = file.with_name(file.name + ".br")
        if small.exists() and small.stat().st_mtime >= file.stat().st_mtime:
            continue
        content = file.read_bytes()
        file.with_name(file.name + ".gz").write_bytes(gzip.compress(content, mtime=0))
        small.write_bytes(brotli.compress(content))
