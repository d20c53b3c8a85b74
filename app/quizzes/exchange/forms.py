"""What the pages of exchange take in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from app.accounts.forms import options
from app.library.authoring.titles import LONGEST
from app.library.authoring.tongues import LANGUAGES

FORMATS = {
    "gift": "GIFT",
    "moodle-xml": "Moodle XML",
    "aiken": "Aiken",
    "qti": "QTI 2.1, 2.2",
    "csv": "CSV",
    "yaml": "YAML (Palier)",
}
DETECT = ""


class QuestionsForm(FlaskForm):
    """A file of questions, and what is to become of it."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".gift,.txt,.xml,.zip,.csv,.yaml,.yml"},
    )
    format_name = SelectField(_l("Format"), choices=options([(DETECT, _l("Recognise it")), *FORMATS.items()]))
    into = SelectField(_l("Put the questions in"))
    title = StringField(
        _l("Title"), [Length(max=LONGEST, message=_l("At most 200 characters."))], render_kw={"autocomplete": "off"}
    )
    language = SelectField(_l("Language"), choices=options(LANGUAGES.items()))
    step = SelectField(_l("Step"))


class CreateForm(FlaskForm):
    """Which file was looked at, and whether only what is good in it is wanted."""

    upload = HiddenField()
    only_good = HiddenField()
