"""The page of what changed in a play since its reader read it."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids
from app.core.web import long_date
from app.library import acknowledgements
from app.playbook import changes, play_pages
from app.playbook.changes import Changes


@requires(Action.READ_LIBRARY)
def show_changes(play_id: str) -> ResponseReturnValue:
    """The difference, and one button; who never read the play is sent to read it."""
    page = play_pages.page_of(play_id)
    said = acknowledgements.of_reader(actor().id).get(play_id)
    found = changes.of_reader(page, said) if said else None
    if found is None:
        return redirect(page.play.address)
    return render_template("playbook/changes.html", page=page, changes=found, title=_title(found), uuid=ids.new())


def _title(found: Changes) -> str:
    """What changed, in words."""
    day = long_date(found.at)
    if found.revision_id is None or found.difference is None:
        return str(_("This play changed since you read it on %(day)s", day=day))
    places = found.difference.places
    if not found.newer:
        return str(_("Nothing changed since you read it on %(day)s", day=day))
    if not places:
        return str(_("No word changed since you read it on %(day)s", day=day))
    return str(
        ngettext(
            "%(num)d passage changed since you read it on %(day)s",
            "%(num)d passages changed since you read it on %(day)s",
            places,
            day=day,
        )
    )
