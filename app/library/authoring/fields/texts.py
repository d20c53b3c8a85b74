"""A document's bytes as its YAML and what stands around it, and back, byte for byte where nothing changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.library import yaml_source, yaml_writing

_MARK = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = "---"


class Unreadable(Exception):
    """There are no values to show: the text is not what we read. `line` is where an author has to look."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


class TooLarge(Unreadable):
    """There are more values than a page can ask for: the text is written as it stands in its file."""

    def __init__(self) -> None:
        super().__init__(1)


@dataclass(frozen=True)
class Parts:
    """What stands before the YAML, the YAML, what stands after it; `lines_before` counts the lines of the first."""

    before: str
    yaml: str
    after: str

    @property
    def lines_before(self) -> int:
        """How many lines the YAML has above it."""
        return 1 if self.before else 0


def parts_of(source: bytes, has_body: bool) -> Parts:
    """Split a document. Raises Unreadable."""
    try:
        text = source.removeprefix(_MARK).decode()
    except UnicodeDecodeError as wrong:
        raise Unreadable(source[: wrong.start].count(b"\n") + 1) from wrong
    if not has_body:
        return Parts("", text, "")
    at, begin = 0, None
    for found in _LINE.finditer(text):
        if begin is None and found[0].rstrip() != _FENCE:
            break
        if begin is None:
            begin = found.end()
        elif found[0].rstrip() == _FENCE:
            return Parts(text[:begin], text[begin : found.start()], text[found.start() :])
        at = found.end()
        if at >= len(text):
            break
    raise Unreadable(1)


def values_of(parts: Parts) -> tuple[dict[str, Any], dict[yaml_source.Path, int]]:
    """The YAML's values, and the line of each in the whole text. Raises Unreadable."""
    try:
        read = yaml_source.read(parts.yaml)
    except yaml_source.YamlError as wrong:
        raise Unreadable(wrong.line + parts.lines_before) from wrong
    if not isinstance(read.value, dict):
        raise Unreadable(1 + parts.lines_before)
    return read.value, {path: line + parts.lines_before for path, line in read.lines.items()}


def with_values(source: bytes, has_body: bool, values: Mapping[str, Any]) -> bytes:
    """The document with these values, everything else as it was. Raises Unreadable."""
    parts = parts_of(source, has_body)
    values_of(parts)
    written = yaml_writing.write(parts.yaml, values)
    if parts.after and not written.endswith(("\n", "\r")):
        written += "\n"
    mark = _MARK if source.startswith(_MARK) else b""
    return mark + (parts.before + written + parts.after).encode()
