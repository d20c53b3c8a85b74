"""Showing what was sought: found pieces marked, everything else escaped."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from app.library.analysis import together
from app.library.search import Fragment
from app.library.typography import typeset_french
from app.playbook.typography import MARKS

ENDS = (".", "!", "?", "…", "»", "”")


def marked_words(fragments: Sequence[Fragment], language: str) -> Markup:
    """The client's words, quoted."""
    opening, closing = MARKS[language == "fr"]
    return Markup(opening + _marked(fragments, language) + closing)  # noqa: S704 - every piece was escaped


def marked_snippet(fragments: Sequence[Fragment], language: str) -> Markup:
    """A piece of a section; dots say that it goes on."""
    goes_on = bool(fragments) and not fragments[-1].text.endswith(ENDS)
    return Markup(_marked(fragments, language) + (" …" if goes_on else ""))  # noqa: S704 - escaped as well


def _marked(fragments: Sequence[Fragment], language: str) -> str:
    pieces = (f"<mark>{escape(each.text)}</mark>" if each.sought else str(escape(each.text)) for each in fragments)
    joined = together(" ".join(pieces))
    return typeset_french(joined) if language == "fr" else joined
