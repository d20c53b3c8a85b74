"""Showing the client's words where they were searched for: quoted, found pieces marked."""

from collections.abc import Sequence

from markupsafe import Markup

from app.library.finding.marking import marked
from app.library.finding.marking import marked_snippet as marked_snippet
from app.library.search import Fragment
from app.playbook.typography import MARKS


def marked_words(fragments: Sequence[Fragment], language: str) -> Markup:
    """The client's words, quoted."""
    opening, closing = MARKS[language == "fr"]
    return Markup("{}{}{}").format(opening, marked(fragments, language), closing)
