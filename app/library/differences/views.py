"""Pages of differences, for authors."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.authorisation import Action
from app.accounts.guard import requires
from app.library.differences import compare_page
from app.library.differences.compare_page import DRAFT, ComparePage


@requires(Action.WRITE_LIBRARY)
def compare(document_id: str, language: str) -> ResponseReturnValue:
    """Any two revisions of a text, or one and the draft: as readers see them, or as they were written."""
    asked = request.args
    source = asked.get("view") == "source"
    page = compare_page.look(document_id, language, asked.get("from", ""), asked.get("to", ""), source=source)
    return render_template("library/compare.html", page=page, title=_title(page), tab=_tab_of(page))


def _title(page: ComparePage) -> str:
    """What differs, in words."""
    if page.new is not None and page.new.number == page.old.number:
        return str(_("Version %(number)s is the only one so far", number=page.old.number))
    to = _("version %(number)s", number=page.new.number) if page.new else _("the draft")
    if page.source is not None:
        if not page.source.changed:
            return str(_("No word differs between version %(number)s and %(to)s", number=page.old.number, to=to))
        return str(_("What differs between version %(number)s and %(to)s", number=page.old.number, to=to))
    if page.page is None:
        return str(_("Version %(number)s and %(to)s cannot be shown as a page", number=page.old.number, to=to))
    if not page.page.places:
        return str(
            _("A reader sees no difference between version %(number)s and %(to)s", number=page.old.number, to=to)
        )
    return str(
        ngettext(
            "%(num)d place differs between version %(number)s and %(to)s",
            "%(num)d places differ between version %(number)s and %(to)s",
            page.page.places,
            number=page.old.number,
            to=to,
        )
    )


def _tab_of(page: ComparePage) -> object:
    """The address of the same comparison in another view."""

    def address(view: str | None) -> str:
        to = page.new.number if page.new else DRAFT
        given: dict[str, Any] = {"from": page.old.number, "to": to, "view": view}
        return url_for("library.compare", document_id=page.document_id, language=page.language, **given)

    return address
