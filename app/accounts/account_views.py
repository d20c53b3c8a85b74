"""My account."""

from dataclasses import replace
from typing import Any

from flask import current_app, flash, g, redirect, render_template, session
from flask_babel import gettext as _
from flask_babel import refresh
from werkzeug.wrappers import Response

from app.accounts import authentication, my_account, password_rules, refusals, sign_ins, zones
from app.accounts.forms import ChangePasswordForm, SettingsForm, options
from app.accounts.guard import SECRET, actor
from app.accounts.my_account import Preferences
from app.accounts.sign_in_views import Answer
from app.accounts.throttles import throttle_password
from app.core import languages
from app.core.errors import InvalidInput


def account() -> Answer:
    """Settings, password and browsers; the form here is the settings'."""
    me = actor()
    form = SettingsForm(data={each: getattr(me, each) or "" for each in ("name", "language", "theme", "time_zone")})
    _offer_zones(form)
    if not form.is_submitted():
        return _page(form)
    if form.validate():
        wanted = Preferences(
            form.name.data or "", form.language.data or None, form.theme.data or None, form.time_zone.data or None
        )
        try:
            my_account.prefer(me, wanted)
        except InvalidInput as refused:
            refusals.say_in(form, refused, "name")
        else:
            # From this sentence on, in the language just chosen.
            g.actor = replace(me, language=wanted.language)
            languages.settle()
            refresh()
            flash(_("Your settings are saved."), "good")
            return redirect("/account")
    return _page(form), 400


@throttle_password
def password() -> Answer:
    """Change the password."""
    form = ChangePasswordForm()
    if form.validate():
        try:
            authentication.change_password(actor(), session[SECRET], form.present.data or "", form.wanted.data or "")
        except InvalidInput as refused:
            refusals.say_in(form, refused, "wanted")
        else:
            flash(_("Your password is changed, and your other browsers are signed out."), "good")
            return redirect("/account")
    me = actor()
    settings = SettingsForm(
        formdata=None, data={each: getattr(me, each) or "" for each in ("name", "language", "theme", "time_zone")}
    )
    _offer_zones(settings)
    return _page(settings, form), 400


def end_other_browsers() -> Response:
    """Sign out everywhere but here."""
    my_account.end_other_browsers(actor(), session[SECRET])
    flash(_("Your other browsers are signed out."), "good")
    return redirect("/account")


def _page(settings: SettingsForm, changing: ChangePasswordForm | None = None) -> str:
    page: dict[str, Any] = {
        "form": settings,
        "password_form": changing or ChangePasswordForm(formdata=None),
        "rules": password_rules.RULES,
        "browsers": sign_ins.browsers_of(actor().id, session[SECRET]),
    }
    return render_template("accounts/account.html", **page)


def _offer_zones(form: SettingsForm) -> None:
    """Every zone by its place; a zone under another of its names is added so that it stays chosen."""
    there = zones.choices(languages.readers())
    organisations = current_app.config["SETTINGS"].time_zone
    name_of = dict(there)
    first = ("", _("As the organisation: %(place)s", place=name_of.get(organisations, organisations)))
    chosen = form.time_zone.data
    other = [(chosen, chosen)] if chosen and chosen not in name_of else []
    form.time_zone.choices = options([first, *other, *there])
