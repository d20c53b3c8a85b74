"""Servers under measurement: the product and its bare counterparts, all on granian with the same options."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config import PROJECT, Settings
from app.startup import SERVER_ENVIRONMENT, server_command


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def worker_rss_bytes(self) -> int:
        """Resident memory of the process that answers: the child of granian's main process."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        pages = [int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children]
        return max(pages) * os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(target: str, folder: Path, ready: str) -> Iterator[Server]:
    """A WSGI application on the product's server, with the product's options."""
    port = free_port()
    command = [target if part == "wsgi:app" else part for part in server_command(Settings(data_dir=folder, port=port))]
    settings = {**surroundings(folder), "PALIER_PORT": str(port)}
    process = subprocess.Popen(command, cwd=PROJECT, env=settings)
    try:
        wait_for(f"http://127.0.0.1:{port}{ready}", process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a server under measurement: nothing of Palier's but its own settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PALIER_")}
    return {**SERVER_ENVIRONMENT, **ours, **environment(folder)}


def environment(folder: Path) -> dict[str, str]:
    """The settings of a server under measurement: its own data and library."""
    return {
        "PALIER_DATA_DIR": str(folder),
        "PALIER_CONTENT_DIR": str(folder / "content"),
        "PALIER_QUIZZES_DIR": str(folder / "quizzes"),
    }


def wait_for(address: str, process: subprocess.Popen[bytes], patience: float = 20.0) -> None:
    """Ask until it answers. Raises TimeoutError, or RuntimeError when the process ended."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(address)
