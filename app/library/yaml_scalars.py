"""How one value is written in YAML, so that `yaml_source` reads exactly that value again, and a person reads it easily.

Plain where that is safe, in quotes where YAML would take it for something else, as a block where it has several lines.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal

from app.library import yaml_source

Scalar = str | int | bool | Decimal | None

LONG = 160  # characters from which a new text on one line is folded over several
WIDTH = 100
STEP = 2  # columns by which what is inside stands further to the right

_SURELY_PLAIN = re.compile(r"[^\W\d_](?:[\w’ -]*[\w’])?")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
# What a YAML reader may take for a line end, or refuse, outside an escape.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# We read a date as text; another program would not. Nor do all of them agree on y and n, or on what 010 is.
_DOUBTFUL = re.compile(r"\d{4}-\d\d?-\d\d?(\D.*)?|---.*|\.\.\..*|[yYnN]|[-+]?0[0-9_].*")
_LINE_END = re.compile(r"[\n\r\x85\u2028\u2029]")


def written(
    value: Scalar, *, indent: int = 0, flow: bool = False, style: str | None = None, newline: str = "\n"
) -> str:
    """The value's YAML. `indent` is the column of what holds it, for the lines of a block.

    `flow`: it stands inside brackets. `style`: what the text before it had ("", a quotation mark, | or >), None if new.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        digits = format(value, "f")
        return digits if "." in digits else digits + ".0"
    for attempt in _attempts(value, flow, style):
        shown = attempt(value)
        if shown is not None and _reads_as(shown, value, flow):
            return _indented(shown, indent, newline)
    return _double(value)


def is_block(shown: str) -> bool:
    """Whether what `written` gave is a block, with its text on the lines below."""
    return shown[:1] in ("|", ">") and "\n" in shown.replace("\r", "\n")


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Whether a text needs no quotation marks."""
    if _SURELY_PLAIN.fullmatch(text):
        return text.lower() not in _WORDS_OF_YAML
    if _DOUBTFUL.fullmatch(text):
        return False
    return _LINE_END.search(text) is None and _reads_as(text, text, flow)


def _attempts(text: str, flow: bool, style: str | None) -> list[Callable[[str], str | None]]:
    """The ways to write a text, the most readable first."""
    if flow:
        return [_single] if style == "'" else [] if style == '"' else [_plain_in_flow]
    if "\n" in text or style == "|":
        return [_literal]
    if style == "'":
        return [_single]
    if style == '"':
        return []
    if style == ">" or (style is None and len(text) > LONG):
        return [_folded, _plain]
    return [_plain]


def _plain(text: str) -> str | None:
    return text if is_plain(text) else None


def _plain_in_flow(text: str) -> str | None:
    return text if is_plain(text, flow=True) else None


def _single(text: str) -> str | None:
    return None if _LINE_END.search(text) else "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _literal(text: str) -> str | None:
    if not text.strip() or text.endswith("\n\n") or re.search(r"[\r\x85\u2028\u2029]", text):
        return None
    end = "" if text.endswith("\n") else "-"
    lines = text.removesuffix("\n").split("\n")
    begins_with_space = next(line for line in lines if line.strip())[0] == " "
    return f"|{STEP if begins_with_space else ''}{end}\n" + "\n".join(
        " " * STEP + line if line else "" for line in lines
    )


def _folded(text: str) -> str | None:
    if "  " in text or text != text.strip() or _LINE_END.search(text) or not text:
        return None
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return ">-\n" + "\n".join(" " * STEP + each for each in (*lines, line))


def _indented(shown: str, indent: int, newline: str) -> str:
    """A block's lines moved to their column."""
    first, *rest = shown.split("\n")
    return newline.join([first, *(" " * indent + line if line else "" for line in rest)])


def _reads_as(shown: str, value: str, flow: bool) -> bool:
    if shown == value and _SURELY_PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML:
        return True
    try:
        found = yaml_source.read(f"k: [{shown}]\n" if flow else f"k: {shown}\n").value
    except yaml_source.YamlError:
        return False
    expected: object = [value] if flow else value
    return isinstance(found, dict) and found.get("k") == expected and type(found["k"]) is type(expected)
