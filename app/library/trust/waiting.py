"""What a person has to verify, for *Today*. An owner costs no statement, an administrator one at most."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.actor import Actor, Role
from app.accounts.authorisation import Action, may
from app.core.web import long_date
from app.library import desk
from app.library.desk import Waiting
from app.library.trust import owners, stewardship
from app.library.trust.stewardship import Lapsed

MOST = 5
ORDER = 40


@desk.adds
def to_verify(actor: Actor) -> list[Waiting]:
    """The documents of theirs that have lapsed; for an administrator, also those that nobody with an account owns."""
    theirs = stewardship.lapsed_of(actor.email)
    orphans = _of_nobody(actor) if actor.role is Role.ADMINISTRATOR else []
    lines = [_line(each, "") for each in theirs] + [_line(each, _("its owner has no account here")) for each in orphans]
    if len(lines) <= MOST or not may(actor, Action.WRITE_LIBRARY):
        return lines  # of all there is, only who writes has a list elsewhere
    return [*lines[:MOST], _others(len(lines) - MOST)]


def _of_nobody(actor: Actor) -> list[Lapsed]:
    found = [each for each in stewardship.lapsed() if owners.mail_of(each.entry.owner) != actor.email]
    if not found:
        return []
    people = owners.persons_of({each.entry.owner for each in found})
    return stewardship.once_each([each for each in found if (each.entry.owner or "") not in people])


def _line(each: Lapsed, beside: str) -> Waiting:
    since = _("not verified since %(day)s", day=long_date(each.standing.verified_at))
    return Waiting(
        icon="clock",
        what=each.entry.title,
        why=" · ".join(filter(None, (since, beside))),
        action=str(_("Verify")),
        address=stewardship.address_of(each.entry) + "#trust",
        order=ORDER,
    )


def _others(rest: int) -> Waiting:
    return Waiting(
        icon="clock",
        what=str(ngettext("%(num)d more document to verify", "%(num)d more documents to verify", rest)),
        why=str(_("the longest unverified come first")),
        action=str(_("See all")),
        address="/library/health",
        order=ORDER + 1,
    )
