"""GIFT cut into questions: comments out, ids and tags in them kept, each block with the line it begins on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Neither goes past the beginning of another, or a line of beginnings would be read again for each of them.
_ID = re.compile(r"\[id:((?:\\\]|[^\]\n\[]|\[(?!id:))++)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]<>\n\[]|\[(?!tag:))++)\]")
CATEGORY = "$CATEGORY:"
# What is escaped stands for itself. Control characters never come out of a decoded file, so these are free.
ESCAPES = {":": "\x01", "#": "\x02", "=": "\x03", "{": "\x04", "}": "\x05", "~": "\x06", "n": "\x07", "\\": "\x08"}
_ESCAPED = re.compile(r"\\([:#={}~n\\])")
_PLAIN = str.maketrans({mark: "\n" if sign == "n" else sign for sign, mark in ESCAPES.items()})
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Block:
    """The text of one question, escapes still marked; `id` and `tags` come from its comments."""

    line: int
    text: str
    id: str = ""
    tags: tuple[str, ...] = ()

    @property
    def is_category(self) -> bool:
        """Whether it names the category of what follows."""
        return self.text.startswith(CATEGORY)


def unmarked(text: str) -> str:
    """A text with what was escaped in it, trimmed."""
    return text.translate(_PLAIN).strip()


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file, in order. A blank line ends a question, except between its braces."""
    marked = _ESCAPED.sub(lambda found: ESCAPES[found[1]], text)
    lines = marked.split("\n")
    braces = _Braces(lines)
    held: list[tuple[int, str]] = []
    comments: list[str] = []
    for number, (line, raw) in enumerate(zip(lines, text.split("\n"), strict=True), start=1):
        stripped = line.strip()
        if stripped.startswith("//"):
            comments.append(raw)
            continue
        if stripped.startswith(CATEGORY) and not any(each.strip() for _, each in held):
            yield Block(number, stripped)
            held, comments = [], []
            continue
        if not stripped and not (held and braces.closes_after(number, held)):
            yield from _block(held, comments)
            held, comments = [], []
            continue
        held.append((number, line))
    yield from _block(held, comments)


def _block(held: list[tuple[int, str]], comments: list[str]) -> Iterator[Block]:
    while held and not held[0][1].strip():
        held = held[1:]
    if not held:
        return
    said = "\n".join(comments)
    found = _ID.search(said)
    tags = tuple(dict.fromkeys(each.replace("\\]", "]").strip() for each in _TAG.findall(said)))
    yield Block(
        held[0][0],
        "\n".join(line for _, line in held).strip(),
        found[1].replace("\\]", "]").strip() if found else "",
        tuple(filter(None, tags)),
    )


class _Braces:
    """Where braces stand, so that one left open does not swallow the rest of the file."""

    def __init__(self, lines: list[str]) -> None:
        # The first brace on or after each line; comments do not count.
        self.next: list[str] = [""] * (len(lines) + 2)
        for number in range(len(lines), 0, -1):
            line = lines[number - 1]
            found = None if line.lstrip().startswith("//") else _BRACE.search(line)
            self.next[number] = found[0] if found else self.next[number + 1]
        self._seen = (0, 0, False)  # the block's first line, how many of its lines were looked at, whether it is open

    def closes_after(self, number: int, held: list[tuple[int, str]]) -> bool:
        """Whether a block has an open brace at this line, and the next brace of the file closes it."""
        first, seen, is_open = self._seen if self._seen[0] == held[0][0] else (held[0][0], 0, False)
        for _, line in held[seen:]:
            for brace in _BRACE.findall(line):
                is_open = brace == "{"
        self._seen = (first, len(held), is_open)
        return is_open and self.next[number] == "}"
