"""HTML cut into texts and tags, in time that grows with its length and no faster, whatever is wrong in it.

The library's own parser looks through all that follows again for each tag that is never closed: sixty kilobytes of
them hold a process for a minute.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST_TAG = 20_000  # without the pictures that are written out in it

_PICTURE = re.compile(r"(?<=data:)[a-zA-Z0-9/+.;=-]{0,100},[A-Za-z0-9+/=%\s]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})(?=[\s/>\"'])((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z0-9:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++))")


@dataclass(frozen=True)
class Tag:
    """A tag in small letters. `is_end`: it closes one; `is_alone`: it opens and closes at once, as `<br/>` does."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    is_end: bool = False
    is_alone: bool = False


def tokens(source: str) -> Iterator[str | Tag]:
    """The texts and tags of a piece of HTML. Comments and declarations are left out; a sign that begins no tag is
    text."""
    source = _PICTURE.sub("", source)
    text: list[str] = []
    ends: dict[str, int] = {}
    at = 0
    while (start := source.find("<", at)) >= 0:
        text.append(source[at:start])
        passed = _past_comment(source, start, ends)
        found = None if passed else _TAG.match(source, start, start + LONGEST_TAG)
        if found:
            if said := html.unescape("".join(text)):
                yield said
            text = []
            yield _tag(found)
        elif not passed:
            text.append("<")
        at = found.end() if found else passed or start + 1
    text.append(source[at:])
    if said := html.unescape("".join(text)):
        yield said


def _past_comment(source: str, start: int, ends: dict[str, int]) -> int:
    """Where a comment or a declaration that begins here is over; 0 when none does, or it has no end."""
    if source.startswith("<!--", start):
        sign = "-->"
    elif source.startswith(("<!", "<?"), start):
        sign = ">"
    else:
        return 0
    if ends.get(sign, 0) >= 0:  # -1: looked for, and nowhere in the rest
        ends[sign] = source.find(sign, start + 2)
    return ends[sign] + len(sign) if ends[sign] >= 0 else 0


def _tag(found: re.Match[str]) -> Tag:
    name, inside = found[2].lower(), found[3]
    if found[1]:
        return Tag(name, is_end=True)
    given: dict[str, str] = {}
    for each in _ATTRIBUTE.finditer(inside):
        given.setdefault(each[1].lower(), html.unescape(each[2] or each[3] or each[4] or ""))
    return Tag(name, given, is_alone=inside.endswith("/"))
