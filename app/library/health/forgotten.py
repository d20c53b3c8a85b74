"""Checks of what happens around the texts: reading, questions, verification, drafts, files, searches."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts import guard
from app.core import clock
from app.core.web import long_date
from app.library import catalogue
from app.library.attachments import keeping
from app.library.authoring import conflicts as conflict_list
from app.library.finding import vain
from app.library.health import asking
from app.library.health.findings import Finding, Group
from app.library.trust import stewardship

WAITED_LONG = timedelta(days=3)
UNREAD = timedelta(days=90)
NEW = timedelta(days=14)  # nobody can be blamed for not having read what has just been published
FORGOTTEN = timedelta(days=30)


def conflicts() -> Group:
    """Documents that changed in their file and in the editor."""
    found = [
        Finding(
            each.title or each.document_id,
            _("changed in its file and in the editor: %(path)s", path=each.path),
            _("Decide"),
            f"/library/conflicts/{each.document_id}/{each.language}",
            each.language,
        )
        for each in conflict_list.listed()
    ]
    return Group(
        name="conflicts",
        icon="alert-triangle",
        title=_("Two versions, and nobody has decided"),
        short=_("conflicts"),
        why=_("Until somebody chooses, readers see the published one and the file stays as it is."),
        findings=tuple(found),
        order=10,
    )


def unanswered() -> Group:
    """Questions that have waited for more than three days."""
    now = clock.now()
    found = []
    rows = asking.unanswered(now - WAITED_LONG)
    for row in rows:
        entry = catalogue.current().find(row.document_id, row.language)
        days = (now - row.at).days
        why = ngettext(
            "%(name)s has waited for %(num)s day", "%(name)s has waited for %(num)s days", days, name=row.asker
        )
        if entry is not None:
            address = f"/questions/{row.document_id}?remark={row.id}#remark-{row.id}"
            found.append(Finding(entry.title, why, _("Give an answer"), address, entry.language))
    return Group(
        name="unanswered",
        icon="message-question",
        title=_("Questions that nobody has answered"),
        short=_("unanswered questions"),
        why=_("Whoever asks and hears nothing does not ask again."),
        findings=tuple(found),
        order=20,
        total=rows[0].number if len(rows) == asking.MOST_LISTED else 0,
    )


def lapsed() -> Group:
    """Documents that nobody has verified for longer than they should be."""
    found = [
        Finding(
            each.entry.title,
            _("not verified since %(day)s", day=long_date(each.standing.verified_at)),
            _("Verify"),
            stewardship.address_of(each.entry) + "#trust",
            each.entry.language,
        )
        for each in stewardship.once_each(stewardship.lapsed())
    ]
    return Group(
        name="lapsed",
        icon="refresh",
        title=_("Documents to verify"),
        short=_("to verify"),
        why=_("Their readers are told that nobody has said for a while that they are true."),
        findings=tuple(found),
        order=40,
    )


def unread() -> Group:
    """Documents that readers are to acknowledge, and that nobody has for three months, or ever."""
    now = clock.now()
    read, published = asking.last_read(), asking.first_published()
    found = []
    for document_id, entry in _acknowledged().items():
        last = read.get(document_id)
        if last is None and published.get(document_id, now) < now - NEW:
            found.append((published[document_id], _finding(entry, _("nobody has ever said that they read it"))))
        elif last is not None and last < now - UNREAD:
            found.append((last, _finding(entry, _("last read on %(day)s", day=long_date(last)))))
    return Group(
        name="unread",
        icon="eye-off",
        title=_("Documents that nobody reads"),
        short=_("unread"),
        why=_("Assign them, shorten them, or archive them: what nobody reads need not be kept true."),
        findings=tuple(finding for _when, finding in sorted(found, key=lambda each: each[0])),
        order=65,
    )


def sought_in_vain() -> Group:
    """What readers sought and did not find."""
    page = vain.listed(guard.actor(), 1)
    found = [
        Finding(
            _("“%(words)s”", words=each.typed),
            ngettext("sought once, in vain", "sought %(num)s times, in vain", each.times),
            _("See what to do"),
            "/library/searches",
            each.language,
        )
        for each in page.items
    ]
    return Group(
        name="searches",
        icon="search",
        title=_("Searches that found nothing"),
        short=_("searches in vain"),
        why=_("A synonym in the glossary, another way of saying in a script, or a text that is missing."),
        findings=tuple(found),
        order=55,
        total=page.total,
    )


def old_drafts() -> Group:
    """Drafts that nobody has touched for a month."""
    found = [
        Finding(
            row.title or row.document_id,
            _("last saved by %(name)s on %(day)s", name=row.name, day=long_date(row.saved_at)),
            _("Finish or discard"),
            f"/library/{row.document_id}/{row.language}/edit",
            row.language,
        )
        for row in asking.old_drafts(clock.now() - FORGOTTEN)
    ]
    return Group(
        name="drafts",
        icon="edit",
        title=_("Drafts that nobody has touched for a month"),
        short=_("forgotten drafts"),
        why=_("Publish what is good in them, discard the rest."),
        findings=tuple(found),
        order=75,
    )


def unused_attachments() -> Group:
    """Images and files that no text shows."""
    found = [
        Finding(
            each.held.name, _("no text shows it or links to it"), _("Use it or take it away"), "/library/attachments"
        )
        for each in keeping.listed()
        if not each.uses
    ]
    return Group(
        name="attachments",
        icon="paperclip",
        title=_("Attachments that nothing uses"),
        short=_("unused attachments"),
        why=_("They take room in every backup."),
        findings=tuple(found),
        order=80,
    )


def _acknowledged() -> dict[str, catalogue.Entry]:
    """The documents that readers acknowledge, each in one language."""
    current = catalogue.current()
    found: dict[str, catalogue.Entry] = {}
    for entry in current.everything():
        if entry.kind.is_acknowledged:
            found.setdefault(entry.id, current.find(entry.id, "fr") or entry)
    return found


def _finding(entry: catalogue.Entry, why: str) -> Finding:
    return Finding(entry.title, why, _("Look at it"), f"/library/{entry.id}/{entry.language}", entry.language)
