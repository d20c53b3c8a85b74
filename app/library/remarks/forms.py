"""What the pages of questions send back."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange


class WordsForm(FlaskForm):
    """Somebody's words; the use case checks them."""

    text = TextAreaField()


class AnswerForm(WordsForm):
    """An answer. `uuid` was made with the form, so that sending it twice answers once."""

    uuid = StringField()


class AskForm(AnswerForm):
    """A question: on which revision, and at which heading (empty for the whole)."""

    revision_id = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=2**31 - 1)])
    at = StringField()


class EmptyForm(FlaskForm):
    """A form whose only content is that it was sent."""
