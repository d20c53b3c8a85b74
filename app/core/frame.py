"""The frame around a page: parts that do not change from page to page, made once and kept.

A part may depend on its template, the current section, the reader's language, the places they may open and, for the
account menu, on who they are; the session's CSRF token is put in when it is used.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from flask import Flask, current_app, g, render_template, session
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.core import languages, navigation

MOST_KEPT = 1_000
# Where the token goes in a part that is kept; no person's name can hold it.
_TOKEN = "\x00csrf\x00"  # noqa: S105 - no secret, the place of one


def init_app(app: Flask) -> None:
    """Give templates `frame(template, section)`, and `csrf_token()` signed once a session."""
    app.jinja_env.globals["frame"] = frame
    # Flask-WTF gives its own to every template in this way; the one given last is the one that counts.
    app.context_processor(lambda: {"csrf_token": csrf_token})


def frame(template: str, section: str) -> Markup:
    """A part of the frame around the page of a section."""
    places = navigation.visible()
    actor = g.get("actor")
    key = (template, section, languages.readers(), actor, tuple(place.name for place in places))
    pieces = _kept(key)
    if pieces is None:
        whole = render_template(template, section=section, places=places, token=_TOKEN)
        pieces = _keep(key, tuple(whole.split(_TOKEN)))
    return Markup(csrf_token().join(pieces) if len(pieces) > 1 else pieces[0])  # noqa: S704 - our own templates


def csrf_token() -> str:
    """Flask-WTF's token for this session. Ours do not expire before the session does, so one signature serves."""
    secret = session.get("csrf_token")
    signed: str | None = _kept(("csrf", secret)) if secret else None
    if signed is None:
        signed = generate_csrf()
        _keep(("csrf", session["csrf_token"]), signed)
    return signed


def _kept(key: Hashable) -> Any:
    held = _shelf().get(key)
    if held is not None:
        try:
            _shelf().move_to_end(key)
        except KeyError:  # another thread gave it up just now; what it held still serves
            return held
    return held


def _keep(key: Hashable, value: Any) -> Any:
    shelf = _shelf()
    shelf[key] = value
    while len(shelf) > MOST_KEPT:
        shelf.popitem(last=False)
    return value


def _shelf() -> OrderedDict[Hashable, Any]:
    shelf: OrderedDict[Hashable, Any] = current_app.extensions.setdefault("palier_frames", OrderedDict())
    return shelf
