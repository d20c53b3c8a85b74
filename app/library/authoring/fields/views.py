"""The page of fields: shown, its rows moved, saved."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids
from app.core.errors import InvalidInput
from app.core.web import hour
from app.library.authoring import drafts
from app.library.authoring.editor.words import LANGUAGES
from app.library.authoring.fields import forms, page, rows, saving, texts
from app.library.authoring.fields.page import Text
from app.library.authoring.fields.saving import Origin
from app.library.authoring.fields.texts import TooLarge, Unreadable
from app.library.authoring.fields.values import Taking
from app.library.differences import words as differences

MOST_SETTLED = 50
LARGEST_NUMBER = 2**31 - 1
# Where a form goes on to once it is saved, by what its button says.
ONWARD = {"publish": "publish", "text": "edit?as=text", "history": "history"}


@requires(Action.WRITE_LIBRARY)
def show_fields(document_id: str, language: str) -> ResponseReturnValue:
    """The form, with what is wrong beside its fields. Nothing is begun by looking at it."""
    text = page.text_of(document_id, language)
    try:
        return _shown(text, page.form_of(text))
    except Unreadable as unreadable:
        return _unreadable(text, unreadable)


@requires(Action.WRITE_LIBRARY)
def save_fields(document_id: str, language: str) -> ResponseReturnValue:
    """Save the form, or do to its rows what a button says and show it again unsaved."""
    forms.refuse_endless(request.form)
    text = replace(page.text_of(document_id, language), origin=_origin())
    form = page.form_of(text, sent=request.form)
    what = request.form.get("do", "save")
    try:
        if ":" in what:
            return _rows_changed(text, form, what)
        return _saved(text, form, what)
    except Unreadable as unreadable:
        return _unreadable(text, unreadable)


def _rows_changed(text: Text, form: forms.Fields, what: str) -> ResponseReturnValue:
    tree = form.tree
    new_type = request.form.get(f"{what.partition(':')[2]}-new", "")
    done = rows.act(what, text.asks, tree, new_type, page.has_comma())
    return _shown(text, page.form_of(text, tree=tree), checked=False, done=done, unsaved=True)


def _saved(text: Text, form: forms.Fields, what: str) -> ResponseReturnValue:
    is_script = what == "autosave"
    settled = saving.settled_keys(text.document_id)
    taking = Taking(page.has_comma(), settled, keeps_gone=is_script)

    def change(source: bytes) -> bytes:
        held, _lines = texts.values_of(texts.parts_of(source, text.kind.has_body))
        return texts.with_values(source, text.kind.has_body, taking.mapping(text.asks, form.tree, held))

    try:
        kept = saving.save(actor().id, text.document_id, text.language, text.origin, change)
    except drafts.Stale as stale:
        return ({"aside": str(stale.aside_id)}, 409) if is_script else _late(text, stale)
    if is_script:
        return {
            "version": kept.version,
            "said": _("Draft saved at %(hour)s", hour=hour(kept.saved_at)) if kept.saved_at else "",
            "places": taking.places if kept.saved_at else {},
        }
    if kept.saved_at or what not in ONWARD:
        flash(_("Saved at %(hour)s.", hour=hour(kept.saved_at)) if kept.saved_at else _("Nothing changed."), "good")
    return redirect(f"/library/{text.document_id}/{text.language}/{ONWARD.get(what, 'fields')}", 303)


def _late(text: Text, stale: drafts.Stale) -> ResponseReturnValue:
    """Somebody was faster: what differs, and the two in one where they do not contradict."""
    newest = page.text_of(text.document_id, text.language)
    settles = (*text.origin.settles, stale.aside_id)
    merged = replace(newest, source=stale.merged, origin=Origin(stale.theirs_version, newest.origin.base, settles))
    held = drafts.asides_of(newest.draft.id) if newest.draft else []
    mine = next((each.source for each in held if each.id == stale.aside_id), b"")
    late = {"who": stale.who, "aside": stale.aside_id, "pieces": differences.diff(_text(stale.theirs), _text(mine))}
    if stale.clean:
        try:
            return _shown(merged, page.form_of(merged), late=late, unsaved=True), 409
        except Unreadable:
            pass  # one text in two halves is no text: the author mends it by hand
    return _page("contradicting", newest, late=late), 409


def _text(source: bytes) -> str:
    return source.decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")


def _shown(text: Text, form: forms.Fields, *, checked: bool = True, **more: Any) -> str:
    shown = page.page_of(text, form, actor().id, checked=checked)
    return _page("form", text, **{"page": shown, "done": None, "late": None, "unsaved": False, **more})


def _unreadable(text: Text, unreadable: Unreadable) -> ResponseReturnValue:
    return _page("unreadable", text, line=unreadable.line, is_large=isinstance(unreadable, TooLarge))


def _page(name: str, text: Text, **more: Any) -> str:
    return render_template(f"library/fields/{name}.html", **{"text": text, "page": None, "tongues": LANGUAGES, **more})


def _origin() -> Origin:
    settles = [ids.parse(each) for each in request.form.getlist("settles")[:MOST_SETTLED]]
    if None in settles:
        raise InvalidInput
    return Origin(_number("version") or 0, _number("base"), tuple(each for each in settles if each))


def _number(name: str) -> int | None:
    given = request.form.get(name, "")
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) <= 10) or int(given) > LARGEST_NUMBER:
        raise InvalidInput
    return int(given)
