"""`flask start` in bad luck: one clear line, and nothing begun."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.config import PROJECT, Settings, WrongSetting, from_environment
from bench.servers import free_port


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PALIER_")}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "start"],
        cwd=PROJECT,
        env=clean | {"PALIER_DATA_DIR": str(folder / "data"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_database_out_of_reach_is_one_line(tmp_path: Path) -> None:
    done = start(tmp_path, PALIER_PORT="0", PALIER_DATABASE_URL="postgresql://palier@127.0.0.1:1/palier")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert done.stderr.startswith("The database does not answer")


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/palier.db").write_bytes(b"not a database " * 1000)
    done = start(tmp_path, PALIER_PORT="0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "file is not a database" in done.stderr


def test_a_port_that_is_taken_is_one_line_before_anything_is_made(tmp_path: Path) -> None:
    """Else the link of the first administrator, printed by the server that is running, would stop working."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = start(tmp_path, PALIER_PORT=str(other.getsockname()[1]))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "is taken" in done.stderr
    assert not (tmp_path / "data/palier.db").exists()


@pytest.mark.parametrize("host", ["999.1.1.1", "palier.example.org", "127.0.0.1:80"])
def test_the_server_listens_on_an_address_not_on_a_name(host: str) -> None:
    with pytest.raises(WrongSetting, match="PALIER_HOST: wrong value"):
        from_environment({"PALIER_HOST": host})


def test_localhost_is_this_machine() -> None:
    assert from_environment({"PALIER_HOST": "localhost"}).host == "127.0.0.1"
    assert Settings(host="::1").address == "http://[::1]:8000"


@contextmanager
def running(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`flask start`, once it serves."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PALIER_")}
    environment = clean | {"PALIER_DATA_DIR": str(folder), "PALIER_PORT": str(port)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "start"], cwd=PROJECT, env=environment, stdout=log
        )
        try:
            until(process, lambda: b"Palier is ready" in (folder / "log").read_bytes())
            yield process
        finally:
            process.terminate()
            process.wait(30)


def until(process: subprocess.Popen[bytes], is_so: Callable[[], object]) -> None:
    """Wait for what must come while the process lives; fail when it ends, or when it does not come."""
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        with suppress(subprocess.TimeoutExpired):
            assert process.wait(0.05) is None


def job_workers(parent: int) -> set[int]:
    """The process ids of the job workers that a process started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in listed.splitlines()]
    return {int(line[0]) for line in lines if line[1] == str(parent) and line[-1] == "work"}


def test_a_job_worker_that_is_killed_is_started_again_and_the_pages_stay(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port) as process:
        (first,) = job_workers(process.pid)
        os.kill(first, signal.SIGKILL)
        until(process, lambda: job_workers(process.pid) - {first})
        assert process.poll() is None
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
