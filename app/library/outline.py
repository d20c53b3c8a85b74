"""Where the blocks of a body begin in its text, and what is wrong in their order.

The rendered body says which blocks there are; the text only says on which lines, so that a heading in a code sample
is never taken for one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.library.kinds import Block

_ATTRIBUTES = re.compile(r"\{[^}]*\}\s*#*\s*$")


@dataclass(frozen=True)
class Outline:
    """The blocks in reading order, each with its heading, its name and the line it begins on, from 1."""

    blocks: tuple[tuple[str, str, int], ...] = ()

    def line_of(self, name: str) -> int:
        """The line where a block begins, else the first."""
        return next((line for _, each, line in self.blocks if each == name), 1)


def locate(body: str, blocks: Sequence[Block]) -> Outline:
    """Find each block's heading in the text."""
    lines = [_letters(_ATTRIBUTES.sub("", line)) for line in body.split("\n")]
    found = []
    after = 0
    for block in blocks:
        sought = _letters(block.heading)
        if block.name or block.heading or block.anchor:
            after = next((at for at in range(after, len(lines)) if lines[at] == sought), after - 1) + 1
        found.append((block.heading, block.name, max(1, after)))
    return Outline(tuple(found))


def line_with(piece: str, body: str, after: int = 0) -> int:
    """The first line beyond `after` that holds a piece of text, else the last found, else the first line."""
    lines = body.split("\n")
    return next((number for number in range(after + 1, len(lines) + 1) if piece in lines[number - 1]), max(after, 1))


def mistakes(seen: Outline, required: tuple[str, ...], optional: tuple[str, ...]) -> Iterable[tuple[int, str, str]]:
    """What is wrong in the order of blocks: the line, what, and what is expected. Each once, optional ones last."""
    if not required:
        return
    known = required + optional
    wanted = f"one of the classes {{.{'} {.'.join(known)}}}"
    names: list[str] = []
    for heading, name, line in seen.blocks:
        if not name:
            what = f"the heading “{heading[:60]}”" if heading else "a text before the first heading"
            yield line, what, wanted if heading else f"it in a block such as “## … {{.{known[0]}}}”"
        elif name in names:
            yield line, f"a second block {{.{name}}}", "each block once"
        elif names and known.index(name) < known.index(names[-1]):
            yield line, f"{{.{name}}} after {{.{names[-1]}}}", f"the order {' '.join(known)}"
        names += [name] if name else []
    for name in required:
        if name not in names:
            yield 0, f"no block {{.{name}}}", f"a heading such as “## … {{.{name}}}”"


def _letters(text: str) -> str:
    """Letters and digits alone: what a heading and its source have in common."""
    return "".join(filter(str.isalnum, text))
