"""Publishing a draft: what changes, who is asked again, and whether it is a matter of substance."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library.authoring import catching_up, checks, drafts, overview, releases
from app.library.authoring.forms import PublishForm, VersionForm
from app.library.authoring.releases import Refused
from app.library.authoring.tongues import LANGUAGES
from app.library.differences import compare_page
from app.library.differences.compare_page import DRAFT
from app.library.problem_words import said

SOURCE = "source"


@requires(Action.WRITE_LIBRARY)
def publish(document_id: str, language: str) -> ResponseReturnValue:
    """Show what would change; then publish."""
    form = PublishForm()
    if not form.is_submitted():
        if _is_as_published(document_id, language):
            flash(_("There is nothing to publish: no draft differs from the published text."), "good")
            return redirect(f"/library/{document_id}/{language}", 303)
        return _page(document_id, language, form)
    draft_id = ids.parse(form.draft.data or "")
    if draft_id is None or form.version.data is None:
        raise InvalidInput(**form.errors)
    if not form.validate():
        return _page(document_id, language, form), 400
    asked_again = overview.of(actor(), document_id, language).readers or 0
    try:
        published = releases.publish(
            actor(), draft_id, form.version.data, form.materiality.data or "", form.note.data or ""
        )
    except Refused:
        return _page(document_id, language, form), 400
    except Conflict as refused:
        db.session.rollback()
        return _page(document_id, language, form, refused.sentence), 409
    except InvalidInput as refused:
        return _page(document_id, language, form, refused.sentence), 400
    _say_published(published.number, form.materiality.data == "material", asked_again)
    return redirect(f"/library/{published.document_id}/{published.language}", 303)


@requires(Action.WRITE_LIBRARY)
def catch_up(document_id: str, language: str) -> ResponseReturnValue:
    """Merge what was published meanwhile into the draft."""
    form = VersionForm()
    draft = drafts.find(document_id, language)
    if draft is None:
        raise NotFound(document=document_id, language=language)
    if not form.validate_on_submit() or ids.parse(form.draft.data or "") != draft.id:
        raise InvalidInput(**form.errors)
    caught_up = catching_up.bring_up_to_date(actor().id, draft.id, form.version.data or 0)
    if caught_up.clean:
        flash(_("The draft now holds what was published meanwhile. Read it again before you publish it."), "good")
        return redirect(f"/library/{document_id}/{language}/publish", 303)
    flash(_("Both texts changed the same lines. Both stand in the draft, between marks: choose what stays."), "bad")
    return redirect(f"/library/{document_id}/{language}/edit?as=text", 303)


def _is_as_published(document_id: str, language: str) -> bool:
    """Whether readers see the text, and nobody has begun to change it."""
    page = overview.of(actor(), document_id, language)
    return page.draft is None and page.entry is not None


def _page(document_id: str, language: str, form: PublishForm, refusal: object = None) -> str:
    page = overview.of(actor(), document_id, language)
    if page.draft is None:
        raise NotFound(document=document_id, language=language)
    source = request.args.get("view") == SOURCE
    compared = (
        compare_page.look(document_id, language, "", DRAFT, source=source) if page.history and page.entry else None
    )
    return render_template(
        "library/documents/publish.html",
        page=page,
        form=form,
        refusal=refusal,
        problems=checks.check(page.draft.path, page.draft.source, document_id).problems,
        compared=compared,
        waiting=drafts.asides_of(page.draft.id),
        me=actor().id,
        tongues=LANGUAGES,
        said=said,
    )


def _say_published(number: int, material: bool, asked_again: int) -> None:
    said = _("Version %(number)s is published.", number=number)
    if material and asked_again:
        said += " " + ngettext(
            "The person who had acknowledged this text is asked again.",
            "The %(num)d people who had acknowledged this text are asked again.",
            asked_again,
        )
    flash(said, "good")
