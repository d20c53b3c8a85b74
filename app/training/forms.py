"""What this room's pages take in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.core import ids
from app.training.assignments import LONGEST_NOTE
from app.training.programme import Programme
from app.training.words import named


class AssignForm(FlaskForm):
    """What, to whom, by when. The hidden `id` is made with the page: sending the form twice assigns once."""

    id = HiddenField()
    document = SelectField(_l("What"), validate_choice=False)
    people = SelectMultipleField(_l("To whom"), coerce=ids.parse, validate_choice=False)
    teams = SelectMultipleField(coerce=ids.parse, validate_choice=False)
    due = DateField(_l("By when"), [InputRequired(_l("Choose a day."))])
    note = TextAreaField(
        _l("Note (optional)"),
        [Length(max=LONGEST_NOTE, message=_l("The note is too long: 300 characters at most."))],
        render_kw={"rows": 2, "maxlength": LONGEST_NOTE},
    )

    def offer(self, programme: Programme) -> None:
        """Fill the list of documents: under each step, the step as a whole, its plays, its quizzes."""
        choices: dict[str, list[tuple[str, str]]] = {"": [("", str(_l("Choose…")))]}
        for step in programme.steps:
            if step.items:
                offered = (programme.targets[each] for each in (step.id, *(item.id for item in step.items)))
                choices[f"{step.order}. {step.title}"] = [(target.id, named(target)) for target in offered]
        self.document.choices = choices
