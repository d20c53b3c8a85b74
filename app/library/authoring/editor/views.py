"""The editor's page and what its scripts ask: saving, checking, documents to link to."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids, web
from app.core.errors import InvalidInput
from app.library.authoring import drafts
from app.library.authoring.editor import input as given
from app.library.authoring.editor import page as pages
from app.library.authoring.editor import saving, targets
from app.library.authoring.editor.looking import Look, look
from app.library.authoring.editor.page import EditorPage
from app.library.authoring.editor.saving import Kept, Late, Sent
from app.library.authoring.editor.words import SAID, SCRIPTS
from app.library.authoring.tongues import LANGUAGES
from app.library.differences import words

# Where a form without script goes on to, once the text is saved.
ONWARD = ("publish", "fields", "history")
LONGEST_SEARCH = 200
MOST_PROBLEMS = 50


@requires(Action.WRITE_LIBRARY)
def show_editor(document_id: str, language: str) -> ResponseReturnValue:
    """The text. Nothing is begun by looking at it; a kind made of fields opens as these, unless text is asked for."""
    asked = request.args
    aside_id = ids.parse(asked["aside"]) if "aside" in asked else None
    page = pages.page_of(actor(), document_id, language, beside=asked.get("beside", ""), aside_id=aside_id)
    if not page.kind.has_body and not asked.keys() & {"as", "aside", "beside"}:
        return redirect(f"/library/{document_id}/{language}/fields")
    return _shown(page)


@requires(Action.WRITE_LIBRARY)
def save_draft(document_id: str, language: str) -> ResponseReturnValue:
    """Save, beginning the draft when there is none. Who comes too late is shown both texts, and loses neither."""
    if not request.is_json and "let_go" in request.form:
        return _let_go(document_id, language)
    sent = given.sent()
    result = saving.save(actor().id, document_id, language, sent)
    if isinstance(result, Late):
        return _late_in_json(result) if request.is_json else _late_page(document_id, language, sent, result)
    return _kept_in_json(result) if request.is_json else _onward(document_id, language, result)


@requires(Action.WRITE_LIBRARY)
def check_draft(document_id: str, language: str) -> ResponseReturnValue:
    """What is wrong and how it would look; a browser without script gets the whole page, with the text as typed."""
    if not request.is_json:
        beside = request.form.get("beside", "")
        return _shown(pages.page_of(actor(), document_id, language, beside=beside, sent=given.sent()))
    typed = given.typed()
    kind, path, draft = pages.place_of(document_id, language)
    answer = _look_in_json(look(kind, path, typed.text.encode(), document_id))
    if typed.against is not None:
        answer["difference"] = _difference(typed.against, typed.text)
    if draft is None:
        return {**answer, "draft": None, "version": 0}
    if typed.present:
        drafts.seen(actor().id, draft.id)
        answer["others"] = render_template("library/editor/_others.html", others=pages.others_in(draft, actor()))
        answer["base_is_old"] = draft.base_is_old
    return {**answer, "draft": str(draft.id), "version": draft.version}


@requires(Action.WRITE_LIBRARY)
def link_targets(document_id: str, language: str) -> ResponseReturnValue:
    """Documents whose title has what is typed."""
    typed = request.args.get("q", "")
    if len(typed) > LONGEST_SEARCH:
        raise InvalidInput
    found = targets.find(typed, language, near=document_id)
    web_address = typed.strip() if typed.strip().startswith(("https://", "http://", "mailto:")) else ""
    return render_template("library/editor/_targets.html", targets=found, web=web_address)


def _shown(page: EditorPage, late: Late | None = None) -> Response:
    """The Back button must ask for the page again, since what it shows is saved while it is open."""
    shown = render_template(
        "library/editor/edit.html",
        page=page,
        late=late,
        pieces=pages.excerpts(words.diff(late.theirs, late.mine)) if late else (),
        editor=_address,
        tongues=LANGUAGES,
        scripts=SCRIPTS,
        said=SAID.items(),
        most_problems=MOST_PROBLEMS,
        reader_id=actor().id,
    )
    response = make_response(shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _onward(document_id: str, language: str, result: Kept) -> ResponseReturnValue:
    go = request.form.get("go", "")
    if go in ONWARD and (result.draft is not None or go != "publish"):
        return redirect(f"/library/{document_id}/{language}/{go}", 303)
    flash(_("Saved.") if result.draft else _("Nothing changed: this is the published text."), "good")
    return redirect(_address(document_id, language, beside=request.form.get("beside", "")), 303)


def _kept_in_json(result: Kept) -> ResponseReturnValue:
    if result.draft is None or result.saved_at is None:
        return {"version": 0}
    return {"draft": str(result.draft.id), "version": result.version, "hour": web.hour(result.saved_at)}


def _late_page(document_id: str, language: str, sent: Sent, late: Late) -> ResponseReturnValue:
    settles = (*sent.settles, late.aside_id)
    merged = replace(sent, text=late.merged, draft_id=late.draft_id, version=late.theirs_version, settles=settles)
    answer = _shown(pages.page_of(actor(), document_id, language, sent=merged), late)
    answer.status_code = 409
    return answer


def _late_in_json(late: Late) -> ResponseReturnValue:
    return {
        "theirs": late.theirs,
        "draft": str(late.draft_id),
        "version": late.theirs_version,
        "merged": late.merged,
        "clean": late.clean,
        "who": late.who,
        "aside": str(late.aside_id),
        "difference": _difference(late.theirs, late.mine),
    }, 409


def _let_go(document_id: str, language: str) -> ResponseReturnValue:
    aside_id = ids.parse(request.form["let_go"])
    if aside_id is None:
        raise InvalidInput
    drafts.settle_aside(actor().id, aside_id)
    flash(_("The late text is gone; the draft stays as it is."), "good")
    return redirect(_address(document_id, language), 303)


def _difference(old: str, new: str) -> str:
    return render_template("library/editor/_difference.html", pieces=pages.excerpts(words.diff(old, new)))


def _look_in_json(seen: Look) -> dict[str, Any]:
    return {
        "problems": [{"line": each.line, "what": each.what, "expected": each.expected} for each in seen.problems],
        "list": render_template("library/editor/_problems.html", problems=seen.problems, most_problems=MOST_PROBLEMS),
        "count": render_template("library/editor/_count.html", count=len(seen.problems)),
        "preview": seen.preview,
        "rough": seen.rough,
    }


def _address(document_id: str, language: str, **more: str) -> str:
    """The editor's address, as text whatever the kind."""
    query = {"as": "text", **{name: value for name, value in more.items() if value}}
    return f"/library/{document_id}/{language}/edit?{urlencode(query)}"
