"""French typography on clean HTML: the spaces that must not break at the end of a line."""

import re

# An attribute may hold “>”; outside tags, clean HTML writes it &gt;.
TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")

_VERBATIM = re.compile(r"<(/?)(?:code|pre|kbd)\b")
_PIECES = re.compile(f"({TAG.pattern})")
_THIN, _FULL = "\u202f", "\u00a0"
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")


def french_spaces(text: str) -> str:
    """Make the spaces before : ; ? ! % €, inside « » and between thousands unbreakable.

    >>> french_spaces("« 1 200 € ? »").split("\u202f")
    ['«\\xa01', '200', '€', '?\\xa0»']
    """
    text = re.sub(r" ([;?!%€])", _THIN + r"\1", text)
    text = re.sub(r" :(?!\w)", _FULL + ":", text).replace("« ", "«" + _FULL).replace(" »", _FULL + "»")
    return _THOUSANDS.sub(lambda number: number[0].replace(" ", _THIN), text)


def typeset_french(clean_html: str) -> str:
    """The same between the tags of clean HTML, but not in code: an address or a formula keeps its characters."""
    depth = 0
    pieces = []
    for piece in _PIECES.split(clean_html):
        if piece.startswith("<"):
            verbatim = _VERBATIM.match(piece)
            depth += 0 if verbatim is None else -1 if verbatim[1] else 1
        elif depth == 0:
            piece = french_spaces(piece)
        pieces.append(piece)
    return "".join(pieces)
