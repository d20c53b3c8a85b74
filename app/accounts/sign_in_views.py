"""Signing in and out."""

from uuid import UUID

from flask import g, redirect, render_template, request, session
from werkzeug.wrappers import Response

from app.accounts import addresses, authentication, entries, refusals
from app.accounts.forms import SignInForm
from app.accounts.guard import SECRET, public
from app.accounts.throttles import throttle_sign_in
from app.core.errors import InvalidInput

Answer = str | Response | tuple[str, int]


@public
@throttle_sign_in
def sign_in() -> Answer:
    """The door."""
    destination = addresses.next_after_sign_in(request.values.get("next"))
    if g.actor is not None:
        return redirect(destination)
    form = SignInForm()
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
        return render_template("accounts/sign_in.html", form=form)
    if form.validate():
        try:
            secret = authentication.sign_in(
                entries.as_typed(form.email.data), form.password.data or "", request.user_agent.string
            )
        except InvalidInput as refused:
            refusals.say_in(form, refused, "password")
        else:
            remember(secret)
            return redirect(destination)
    return render_template("accounts/sign_in.html", form=form), 400


def sign_out() -> Response:
    """Out, in this browser."""
    authentication.sign_out(session[SECRET])
    session.clear()
    answer = redirect("/sign-in")
    # What the browser kept of the pages goes as well: the next person at this desk must not read them.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def remember(secret: str) -> None:
    """Put a new session in the cookie and nothing of the old one: what was planted there is worth nothing."""
    session.clear()
    session[SECRET] = secret
    session.permanent = True


def begin(person_id: UUID) -> None:
    """Sign in somebody who has just proved who they are through a link."""
    remember(authentication.begin_session(person_id, request.user_agent.string))
