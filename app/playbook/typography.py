"""Setting short texts: the unbreakable spaces and the quotation marks of the language they are written in."""

from app.library.typography import french_spaces

# Opening and closing quotation marks: of any language, of French.
MARKS = (("“", "”"), ("«\u00a0", "\u00a0»"))


def typeset(text: str, language: str) -> str:
    """A text with the unbreakable spaces of its language."""
    return french_spaces(text) if language == "fr" else text


def quoted(text: str, language: str) -> str:
    """Somebody's words between the quotation marks of their language, which no line break parts from them.

    >>> quoted("Too expensive", "en")
    '“Too expensive”'
    """
    opening, closing = MARKS[language == "fr"]
    return opening + typeset(text, language) + closing
