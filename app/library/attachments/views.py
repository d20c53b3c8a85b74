"""Attachments: the list that authors keep, taking in a file, and the bytes for whoever reads."""

from typing import Any
from urllib.parse import quote

from flask import Response, current_app, flash, make_response, redirect, render_template, request, stream_with_context
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.authorisation import Action, authorise
from app.accounts.guard import actor, requires
from app.core import web
from app.core.errors import InvalidInput
from app.core.pagination import PER_PAGE, Page, page_number
from app.extensions import csrf
from app.library.attachments import (
    cleaning,
    keeping,
    names,
    problem_words,  # noqa: F401 - declares its sentences
)
from app.library.attachments.forms import AttachmentForm
from app.library.attachments.shelf import Held

Answer = Any
LIST = "/library/attachments"
# A file of the largest size, and what a form puts around it.
LARGEST_REQUEST = cleaning.LARGEST_PDF + 64 * 1024
# Opened by itself it is no page of ours: it may run nothing, ask for nothing, and belongs to no site.
POLICY = "sandbox; default-src 'none'"


def attachment(digest: str, name: str) -> Response:
    """The bytes of an attachment, for anyone signed in. A PDF is offered to be kept, never shown in a page."""
    authorise(actor(), Action.READ_LIBRARY)
    held = keeping.served(digest, name)
    response = Response(
        stream_with_context(keeping.pieces(held.digest, held.size)), mimetype=held.media_type, direct_passthrough=False
    )
    response.content_length = held.size
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = f'{"inline" if held.is_picture else "attachment"}; filename="{held.name}"'
    # The address holds the digest: what it stands for never changes.
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.set_etag(held.digest)
    response.make_conditional(request)
    return response


def attachments() -> Answer:
    """The list, and taking in a file: JSON for the editor, the list again for a form."""
    authorise(actor(), Action.WRITE_LIBRARY)
    if request.method == "GET":
        return _list_page(AttachmentForm())
    # The request's limit stands until it is known who asks: so the token, which is in the body, is looked at here.
    request.max_content_length = LARGEST_REQUEST
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()
    form = AttachmentForm()
    if not form.validate():
        if web.wants_json():
            raise InvalidInput(_l("Choose a file."))
        return _list_page(form), 400
    given = form.file.data
    try:
        held = keeping.add(actor().id, given.filename or "", given.read(cleaning.LARGEST_PDF + 1))
    except InvalidInput as wrong:
        if web.wants_json():
            raise
        form.file.errors = [wrong.sentence]
        return _list_page(form), 400
    if web.wants_json():
        return {"name": held.name, "markdown": markdown(held, given.filename or ""), "address": held.address}, 201
    flash(_("%(name)s is there. Its line for a text stands beside it.", name=held.name), "good")
    return redirect(f"{LIST}#{quote(held.name)}")


csrf.exempt(f"{__name__}.attachments")


@requires(Action.WRITE_LIBRARY)
def take_away(name: str) -> Answer:
    """Take away an attachment that nothing shows."""
    keeping.retire(name)
    flash(_("%(name)s is gone.", name=name), "good")
    return redirect(LIST)


def markdown(held: Held, file_name: str = "") -> str:
    """The line that brings an attachment into a text; its words are to be mended by the author."""
    words = names.words_for(file_name or held.name)
    return f"{'!' if held.is_picture else ''}[{words}]({held.target})"


def _list_page(form: AttachmentForm) -> Response:
    listed = keeping.listed()
    number = page_number(request.args.get("page"))
    first = (number - 1) * PER_PAGE
    page = Page(listed[first : first + PER_PAGE], number, len(listed))
    context = {
        "form": form,
        "page": page,
        "unused": sum(not each.uses for each in listed),
        "markdown": markdown,
        "href": lambda number: f"{LIST}?page={number}",
    }
    return make_response(render_template("library/attachments/list.html", **context))
