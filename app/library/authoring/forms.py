"""What the library's pages take in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app.accounts.forms import options
from app.library.authoring.naming import LONGEST_ID
from app.library.authoring.titles import LONGEST
from app.library.authoring.tongues import LANGUAGES
from app.library.publishing import LONGEST_NOTE

_NOTE = [Length(max=LONGEST_NOTE, message=_l("A note has at most 500 characters."))]
_TITLE = [InputRequired(_l("Fill this in.")), Length(max=LONGEST, message=_l("At most 200 characters."))]
_ID = [Length(max=LONGEST_ID, message=_l("At most 120 characters."))]


class VersionForm(FlaskForm):
    """A draft, as it was seen."""

    draft = HiddenField(validators=[InputRequired()])
    version = IntegerField(validators=[InputRequired(), NumberRange(0, 2**31 - 1)], widget=HiddenInput())


class PublishForm(VersionForm):
    """A draft, and what is said of the change. The button pressed says how much it matters."""

    materiality = HiddenField(validators=[InputRequired()])
    note = StringField(_l("What changed, in a sentence"), _NOTE, render_kw={"autocomplete": "off"})


class NewForm(FlaskForm):
    """A document to begin."""

    kind = SelectField(_l("Kind of document"), validators=[InputRequired()])
    title = StringField(_l("Title"), _TITLE, render_kw={"autocomplete": "off"})
    language = SelectField(_l("Language"), choices=options(LANGUAGES.items()))
    folder = SelectField(_l("Step"))
    id = StringField(_l("Id"), _ID, render_kw={"autocomplete": "off", "spellcheck": "false"})


class DuplicateForm(FlaskForm):
    """What a copy is called."""

    title = StringField(_l("Title of the copy"), _TITLE, render_kw={"autocomplete": "off"})
    id = StringField(_l("Id"), _ID, render_kw={"autocomplete": "off", "spellcheck": "false"})


class ArchiveForm(FlaskForm):
    """Where a document is taken away, and where its readers are sent."""

    languages = SelectMultipleField(
        _l("In which languages"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    successor = StringField(
        _l("Send readers to"), _ID, render_kw={"autocomplete": "off", "list": "successors", "spellcheck": "false"}
    )


class RollBackForm(FlaskForm):
    """An earlier revision to publish again."""

    revision = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)], widget=HiddenInput())
    materiality = HiddenField(validators=[InputRequired()])
    note = StringField(_l("Why, in a sentence"), _NOTE, render_kw={"autocomplete": "off"})


class SettleForm(FlaskForm):
    """Which side of a conflict is right; `seen` says which two texts were looked at."""

    seen = HiddenField(validators=[InputRequired(), Length(max=200)])
    choice = HiddenField(validators=[InputRequired()])
    note = TextAreaField(_l("What changed, in a sentence"), _NOTE)


class ButtonForm(FlaskForm):
    """A button alone: what it does is in its address."""
