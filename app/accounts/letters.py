"""The mails of this room, each in the language of the person who gets it. They leave with the caller's transaction."""

from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.config import Settings
from app.core import dates, mail


def send_invitation(to: str, name: str, language: str | None, *, address: str, until: datetime) -> None:
    """The first mail: what Palier is and where to choose a password."""
    with force_locale(language or _settings().language):
        mail.send(
            to,
            _("Your access to Palier"),
            _(
                "Hello %(name)s,\n\n"
                "An account was opened for you on Palier, where your team keeps its sales playbook, its scripts "
                "and its training. Choose your password here to begin:\n\n%(address)s\n\n"
                "This link works once, until %(until)s. If it has expired, ask your administrator for another.\n",
                name=name,
                address=address,
                until=_moment(until, language),
            ),
        )


def send_reset(to: str, name: str, language: str | None, *, address: str, until: datetime) -> None:
    """The answer to a forgotten password."""
    with force_locale(language or _settings().language):
        mail.send(
            to,
            _("Choose a new password for Palier"),
            _(
                "Hello %(name)s,\n\n"
                "Somebody, you no doubt, asked for a new password for this address. Choose it here:\n\n%(address)s\n\n"
                "This link works once, until %(until)s. If you asked for nothing, there is nothing to do: your "
                "password stays as it is.\n",
                name=name,
                address=address,
                until=_moment(until, language),
            ),
        )


def send_password_changed(to: str, name: str, language: str | None) -> None:
    """A warning after every change of password: if it was not them, they must know."""
    with force_locale(language or _settings().language):
        mail.send(
            to,
            _("Your Palier password was changed"),
            _(
                "Hello %(name)s,\n\n"
                "Your password was changed, and your other browsers were signed out. If it was not you, ask for a new "
                "password at once and tell your administrator:\n\n%(address)s\n",
                name=name,
                address=f"{_settings().address}/forgot-password",
            ),
        )


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _moment(instant: datetime, language: str | None) -> str:
    """A date and time, in the person's language and the organisation's time zone."""
    settings = _settings()
    return dates.in_words(instant.astimezone(settings.zone), "d MMMM y, HH:mm", language or settings.language)
