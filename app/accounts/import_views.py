"""Importing people from a file: choose, look at the plan, confirm."""

from dataclasses import astuple
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.accounts import imports, people_file
from app.accounts.authorisation import Action
from app.accounts.forms import ROLE_NAMES, ImportForm
from app.accounts.guard import actor, requires
from app.accounts.imports import Outcome, Plan
from app.accounts.people_file import Record, UnreadableFile
from app.accounts.sign_in_views import Answer
from app.core.errors import InvalidInput

KEPT_SECONDS = 3600


@requires(Action.MANAGE_PEOPLE)
def choose() -> Answer:
    """Take a file and show what it would do. Writes nothing."""
    form = ImportForm()
    if not form.is_submitted():
        return render_template("accounts/import.html", form=form)
    if not form.validate():
        return render_template("accounts/import.html", form=form), 400
    try:
        records = people_file.read(form.file.data.read(people_file.LARGEST_BYTES + 1))
    except UnreadableFile as unreadable:
        return render_template("accounts/import.html", form=form, problems=unreadable.problems), 400
    change_known = bool(form.change_known.data)
    plan = imports.plan(actor(), records, change_known=change_known)
    return _plan_page(plan, records, change_known)


@requires(Action.MANAGE_PEOPLE)
def confirm() -> Answer:
    """Check the same rows again and write them all, or none."""
    records, change_known = _unpacked(request.form.get("rows", ""))
    plan = imports.carry_out(actor(), records, change_known=change_known)
    if plan.problems:
        return _plan_page(plan, records, change_known)
    invited = plan.count(Outcome.INVITE)
    flash(
        ngettext("%(num)s person is invited.", "%(num)s people are invited.", invited)
        if invited
        else _("Done. Nobody new was in the file."),
        "good",
    )
    return redirect(url_for("accounts.people"))


def _plan_page(plan: Plan, records: list[Record], change_known: bool) -> tuple[str, int]:
    page: dict[str, Any] = {
        "plan": plan,
        "packed": "" if plan.problems else _packed(records, change_known),
        "roles": ROLE_NAMES,
        "Outcome": Outcome,
    }
    return render_template("accounts/import_plan.html", **page), 400 if plan.problems else 200


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="people to import")


def _packed(records: list[Record], change_known: bool) -> str:
    """The rows as they travel through the page: signed, for this administrator, for an hour."""
    return str(_signer().dumps([str(actor().id), change_known, [astuple(record) for record in records]]))


def _unpacked(packed: str) -> tuple[list[Record], bool]:
    try:
        whose, change_known, rows = _signer().loads(packed, max_age=KEPT_SECONDS)
    except BadSignature as wrong:
        raise InvalidInput(_l("This list has expired or was altered. Choose the file again.")) from wrong
    if whose != str(actor().id):
        raise InvalidInput(_l("This list was prepared by somebody else. Choose the file again."))
    return [Record(*row) for row in rows], bool(change_known)
