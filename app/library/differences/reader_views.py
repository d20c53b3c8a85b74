"""The page of a document's readers: who works from which version."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import languages
from app.core.errors import NotFound
from app.core.pagination import page_number
from app.library import catalogue
from app.library.catalogue import Entry
from app.library.differences import readership
from app.library.differences.readership import Readership, State

_ASKED = {"outdated": State.OUTDATED, "never": State.NEVER, "up-to-date": State.UP_TO_DATE}


@requires(Action.WRITE_LIBRARY)
def readers(document_id: str) -> ResponseReturnValue:
    """Who vouched for which version, and who works from one that is out of date."""
    entry = catalogue.current().find(document_id, languages.readers())
    if entry is None:
        raise NotFound(document=document_id)
    if not entry.kind.is_acknowledged:
        return render_template("library/readers.html", entry=entry, title=_nobody_is_asked(), page=None)
    asked = request.args.get("state", "")
    number = page_number(request.args.get("page"))
    page = readership.of_document(actor(), document_id, number, _ASKED.get(asked))
    return render_template(
        "library/readers.html",
        entry=entry,
        title=_title(page),
        page=page,
        asked=asked if asked in _ASKED else "",
        states=State,
        current_of=_current_numbers(document_id),
        page_address=lambda each: url_for("library.readers", document_id=document_id, state=asked or None, page=each),
    )


def _current_numbers(document_id: str) -> dict[str, Entry]:
    """What is published now, by language: a reader is compared with the text in theirs."""
    return {entry.language: entry for entry in catalogue.current().editions(document_id)}


def _title(page: Readership) -> str:
    outdated, never = page.counts[State.OUTDATED], page.counts[State.NEVER]
    if not page.total:
        return str(_("Nobody to read it yet"))
    if outdated:
        return str(
            ngettext(
                "%(num)d person works from an outdated version",
                "%(num)d people work from an outdated version",
                outdated,
            )
        )
    if never == page.total:
        return str(_("Nobody has read it yet"))
    if never:
        return str(
            ngettext(
                "Everybody who read it is up to date; %(num)d person has yet to read it",
                "Everybody who read it is up to date; %(num)d people have yet to read it",
                never,
            )
        )
    return str(_("Everybody is up to date"))


def _nobody_is_asked() -> str:
    return str(_("Readers are not asked to vouch for this document"))
