"""Where the library's authors meet the statistics of a quiz: on its page in the library, and on that of its health."""

from typing import TYPE_CHECKING

from flask import render_template
from markupsafe import Markup

from app.library.catalogue import Entry

if TYPE_CHECKING:
    from app.library.health.findings import Group


def on_document(entry: Entry | None) -> Markup | None:
    """For the slot `library_document`: the way to a quiz's statistics. No statement."""
    if entry is None or entry.kind.name != "quiz":
        return None
    return Markup(render_template("quizzes/_statistics_notice.html", quiz=entry))  # noqa: S704 - rendered with escaping


def in_health() -> "list[Group]":
    """For the slot `library_health`: see `item_health.py`, which is imported when somebody looks."""
    from app.quizzes.statistics import item_health

    return item_health.flagged_questions()
