"""Answers that htmx puts inside the page: a part instead of a page, and a refusal said in the form it came from."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded

from app.core.database import db
from app.core.errors import DomainError, Moved
from app.extensions import limiter

ASKING = "20/hour;60/day"
ANSWERING = "120/hour"

View = Callable[..., Any]


def wants_part() -> bool:
    """Whether htmx will put the answer inside the page (not when it restores a whole page from history)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def throttled(limit: str) -> Callable[[View], View]:
    """At most so many posts a person: a page of questions is no place to flood."""

    def decorate(view: View) -> View:
        limited: View = limiter.limit(limit, methods=["POST"], key_func=lambda: f"person:{g.actor.id}")(view)
        return limited

    return decorate


def refused_in_place(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Say a refusal inside the form that was sent, which keeps what was typed; pages get the usual page."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except (DomainError, RateLimitExceeded) as refused:
            if not wants_part() or isinstance(refused, Moved):
                raise
            db.session.rollback()
            return _told(refused)

    return guarded


def part(name: str, **given: object) -> ResponseReturnValue:
    """A part of a page, or a page that has such parts. One address, two answers: caches must not mix them."""
    answer = make_response(render_template(name, **given))
    answer.headers["Vary"] = "HX-Request"
    return answer


def _told(refused: DomainError | RateLimitExceeded) -> ResponseReturnValue:
    status, sentence = 429, _("You have asked a lot in a short time. Wait a little, then send it.")
    if isinstance(refused, DomainError):
        status, sentence = refused.status, str(refused.sentence)
    answer = make_response(render_template("library/remarks/_refused.html", sentence=sentence), status)
    answer.headers["HX-Retarget"] = "find .told"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer
