"""Which language a page speaks: the person's choice, else the browser's, else the organisation's."""

from zoneinfo import ZoneInfo

from flask import current_app, g, has_request_context, request

SUPPORTED = ("fr", "en")


def readers() -> str:
    """The reader's language. Outside a request (a mail, a command) it is the organisation's."""
    settled: str | None = g.get("language")
    return settled or _choose()


def settle() -> None:
    """Once it is known who is reading: choose for the rest of the request."""
    g.language = _choose()


def _choose() -> str:
    organisations: str = current_app.config["SETTINGS"].language
    if not has_request_context():
        return organisations
    chosen = getattr(g.get("actor"), "language", None)
    if chosen in SUPPORTED:
        return str(chosen)
    return request.accept_languages.best_match(SUPPORTED) or organisations


def time_zone() -> ZoneInfo:
    """The reader's time zone, else the organisation's."""
    chosen = getattr(g.get("actor"), "time_zone", None) if has_request_context() else None
    return ZoneInfo(chosen) if chosen else current_app.config["SETTINGS"].zone


def time_zone_name() -> str:
    """The same, by name, as Babel wants it."""
    return time_zone().key
