"""What every command shares: one JSON document or a sentence, a progress bar, exit statuses."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from app.core.errors import DomainError


def say(document: Any, as_json: bool, sentence: str) -> None:
    """Print a result: the JSON document, or the sentence for a person."""
    click.echo(json.dumps(document, ensure_ascii=False, default=str) if as_json else sentence)


def stop(status: int, sentence: str) -> NoReturn:
    """End a command with one clear line. 1: a problem in the input; 2: wrong usage; 3: a conflict."""
    click.echo(sentence, err=True)
    sys.exit(status)


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Troubles are one clear line each, never a stack trace: a rule, the disk, the database."""
    try:
        yield
    except DomainError as wrong:
        stop(1, str(wrong.sentence))
    except (IntegrityError, DataError):
        raise  # our statement, not the database
    except DBAPIError as wrong:
        first = str(wrong.orig).strip().split("\n")[0]
        stop(1, f"The database does not answer, or is not migrated (flask db upgrade): {first}")
    except OSError as wrong:
        stop(1, f"{wrong.filename}: {wrong.strerror}" if wrong.filename else str(wrong))


class Group(AppGroup):
    """Commands whose troubles are told in one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command of the group."""
        with told_in_one_line():
            return super().invoke(ctx)


class progress_bar:  # noqa: N801 - reads as a function, like click's
    """A bar on standard error while something long runs; silent when that is no terminal."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> Callable[[Iterable[Any]], Iterable[Any]]:
        return self.wrap

    def __exit__(self, *_: object) -> None:
        return None

    def wrap(self, items: Iterable[Any]) -> Iterable[Any]:
        """Yield the items, drawing."""
        with click.progressbar(items, label=self.label, file=sys.stderr) as bar:
            yield from bar
