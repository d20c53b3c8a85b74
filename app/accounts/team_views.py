"""Teams, for administrators."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import addresses, directory, memberships, refusals
from app.accounts.authorisation import Action
from app.accounts.directory import State
from app.accounts.forms import PLACE_NAMES, PlaceForm, TeamForm
from app.accounts.guard import requires
from app.accounts.memberships import Place
from app.accounts.sign_in_views import Answer
from app.core.errors import InvalidInput


@requires(Action.MANAGE_PEOPLE)
def teams() -> Answer:
    """Every team, and a new one."""
    form = TeamForm()
    if form.is_submitted() and form.validate():
        try:
            team_id = memberships.create_team(form.name.data or "")
        except InvalidInput as refused:
            refusals.say_in(form, refused, "name")
        else:
            flash(_("The team %(name)s is there. Put people in it.", name=form.name.data), "good")
            return _back_to(team_id)
    page = render_template("accounts/teams.html", form=form, teams=directory.list_teams())
    return (page, 400) if form.is_submitted() else page


@requires(Action.MANAGE_PEOPLE)
def team(team_id: UUID) -> Answer:
    """One team; the form here is its name."""
    shown = directory.team_page(team_id)
    form = TeamForm(data={"name": shown.name})
    if not form.is_submitted():
        return _page(shown, form)
    if form.validate():
        try:
            memberships.rename_team(team_id, form.name.data or "")
        except InvalidInput as refused:
            refusals.say_in(form, refused, "name")
        else:
            flash(_("Saved."), "good")
            return _back_to(team_id)
    return _page(shown, form), 400


@requires(Action.MANAGE_PEOPLE)
def delete_team(team_id: UUID) -> Response:
    """Delete an empty team."""
    memberships.delete_team(team_id)
    flash(_("The team is deleted."), "good")
    return redirect(url_for("accounts.teams"))


@requires(Action.MANAGE_PEOPLE)
def add_to_team(team_id: UUID) -> Answer:
    """Put somebody in it, by their address."""
    shown = directory.team_page(team_id)
    form = PlaceForm()
    if form.validate():
        try:
            memberships.place_by_email(team_id, form.email.data or "", Place(form.place.data))
        except InvalidInput as refused:
            refusals.say_in(form, refused, "email")
        else:
            flash(_("Saved."), "good")
            return _back_to(team_id)
    return _page(shown, TeamForm(formdata=None, data={"name": shown.name}), form), 400


@requires(Action.MANAGE_PEOPLE)
def leave_team(team_id: UUID, person_id: UUID) -> Response:
    """Take somebody out, then back to the page it was asked from."""
    memberships.take_out_of_team(team_id, person_id)
    flash(_("Saved."), "good")
    asked = request.form.get("next", "")
    return redirect(asked) if addresses.is_local(asked) else _back_to(team_id)


def _page(shown: directory.TeamPage, form: TeamForm, adding: PlaceForm | None = None) -> str:
    return render_template(
        "accounts/team.html",
        team=shown,
        form=form,
        adding=adding or PlaceForm(formdata=None),
        suggestions=directory.suggestions(shown.id),
        places=PLACE_NAMES,
        State=State,
    )


def _back_to(team_id: UUID) -> Response:
    return redirect(url_for("accounts.team", team_id=team_id))
