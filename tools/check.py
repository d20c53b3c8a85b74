"""`make check`: formatter, linter, types, layers, templates, translations; every failure in one run."""

import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [BIN / "mypy", "--no-error-summary"],
    "layers": [BIN / "lint-imports", "--no-cache"],
    "templates": [BIN / "djlint", "app", "--lint", "--quiet"],
    "translations": [sys.executable, "tools/translations.py", "check"],
}


def main() -> int:
    """Run each check; 1 when one fails, with what it printed."""
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run([str(part) for part in command], cwd=PROJECT, capture_output=True, text=True, check=False)
        print(f"{'ok' if done.returncode == 0 else 'FAILED':7}{name} ({time.monotonic() - began:.1f} s)", flush=True)
        if done.returncode != 0:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
