"""Saying in a form what a use case refused, beside the field it is about."""

from flask_wtf import FlaskForm

from app.core.database import db
from app.core.errors import InvalidInput


def say_in(form: FlaskForm, refused: InvalidInput, default: str) -> None:
    """Put the sentence under the field that the refusal names, else under `default`; undo what was begun."""
    db.session.rollback()
    name = str(refused.facts.get("field", default))
    field = form[name] if name in form else form[default]
    field.errors = [*field.errors, refused.sentence]
