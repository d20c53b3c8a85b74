"""The door: every page asks for a signed-in person, unless its view says it is public."""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, make_response, redirect, request, session
from flask_babel import refresh

from app.accounts import sign_ins
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise, may
from app.activity import versions
from app.core import languages

SECRET = "sign_in"  # noqa: S105 - the name of the secret in the cookie

View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Stand in front of every request of an application."""
    app.before_request(_load_or_send_away)
    app.jinja_env.globals.update(may=_may, Action=Action)


def public(view: View) -> View:
    """Open a view to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def requires(action: Action) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Ask the authorisation table before a view that has no subject."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            authorise(actor(), action)
            return view(*args, **kwargs)

        guarded.__name__ = view.__name__
        guarded.__doc__ = view.__doc__
        return guarded

    return decorate


def actor() -> Actor:
    """The signed-in person; only for views that are not public."""
    return cast(Actor, g.actor)


def _may(action: Action, subject: object = None) -> bool:
    """For templates: whether to show a link. The page behind it asks again."""
    return g.get("actor") is not None and may(g.actor, action, subject)


def _recognise() -> None:
    known = sign_ins.recognise(session[SECRET]) if SECRET in session else None
    g.actor = known.actor if known else None
    if known:
        g.carried = known.carried
        versions.settle(known.actor.id, known.progress_version)


def _load_or_send_away() -> Response | None:
    if request.endpoint == "static":
        return None
    _recognise()
    languages.settle()
    refresh()  # whoever asked for a sentence before this did not know whose language to speak
    view = current_app.view_functions.get(request.endpoint or "")
    if g.actor is not None or view is None or getattr(view, "is_public", False):
        return None
    session.pop(SECRET, None)
    if request.headers.get("HX-Request"):
        # htmx would put the sign-in form inside the page; this header makes the browser go there instead.
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = "/sign-in"
        return answer
    if request.path.startswith("/api/"):
        return make_response({"error": {"status": 401, "what": "sign in first"}}, 401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return cast(Response, redirect("/sign-in" + ("" if wanted == "/" else "?" + urlencode({"next": wanted}))))
