"""Where each value stands in a YAML text, to the character, with the comments and blank lines around it.

Only texts that `yaml_source` reads: no anchors, no aliases, no tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.library import yaml_source

LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


class Unusual(Exception):
    """A way of writing that has no place of its own here (`? key`): what holds it is written anew."""


class _Loader(yaml.SafeLoader):
    """Notes where the hyphens of lists are: YAML's nodes do not say."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.hyphens: list[int] = []

    def fetch_block_entry(self) -> None:
        self.hyphens.append(self.index)
        super().fetch_block_entry()


@dataclass(frozen=True)
class Unit:
    """A key with its value, or a row with its hyphen: from `begin` to `stop`, the end of its last line.

    `head` is the end of the colon or the hyphen; `key` is None for a row.
    """

    key: str | None
    begin: int
    head: int
    node: yaml.Node
    stop: int


@dataclass
class Layout:
    """A text and its nodes."""

    text: str
    root: yaml.Node | None
    units: dict[int, list[Unit]]  # those of a block mapping or list, by the node's identity
    values: dict[int, Any] = field(default_factory=dict)

    def value(self, node: yaml.Node) -> Any:
        """The plain value of a node."""
        if id(node) not in self.values:
            self.values[id(node)] = yaml_source.value_of(node)
        return self.values[id(node)]

    def start(self, node: yaml.Node) -> int:
        """Where a value begins."""
        return int(node.start_mark.index)

    def end(self, node: yaml.Node) -> int:
        """Where it ends; a block mapping or list takes what stands after its last value on the line."""
        inside = self.units.get(id(node))
        if inside:
            return inside[-1].stop
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return self._end_of_block(node)
        return int(node.end_mark.index)

    def column(self, position: int) -> int:
        """How far from the beginning of its line a character stands."""
        return position - self.line_start(position)

    def line_start(self, position: int) -> int:
        """Where the line of a character begins."""
        before = max(self.text.rfind(each, 0, position) for each in "\n\r\x85\u2028\u2029")
        return before + 1

    def line_stop(self, position: int) -> int:
        """Where the line of a character ends, the line end itself not counted."""
        found = LINE_END.search(self.text, position)
        return found.start() if found else len(self.text)

    def offset_of_lists(self) -> int:
        """By how many columns this text's lists stand further right than their keys."""
        for units in reversed(self.units.values()):  # the outermost first
            for unit in units:
                inside = self.units.get(id(unit.node))
                if unit.key is not None and inside and inside[0].key is None:
                    return self.column(inside[0].begin) - self.column(unit.begin)
        return 2

    def lead(self, units: list[Unit], place: int) -> str:
        """The whole lines, blank ones and comments, between a unit and the one before it; none before the first."""
        if place == 0:
            return ""
        between = self.text[units[place - 1].stop : units[place].begin]
        first = LINE_END.match(between)
        if first is None:
            raise Unusual
        return between[first.end() : len(between) - self.column(units[place].begin)]

    def comment_after(self, node: yaml.Node) -> str:
        """The comment beside the sign that begins a block of text."""
        if not (isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")):
            return ""
        found = re.search(r"\s+#.*", self.text[self.start(node) : self.line_stop(self.start(node))])
        return found[0] if found else ""

    def _end_of_block(self, node: yaml.Node) -> int:
        start, end = self.start(node), int(node.end_mark.index)
        lines = lines_of(self.text[start:end])
        if "+" not in lines[0]:  # else the blank lines belong to the text
            while len(lines) > 1 and is_blank(lines[-1]):
                lines.pop()
        whole = "".join(lines)
        final = re.search(r"(?:\r\n|[\n\r\x85\u2028\u2029])\Z", whole)
        return start + (final.start() if final else len(whole))


def lines_of(text: str) -> list[str]:
    """The lines with their ends, as YAML sees them."""
    lines, at = [], 0
    for found in LINE_END.finditer(text):
        lines.append(text[at : found.end()])
        at = found.end()
    return [*lines, text[at:]] if at < len(text) else lines


def is_blank(line: str) -> bool:
    """Whether YAML sees nothing on a line; a no-break space is something."""
    return not line.strip(" \t\r\n\x85\u2028\u2029")


def lay_out(text: str) -> Layout:
    """Compose a text that `yaml_source.read` accepts. Raises Unusual for what has no place of its own."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    layout = Layout(text, root, {})
    if root is not None:
        _place(layout, root, iter(loader.hyphens))
    return layout


def _place(layout: Layout, node: Any, hyphens: Iterator[int]) -> None:
    """Note the units of a block and all it holds, in the order of the text."""
    if isinstance(node, yaml.ScalarNode):
        return
    if node.flow_style:
        return  # brackets hold no blocks, and are written as one piece
    units: list[Unit] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            head = layout.text.find(":", key.end_mark.index) + 1
            if layout.text[key.end_mark.index : head - 1].strip() or _is_marked(layout, key):
                raise Unusual
            _place(layout, value, hyphens)
            units.append(_unit(layout, str(key.value), key.start_mark.index, head, value))
    else:
        for value in node.value:
            hyphen = next(hyphens)
            _place(layout, value, hyphens)
            units.append(_unit(layout, None, hyphen, hyphen + 1, value))
    layout.units[id(node)] = units


def _is_marked(layout: Layout, key: yaml.Node) -> bool:
    """Whether a key is written `? key`."""
    before = layout.text[layout.line_start(key.start_mark.index) : key.start_mark.index]
    return before.rstrip().endswith("?")


def _unit(layout: Layout, key: str | None, begin: int, head: int, node: yaml.Node) -> Unit:
    return Unit(key, begin, head, node, layout.line_stop(max(head, layout.end(node))))
