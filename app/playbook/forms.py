"""What the pages of this room send back."""

from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core import ids


class UuidField(Field):
    """A UUID that the page was given when it was made, so that sending the form twice is one act."""

    data: UUID | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the UUID; what is none counts as a wrong value."""
        self.data = ids.parse(valuelist[0]) if valuelist else None
        if self.data is None:
            raise ValueError("not a UUID")


class ActForm(FlaskForm):
    """A form whose only content is that it was sent."""

    uuid = UuidField(validators=[InputRequired()])


class AcknowledgeForm(ActForm):
    """“Read and understood”, with the revision that was read."""

    revision_id = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=2**31 - 1)])
