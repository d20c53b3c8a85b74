"""YAML as authors write it: plain values with the line each stands on; no anchors, no tags, no surprises.

Numbers with a decimal point become Decimal, dates stay text, a key that stands twice is refused.
"""

import re
from bisect import bisect
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

Path = tuple[str | int, ...]

DEEPEST = 12  # the deepest document has five levels
# YAML can write characters that a file may not hold, and that a database refuses: "\0", "\ud800".
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_TAG = "tag:yaml.org,2002:"


@dataclass
class YamlError(Exception):
    """The text is not the YAML we read; `line` counts from 1 within the text."""

    line: int
    what: str
    expected: str


@dataclass
class YamlText:
    """The values of a YAML text, and where each one stands."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of a value, else of the nearest thing that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.SafeLoader):
    """Refuses anchors and aliases, with which a few bytes grow into gigabytes, and nesting without end."""

    def __init__(self, text: str, lines: "_Lines") -> None:
        super().__init__(text)
        self.at = lines
        self.depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        line = self.at.of(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(line, "an alias (*)", "the value written out, or quotes around a text")
        if getattr(event, "anchor", None):
            raise YamlError(line, "an anchor (&)", "the value alone, or quotes around a text")
        if self.depth == DEEPEST:
            raise YamlError(line, "values nested too deeply", f"at most {DEEPEST} levels")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Lines:
    """Line numbers as editors count them: YAML takes U+0085, U+2028 and U+2029 for line ends as well."""

    def __init__(self, text: str) -> None:
        self.unusual = any(each in text for each in "\x85\u2028\u2029")
        self.ends = [found.start() for found in re.finditer("\n", text)] if self.unusual else []

    def of(self, mark: Any) -> int:
        """The line of a mark, from 1."""
        if mark is None:
            return 1
        return (bisect(self.ends, mark.index - 1) if self.unusual else mark.line) + 1


def read(text: str) -> YamlText:
    """Read one YAML document. Raises YamlError."""
    lines = _Lines(text)
    try:
        loader = _Loader(text, lines)
    except yaml.reader.ReaderError as wrong:
        raise _unreadable_character(text, wrong) from None
    try:
        node = loader.get_single_node()
        result = YamlText(None)
        if node is not None:
            result.value = _Values(lines, result.lines).value(node, ())
    except yaml.reader.ReaderError as wrong:
        raise _unreadable_character(text, wrong) from None
    except yaml.MarkedYAMLError as wrong:
        line = lines.of(wrong.problem_mark or wrong.context_mark)
        raise YamlError(line, f"not readable as YAML ({wrong.problem})", "valid YAML; quote values with “: ”") from None
    finally:
        loader.dispose()
    return result


def value_of(node: yaml.Node) -> Any:
    """The plain value of a node of a text that `read` accepts."""
    return _Values(_Lines(""), {}).value(node, ())


def _unreadable_character(text: str, wrong: yaml.reader.ReaderError) -> YamlError:
    position, character = wrong.position, wrong.character
    code = character if isinstance(character, int) else ord(character)
    return YamlError(text.count("\n", 0, position) + 1, f"the control character U+{code:04X}", "text")


@dataclass
class _Values:
    """From YAML's nodes to plain values, noting where each one stands."""

    at: _Lines
    lines: dict[Path, int]

    def value(self, node: yaml.Node, path: Path) -> Any:
        line = self.at.of(node.start_mark)
        self.lines[path] = line
        if isinstance(node, yaml.MappingNode):
            self._accept(node, line, "map")
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            self._accept(node, line, "seq")
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        self._accept(node, line, "null", "bool", "int", "float", "str", "timestamp")
        return _scalar(node.tag.removeprefix(_TAG), str(node.value), line)

    def _accept(self, node: yaml.Node, line: int, *kinds: str) -> None:
        if node.tag not in {_TAG + kind for kind in kinds}:
            raise YamlError(line, f"the tag {node.tag[:80]}", "a plain value")

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = self.at.of(key_node.start_mark)
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or _NOT_TEXT.search(key):
                raise YamlError(line, "a key that is not a word", "a plain word before the colon")
            if key in values:
                raise YamlError(line, f"the key “{key[:60]}” stands twice", "each key once")
            values[key] = self.value(value_node, (*path, key))
            self.lines[(*path, key)] = line
        return values


def _scalar(kind: str, text: str, line: int) -> Any:
    forbidden = _NOT_TEXT.search(text)
    if forbidden:
        raise YamlError(line, f"the control character U+{ord(forbidden[0]):04X}", "text")
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        return _number(text, kind, line)
    return text


def _number(text: str, kind: str, line: int) -> int | Decimal:
    try:
        number = int(text) if kind == "int" else Decimal(text)
    except (ValueError, InvalidOperation):
        number = Decimal("NaN")
    if isinstance(number, Decimal) and not number.is_finite():
        raise YamlError(line, f"the number {text[:40]}", "a decimal number, or quotes around a text")
    return number
