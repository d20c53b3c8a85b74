"""One click: a document is still true."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField

from app.accounts.guard import actor
from app.core import ids, languages
from app.core.errors import InvalidInput
from app.library import catalogue
from app.library.trust import stewardship, verifications


class VerifyForm(FlaskForm):
    """The form of one button. `uuid` is made with the page, so that sending it twice is one act."""

    uuid = StringField()


def verify(document_id: str) -> ResponseReturnValue:
    """Take the owner's word, and come back to the document."""
    form = VerifyForm()
    uuid = ids.parse(form.uuid.data or "")
    if not form.validate_on_submit() or uuid is None:
        raise InvalidInput(**form.errors)
    verifications.verify(actor(), document_id, uuid)
    entry = catalogue.current().find(document_id, languages.readers())
    if entry is None:
        return redirect("/", 303)
    flash(_("“%(title)s” is verified: readers see today's date.", title=entry.title), "good")
    return redirect(stewardship.address_of(entry), 303)
