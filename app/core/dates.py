"""Dates in words, written the same way in every room."""

import re
from datetime import date, datetime

from babel.dates import format_date, format_datetime

_FIRST_OF_MONTH = re.compile(r"(?<!\d)1 (?=[^\W\d])")


def in_words(when: date, pattern: str, language: str) -> str:
    """A date or a moment, in its own time zone, by a CLDR pattern.

    French says « 1er décembre »; CLDR's patterns write « 1 décembre ».
    """
    write = format_datetime if isinstance(when, datetime) else format_date
    written = str(write(when, pattern, locale=language))
    return _FIRST_OF_MONTH.sub("1er ", written) if language == "fr" else written
