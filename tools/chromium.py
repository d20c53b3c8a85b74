"""A Chromium for the browser tests: one on the machine, else what the platform installs, else a clear stop."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NONE_FOUND = (
    "No Chromium was found, and none could be installed. The browser tests need one: install Debian's package "
    "“chromium”, or Chrome, or name one in PALIER_TEST_CHROMIUM."
)


def find() -> str:
    """The path of a Chromium. Ends the program with one line when there is none to be had."""
    found = _present() or _from_debian() or _from_playwright()
    if found is None:
        sys.exit(NONE_FOUND)
    return found


def _present() -> str | None:
    given = os.environ.get("PALIER_TEST_CHROMIUM")
    if given:
        return given
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((path for path in MACOS if platform.system() == "Darwin" and Path(path).exists()), None)


def _from_debian() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    print("Installing Chromium for the browser tests …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return shutil.which("chromium")


def _from_playwright() -> str | None:
    print("Asking Playwright for its Chromium …", flush=True)
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if done.returncode != 0:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
