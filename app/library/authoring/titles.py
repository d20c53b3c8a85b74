"""The title in a text that may not be readable as a whole yet, and replacing the id and the title in one."""

import json
import re

LONGEST = 200
_READ = 4_000  # bytes in which a title is looked for
_LINE = re.compile(r"^title:[ \t]*(?P<value>\S.*?)[ \t]*\r?$", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def title_in(source: bytes) -> str | None:
    """What the line `title:` says, without its quotation marks; None when there is none on one line."""
    line = _LINE.search(source[:_READ].decode("utf-8", "replace"))
    if line is None or line["value"][0] in "|>&*!{[#":
        return None
    value = _CONTROL.sub("", _unquoted(line["value"])).strip()
    return value[:LONGEST] or None


def renamed(source: bytes, document_id: str, title: str) -> bytes:
    """The text under another id and title. A title that stands on several lines stays as it is."""
    text = re.sub(rb"^id:[^\r\n]*", b"id: " + document_id.encode(), source, count=1, flags=re.MULTILINE)
    written = b"title: " + json.dumps(title, ensure_ascii=False).encode()
    line = re.search(rb"^title:[ \t]*[^\s|>][^\r\n]*", text, flags=re.MULTILINE)
    return text if line is None else text[: line.start()] + written + text[line.end() :]


def _unquoted(value: str) -> str:
    if value.startswith('"'):
        try:
            return str(json.loads(value))
        except ValueError:
            return value.strip('"')
    if value.startswith("'"):
        return value[1:].removesuffix("'").replace("''", "'")
    return value.split(" #")[0]
