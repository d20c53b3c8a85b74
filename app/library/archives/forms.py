"""What the pages of archives take in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import Length

from app.library import publishing


class ArchiveForm(FlaskForm):
    """A zip of the library's files."""

    file = FileField(
        _l("Zip archive"), [FileRequired(_l("Choose a file."))], render_kw={"accept": ".zip,application/zip"}
    )


class CarryOutForm(FlaskForm):
    """What to do with the archive that was looked at; `digest` says which one that was."""

    digest = HiddenField()
    materiality = RadioField(
        _l("What changes for readers"),
        choices=[
            SelectChoice("minor", _l("A detail: nobody is asked to read again")),
            SelectChoice("material", _l("The substance: whoever had acknowledged is asked to read what changed")),
        ],
        default="minor",
        validate_choice=False,
    )
    note = StringField(
        _l("Note on the change"), [Length(max=publishing.LONGEST_NOTE, message=_l("At most 500 characters."))]
    )
