"""The checkup: every check of the library, those of other rooms with them, the most useful first."""

from collections.abc import Callable

from flask_babel import gettext as _

from app.core import clock
from app.core.slots import gather
from app.library import memory
from app.library.health import asking, forgotten, texts
from app.library.health.findings import Group
from app.library.trust import stewardship

CHECKS: tuple[Callable[[], Group], ...] = (
    forgotten.conflicts,
    forgotten.unanswered,
    texts.broken_links,
    forgotten.lapsed,
    texts.behind,
    forgotten.sought_in_vain,
    texts.unlinked_scripts,
    forgotten.unread,
    texts.too_long,
    forgotten.old_drafts,
    forgotten.unused_attachments,
    texts.untranslated,
)


def examine() -> list[Group]:
    """Everything there is to look after, the most useful first, without the checks that found nothing."""
    groups = [check() for check in CHECKS] + [group for given in gather("library_health") for group in given]
    return sorted((group for group in groups if group.count), key=lambda group: group.order)


def summary() -> list[tuple[int, str, str]]:
    """What the library's own page says: how many, of what, where they are listed; the most pressing first.

    What depends on the published texts alone is examined once a generation; the rest is one statement.
    """
    now = clock.now()
    counted = asking.counts(now - forgotten.WAITED_LONG, now - forgotten.FORGOTTEN)
    broken, behind = memory.kept("health in short", lambda: (texts.broken_links().count, texts.behind().count))
    lapsed = len({each.entry.id for each in stewardship.lapsed()})
    found = [
        (counted.conflicts, _("in conflict with a file"), "/library/conflicts"),
        (counted.waiting, _("questions without an answer"), "/library/questions"),
        (broken, _("links that lead nowhere"), "/library/health?only=links"),
        (lapsed, _("to verify"), "/library/health?only=lapsed"),
        (behind, _("translations that are behind"), "/library/health?only=behind"),
        (counted.drafts, _("forgotten drafts"), "/library/health?only=drafts"),
    ]
    return [each for each in found if each[0]]
