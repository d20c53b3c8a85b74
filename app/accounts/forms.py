"""What this room's pages take in."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, EmailField, Field, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import InputRequired, Length, ValidationError

from app.accounts import entries, password_rules
from app.accounts.actor import Role
from app.accounts.memberships import Place

ROLE_NAMES = {Role.REP: _l("Rep"), Role.MANAGER: _l("Manager"), Role.ADMINISTRATOR: _l("Administrator")}
PLACE_NAMES = {Place.MEMBER: _l("Member"), Place.MANAGER: _l("Manager")}
LANGUAGES = (("", _l("As the browser says")), ("fr", "Français"), ("en", "English"))
THEMES = (("", _l("As the device")), ("light", _l("Light")), ("dark", _l("Dark")))


def options(pairs: Iterable[tuple[Any, object]]) -> list[Any]:
    """The options of a list, from values and what is read; a value is written as text."""
    return [SelectChoice(str(value), label) for value, label in pairs]


ROLES, PLACES = options(ROLE_NAMES.items()), options(PLACE_NAMES.items())

_FILL_IN = InputRequired(_l("Fill this in."))
_ADDRESS = Length(max=entries.LONGEST_EMAIL, message=_l("At most 254 characters."))
_NAME = Length(max=entries.LONGEST_NAME, message=_l("At most 120 characters."))
_NOT_ENDLESS = Length(max=1000, message=_l("This is too long."))
NEW_PASSWORD = {"autocomplete": "new-password", "minlength": password_rules.SHORTEST, "data-reveal": ""}


class SignInForm(FlaskForm):
    """Who is there."""

    email = EmailField(_l("E-mail"), [_FILL_IN], render_kw={"autocomplete": "username", "autofocus": True})
    password = PasswordField(
        _l("Password"), [_FILL_IN], render_kw={"autocomplete": "current-password", "data-reveal": ""}
    )
    next = HiddenField()


class ForgotPasswordForm(FlaskForm):
    """Whose password is forgotten."""

    email = EmailField(_l("E-mail"), [_FILL_IN], render_kw={"autocomplete": "username", "autofocus": True})


class PasswordForm(FlaskForm):
    """A password, chosen through a link."""

    password = PasswordField(_l("New password"), [_FILL_IN, _NOT_ENDLESS], render_kw=NEW_PASSWORD)


class FirstAdministratorForm(FlaskForm):
    """Whoever sets Palier up."""

    name = StringField(_l("Your name"), [_FILL_IN, _NAME], render_kw={"autocomplete": "name"})
    email = EmailField(_l("E-mail"), [_FILL_IN, _ADDRESS], render_kw={"autocomplete": "username"})
    language = SelectField(_l("Language"), choices=options(LANGUAGES))
    password = PasswordField(_l("Password"), [_FILL_IN, _NOT_ENDLESS], render_kw=NEW_PASSWORD)


class SettingsForm(FlaskForm):
    """One's own settings."""

    name = StringField(_l("Name"), [_FILL_IN, _NAME], render_kw={"autocomplete": "name"})
    language = SelectField(_l("Language"), choices=options(LANGUAGES))
    theme = SelectField(_l("Theme"), choices=options(THEMES))
    time_zone = SelectField(_l("Time zone"), validate_choice=False)

    def validate_time_zone(self, field: Field) -> None:
        """A zone's other name is as good as the one in the list."""
        if field.data and field.data not in available_timezones():
            raise ValidationError(_l("There is no such time zone."))


class ChangePasswordForm(FlaskForm):
    """One's own password."""

    present = PasswordField(
        _l("Present password"), [_FILL_IN, _NOT_ENDLESS], render_kw={"autocomplete": "current-password"}
    )
    wanted = PasswordField(_l("New password"), [_FILL_IN, _NOT_ENDLESS], render_kw=NEW_PASSWORD)


class PersonForm(FlaskForm):
    """Somebody's name, address and role."""

    name = StringField(_l("Name"), [_FILL_IN, _NAME], render_kw={"autocomplete": "off"})
    email = EmailField(_l("E-mail"), [_FILL_IN, _ADDRESS], render_kw={"autocomplete": "off"})
    role = SelectField(_l("Role"), choices=ROLES)


class AccountForm(PersonForm):
    """The same for somebody who has an account, with what they may do besides their role."""

    writes = BooleanField(_l("Writes in the library"))


class InvitationForm(PersonForm):
    """Somebody to invite, with the team they come into."""

    team = SelectField(_l("Team"))

    def offer_teams(self, teams: list[tuple[Any, str]]) -> None:
        """Fill the list of teams."""
        self.team.choices = options([("", _l("No team yet")), *teams])


class TeamForm(FlaskForm):
    """A team's name."""

    name = StringField(_l("Team name"), [_FILL_IN, _NAME], render_kw={"autocomplete": "off"})


class PlaceForm(FlaskForm):
    """Somebody to put in a team."""

    email = EmailField(_l("E-mail"), [_FILL_IN, _ADDRESS], render_kw={"autocomplete": "off", "list": "people-to-add"})
    place = SelectField(_l("Place in the team"), choices=PLACES)


class JoinTeamForm(FlaskForm):
    """A team to put somebody in."""

    team = SelectField(_l("Team"))
    place = SelectField(_l("Place in the team"), choices=PLACES)


class ImportForm(FlaskForm):
    """A file of people."""

    file = FileField(_l("CSV file"), [FileRequired(_l("Choose a file."))], render_kw={"accept": ".csv,.txt,text/csv"})
    change_known = BooleanField(_l("Give people who are already there the role and the team of the file"))
