"""Starting up: what `make run` does after the packages are there, and the job worker."""

import errno
import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app import schema
from app.config import PROJECT, Settings, in_an_address
from app.core.commands import told_in_one_line

POLL_SECONDS = 1.0
WATCH_SECONDS = 0.5
HELD_BACK_BY = "STARTING_LOCK_OF_PALIER"  # the file that a server's process waits for, named by who started it
# One pool of memory for all threads: they take turns anyway, and four pools are four times half empty. For glibc.
SERVER_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
WORKER = (sys.executable, "-m", "flask", "--app", "wsgi", "work")


@click.command("start")
@with_appcontext
def start() -> None:
    """Migrate, synchronise the library, make the first accounts, then serve until stopped."""
    from app import first_steps

    settings: Settings = current_app.config["SETTINGS"]
    _require_free_port(settings)
    with _ended_together() as processes:
        with told_in_one_line(), held_back(settings) as environment:
            # It loads the application meanwhile, and answers once everything is prepared.
            processes.append(subprocess.Popen(server_command(settings), cwd=PROJECT, env=environment))
            schema.upgrade()
            first_steps.synchronise_library()
            lines = first_steps.make_first_accounts(settings)
            first_steps.compress_static_files(Path(current_app.static_folder or ""))
        processes.append(subprocess.Popen(WORKER, cwd=PROJECT))
        _wait_until_ready(settings, processes)
        if settings.prints_mail:
            lines += ["Mail, such as invitations, is printed here: PALIER_MAIL_URL names no server."]
        click.echo("\n".join(("", f"Palier is ready: {settings.address}", *lines, "Stop it with Ctrl-C.", "")))
        _watch(processes)


@click.command("work")
@with_appcontext
def work() -> None:
    """The job worker: do what the outbox holds, until stopped."""
    from app.core import outbox, rounds
    from app.core.database import db

    stopping = False

    def ask_to_stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    parent = os.getppid()
    swept = 0
    while not stopping and os.getppid() == parent:
        taken = 0
        try:
            taken = outbox.sweep()
            swept += 1
            if swept % 60 == 1:
                rounds.walk_due()
            if swept % 3600 == 1:
                outbox.forget_done()
        except SQLAlchemyError:
            # A database that is locked or restarting comes back; what is due then is still due.
            logging.getLogger(__name__).exception("worker: the database does not answer")
        db.session.remove()
        if not taken:
            time.sleep(POLL_SECONDS)


def server_command(settings: Settings) -> list[str]:
    """How the web server is started; granian was the fastest with real pages (docs/decisions/0002)."""
    return [
        *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "wsgi:app"),
        *("--host", settings.host, "--port", str(settings.port)),
        *("--workers", str(settings.web_processes), "--blocking-threads", str(settings.web_threads)),
        *("--backpressure", str(settings.web_threads * 8), "--respawn-failed-workers", "--log-level", "warning"),
    ]


def _require_free_port(settings: Settings) -> None:
    """Before anything else: a second start must change nothing under the server that is running."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as wrong:
        taken = "is taken" if wrong.errno == errno.EADDRINUSE else f"cannot be listened on ({wrong.strerror})"
        sys.exit(f"palier: {settings.host}:{settings.port} {taken}; PALIER_HOST and PALIER_PORT choose another")


def wait_until_prepared() -> None:
    """Answer nothing while the command that started this process is still preparing: migrating, synchronising."""
    if HELD_BACK_BY in os.environ:
        with Path(os.environ[HELD_BACK_BY]).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)


@contextmanager
def held_back(settings: Settings) -> Iterator[dict[str, str]]:
    """The environment of processes that wait at `wait_until_prepared` until the block is left."""
    path = settings.data_dir / "starting.lock"
    with path.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield {**SERVER_ENVIRONMENT, **os.environ, HELD_BACK_BY: str(path)}


@contextmanager
def _ended_together() -> Iterator[list[subprocess.Popen[bytes]]]:
    """The web server, then the worker; what was started is stopped when the block is left."""
    processes: list[subprocess.Popen[bytes]] = []
    # Terminating this command must end what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


def _wait_until_ready(settings: Settings, processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask /readyz until it answers; a server that ends before that has said why on its own."""
    import urllib.request  # with TLS and all, of no use to a web process

    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
    host = in_an_address(everywhere.get(settings.host, settings.host))
    while all(process.poll() is None for process in processes):
        try:
            urllib.request.urlopen(f"http://{host}:{settings.port}/readyz", timeout=2)
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"palier: the server did not start on {settings.host}:{settings.port} (is the port taken?)")


def _watch(processes: list[subprocess.Popen[bytes]]) -> None:
    """Stay until the web server ends, or Ctrl-C. A worker that ends takes no page with it: another follows."""
    web, worker = processes
    try:
        while web.poll() is None:
            time.sleep(WATCH_SECONDS)
            if worker.poll() is not None:
                click.echo("palier: the job worker ended; see the lines above. Starting another.", err=True)
                processes[1] = worker = subprocess.Popen(WORKER, cwd=PROJECT)
    except KeyboardInterrupt:
        return
    sys.exit("palier: the web server ended; see the lines above")
