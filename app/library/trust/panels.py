"""What pages of documents say of trust: a notice once a text has lapsed, with the button for who may verify it."""

from flask import render_template
from markupsafe import Markup

from app.accounts import guard
from app.core import ids
from app.library.catalogue import Entry
from app.library.trust import stewardship


def lapse_notice(entry: Entry) -> Markup:
    """“Not verified since …”; nothing while the text stands. Asked at each request, since time passes."""
    standing = stewardship.standing_of(entry)
    if not standing.has_lapsed or not entry.number:
        return Markup("")
    page = render_template(
        "library/_lapse_notice.html",
        entry=entry,
        standing=standing,
        may_verify=stewardship.may_verify(guard.actor(), entry.id),
        uuid=ids.new(),
    )
    return Markup(page)  # noqa: S704 - our own template
