"""From an empty machine to a running Palier: what `make run` prints, and that a second time loses nothing."""

import fcntl
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import first_steps, startup
from app.accounts import people
from app.accounts.demo import REP
from app.accounts.models import Person
from app.config import PROJECT, Settings
from app.core.database import db
from app.insights import demo
from bench.servers import free_port
from tests.databases import Databases


def _people() -> int:
    return int(db.session.execute(select(func.count()).select_from(Person)).scalar_one())


@pytest.fixture
def with_content(app: Flask, settings: Settings) -> Settings:
    """Settings that ask for the demo; it needs the shipped content under it."""
    app.config["SETTINGS"] = settings.model_copy(
        update={"demo": True, "content_dir": PROJECT / "content", "quizzes_dir": PROJECT / "quizzes"}
    )
    first_steps.synchronise_library()
    return app.config["SETTINGS"]  # type: ignore[no-any-return]


def test_the_demo_team_is_made_once_and_its_password_said_each_time(with_content: Settings) -> None:
    first = first_steps.make_first_accounts(with_content)
    assert any(REP in line for line in first)
    made = _people()
    assert made > 3
    assert first_steps.make_first_accounts(with_content) == first
    assert _people() == made


def test_a_demo_that_was_cut_short_can_still_be_opened(
    with_content: Settings, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(_self: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(demo.Script, "play", cut_short)
        with pytest.raises(KeyboardInterrupt):
            first_steps.make_first_accounts(with_content)
    db.session.rollback()
    told = "\n".join(first_steps.make_first_accounts(with_content))
    password = re.search(r"password +(\S+)", told)
    assert password, told
    assert client.post("/sign-in", data={"email": REP, "password": password[1]}).status_code == 302


def test_of_two_first_starts_at_once_the_second_finds_the_demo_there(
    with_content: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = first_steps.make_first_accounts(with_content)
    looked = iter((False, True))
    monkeypatch.setattr(people, "anybody", lambda: next(looked, True))
    assert first_steps.make_first_accounts(with_content) == first


def test_without_the_demo_a_link_creates_the_administrator(app: Flask, settings: Settings) -> None:
    lines = first_steps.make_first_accounts(settings)
    assert re.search(r"http://127\.0\.0\.1:8000/links/[\w-]{40,}", "\n".join(lines))
    assert _people() == 0


def test_the_demo_refuses_where_others_could_sign_in_and_says_so(with_content: Settings) -> None:
    lines = first_steps.make_first_accounts(with_content.model_copy(update={"host": "0.0.0.0"}))
    assert any("does not load" in line for line in lines)
    assert any("/links/" in line for line in lines)
    assert _people() == 0


def test_only_what_changed_is_compressed_again(tmp_path: Path) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text("a {}" * 100)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    first_steps.compress_static_files(tmp_path)
    small = tmp_path / "a.css.br"
    assert {path.name for path in tmp_path.iterdir()} == {"a.css", "a.css.br", "a.css.gz", "picture.png"}
    small.write_bytes(b"kept")
    first_steps.compress_static_files(tmp_path)
    assert small.read_bytes() == b"kept"
    os.utime(sheet, (small.stat().st_mtime + 5, small.stat().st_mtime + 5))
    first_steps.compress_static_files(tmp_path)
    assert small.read_bytes() != b"kept"


def test_the_server_answers_nothing_before_everything_is_prepared(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    with ThreadPoolExecutor() as pool:
        with startup.held_back(settings) as environment:
            monkeypatch.setenv(startup.HELD_BACK_BY, environment[startup.HELD_BACK_BY])
            server = pool.submit(startup.wait_until_prepared)
            with Path(environment[startup.HELD_BACK_BY]).open("rb") as lock, pytest.raises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            assert not server.done()
        server.result(timeout=30)


@contextmanager
def _started(environment: dict[str, str]) -> Iterator[list[str]]:
    """`flask start`, until it says that it is ready; what it printed till then."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "start"],
        cwd=PROJECT,
        # The test run has variables of its own, which Palier would refuse as no settings it knows.
        env={name: value for name, value in os.environ.items() if not name.startswith("PALIER_")} | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith("Stop it"):
            break
    try:
        yield lines
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_start_serves_and_a_second_start_loses_nothing(databases: Databases, tmp_path: Path) -> None:
    with databases.fresh() as url:
        port = free_port()
        environment = {
            "PALIER_DATA_DIR": str(tmp_path),
            "PALIER_DATABASE_URL": url,
            "PALIER_PORT": str(port),
            "PALIER_DEMO": "1",
        }
        with _started(environment) as first:
            assert f"Palier is ready: http://127.0.0.1:{port}" in first
            for path in ("/readyz", "/healthz", "/sign-in"):
                assert urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).status == 200
        with _started(environment) as second:
            assert [line for line in second if "password" in line] == [line for line in first if "password" in line]
