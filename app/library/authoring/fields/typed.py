"""What was typed in a field as the value it stands for; what cannot be read as one stays as it was typed."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
EXACT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_GROUPING = re.compile(r"(?<=[0-9])[\s'’](?=[0-9]{3}([^0-9]|$))")


def text_of(value: Any) -> str:
    """What a text field shows of a value; nothing of a list or of keys."""
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return one_kind_of_line_end(value) if isinstance(value, str) else str(value)


def one_kind_of_line_end(text: str) -> str:
    """The text as a browser's field holds it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(value: Any) -> str:
    """The same on one line, for a list that is typed a line a text."""
    return " ".join(text_of(value).split("\n"))


def clean(text: Any, held: Any = None) -> str:
    """What was typed, without what no file may hold; the last line end stays as it was."""
    plain = _CONTROL.sub("", one_kind_of_line_end(str(text)))
    if plain.strip() and isinstance(held, str) and held.endswith("\n"):
        return plain.rstrip() + "\n"
    return plain.strip()


def chosen(given: list[str], held: Any) -> list[Any]:
    """What is ticked, in the order it had; what is new comes last."""
    old = [each for each in held if text_of(each) in given] if isinstance(held, list) else []
    return [*old, *(each for each in dict.fromkeys(map(clean, given)) if each and each not in map(text_of, old))]


def split(given: str, held: Any) -> list[Any]:
    """The lines that hold something; one that was there keeps what it stands for."""
    old = {one_line(each): each for each in held} if isinstance(held, list) else {}
    lines = (clean(line) for line in one_kind_of_line_end(given).split("\n"))
    return [old.get(line, line) for line in lines if line]


def link(given: Mapping[str, str]) -> str:
    """A document, and the part of it if there is one."""
    document, part = clean(given["document"] or ""), clean(given["part"] or "")
    return f"{document}#{part}" if document and part else document


def whole(given: str) -> int | str:
    """A whole number."""
    text = re.sub(r"\s", "", clean(given))
    return int(text) if _WHOLE.fullmatch(text) else clean(given)


def exact(given: str, held: Any, comma: bool) -> str | int | Decimal:
    """A number with a point, in quotes or not as it was; what is none stays as typed."""
    text = _GROUPING.sub("", clean(given).replace("\u202f", " ").replace("\u00a0", " ").replace("−", "-"))
    if text.count(",") == 1 and "." not in text and (comma or not re.search(r",\d{3}$", text)):
        text = text.replace(",", ".")
    if not EXACT.fullmatch(text):
        return clean(given)
    if isinstance(held, int | Decimal) and not isinstance(held, bool):
        return Decimal(text) if "." in text else int(text)
    return text
