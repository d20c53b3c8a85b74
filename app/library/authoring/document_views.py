"""One document for its authors: how it stands, its history, and what may be done with it besides writing."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import refusals
from app.accounts.authorisation import Action, authorise
from app.accounts.forms import options
from app.accounts.guard import actor, requires
from app.core import ids
from app.core.errors import InvalidInput, NotFound
from app.core.slots import gather
from app.library import catalogue
from app.library.authoring import archiving, catching_up, drafts, overview, releases
from app.library.authoring.forms import ArchiveForm, ButtonForm, DuplicateForm, RollBackForm, VersionForm
from app.library.authoring.overview import Overview, Stands
from app.library.authoring.releases import Refused
from app.library.authoring.tongues import LANGUAGES
from app.library.problem_words import said

MOST_SUCCESSORS = 300


@requires(Action.WRITE_LIBRARY)
def show(document_id: str, language: str) -> str:
    """How a document stands in a language, and what is next."""
    page = overview.of(actor(), document_id, language)
    panels = gather("library_document", entry=page.entry)
    here = {"document_id": document_id, "language": language, "kind": page.kind.name}
    more = [line for lines in gather("library_more", **here, is_published=page.entry is not None) for line in lines]
    return _shown("overview", page, Stands=Stands, uuid=ids.new(), panels=panels, more=more)


@requires(Action.WRITE_LIBRARY)
def history(document_id: str, language: str) -> str:
    """Every revision in a language."""
    page = overview.of(actor(), document_id, language)
    asked = request.args.get("version", "")
    earlier = page.history[1:] if page.entry else ()
    chosen = next((line for line in earlier if str(line.number) == asked), None)
    return _shown("history", page, form=RollBackForm(formdata=None), chosen=chosen)


@requires(Action.WRITE_LIBRARY)
def roll_back(document_id: str, language: str) -> ResponseReturnValue:
    """Publish an earlier text again."""
    form = RollBackForm()
    if not form.validate_on_submit():
        raise InvalidInput(**form.errors)
    try:
        published = releases.roll_back(
            actor(), document_id, language, form.revision.data or 0, form.note.data or "", form.materiality.data or ""
        )
    except Refused as refused:
        page = overview.of(actor(), document_id, language)
        return _shown("refused", page, problems=refused.problems), 400
    flash(_("The earlier text is published again, as version %(number)s.", number=published.number), "good")
    return redirect(f"/library/{document_id}/{language}", 303)


@requires(Action.WRITE_LIBRARY)
def duplicate(document_id: str, language: str) -> ResponseReturnValue:
    """Begin another document with the text of this one."""
    page = _published(document_id, language)
    form = DuplicateForm(data={"title": _("%(title)s (copy)", title=page.title)})
    if form.validate_on_submit():
        try:
            draft = drafts.duplicate(actor().id, document_id, language, form.id.data or "", form.title.data or "")
        except InvalidInput as refused:
            refusals.say_in(form, refused, "title")
        else:
            return redirect(f"/library/{draft.document_id}/{language}/edit", 303)
    return _shown("duplicate", page, form=form), 400 if form.is_submitted() else 200


@requires(Action.WRITE_LIBRARY)
def archive(document_id: str, language: str) -> ResponseReturnValue:
    """Take a document away from readers, having seen what links to it."""
    page = _published(document_id, language)
    assert page.item is not None  # noqa: S101 - it is published
    form = ArchiveForm(data={"languages": list(page.item.languages)})
    form.languages.choices = options((each, LANGUAGES.get(each, each)) for each in page.item.languages)
    if form.validate_on_submit():
        if not form.languages.data:
            form.languages.errors = [_("Choose at least one language.")]
        else:
            try:
                archiving.archive(actor(), document_id, form.languages.data, (form.successor.data or "").strip())
            except InvalidInput as refused:
                refusals.say_in(form, refused, "successor")
            else:
                flash(_("“%(title)s” is archived: readers do not see it any more.", title=page.title), "good")
                return redirect(f"/library/{document_id}/{language}", 303)
    successors = [each for each in catalogue.current().of_kind(page.kind.name, language) if each.id != document_id]
    shown = _shown("archive", page, form=form, successors=successors[:MOST_SUCCESSORS])
    return shown, 400 if form.is_submitted() else 200


@requires(Action.WRITE_LIBRARY)
def restore(document_id: str, language: str) -> ResponseReturnValue:
    """Show an archived document again, in this language."""
    _require_button()
    try:
        archiving.restore(actor(), document_id, [language])
    except Refused as refused:
        page = overview.of(actor(), document_id, language)
        return _shown("refused", page, problems=refused.problems), 400
    flash(_("Readers see it again."), "good")
    return redirect(f"/library/{document_id}/{language}", 303)


@requires(Action.WRITE_LIBRARY)
def in_step(document_id: str, language: str) -> ResponseReturnValue:
    """Say that a translation needs nothing."""
    _require_button()
    catching_up.in_step(document_id, language)
    flash(_("Noted: this text follows the other language as it is today."), "good")
    return redirect(f"/library/{document_id}/{language}", 303)


@requires(Action.WRITE_LIBRARY)
def discard(document_id: str, language: str) -> ResponseReturnValue:
    """Throw a draft away, having been asked."""
    page = overview.of(actor(), document_id, language)
    if page.draft is None:
        raise NotFound(document=document_id, language=language)
    form = VersionForm()
    if not form.is_submitted():
        return _shown("discard", page, waiting=drafts.asides_of(page.draft.id))
    draft_id = ids.parse(form.draft.data or "")
    if not form.validate() or draft_id != page.draft.id:
        raise InvalidInput(**form.errors)
    authorise(actor(), Action.PUBLISH_DRAFT, page.draft.subject)
    drafts.discard(actor().id, page.draft.id, form.version.data or 0)
    flash(_("The draft is gone."), "good")
    return redirect(f"/library/{document_id}" if page.item else "/library", 303)


def _shown(name: str, page: Overview, **more: object) -> str:
    return render_template(f"library/documents/{name}.html", page=page, tongues=LANGUAGES, said=said, **more)


def _published(document_id: str, language: str) -> Overview:
    page = overview.of(actor(), document_id, language)
    if page.entry is None:
        raise NotFound(document=document_id, language=language)
    return page


def _require_button() -> None:
    if not ButtonForm().validate_on_submit():
        raise InvalidInput()
