"""What the pages of search send back."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.library.finding.everything import LONGEST


class VainForm(FlaskForm):
    """A finished search that found nothing."""

    q = StringField(validators=[DataRequired(), Length(max=LONGEST)])


class DismissForm(FlaskForm):
    """Words to take off the list."""

    words = StringField(validators=[DataRequired(), Length(max=400)])
    language = StringField(validators=[DataRequired(), Length(max=8)])
