"""The product served for real, against bare Flask on the same server with the same options.

Rounds are interleaved, bare and product one after the other, and the medians are compared.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from app.config import PROJECT
from bench import world
from bench.figures import Figure, at_least, at_most, for_orientation, middle
from bench.load import Load, http_request, requests_a_second
from bench.servers import Server, free_port, serving, surroundings, wait_for
from tools import chromium

ROUNDS = 5
SECONDS = 3.0
ANSWERS_A_ROUND = 12_000  # more than a round can use
TODAY_KB, FURTHER_KB, RSS_MB, START_SECONDS, STATEMENTS = 150, 15, 120, 2, 5


def measure() -> list[Figure]:
    """Every figure that needs a server."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = world.build(folder)
        figures = [at_most("play_page_statements", made.play_statements, "statements", STATEMENTS)]
        with serving("wsgi:app", folder, "/readyz") as product:
            figures += _pages(product, made)
            figures += _answers(product, made, folder)
            figures += _bytes(product, made)
            figures.append(at_most("web_rss", product.worker_rss_bytes() / 1e6, "MB", RSS_MB))
        figures.append(at_most("start_seconds", middle([_start(folder) for _ in range(3)]), "s", START_SECONDS))
    return figures


def _pages(product: Server, made: world.World) -> Iterator[Figure]:
    request = http_request("GET", made.play_path, made.headers)
    size = len(_get(product, made.play_path, made.headers))
    with _bare(str(size), "/page") as bare:
        for connections in (1, 8):
            ours = Load(product.port, [request], connections, SECONDS, 200)
            theirs = Load(bare.port, [http_request("GET", "/page", {})], connections, SECONDS, 200)
            value, baseline = _interleaved(lambda: ours, lambda: theirs)  # noqa: B023 - used within the turn
            yield at_least(f"play_page_c{connections}", value, "requests/s", baseline, 0.5)
    with _bare(f"premade {size}", "/page") as bare:
        theirs = Load(bare.port, [http_request("GET", "/page", {})], 1, SECONDS, 200)
        value, baseline = _interleaved(lambda: Load(product.port, [request], 1, SECONDS, 200), lambda: theirs)
        yield for_orientation("play_page_c1_premade", value, "requests/s", baseline)


def _answers(product: Server, made: world.World, folder: Path) -> Iterator[Figure]:
    token = _csrf_token(_get(product, made.attempt_path, made.headers))
    headers = {**made.headers, "X-CSRFToken": token, "Accept": "application/json"}

    def answers() -> Load:
        """Each answer is an act of its own, as a page makes it: a UUID sent twice would write nothing."""
        posts = [
            http_request("POST", f"{made.attempt_path}/answers", headers, urlencode(_reply(made, number)))
            for number in range(ANSWERS_A_ROUND)
        ]
        return Load(product.port, posts, 1, SECONDS, 200)

    with _bare("commit", "/rows") as bare:
        row = http_request("POST", "/rows", {}, "choice=2")
        value, baseline = _interleaved(answers, lambda: Load(bare.port, [row], 1, SECONDS, 204))
    yield at_least("answer_commit", value, "requests/s", baseline, 0.5)


def _reply(made: world.World, number: int) -> dict[str, str]:
    question = made.choice_questions[number % len(made.choice_questions)]
    return {"question": question, "reply": str(number // len(made.choice_questions) % 2), "uuid": str(uuid4())}


def _interleaved(ours: Callable[[], Load], theirs: Callable[[], Load]) -> tuple[float, float]:
    pairs = [(requests_a_second(ours()), requests_a_second(theirs())) for _ in range(ROUNDS + 1)][1:]
    return middle([pair[0] for pair in pairs]), middle([pair[1] for pair in pairs])


@contextmanager
def _bare(kind: str, ready: str) -> Iterator[Server]:
    """A bare application on a folder of its own, on the same disk as the product's."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["BENCH_BARE"] = kind
        try:
            with serving("bench.bare:bare_app", Path(name), ready) as server:
                yield server
        finally:
            del os.environ["BENCH_BARE"]


def _get(server: Server, path: str, headers: dict[str, str]) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(server.address + path, headers=headers)) as answer:
        body: bytes = answer.read()
    return body


def _csrf_token(page: bytes) -> str:
    found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the attempt's page has no CSRF token")
    return found[1].decode()


def _bytes(product: Server, made: world.World) -> Iterator[Figure]:
    """What a first load of Today and then a play page cost on the wire, as Chromium counts it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        context = browser.new_context()
        name, _, value = made.headers["Cookie"].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": product.address}])
        page = context.new_page()
        received = 0

        def count(event: dict[str, float]) -> None:
            nonlocal received
            received += int(event["encodedDataLength"])

        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", count)
        page.goto(product.address + "/", wait_until="networkidle")
        yield at_most("today_bytes", received / 1000, "kB", TODAY_KB)
        received = 0
        page.goto(product.address + made.play_path, wait_until="networkidle")
        yield at_most("page_bytes", received / 1000, "kB", FURTHER_KB)
        browser.close()


def _start(folder: Path) -> float:
    """From the command to the first answer, once everything is installed and loaded."""
    port = free_port()
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "start"],
        cwd=PROJECT,
        env={**surroundings(folder), "PALIER_PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/sign-in", process)
        return time.monotonic() - began
    finally:
        process.terminate()
        process.wait(timeout=30)
