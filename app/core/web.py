"""What every response shares: security headers, the product's own error pages, addresses of static files."""

import hashlib
import logging
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,
)
from werkzeug.exceptions import HTTPException
from whitenoise import WhiteNoise

from app.core import clock, dates, languages
from app.core.database import db
from app.core.errors import DomainError, Moved

log = logging.getLogger(__name__)

PALETTE = 7  # how many step colours the theme has

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=()",
}
_TONGUES = {"fr": _l("in French"), "en": _l("in English")}
WHAT_TO_DO = {
    400: (_l("The page did not understand what was sent"), _l("Go back, check what you typed, and send it again.")),
    403: (_l("This is not open to you"), _l("Ask your manager or administrator if you need it.")),
    404: (_l("Nothing here"), _l("The address may be wrong, or the page withdrawn. Search, or go back to Today.")),
    405: (_l("This address does not take that"), _l("Go back, and use the page's own buttons.")),
    409: (_l("Someone was faster"), _l("Reload the page to see what changed, then try again.")),
    413: (_l("This is too large"), _l("Send a smaller file, or fewer lines at a time.")),
    429: (_l("Too many tries"), _l("Wait a few minutes, then try again.")),
    500: (
        _l("Something broke on our side"),
        _l("What you had saved is safe. Try again; if it persists, tell your administrator."),
    ),
    503: (_l("The database does not answer"), _l("Nothing you had saved is lost. Try again in a minute.")),
}


def init_app(app: Flask) -> None:
    """Bind headers, error pages and template helpers to an application."""
    app.after_request(_add_headers)
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SQLAlchemyError, _database_error)
    app.register_error_handler(Exception, _unexpected)
    app.jinja_env.globals.update(
        asset=asset,
        icon=icon,
        chosen_theme=chosen_theme,
        reader_language=languages.readers,
        step_colour=step_colour,
        tongue=tongue,
    )
    app.jinja_env.filters.update(long_date=long_date, day_and_time=day_and_time, hour=hour, percent=percent)


@cache
def icon(name: str, label: str | None = None) -> Markup:
    """An icon of the sprite, for templates; with a label where it stands alone, hidden from readers otherwise."""
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    address = f"{asset('vendor/icons.svg')}#{name}"
    return Markup('<svg class="icon" {}><use href="{}"></use></svg>').format(spoken, address)


def static_files(app: Flask) -> WhiteNoise:
    """Serve `app/static` in front of the application: compressed beforehand, kept by browsers for a year.

    Addresses carry a mark of the content (`asset`), so a kept file is never a stale one.
    """
    folder = Path(app.static_folder or "")
    return WhiteNoise(
        app.wsgi_app, root=folder, prefix="static/", max_age=365 * 24 * 3600, add_headers_function=_guess_nothing
    )


def _guess_nothing(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def asset(path: str) -> str:
    """The address of a file under `app/static`, with a mark of its content, so that it may be kept for ever."""
    return f"/static/{path}?v={_mark(path)}"


@cache
def _mark(path: str) -> str:
    file = Path(current_app.static_folder or "") / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def tongue(language: str) -> Markup:
    """Beside a title in a list: the language it is in, when it is not the reader's."""
    spoken = languages.readers()
    if language == spoken:
        return Markup("")
    told = _TONGUES.get(language, language.upper())
    return Markup('<abbr class="tongue" lang="{}" title="{}">{}</abbr>').format(spoken, told, language.upper())


def chosen_theme() -> str:
    """light, dark, or auto: what the device asks for."""
    return getattr(g.get("actor"), "theme", None) or "auto"


def step_colour(order: int) -> str:
    """The class that gives a step its colour; an eighth step starts the palette again."""
    return f"s{(order - 1) % PALETTE + 1}"


def long_date(instant: datetime) -> str:
    """“24 novembre 2026”, in the reader's language and time zone."""
    return _long_date(instant.astimezone(languages.time_zone()).date(), languages.readers())


@lru_cache(maxsize=2_000)
def _long_date(day: date, language: str) -> str:
    return dates.in_words(day, "d MMMM y", language)


def day_and_time(instant: datetime) -> str:
    """“24 nov. 2026, 14:05”, in the reader's language and time zone."""
    return dates.in_words(instant.astimezone(languages.time_zone()), "d MMM y, HH:mm", languages.readers())


def hour(instant: datetime) -> str:
    """“14:05” for a moment of today, the day as well otherwise."""
    here = instant.astimezone(languages.time_zone())
    today = clock.now().astimezone(languages.time_zone()).date()
    return here.strftime("%H:%M") if here.date() == today else day_and_time(instant)


def percent(value: int) -> str:
    """“71 %” in French, “71%” in English; `value` is from 0 to 100."""
    return f"{value}\u202f%" if languages.readers() == "fr" else f"{value}%"


def wants_json() -> bool:
    """Whether a script asks, ours or another program's, rather than a person's browser."""
    return request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        # A shared computer's Back button must not show the last person's pages.
        response.headers.setdefault("Cache-Control", "no-store" if request.method != "GET" else "private, no-cache")
    return response


def _error_page(status: int, sentence: object | None = None) -> tuple[str, int]:
    title, advice = WHAT_TO_DO.get(status, WHAT_TO_DO[400 if status < 500 else 500])
    if wants_json():
        return {"error": {"status": status, "what": str(sentence or title)}}, status  # type: ignore[return-value]
    page = render_template("error.html", status=status, title=title, sentence=sentence, advice=advice)
    return page, status


def _domain_error(error: DomainError) -> ResponseReturnValue:
    _roll_back()
    if isinstance(error, Moved):
        return redirect(error.address, error.status)
    return _error_page(error.status, error.sentence)


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error  # a redirect is not a mistake
    answer = make_response(_error_page(error.code))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers.setdefault(name, value)  # which methods are allowed, when to try again
    return answer


def _database_error(error: SQLAlchemyError) -> tuple[str, int]:
    log.exception("database error on %s", request.path)
    _roll_back()
    if isinstance(error, DataError):
        return _error_page(400)  # a value that no column takes: too long, too large, a NUL character
    return _error_page(503 if _out_of_reach(error) else 500)


def _roll_back() -> None:
    """Leave the transaction; a database that is gone cannot even do that."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.remove()


def _out_of_reach(error: SQLAlchemyError) -> bool:
    """Whether the database itself is the trouble (gone, locked, read-only, full, broken) rather than our statement."""
    if type(error) is DatabaseError:  # SQLite: the file is no database
        return True
    return isinstance(error, OperationalError | InterfaceError | InternalError | TimeoutError)


def _unexpected(error: Exception) -> tuple[str, int]:
    log.exception("unexpected error on %s", request.path)
    _roll_back()
    return _error_page(500)
