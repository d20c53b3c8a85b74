"""Pages of search: finding anything, and what authors see of searches that found nothing."""

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import languages, navigation
from app.core.errors import InvalidInput
from app.core.pagination import page_number
from app.library.finding import everything, showing, vain
from app.library.finding.forms import DismissForm, VainForm


@requires(Action.READ_LIBRARY)
def look() -> ResponseReturnValue:
    """The page, or only its middle when it asks for that while somebody types."""
    asked = request.args
    wanted = everything.Wanted(*(asked.get(name, "") for name in ("q", "kind", "step", "offer")))
    looked = everything.look(actor(), wanted, language=languages.readers())
    part = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    page = make_response(
        render_template(
            "library/finding/_results.html" if part else "library/finding/search.html",
            looked=looked,
            wanted=looked.wanted,
            shown=[showing.found(each) for each in looked.hits],
            browsed=[showing.listed(each) for each in looked.browsed],
            places=navigation.visible(),
            part=part,
        )
    )
    # One address, two answers: a browser going back must not take the part for the page.
    page.headers["Vary"] = "HX-Request"
    return page


@requires(Action.READ_LIBRARY)
def note_vain() -> ResponseReturnValue:
    """Count a search that found nothing; the page shows nothing new, but says thank you to who pressed the button."""
    form = VainForm()
    if not form.validate_on_submit():
        raise InvalidInput(**form.errors)
    vain.note(actor(), form.q.data or "", language=languages.readers())
    if "HX-Request" in request.headers:
        return render_template("library/finding/_noted.html")
    flash(_("Thank you. Authors will see these words, without your name."), "good")
    return redirect(everything.Wanted(form.q.data or "").address(), 303)


@requires(Action.WRITE_LIBRARY)
def list_vain() -> ResponseReturnValue:
    """What was sought and not found."""
    page = vain.listed(actor(), page_number(request.args.get("page")))
    return render_template(
        "library/finding/searches.html",
        page=page,
        href=lambda number: f"/library/searches?page={number}",
        write_address=vain.write_address,
        synonym_address=vain.synonym_address,
    )


@requires(Action.WRITE_LIBRARY)
def dismiss_vain() -> ResponseReturnValue:
    """Take words off the list."""
    form = DismissForm()
    if not form.validate_on_submit():
        raise InvalidInput(**form.errors)
    vain.dismiss(actor(), form.words.data or "", form.language.data or "")
    flash(_("Taken off the list."), "good")
    return redirect("/library/searches", 303)
