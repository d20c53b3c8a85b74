"""YAML as authors write it: plain values with the line each stands on; no aliases, no surprises.

Numbers with a decimal point become Decimal, dates stay text, a key that stands twice is refused.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

Path = tuple[str | int, ...]


@dataclass(frozen=True)
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
    """Refuses aliases, with which a few bytes grow into gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise YamlError(line, "an alias (*)", "the value written out")
        return super().compose_node(parent, index)


def read(text: str) -> YamlText:
    """Read one YAML document. Raises YamlError."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        result = YamlText(None)
        if node is not None:
            result.value = _value(node, (), result.lines)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlError(line, f"not readable as YAML ({wrong.problem})", "valid YAML; quote values with “: ”") from None
    except yaml.YAMLError as wrong:
        raise YamlError(1, f"not readable as YAML ({wrong})".replace("\n", " "), "valid YAML") from None
    except RecursionError:
        raise YamlError(1, "lists nested too deeply", "a handful of levels") from None
    finally:
        loader.dispose()
    return result


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    line = node.start_mark.line + 1
    lines[path] = line
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), lines) for index, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - YAML has three sorts of nodes
    return _scalar(node, line)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        if not key:
            raise YamlError(line, "a key that is not a word", "a plain word before the colon")
        if key in values:
            raise YamlError(line, f"the key “{key}” stands twice", "each key once")
        values[key] = _value(value_node, (*path, key), lines)
        lines[(*path, key)] = line
    return values


def _scalar(node: yaml.ScalarNode, line: int) -> Any:
    kind = node.tag.rpartition(":")[2]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        return _number(text, kind, line)
    if kind in ("str", "timestamp"):
        return text
    raise YamlError(line, f"the tag {node.tag}", "a plain value")


def _number(text: str, kind: str, line: int) -> int | Decimal:
    try:
        return int(text) if kind == "int" else Decimal(text)
    except (ValueError, InvalidOperation):
        raise YamlError(line, f"the number {text[:40]}", "a decimal number, or quotes around a text") from None
