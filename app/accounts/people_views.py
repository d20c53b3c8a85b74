"""People, for administrators."""

from enum import Enum
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import directory, memberships, refusals
from app.accounts import people as use_cases
from app.accounts.actor import Role
from app.accounts.authorisation import Action
from app.accounts.directory import Filter, State
from app.accounts.forms import PLACE_NAMES, ROLE_NAMES, AccountForm, InvitationForm, JoinTeamForm, options
from app.accounts.guard import actor, requires
from app.accounts.memberships import Place
from app.accounts.people import Invitation
from app.accounts.sign_in_views import Answer
from app.core import ids
from app.core.errors import InvalidInput
from app.core.pagination import page_number

Choice = TypeVar("Choice", bound=Enum)


@requires(Action.MANAGE_PEOPLE)
def people() -> str:
    """Everybody, or those who fit."""
    asked = Filter(
        words="".join(letter for letter in request.args.get("q", "")[:100] if letter.isprintable()).strip(),
        team_id=ids.parse(request.args.get("team", "")),
        role=_one_of(Role, "role"),
        state=_one_of(State, "state"),
    )
    page = directory.find_people(asked, page_number(request.args.get("page")))

    def href(number: int) -> str:
        return f"/admin?{urlencode({**request.args.to_dict(), 'page': number})}"

    return render_template(
        "accounts/people.html",
        asked=asked,
        page=page,
        href=href,
        invited=directory.count_invited() if asked.asks_nothing else 0,
        teams=directory.team_choices(),
        roles=ROLE_NAMES,
        State=State,
    )


@requires(Action.MANAGE_PEOPLE)
def invite() -> Answer:
    """Invite one person."""
    form = InvitationForm()
    form.offer_teams(directory.team_choices())
    if not form.is_submitted():
        return render_template("accounts/invite.html", form=form)
    if form.validate():
        asked = Invitation(
            form.email.data or "", form.name.data or "", Role(form.role.data), ids.parse(form.team.data or "")
        )
        try:
            person_id = use_cases.invite(actor(), asked)
        except InvalidInput as refused:
            refusals.say_in(form, refused, "email")
            return render_template("accounts/invite.html", form=form, there=refused.facts.get("person_id")), 400
        flash(_("The invitation for %(name)s is on its way.", name=form.name.data), "good")
        return redirect(url_for("accounts.person", person_id=person_id))
    return render_template("accounts/invite.html", form=form), 400


@requires(Action.MANAGE_PEOPLE)
def person(person_id: UUID) -> Answer:
    """One person: who they are, where they are, how their account stands."""
    shown = directory.person_page(person_id)
    form = AccountForm(data=_details(shown))
    if not form.is_submitted():
        return _person_page(shown, form)
    if form.validate():
        try:
            use_cases.change(
                actor(),
                person_id,
                name=form.name.data or "",
                email=form.email.data or "",
                role=Role(form.role.data),
                writes=form.writes.data,
            )
        except InvalidInput as refused:
            refusals.say_in(form, refused, "email")
        else:
            flash(_("Saved."), "good")
            return _back_to(person_id)
    return _person_page(shown, form), 400


@requires(Action.MANAGE_PEOPLE)
def invite_again(person_id: UUID) -> Response:
    """Send the invitation again."""
    use_cases.invite_again(actor(), person_id)
    flash(_("A new invitation is on its way; the earlier link no longer works."), "good")
    return _back_to(person_id)


@requires(Action.MANAGE_PEOPLE)
def deactivate(person_id: UUID) -> Response:
    """Close an account."""
    use_cases.deactivate(actor(), person_id)
    flash(_("The account is closed: every browser was signed out."), "good")
    return _back_to(person_id)


@requires(Action.MANAGE_PEOPLE)
def reactivate(person_id: UUID) -> Response:
    """Open it again."""
    use_cases.reactivate(actor(), person_id)
    flash(_("The account is open again."), "good")
    return _back_to(person_id)


@requires(Action.MANAGE_PEOPLE)
def join_team(person_id: UUID) -> Answer:
    """Put them in a team, or change what they are there."""
    shown = directory.person_page(person_id)
    form = JoinTeamForm()
    form.team.choices = options(directory.team_choices())
    if form.validate():
        try:
            memberships.place_in_team(UUID(form.team.data), person_id, Place(form.place.data))
        except InvalidInput as refused:
            refusals.say_in(form, refused, "place")
        else:
            flash(_("Saved."), "good")
            return _back_to(person_id)
    details = AccountForm(formdata=None, data=_details(shown))
    return _person_page(shown, details, form), 400


def _person_page(shown: directory.PersonPage, form: AccountForm, joining: JoinTeamForm | None = None) -> str:
    if joining is None:
        joining = JoinTeamForm(formdata=None, data={"place": memberships.usual_place(shown.role).value})
        there = {place.team_id for place in shown.places}
        joining.team.choices = options(team for team in directory.team_choices() if team[0] not in there)
    page: dict[str, Any] = {
        "person": shown,
        "form": form,
        "joining": joining,
        "places": PLACE_NAMES,
        "roles": ROLE_NAMES,
        "State": State,
        "is_me": shown.id == actor().id,
    }
    return render_template("accounts/person.html", **page)


def _details(shown: directory.PersonPage) -> dict[str, Any]:
    return {"name": shown.name, "email": shown.email, "role": shown.role.value, "writes": shown.writes}


def _back_to(person_id: UUID) -> Response:
    return redirect(url_for("accounts.person", person_id=person_id))


def _one_of(kind: type[Choice], name: str) -> Choice | None:
    """The choice that the address asks for; what makes no sense asks for nothing."""
    asked = request.args.get(name)
    return next((each for each in kind if each.value == asked), None)
