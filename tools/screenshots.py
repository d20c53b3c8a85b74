"""`make screenshots`: the pictures of the README and docs, taken from the demo in a real Chromium.

`python tools/screenshots.py --all FOLDER` takes every page at 390 and 1280 pixels in both themes, to be looked at.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - the project is on the path only now

from bench.servers import free_port, wait_for  # noqa: E402
from tools import chromium  # noqa: E402

PASSWORD = "a-password-for-pictures"
PEOPLE = {"rep": "rep@example.org", "manager": "manager@example.org", "administrator": "admin@example.org"}
WIDTHS = {390: 844, 1280: 900}
THEMES = ("light", "dark")

# name, who looks, address, width, theme
PICTURES = (
    ("today", "rep", "/", 1280, "light"),
    ("play", "rep", "/plays/passer-le-standard", 1280, "light"),
    ("script", "rep", "/scripts/trop-cher", 1280, "dark"),
    ("search-phone", "rep", "/scripts?q=cher", 390, "light"),
    ("team", "manager", "/team", 1280, "light"),
    ("library", "manager", "/library", 1280, "light"),
    ("editor", "manager", "/library/passer-le-standard/fr/edit", 1280, "light"),
    ("fields", "manager", "/library/quiz-presenter-et-negocier/fr/fields", 1280, "light"),
    ("changes", "rep", "/plays/passer-le-standard/changes", 1280, "light"),
    ("health", "manager", "/library/health", 1280, "light"),
)
LIBRARY_PAGES = (
    *("/library", "/library?q=zzzz", "/library?kind=play&state=published", "/library/new", "/library/conflicts"),
    *("/library/passer-le-standard/fr", "/library/passer-le-standard/en", "/library/passer-le-standard/fr/history"),
    *("/library/passer-le-standard/fr/duplicate", "/library/prendre-contact/fr/archive"),
    *("/library/quiz-presenter-et-negocier/fr/fields", "/library/lumio-atelier/fr/fields"),
    *("/library/trop-cher/fr/fields", "/library/glossaire/fr/fields"),
)
FILE_PAGES = ("/library/attachments", "/library/import")
EDITOR_PAGES = (
    *("/library/passer-le-standard/fr/edit", "/library/lumio-atelier/fr/edit?beside=en", "/library/trop-cher/fr/edit"),
    *("/library/quiz-presenter-et-negocier/fr/edit?as=text", "/library/glossaire/fr/edit?as=text"),
)
EVERY_PAGE = {
    "rep": (
        *("/", "/steps", "/steps/presenter-et-negocier", "/plays/passer-le-standard", "/plays/defendre-le-prix"),
        *("/offers", "/offers/lumio-atelier", "/glossary", "/scripts", "/scripts?q=cher", "/scripts?q=zzzz"),
        *("/scripts/trop-cher", "/quizzes/quiz-presenter-et-negocier", "/account", "/nowhere"),
        *(
            "/search",
            "/search?q=cher",
            "/search?q=n%C3%A9gosiation",
            "/search?q=zzzz",
            "/search?step=conclure-la-vente",
        ),
        "/plays/passer-le-standard/changes",
        *("/review", "/review/suspended", "/review/retention"),
        *("/questions", "/questions/passer-le-standard", "/questions/passer-le-standard?at=say"),
    ),
    "manager": (
        "/",
        "/team",
        "/assign",
        "/assignments",
        *("/quizzes/import", "/quizzes/quiz-presenter-et-negocier/export"),
        *("/quizzes/quiz-presenter-et-negocier/export/gift", "/quizzes/quiz-presenter-et-negocier/export/yaml"),
        *("/quizzes/to-score", "/quizzes/quiz-presenter-et-negocier/regrade"),
        "/quizzes/quiz-presenter-et-negocier/statistics",
        "/quizzes/quiz-presenter-et-negocier/statistics/argument-choisi",
        "/offers/lumio-atelier/questions",
        *LIBRARY_PAGES,
        "/library/passer-le-standard/fr/compare",
        "/library/passer-le-standard/fr/compare?view=source",
        "/library/passer-le-standard/readers",
        "/library/questions",
        "/library/health",
        "/library/searches",
        *FILE_PAGES,
        *EDITOR_PAGES,
    ),
    "administrator": ("/", "/admin", "/admin/people/new", "/admin/teams", "/admin/import", "/team"),
    "": ("/sign-in", "/forgot-password"),
}


@contextmanager
def demo() -> Iterator[str]:
    """Palier as `make run` starts it, on data of its own."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        settings = {"DATA_DIR": folder, "PORT": str(port), "DEMO": "1", "DEMO_PASSWORD": PASSWORD}
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "start"],
            cwd=PROJECT,
            env={**os.environ, **{f"PALIER_{name}": value for name, value in settings.items()}},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", process, patience=60)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def opened(browser: Browser, address: str, who: str, width: int, theme: str) -> Page:
    """A page of this width and theme, signed in as somebody, or as nobody."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=theme,  # type: ignore[arg-type]
        locale="fr-FR",
        base_url=address,
    )
    page = context.new_page()
    if who:
        page.goto("/sign-in")
        page.fill("[name=email]", PEOPLE[who])
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(address + "/")
    return page


def take_some(browser: Browser, address: str, folder: Path) -> None:
    """The pictures of the README and of the guides."""
    folder.mkdir(parents=True, exist_ok=True)
    change_a_play(browser, address)
    for name, who, path, width, theme in PICTURES:
        page = opened(browser, address, who, width, theme)
        page.goto(path)
        if name == "editor":
            page.locator("#source").focus()
            page.keyboard.press("F8")  # to the line of the mistake
            page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=folder / f"{name}.png")
        page.context.close()


def change_a_play(browser: Browser, address: str) -> None:
    """A rep has vouched for a play; its author corrects it in substance, and has begun to write something else."""
    page = opened(browser, address, "rep", 1280, "light")
    page.goto("/plays/passer-le-standard")
    vouch = page.get_by_role("button", name="J’ai lu et compris")
    if vouch.count():
        vouch.click()
        page.wait_for_url("**#ack")
    page.context.close()
    page = opened(browser, address, "manager", 1280, "light")
    write(page, "décide en dix secondes", "décide en quinze secondes")
    page.locator("button[name=go][value=publish]").click()
    page.locator("#note").fill("Mesuré sur cent appels de mars.")
    page.locator("button[name=materiality][value=material]").click()
    page.wait_for_url(lambda url: not url.endswith("/publish"))
    write(page, "cherchez pas", "![](attachment:standard.png) cherchez pas")
    page.context.close()


def write(page: Page, old: str, new: str) -> None:
    """Change words of the play in the editor, and wait until they are saved."""
    page.goto("/library/passer-le-standard/fr/edit")
    page.wait_for_selector("#editor[data-ready]")
    area = page.locator("#source")
    area.fill(area.input_value().replace(old, new, 1))
    page.wait_for_selector("#save-state:has-text('Brouillon enregistré à')")


def take_all(browser: Browser, address: str, folder: Path) -> None:
    """Every page, whole, at both widths and in both themes."""
    folder.mkdir(parents=True, exist_ok=True)
    for who, paths in EVERY_PAGE.items():
        for width in WIDTHS:
            for theme in THEMES:
                page = opened(browser, address, who, width, theme)
                for path in paths:
                    page.goto(path)
                    name = f"{who or 'nobody'}{path.replace('/', '_').replace('?', '-')}-{width}-{theme}.png"
                    page.screenshot(path=folder / name, full_page=True)
                page.context.close()


def main(arguments: list[str]) -> None:
    """Start the demo, take pictures."""
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        if arguments[:1] == ["--all"]:
            take_all(browser, address, Path(arguments[1]))
        else:
            take_some(browser, address, PROJECT / "docs" / "images")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
