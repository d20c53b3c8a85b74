"""When something goes wrong, a page of our own says what to do next, in the reader's language, and shows no insides."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort, request
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from app import create_app
from app.accounts.guard import public
from app.config import Settings
from app.core import database
from app.core.database import db
from app.core.errors import Conflict, DomainError, Forbidden, InvalidInput, NotFound
from app.core.web import CONTENT_SECURITY_POLICY, HEADERS
from tests.conftest import KEY
from tests.databases import Databases

SECRET = "an inside that nobody may see"

TITLES = {
    400: ("La page n’a pas compris ce qui a été envoyé", "The page did not understand what was sent"),
    403: ("Cela ne vous est pas ouvert", "This is not open to you"),
    404: ("Rien à cette adresse", "Nothing here"),
    405: ("Cette adresse n’accepte pas cela", "This address does not take that"),
    409: ("Quelqu’un a été plus rapide", "Someone was faster"),
    413: ("C’est trop volumineux", "This is too large"),
    429: ("Trop d’essais", "Too many tries"),
    500: ("Une panne de notre côté", "Something broke on our side"),
    503: ("La base de données ne répond pas", "The database does not answer"),
}


def raising(error: Exception) -> Callable[[], str]:
    def view() -> str:
        raise error

    return view


def reading_a_form() -> str:
    return str(request.form)


def querying() -> str:
    return str(db.session.scalar(text("SELECT count(*) FROM person")))


def writing() -> str:
    db.session.execute(text("UPDATE library_state SET generation = generation + 1"))
    db.session.commit()
    return "done"


VIEWS: dict[str, tuple[Callable[[], str], int]] = {
    "invalid": (raising(InvalidInput()), 400),
    "bad-request": (lambda: abort(400, SECRET), 400),
    "forbidden": (raising(Forbidden()), 403),
    "not-found": (raising(NotFound(document=SECRET)), 404),
    "conflict": (raising(Conflict()), 409),
    "too-many": (raising(TooManyRequests(retry_after=60)), 429),
    "broken": (raising(RuntimeError(SECRET)), 500),
    "unreachable": (raising(OperationalError(SECRET, {}, Exception(SECRET))), 503),
    "teapot": (lambda: abort(418), 418),
}


def with_views(app: Flask) -> Flask:
    for name, (view, _) in VIEWS.items():
        app.add_url_rule(f"/test/{name}", f"test_{name}", public(view))
        app.add_url_rule(f"/api/test/{name}", f"api_test_{name}", public(view))
    app.add_url_rule("/test/form", "test_form", public(reading_a_form), methods=["POST"])
    app.add_url_rule("/test/query", "test_query", public(querying))
    app.add_url_rule("/test/write", "test_write", public(writing))
    return app


def ask(app: Flask, path: str, language: str = "fr", **more: Any) -> Any:
    method = more.pop("method", "GET")
    return app.test_client().open(path, method=method, headers={"Accept-Language": language}, **more)


def assert_page(answer: Any, status: int, language: str = "fr") -> None:
    page = answer.get_data(as_text=True)
    assert answer.status_code == status, page
    assert f'<html lang="{language}"' in page
    assert TITLES[status][language == "en"] in page
    assert 'href="/"' in page
    for inside in (SECRET, "Traceback", "sqlalchemy", "psycopg", "sqlite", "SELECT", ".py"):
        assert inside not in page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("name", "status"), [(name, status) for name, (_, status) in VIEWS.items() if status in TITLES]
)
def test_each_trouble_has_its_page_in_the_readers_language(app: Flask, name: str, status: int, language: str) -> None:
    assert_page(ask(with_views(app), f"/test/{name}", language), status, language)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_wrong_method_and_a_form_too_large_have_theirs(app: Flask, language: str) -> None:
    with_views(app)
    answer = ask(app, "/test/form", language)
    assert_page(answer, 405, language)
    assert "POST" in answer.headers["Allow"]
    large = ask(app, "/test/form", language, method="POST", data={"text": "x" * 3 * 1024 * 1024})
    assert_page(large, 413, language)


def test_an_unknown_address_has_its_page(app: Flask) -> None:
    assert_page(ask(app, "/nowhere/%00/..%2f"), 404)


def test_who_tried_too_often_is_told_when_to_come_back(app: Flask) -> None:
    assert ask(with_views(app), "/test/too-many").headers["Retry-After"] == "60"


def test_an_unforeseen_status_keeps_its_number(app: Flask) -> None:
    assert ask(with_views(app), "/test/teapot").status_code == 418


def test_a_domain_error_says_its_own_sentence(app: Flask) -> None:
    class Full(DomainError):
        status = 409
        sentence = "Le groupe est complet."

    app.add_url_rule("/test/full", "test_full", public(raising(Full())))
    page = ask(app, "/test/full").get_data(as_text=True)
    assert "Le groupe est complet." in page


@pytest.mark.parametrize("name", VIEWS)
def test_the_api_answers_in_json(app: Flask, name: str) -> None:
    answer = ask(with_views(app), f"/api/test/{name}")
    assert answer.status_code == VIEWS[name][1]
    assert answer.json["error"]["status"] == VIEWS[name][1]
    assert SECRET not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/healthz", "/test/broken", "/nowhere", "/sign-in", "/"])
def test_every_answer_carries_the_security_headers(app: Flask, path: str) -> None:
    answer = ask(with_views(app), path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_inline_and_no_other_site() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(
        CONTENT_SECURITY_POLICY.split("; ")
    )


def test_no_page_is_kept_by_a_shared_computer(app: Flask) -> None:
    with_views(app)
    assert ask(app, "/nowhere").headers["Cache-Control"] == "private, no-cache"
    assert ask(app, "/test/form", method="POST").headers["Cache-Control"] == "no-store"


def test_a_static_file_is_kept_and_never_taken_for_something_else(app: Flask) -> None:
    answer = ask(app, "/static/theme/palier.css")
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_a_value_that_no_column_takes_is_the_readers_mistake(app: Flask) -> None:
    from sqlalchemy.exc import DataError

    app.add_url_rule("/test/nul", "test_nul", public(raising(DataError(SECRET, {}, Exception(SECRET)))))
    assert_page(ask(app, "/test/nul"), 400)


def test_after_an_error_the_next_request_works(app: Flask) -> None:
    with_views(app)
    for name in VIEWS:
        ask(app, f"/test/{name}")
        assert ask(app, "/test/query").status_code == 200


@contextmanager
def application_on(url: str, folder: Path) -> Iterator[Flask]:
    app = with_views(create_app(Settings(data_dir=folder, database_url=url, secret_key=KEY)))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def sqlite_file(tmp_path: Path, databases: Databases) -> Path:
    """A migrated SQLite database, whatever database the run is on."""
    from tests.databases import open_databases

    with open_databases("sqlite", tmp_path) as made, made.fresh() as url:
        kept = tmp_path / "kept.db"
        with sqlite3.connect(make_url(url).database or "") as source, sqlite3.connect(kept) as target:
            source.backup(target)
    return kept


def test_a_locked_database_has_its_page_and_nothing_is_written(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 20)
    with application_on(f"sqlite:///{sqlite_file}", tmp_path) as app:
        assert ask(app, "/test/write").status_code == 200
        other = sqlite3.connect(sqlite_file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert_page(ask(app, "/test/write"), 503)
        assert ask(app, "/test/query").status_code == 200
        other.execute("ROLLBACK")
        assert ask(app, "/test/write").status_code == 200
        assert other.execute("SELECT generation FROM library_state").fetchone() == (3,)
        other.close()


def test_a_read_only_database_still_serves_readers(sqlite_file: Path, tmp_path: Path) -> None:
    with application_on(f"sqlite:///file:{sqlite_file}?mode=ro&uri=true", tmp_path) as app:
        assert ask(app, "/test/query").status_code == 200
        assert_page(ask(app, "/test/write"), 503)


def test_a_database_file_that_is_gone_has_its_page(sqlite_file: Path, tmp_path: Path) -> None:
    with application_on(f"sqlite:///{sqlite_file}", tmp_path) as app:
        assert ask(app, "/test/query").status_code == 200
        with app.app_context():
            db.engine.dispose()
        sqlite_file.unlink()
        assert_page(ask(app, "/test/query"), 503)
        assert ask(app, "/readyz").status_code == 503


def test_a_folder_that_is_gone_has_its_page(tmp_path: Path) -> None:
    with application_on(f"sqlite:///{tmp_path}/nowhere/palier.db", tmp_path) as app:
        assert_page(ask(app, "/test/query"), 503)
        assert_page(ask(app, "/test/query", "en"), 503, "en")
        assert ask(app, "/healthz").status_code == 200


def test_a_file_that_is_no_database_has_its_page(tmp_path: Path) -> None:
    (tmp_path / "palier.db").write_bytes(b"not a database " * 1000)
    with application_on(f"sqlite:///{tmp_path}/palier.db", tmp_path) as app:
        assert_page(ask(app, "/test/query"), 503)


def test_a_postgresql_that_cannot_be_reached_has_its_page(tmp_path: Path) -> None:
    with application_on("postgresql://palier@127.0.0.1:1/palier?connect_timeout=2", tmp_path) as app:
        assert_page(ask(app, "/test/query"), 503)
        assert_page(ask(app, "/test/write"), 503)
        assert ask(app, "/readyz").status_code == 503


def test_a_signed_in_person_meets_the_same_page(tmp_path: Path) -> None:
    with application_on(f"sqlite:///{tmp_path}/nowhere/palier.db", tmp_path) as app:
        client = app.test_client()
        with client.session_transaction() as session:
            session["sign_in"] = "a secret from before"
        answer = client.get("/", headers={"Accept-Language": "fr"})
        assert_page(answer, 503)
