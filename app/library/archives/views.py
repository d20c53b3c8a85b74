"""The library as a zip: taking it away, and bringing one in after a look at what it would do."""

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.authorisation import Action, authorise
from app.accounts.guard import actor, requires
from app.core import clock, languages
from app.core.errors import InvalidInput, NotFound
from app.extensions import csrf
from app.library import problem_words
from app.library.archives import exporting, importing, uploads, zips
from app.library.archives.forms import ArchiveForm, CarryOutForm
from app.library.authoring.releases import Refused
from app.library.differences import words

Answer = Any
CHOOSE, PREVIEW = "/library/import", "/library/import/preview"
# An archive of the largest size, and what a form puts around it.
LARGEST_REQUEST = zips.LARGEST_ARCHIVE + 64 * 1024
SHOWN = 200  # rows of a list; the others are counted


@requires(Action.WRITE_LIBRARY)
def export() -> Response:
    """The published library, attachments and all."""
    today = clock.now().astimezone(languages.time_zone()).date()
    download = exporting.write()
    answer = Response(download, mimetype="application/zip", direct_passthrough=True)
    answer.content_length = download.size
    answer.headers["Content-Disposition"] = f"attachment; filename=palier-{today}.zip"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def choose() -> Answer:
    """Take an archive, keep it for an hour, and show what it would do."""
    authorise(actor(), Action.WRITE_LIBRARY)
    if request.method == "GET":
        return _choose_page(ArchiveForm())
    # The request's limit stands until it is known who asks: so the token, which is in the body, is looked at here.
    request.max_content_length = LARGEST_REQUEST
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()
    form = ArchiveForm()
    if not form.validate():
        return _choose_page(form), 400
    try:
        uploads.keep(actor().id, form.file.data.filename or "", form.file.data.stream)
    except InvalidInput as wrong:
        form.file.errors = [wrong.sentence]
        return _choose_page(form), 400
    return redirect(PREVIEW)


csrf.exempt(f"{__name__}.choose")


@requires(Action.WRITE_LIBRARY)
def preview() -> Answer:
    """What the archive would do to the library as it is now."""
    return _preview_page(CarryOutForm())


@requires(Action.WRITE_LIBRARY)
def compare() -> Answer:
    """One document of the archive against the published text."""
    row, published = importing.sides(actor(), request.args.get("path", ""))
    pieces = words.diff(published, row.source.decode("utf-8-sig", "replace"))
    return render_template("library/archives/compare.html", row=row, pieces=pieces, back=PREVIEW)


@requires(Action.WRITE_LIBRARY)
def carry_out() -> Answer:
    """Publish all that is good in the archive, or put it in drafts."""
    form = CarryOutForm()
    if not form.validate():
        return _preview_page(form), 400
    digest = form.digest.data or ""
    if request.form.get("what") == "drafts":
        done = importing.put_in_drafts(actor(), digest)
        flash(ngettext("%(num)s document is in drafts.", "%(num)s documents are in drafts.", done.documents), "good")
        return redirect("/library")
    try:
        done = importing.publish(actor(), digest, form.materiality.data or "", form.note.data or "")
    except Refused:  # the library moved while this person was looking: the preview says what is wrong now
        return _preview_page(form), 409
    flash(
        ngettext("%(num)s document is published.", "%(num)s documents are published.", done.documents)
        if done.documents or not done.attachments
        else _("The pictures and PDFs are there."),
        "good",
    )
    return redirect("/library")


@requires(Action.WRITE_LIBRARY)
def drop() -> Answer:
    """Forget the archive."""
    uploads.drop(actor().id)
    return redirect(CHOOSE)


def _choose_page(form: ArchiveForm) -> str:
    return render_template("library/archives/choose.html", form=form, pending=uploads.find(actor().id))


def _preview_page(form: CarryOutForm) -> Answer:
    upload = uploads.find(actor().id)
    if upload is None:
        return redirect(CHOOSE)
    try:
        plan = importing.preview(actor())
    except NotFound:
        return redirect(CHOOSE)
    except InvalidInput as wrong:
        uploads.drop(actor().id)
        unread = ArchiveForm()
        unread.file.errors = [wrong.sentence]
        return _choose_page(unread), 400
    form.digest.data = upload.digest
    context = {"form": form, "plan": plan, "upload": upload, "most": SHOWN, "spoken": problem_words.spoken}
    return render_template("library/archives/preview.html", **context)
