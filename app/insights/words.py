"""What the dashboard and the records say in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import languages
from app.core.web import percent
from app.insights.attention import Cause, Reason
from app.insights.gathering import DeedLine
from app.insights.record import Record
from app.insights.team import RepRow, TeamPage
from app.library import catalogue
from app.training.words import count_in_words


def title(page: TeamPage) -> str:
    """The state of the team."""
    if not page.teams:
        return str(_("No team yet"))
    if not page.rows:
        return str(_("This team has no members yet") if page.shown else _("Your teams have no members yet"))
    needy = len(page.in_need)
    if needy:
        number = count_in_words(needy)
        return str(ngettext("%(number)s person needs you", "%(number)s people need you", needy, number=number))
    return str(_("Nobody has begun yet") if page.nobody_began else _("Everybody is moving on"))


def record_title(record: Record) -> str:
    """The state of a person, in words: “Antoine Morel, 2 things late”."""
    late, name = len(record.late), record.person.name
    if record.is_own:
        if late:
            count = count_in_words(late).lower()
            return str(
                ngettext("You are late with %(count)s thing", "You are late with %(count)s things", late, count=count)
            )
        return str(_("Your climb: %(percent)s", percent=percent(record.overall or 0)))
    if late:
        return str(ngettext("%(name)s: %(num)d thing late", "%(name)s: %(num)d things late", late, name=name))
    if not record.has_begun:
        return str(_("%(name)s has not begun", name=name))
    return str(_("%(name)s: mastery %(percent)s", name=name, percent=percent(record.overall or 0)))


def headline(row: RepRow) -> str:
    """A person and the first reason, as a line's heading."""
    reason = row.reasons[0]
    if reason.cause is Cause.LATE:
        state = _("late")
    elif reason.cause is Cause.STUCK and reason.quiz:
        state = _("stuck at step %(order)s", order=reason.quiz.step_order)
    elif reason.cause is Cause.QUIET:
        state = _("silent")
    else:
        state = _("not started")
    return str(_("%(name)s — %(state)s", name=row.name, state=state))


def why(reasons: tuple[Reason, ...]) -> str:
    """Every reason as a sentence."""
    return " ".join(_reason(reason) for reason in reasons)


def _reason(reason: Reason) -> str:
    if reason.cause is Cause.LATE:
        return _late(reason)
    if reason.cause is Cause.STUCK and reason.quiz:
        return str(
            ngettext(
                "“%(title)s” not passed after %(num)d attempt: best result %(percent)s.",
                "“%(title)s” not passed after %(num)d attempts: best result %(percent)s.",
                reason.quiz.attempts,
                title=reason.quiz.title,
                percent=percent(reason.quiz.best_percent),
            )
        )
    if reason.cause is Cause.QUIET:
        return str(ngettext("No activity for %(num)d day.", "No activity for %(num)d days.", reason.days))
    return str(
        ngettext(
            "Nothing read, no quiz since joining %(num)d day ago.",
            "Nothing read, no quiz since joining %(num)d days ago.",
            reason.days,
        )
    )


def _late(reason: Reason) -> str:
    if reason.days:
        late = ngettext(
            "“%(title)s” is %(num)d day late", "“%(title)s” is %(num)d days late", reason.days, title=reason.title
        )
    else:
        late = _("“%(title)s” is late since today", title=reason.title)
    if reason.others:
        late += ngettext(", and %(num)d more", ", and %(num)d more", reason.others)
    return f"{late}."


def deed(line: DeedLine) -> str:
    """An act as a plain sentence without its subject: the page's title says who."""
    found = catalogue.current().find(line.document_id or "", languages.readers())
    what = found.title if found else (line.document_id or "")
    if line.kind == "document.acknowledged":
        return str(_("Read and understood “%(title)s”", title=what))
    if line.kind == "quiz.started":
        return str(_("Began the quiz “%(title)s”", title=what))
    if line.kind == "quiz.handed_in":
        return str(_("Handed in the quiz “%(title)s”, to be scored", title=what))
    if line.kind == "quiz.regraded":
        result = percent(int(line.details.get("percent") or 0))
        return str(_("A result at the quiz “%(title)s” was corrected: %(percent)s", title=what, percent=result))
    if line.kind == "quiz.submitted":
        result = percent(int(line.details.get("percent") or 0))
        if line.details.get("passed"):
            return str(_("Passed the quiz “%(title)s” with %(percent)s", title=what, percent=result))
        return str(_("Tried the quiz “%(title)s”: %(percent)s", title=what, percent=result))
    return str(_("Pinned the script “%(title)s”", title=what))
