"""Writing changed values back into a YAML text: what did not change keeps every byte, comments and all.

Libraries of YAML write a text anew in a style of their own. Here each changed value is cut out and written where it
stood; a row that moves takes its comments along.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.library import yaml_source
from app.library.yaml_alignment import align, same
from app.library.yaml_fresh import Fresh, with_tail
from app.library.yaml_layout import LINE_END, Layout, Unit, Unusual, is_blank, lay_out, lines_of
from app.library.yaml_scalars import STEP, written

LONGEST_LIST = 110  # characters in brackets; a longer list is written a row a line
_TEXT = "tag:yaml.org,2002:str"

Order = Sequence[tuple[int | None, str]]  # the place that a unit had (None: it is new) and its text


def write(text: str, values: Mapping[str, Any]) -> str:
    """The text with these values in the place of its own. Raises YamlError when the text is not a mapping we read.

    `values` are all its values (plain ones: text, int, Decimal, bool, None, lists, mappings), in the order in which
    new keys are to stand. `yaml_source.read` gives exactly them afterwards.
    """
    old = yaml_source.read(text).value
    if not isinstance(old, dict):
        raise yaml_source.YamlError(1, "no keys", "keys and values, such as “id: my-document”")
    if same(old, values):
        return text
    newline = _newline(text)
    anew: set[str] = set()
    try:
        for _ in range(2):
            result = _Writing(lay_out(text), newline, anew).document(values)
            found = _read(result)
            if same(found, values):
                return result
            anew = {key for key in values if key not in found or not same(found[key], values[key])}
    except Unusual:
        pass
    return Fresh(newline, STEP).mapping(values, 0) + newline


def _read(text: str) -> dict[str, Any]:
    try:
        found = yaml_source.read(text).value
    except yaml_source.YamlError:
        return {}
    return found if isinstance(found, dict) else {}


def _newline(text: str) -> str:
    found = LINE_END.search(text)
    return found[0] if found and found[0] in ("\r\n", "\r") else "\n"


@dataclass
class _Writing:
    """A text being written back. `anew` are top-level keys that cannot be mended in place."""

    at: Layout
    newline: str
    anew: set[str] = field(default_factory=set)
    fresh: Fresh = field(init=False)

    def __post_init__(self) -> None:
        self.fresh = Fresh(self.newline, self.at.offset_of_lists())

    def document(self, values: Mapping[str, Any]) -> str:
        root, text = self.at.root, self.at.text
        if root is None:
            raise Unusual
        return text[: self.at.start(root)] + self._block(root, values) + text[self.at.end(root) :]

    def _block(self, node: yaml.Node, new: Any) -> str:
        """A block of keys or rows that stays one. Raises Unusual when it does not."""
        units = self.at.units.get(id(node))
        if units and new and isinstance(node, yaml.MappingNode) and isinstance(new, Mapping):
            return self._mapping(units, new)
        if units and new and isinstance(node, yaml.SequenceNode) and isinstance(new, list):
            return self._rows(units, new)
        raise Unusual

    def _mapping(self, units: list[Unit], new: Mapping[str, Any]) -> str:
        column = self.at.column(units[0].begin)
        places = {str(unit.key): place for place, unit in enumerate(units)}
        order = [(place, self._entry(unit, new, column)) for place, unit in enumerate(units) if unit.key in new]
        keys = [str(units[place].key) for place, _ in order]
        before: str | None = None
        for key, value in new.items():
            if key not in places:
                at = keys.index(before) + 1 if before is not None else 0
                keys.insert(at, key)
                order.insert(at, (-1, f"{self.fresh.key(key)}:{self.fresh.after_key(value, column)}"))
            before = key
        return self._joined(units, [(None if place < 0 else place, body) for place, body in order], column)

    def _rows(self, units: list[Unit], new: list[Any]) -> str:
        column = self.at.column(units[0].begin)
        order = align([self.at.value(unit.node) for unit in units], new)
        return self._joined(
            units,
            [
                (
                    place,
                    "- " + self.fresh.row(value, column) if place is None else self._row(units[place], value, column),
                )
                for place, value in zip(order, new, strict=True)
            ],
            column,
        )

    def _entry(self, unit: Unit, new: Mapping[str, Any], column: int) -> str:
        def anew(value: Any, style: str | None, tail: str) -> str:
            return self.fresh.after_key(value, column, style, tail)

        return self._unit(unit, new[str(unit.key)], column, anew, column == 0 and unit.key in self.anew)

    def _row(self, unit: Unit, value: Any, column: int) -> str:
        def anew(value: Any, _style: str | None, tail: str) -> str:
            shown = self.fresh.row(value, column)
            return " " + (shown if LINE_END.search(tail) else with_tail(shown, tail, self.newline))

        return self._unit(unit, value, column, anew, False)

    def _unit(
        self, unit: Unit, value: Any, column: int, anew: Callable[[Any, str | None, str], str], is_forced: bool
    ) -> str:
        """A key or a hyphen with its value, and what stands after it on the line."""
        text, node = self.at.text, unit.node
        if is_forced:
            return text[unit.begin : unit.head] + anew(value, None, "")
        if same(self.at.value(node), value):
            return text[unit.begin : unit.stop]
        start, end = max(unit.head, self.at.start(node)), max(unit.head, self.at.end(node))
        gap, tail = text[unit.head : start], text[end : unit.stop]
        style = (node.style or "") if isinstance(node, yaml.ScalarNode) and node.tag == _TEXT else None
        try:
            return text[unit.begin : start] + self._in_place(node, value, column, style, gap, tail)
        except Unusual:
            comment = next((each.rstrip() for each in (self.at.comment_after(node), gap, tail) if "#" in each), "")
            return text[unit.begin : unit.head] + anew(value, style, comment)

    def _in_place(self, node: yaml.Node, value: Any, column: int, style: str | None, gap: str, tail: str) -> str:
        """A value of the form it had, and what follows it. Raises Unusual when its form changes."""
        if id(node) in self.at.units:
            return self._block(node, value) + tail
        if isinstance(node, yaml.SequenceNode) and isinstance(value, list):
            return self._in_brackets(node, value) + tail
        if not gap or LINE_END.search(gap) or isinstance(value, Mapping | list):
            raise Unusual
        shown = written(value, indent=column, style=style, newline=self.newline)
        return with_tail(shown, self.at.comment_after(node) or tail, self.newline)

    def _in_brackets(self, node: yaml.SequenceNode, new: list[Any]) -> str:
        """A list in brackets that stays there: what it holds keeps its writing. Raises Unusual when it cannot."""
        whole = self.at.text[self.at.start(node) : self.at.end(node)]
        if not new or LINE_END.search(whole) or "#" in whole or any(isinstance(each, Mapping | list) for each in new):
            raise Unusual
        old = [(self.at.value(each), self.at.text[self.at.start(each) : self.at.end(each)]) for each in node.value]
        pieces = [
            next((shown for was, shown in old if same(was, value)), None) or written(value, flow=True) for value in new
        ]
        inside = whole[1:-1]
        left = inside[: len(inside) - len(inside.lstrip())] if inside.strip() else ""
        shown = f"[{left}{', '.join(pieces)}{left}]"
        if len(shown) > max(LONGEST_LIST, len(whole)):
            raise Unusual
        return shown

    def _joined(self, units: list[Unit], order: Order, column: int) -> str:
        """The units in their new order, each with its comments; a new row stands apart as the others do."""
        is_list = units[0].key is None
        apart = _blank_lines(self.at.lead(units, 1)) if is_list and len(units) > 1 else ""
        kept = {place for place, _ in order if place is not None}
        carried = self._comments_of_removed(units, kept)
        out: list[str] = []
        previous: int | None = None
        for place, body in order:
            lead = carried.pop(place, "") + self.at.lead(units, place) if place else "" if place == 0 else apart
            if not out:
                lead = _without_blank_lines(lead).lstrip(" ")
                out.append(lead + (" " * column if lead else "") + body)
            elif place and place - 1 == previous and lead == self.at.lead(units, place):
                out.append(self.at.text[units[place - 1].stop : units[place].begin] + body)
            else:
                out.append(self.newline + (lead or (apart if place == 0 else "")) + " " * column + body)
            previous = place
        return "".join([*out, *(self.newline + lines.rstrip("\r\n") for lines in carried.values())])

    def _comments_of_removed(self, units: list[Unit], kept: set[int]) -> dict[int, str]:
        """The comments that stood before a removed unit without belonging to it, by the unit that follows."""
        carried: dict[int, str] = {}
        for place in range(1, len(units)):
            if place in kept:
                continue
            others = _not_its_own(self.at.lead(units, place))
            if "#" in others:
                following = next((each for each in range(place + 1, len(units)) if each in kept), len(units))
                carried[following] = carried.get(following, "") + others
        return carried


def _blank_lines(lead: str) -> str:
    """The blank lines that a lead begins with."""
    return lead[: len(lead) - len(_without_blank_lines(lead))]


def _without_blank_lines(lead: str) -> str:
    lines = lines_of(lead)
    while lines and is_blank(lines[0]):
        lines.pop(0)
    return "".join(lines)


def _not_its_own(lead: str) -> str:
    """A lead without the comment just above the unit, which goes with it."""
    lines = lines_of(lead)
    while lines and not is_blank(lines[-1]):
        lines.pop()
    return "".join(lines)
