"""`make check`: formatter, linter, types, layers, templates, translations; every failure in one run."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: dict[str, list[str | Path]] = {
    "types": [BIN / "mypy", "--no-error-summary"],  # the longest first
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "layers": [BIN / "lint-imports", "--no-cache"],
    "templates": [BIN / "djlint", "app", "--lint", "--quiet"],
    "translations": [sys.executable, "tools/translations.py", "check"],
}


def main() -> int:
    """Run the checks, two at a time; 1 when one fails, with what it printed."""
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for name, seconds, done in pool.map(_check, CHECKS):
            print(f"{'ok' if done.returncode == 0 else 'FAILED':7}{name} ({seconds:.1f} s)", flush=True)
            if done.returncode != 0:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    return 1 if failed else 0


def _check(name: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    began = time.monotonic()
    command = [str(part) for part in CHECKS[name]]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return name, time.monotonic() - began, done


if __name__ == "__main__":
    sys.exit(main())
