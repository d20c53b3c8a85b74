"""`make test`: the checks, then the whole suite on SQLite, then the whole suite on a real PostgreSQL.

Browser journeys are part of the suite, so they run on both; what asks for no database runs once, with the
first. Words after the command go to pytest.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.databases import start_postgresql  # noqa: E402 - the project is on the path only now
from tools import chromium  # noqa: E402

MEMORY, ROOM = "/dev/shm", 6 * 2**30
PROCESSES = "3"  # on two cores: a browser waits more than it works


def main(extra: list[str]) -> int:
    """Run everything, even when something failed; 1 if anything did."""
    os.environ["PALIER_TEST_CHROMIUM"] = chromium.find()
    if "TMPDIR" not in os.environ and _has_room(MEMORY):
        os.environ["TMPDIR"] = MEMORY  # databases of a test outlive no run: they need not wait for a disk
    failed = [] if _run("checks", [sys.executable, "tools/check.py"], {}) else ["checks"]
    if not _suite("SQLite", {"PALIER_TEST_DATABASE": "sqlite"}, extra):
        failed.append("SQLite")
    with tempfile.TemporaryDirectory() as folder, start_postgresql(Path(folder) / "postgresql") as url:
        server = {
            "PALIER_TEST_DATABASE": "postgresql",
            "PALIER_TEST_POSTGRESQL": url.render_as_string(hide_password=False),
            "PALIER_TEST_ONLY_DATABASE": "1",
        }
        if not _suite("PostgreSQL", server, extra):
            failed.append("PostgreSQL")
    print(f"Failed: {', '.join(failed)}" if failed else "Everything passed, on both databases.", flush=True)
    return 1 if failed else 0


def _has_room(folder: str) -> bool:
    """Whether it is there, and the files of a run fit in."""
    try:
        return shutil.disk_usage(folder).free > ROOM and os.access(folder, os.W_OK)
    except OSError:
        return False


def _suite(name: str, environment: dict[str, str], extra: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--dist", "loadgroup", *extra]
    return _run(f"the suite on {name}", command, environment)


def _run(name: str, command: list[str], environment: dict[str, str]) -> bool:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, **environment}, check=False)
    print(f"── {name}: {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
