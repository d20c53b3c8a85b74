"""A glossary changed: the other texts are rendered again, with its abbreviations."""

from app.core import outbox
from app.core.database import db
from app.library import publishing, renderings
from app.library.authoring import checks

RENDER_AGAIN = "library.render_again"
MOST_AT_ONCE = 300


def render_with_them() -> None:
    """Part of publishing a glossary: few texts are rendered here, many are left to the worker."""
    words = checks.published_abbreviations()
    texts = renderings.outdated(words)
    if len(texts) <= MOST_AT_ONCE:
        renderings.render_again(texts, words)
    else:
        outbox.put(RENDER_AGAIN, {})


@outbox.handles(RENDER_AGAIN)
def _render_again(_: dict[str, object]) -> None:
    """A few at a time, so that nobody waits long for the library."""
    while True:
        publishing.lock_library()
        words = checks.published_abbreviations()
        done, _problems = renderings.render_again(renderings.outdated(words)[:MOST_AT_ONCE], words)
        if not done:  # nothing left, or only texts that would not pass the check today
            db.session.rollback()
            return
        publishing.bump_generation()
        db.session.commit()
