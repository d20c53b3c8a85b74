"""One conflict: the file's text beside the published one, and saying which is right."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core.database import db
from app.core.errors import Conflict, InvalidInput
from app.library.authoring import conflicts, drafts
from app.library.authoring.conflicts import Sides
from app.library.authoring.forms import SettleForm
from app.library.authoring.releases import MATERIALITIES, Refused
from app.library.authoring.tongues import LANGUAGES
from app.library.differences import folding, words
from app.library.kinds import all_kinds
from app.library.problem_words import said
from app.library.problems import Problem

FILE, PUBLISHED, MERGE = "file", "published", "merge"


@requires(Action.WRITE_LIBRARY)
def conflict(document_id: str, language: str) -> ResponseReturnValue:
    """Show both sides; settle."""
    form = SettleForm()
    if not form.is_submitted():
        return _page(document_id, language, form)
    if not form.validate():
        raise InvalidInput(**form.errors)
    try:
        return _settle(document_id, language, form)
    except Refused as refused:
        return _page(document_id, language, form, problems=refused.problems), 400
    except (Conflict, InvalidInput) as refused:
        db.session.rollback()
        return _page(document_id, language, form, refusal=refused.sentence), refused.status


def _settle(document_id: str, language: str, form: SettleForm) -> ResponseReturnValue:
    seen, choice = form.seen.data or "", form.choice.data or ""
    if choice == MERGE:
        conflicts.merge_by_hand(actor(), document_id, language, seen)
        flash(_("A draft holds both texts. Publishing it settles the conflict."), "good")
        return redirect(f"/library/{document_id}/{language}/edit?as=text", 303)
    if choice == PUBLISHED:
        conflicts.keep_published(actor(), document_id, language, seen)
        flash(_("Settled: the next synchronisation brings the file to what is published."), "good")
    elif choice.startswith(f"{FILE}-") and choice.removeprefix(f"{FILE}-") in MATERIALITIES:
        materiality = choice.removeprefix(f"{FILE}-")
        conflicts.keep_file(actor(), document_id, language, seen, materiality, form.note.data or "")
        flash(_("Settled: what the file says holds."), "good")
    else:
        raise InvalidInput(choice=choice)
    return redirect("/library/conflicts", 303)


def _page(
    document_id: str, language: str, form: SettleForm, refusal: object = None, problems: list[Problem] | None = None
) -> str:
    both = conflicts.sides(document_id, language)
    return render_template(
        "library/documents/conflict.html",
        both=both,
        form=form,
        stretches=_difference(both),
        kind=all_kinds().by_name.get(both.kind),
        draft=drafts.find(document_id, language),
        refusal=refusal,
        problems=problems or [],
        tongues=LANGUAGES,
        said=said,
    )


def _difference(both: Sides) -> object:
    """From the published text to the file's, long stretches without a change folded; None when a side is gone."""
    if both.file is None or both.published is None:
        return None
    return folding.fold(words.diff(_text(both.published), _text(both.file)))


def _text(source: bytes) -> str:
    return source.decode("utf-8", "replace").replace("\r\n", "\n")
