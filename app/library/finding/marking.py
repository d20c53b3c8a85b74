"""Showing what was sought: found pieces marked, everything else escaped."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from app.library.analysis import together
from app.library.search import Fragment
from app.library.typography import typeset_french

ENDS = (".", "!", "?", "…", "»", "”")


def marked(fragments: Sequence[Fragment], language: str) -> Markup:
    """The pieces as one text, with the unbreakable spaces of its language."""
    pieces = (f"<mark>{escape(each.text)}</mark>" if each.sought else str(escape(each.text)) for each in fragments)
    joined = together(" ".join(pieces))
    return Markup(typeset_french(joined) if language == "fr" else joined)  # noqa: S704 - every piece was escaped


def marked_snippet(fragments: Sequence[Fragment], language: str) -> Markup:
    """A piece of a section; dots say that it goes on."""
    goes_on = bool(fragments) and not fragments[-1].text.endswith(ENDS)
    return marked(fragments, language) + (" …" if goes_on else "")
