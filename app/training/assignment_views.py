"""Assigning and taking back, for managers."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts import guard, refusals, teams
from app.accounts.actor import Actor
from app.accounts.authorisation import Action
from app.core import clock, dates, ids, languages
from app.core.errors import InvalidInput, NotFound
from app.core.pagination import page_number
from app.training import assignment_list, due_dates, gathering, words
from app.training import assignments as acts
from app.training.assignments import Asked, Assigned
from app.training.forms import AssignForm


@guard.requires(Action.SEE_TEAMS)
def assign() -> str | Response | tuple[str, int]:
    """Choose what, whom and by when."""
    actor, form = guard.actor(), AssignForm()
    form.offer(gathering.programme())
    if not form.is_submitted():
        _suggest(form, actor)
        return _page(form, actor)
    if form.validate():
        try:
            assigned = acts.assign(actor, _asked(form))
        except InvalidInput as refused:
            refusals.say_in(form, refused, "document")
        else:
            flash(_told(assigned), "good")
            return redirect(url_for("training.assignments"))
    return _page(form, actor), 400


@guard.requires(Action.SEE_TEAMS)
def assignments() -> str:
    """What was assigned to the people one leads, and how far it is."""
    found = assignment_list.given_by_leaders(guard.actor(), page_number(request.args.get("page")))
    return render_template("training/assignments.html", page=found, words=words, page_address=_page_address)


@guard.requires(Action.SEE_TEAMS)
def cancel(assignment_id: UUID) -> Response:
    """Take one back."""
    acts.cancel(guard.actor(), assignment_id)
    flash(_("The assignment was taken back."), "good")
    return redirect(url_for("training.assignments"))


def _suggest(form: AssignForm, actor: Actor) -> None:
    """Begin with what the page before was about; somebody who leads one team most often means all of it."""
    form.id.data = str(ids.new())
    form.due.data = due_dates.default_day(clock.now(), languages.time_zone())
    form.document.data = request.args.get("document", "")
    form.people.data = [ids.parse(request.args.get("person", ""))]
    form.teams.data = [ids.parse(request.args.get("team", ""))]
    led = teams.teams_led_by(actor)
    if len(led) == 1 and form.people.data == [None]:
        form.teams.data = [led[0].id]


def _asked(form: AssignForm) -> Asked:
    people, chosen = form.people.data or [], form.teams.data or []
    made, due = ids.parse(form.id.data or ""), form.due.data
    if made is None or due is None:
        raise InvalidInput(field="document")
    if None in people or None in chosen:
        raise NotFound()  # an id that no form of ours contains
    picked = frozenset(people)
    # The box of the one team a manager leads comes ticked: people picked out of a team are meant instead of all of it.
    narrowed = {member.team_id for member in teams.members_of(chosen) if member.id in picked}
    return Asked(
        id=made,
        document_id=form.document.data or "",
        people=picked,
        teams=frozenset(chosen) - narrowed,
        due_on=due,
        note=form.note.data or "",
    )


def _page(form: AssignForm, actor: Actor) -> str:
    led = teams.teams_led_by(actor)
    members: dict[UUID, list[teams.MemberRow]] = {team.id: [] for team in led}
    for member in teams.members_of(members):
        members[member.team_id].append(member)
    return render_template("training/assign.html", form=form, led=led, members=members)


def _page_address(number: int) -> str:
    return url_for("training.assignments", page=number)


def _told(assigned: Assigned) -> str:
    people = ngettext("%(num)d person", "%(num)d people", assigned.people)
    day = dates.in_words(assigned.due_at.astimezone(languages.time_zone()), "EEEE d MMMM", languages.readers())
    told = _(
        "“%(title)s” is assigned to %(people)s, due on %(day)s.", title=assigned.target.title, people=people, day=day
    )
    if assigned.already_done:
        told += " " + ngettext(
            "%(num)d of them has already done it.", "%(num)d of them have already done it.", assigned.already_done
        )
    return str(told)
