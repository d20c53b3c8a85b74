"""Pages reached through one-time links, and asking for one."""

from typing import Any

from flask import Response as FlaskResponse
from flask import flash, make_response, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import entries, one_time_links, password_rules, refusals, sign_in_views
from app.accounts.forms import FirstAdministratorForm, ForgotPasswordForm, PasswordForm
from app.accounts.guard import public
from app.accounts.one_time_links import Link, LinkEnded, Purpose
from app.accounts.sign_in_views import Answer
from app.accounts.throttles import throttle_links, throttle_mails
from app.core.errors import InvalidInput


@public
@throttle_mails
def forgot_password() -> Answer:
    """Ask for a link; the answer is the same whether the address has an account or not."""
    form = ForgotPasswordForm()
    if form.validate_on_submit():
        one_time_links.request_reset(entries.as_typed(form.email.data))
        return render_template("accounts/reset_sent.html", email=form.email.data)
    return render_template("accounts/forgot_password.html", form=form), 400 if form.is_submitted() else 200


@public
@throttle_links
def link(secret: str) -> FlaskResponse:
    """A one-time link. Its address is a secret: no other page is to learn it, no cache to keep it."""
    try:
        answer = make_response(_answer(secret))
    except LinkEnded as ended:
        answer = make_response(render_template("accounts/link_ended.html", sentence=ended.sentence), ended.status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer(secret: str) -> Answer:
    found = one_time_links.look_at(secret)
    if found.purpose is Purpose.FIRST_ADMINISTRATOR:
        return _first_administrator(secret)
    return _choose_password(secret, found)


def _choose_password(secret: str, found: Link) -> Answer:
    form = PasswordForm()
    page: dict[str, Any] = {"form": form, "link": found, "rules": password_rules.RULES}
    if not form.is_submitted():
        return render_template("accounts/choose_password.html", **page)
    if form.validate():
        try:
            used = one_time_links.choose_password(secret, form.password.data or "")
        except InvalidInput as refused:
            refusals.say_in(form, refused, "password")
        else:
            return _after(used)
    return render_template("accounts/choose_password.html", **page), 400


def _after(used: Link) -> Response:
    """A newcomer is in; after a reset one signs in, so that the new password is in the hand and in the browser."""
    if used.purpose is Purpose.INVITATION and used.person_id:
        sign_in_views.begin(used.person_id)
        flash(_("Welcome. Your password is set."), "good")
        return redirect("/")
    flash(_("Your password is changed. Sign in with it."), "good")
    return redirect("/sign-in")


def _first_administrator(secret: str) -> Answer:
    form = FirstAdministratorForm()
    page: dict[str, Any] = {"form": form, "rules": password_rules.RULES}
    if not form.is_submitted():
        return render_template("accounts/first_administrator.html", **page)
    if form.validate():
        try:
            person_id = one_time_links.create_first_administrator(
                secret,
                name=form.name.data or "",
                email=form.email.data or "",
                language=form.language.data or None,
                password=form.password.data or "",
            )
        except InvalidInput as refused:
            refusals.say_in(form, refused, "email")
        else:
            sign_in_views.begin(person_id)
            flash(_("Palier is yours. Invite your team, or import it from a file."), "good")
            return redirect("/admin")
    return render_template("accounts/first_administrator.html", **page), 400
