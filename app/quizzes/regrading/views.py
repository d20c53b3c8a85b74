"""The pages of regrading: what it would do, then doing it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids, languages
from app.core.database import db
from app.core.errors import InvalidInput
from app.core.pagination import page_number
from app.library import catalogue
from app.quizzes import previews
from app.quizzes.regrading import applying, preview
from app.quizzes.regrading.applying import Applied, Outdated

LEAVE_OUT = "leave-out"


@requires(Action.WRITE_LIBRARY)
def regrade(quiz_id: str) -> ResponseReturnValue:
    """Show who would move; then grade again."""
    given = request.values
    language = given.get("language") or catalogue.entry(quiz_id, "quiz").language
    leave_out = given.get("withdrawn") == LEAVE_OUT
    if request.method == "GET":
        return _page(quiz_id, language, leave_out=leave_out)
    name = ids.parse(request.form.get("uuid", ""))
    if name is None:
        raise InvalidInput(field="uuid")
    try:
        done = applying.apply(
            actor(), quiz_id, language, name, request.form.get("fingerprint", ""), leave_out=leave_out
        )
    except Outdated as refused:
        db.session.rollback()
        return _page(quiz_id, language, leave_out=leave_out, refused=refused)
    flash(_said(done), "good")
    return redirect(url_for("quizzes.regrade", quiz_id=quiz_id, language=language), 303)


def _page(quiz_id: str, language: str, *, leave_out: bool, refused: Outdated | None = None) -> ResponseReturnValue:
    number = page_number(request.args.get("page"))
    page = preview.look(actor(), quiz_id, language, leave_out=leave_out, page=number)
    shown = render_template(
        "quizzes/regrade.html",
        page=page,
        refused=refused,
        exactly=previews.exactly,
        language=language,
        is_foreign=language != languages.readers(),
    )
    return shown, refused.status if refused else 200


def _said(done: Applied) -> str:
    told = ngettext("One attempt is graded again.", "%(num)s attempts are graded again.", done.attempts)
    moved = done.up + done.down
    if moved:
        told += " " + ngettext(
            "The one person who moved is told by mail and on Today.",
            "Those whose attempt moved are told by mail and on Today.",
            moved,
        )
    return str(told)
