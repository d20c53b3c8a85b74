"""Words on one line."""

import re

_SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """A text on one line, its spaces single. The unbreakable ones stay: French writes them before ? and %.

    >>> one_line(" Quel\\u202f? \\n Oui ")
    'Quel\\u202f? Oui'
    """
    return _SPACES.sub(" ", text).strip(" ")
