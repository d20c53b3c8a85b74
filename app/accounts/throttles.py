"""How often the doors may be tried. Only what failed is counted where success proves who it is."""

from collections.abc import Callable
from typing import Any

from flask import Response, g, request

from app.accounts import entries
from app.extensions import limiter

View = Callable[..., Any]

BY_ADDRESS = "10/minute;50/hour"
BY_EMAIL = "5/minute;50/hour"
MAILS_BY_EMAIL = "3/minute;5/hour"


def throttle_sign_in(view: View) -> View:
    """Failed sign-ins, by network address and by the e-mail that is tried."""
    by_address = limiter.limit(BY_ADDRESS, methods=["POST"], deduct_when=_failed)
    by_email = limiter.limit(BY_EMAIL, methods=["POST"], key_func=_email, deduct_when=_failed)
    return by_address(by_email(view))


def throttle_links(view: View) -> View:
    """Submits of one-time links, by network address."""
    return limiter.limit(BY_ADDRESS, methods=["POST"], deduct_when=_failed)(view)


def throttle_mails(view: View) -> View:
    """Requests for a mail: nobody may fill another's letter box, nor ours."""
    by_address = limiter.limit(BY_ADDRESS, methods=["POST"])
    by_email = limiter.limit(MAILS_BY_EMAIL, methods=["POST"], key_func=_email)
    return by_address(by_email(view))


def throttle_password(view: View) -> View:
    """Wrong present passwords, by person: an open browser must not be a place to guess in."""
    return limiter.limit(BY_EMAIL, key_func=_actor, deduct_when=_failed)(view)


def _failed(response: Response) -> bool:
    return response.status_code >= 400


def _email() -> str:
    return "email:" + entries.as_typed(request.form.get("email"))


def _actor() -> str:
    return f"person:{g.actor.id}"
