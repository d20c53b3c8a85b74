"""Between what a document holds and what its form shows: texts, ticks and rows, in the reader's notation.

What comes back as it was shown was not changed: the document keeps it, whatever it is. What cannot be read as the
number it should be is kept as it was typed, for the check to point at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import InvalidInput
from app.library.authoring.fields import keys, typed
from app.library.authoring.fields.asking import Asked, Control
from app.library.yaml_alignment import same

Tree = dict[str, Any]  # what a form shows: texts, ticks (bool), lists of texts, lists of trees

_ABSENT, _KEPT = object(), object()


def shown(asks: Iterable[Asked], values: Any, comma: bool) -> Tree:
    """What a form shows of a document's values. `comma`: numbers have a decimal comma."""
    held = values if isinstance(values, dict) else {}
    return {each.name: _shown(each, held.get(each.name), comma) for each in asks if each.control is not Control.MADE}


def _shown(asked: Asked, value: Any, comma: bool) -> Any:
    match asked.control:
        case Control.TICK:
            return value is True or (value is None and asked.default == "true")
        case Control.TICKS:
            return [typed.text_of(each) for each in value] if isinstance(value, list) else []
        case Control.LINES:
            return (
                "\n".join(typed.one_line(each) for each in value) if isinstance(value, list) else typed.text_of(value)
            )
        case Control.ROWS:
            rows = value if isinstance(value, list) else []
            return [_row(asked, row, place, comma) for place, row in enumerate(rows)]
        case Control.LINK:
            document, _, part = typed.text_of(value).partition("#")
            return {"document": document, "part": part}
        case Control.OWNER:
            return {"person": "", "words": typed.text_of(value)}
        case Control.NUMBER | Control.SHARE:
            text = typed.text_of(value)
            return text.replace(".", ",") if comma and typed.EXACT.fullmatch(text) else text
        case _:
            return typed.text_of(value)


def _row(asked: Asked, row: Any, place: int, comma: bool) -> Tree:
    kind = type_of(asked, row)
    return {**shown(asked.kinds[kind], row, comma), "was": str(place), "type": kind, "gone": ""}


def size(tree: Any) -> int:
    """How many fields a form of this tree has."""
    if isinstance(tree, dict):
        return sum(map(size, tree.values()))
    return sum(map(size, tree)) if isinstance(tree, list) else 1


def type_of(asked: Asked, row: Any) -> str:
    """The type of a row; the first when it has none that is known."""
    given = row.get("type") if isinstance(row, dict) else None
    return given if isinstance(given, str) and given in asked.kinds else next(iter(asked.kinds))


@dataclass
class Taking:
    """What a form holds becomes values again. `settled` are made keys that stay for ever, whatever their title.

    `places` says afterwards which row of the new list each row of the form became, by the name of its field.
    """

    comma: bool
    settled: frozenset[str] = frozenset()
    keeps_gone: bool = False
    places: dict[str, str] = field(default_factory=dict)

    def mapping(self, asks: Iterable[Asked], tree: Tree, held: Any, name: str = "") -> dict[str, Any]:
        """The values of a document or row, with those of `held` that are not asked for."""
        result: dict[str, Any] = dict(held) if isinstance(held, dict) else {}
        before: str | None = None
        for asked in asks:
            if asked.control is not Control.MADE:
                value = self._value(asked, tree.get(asked.name), result.get(asked.name), f"{name}{asked.name}")
                result = _with(result, asked.name, value, before)
            if asked.name in result:
                before = asked.name
        return result

    def _value(self, asked: Asked, given: Any, held: Any, name: str) -> Any:
        if asked.control is Control.ROWS:
            return _KEPT if given is None else self._rows(asked, given, held, name)
        if given is None or given == _shown(asked, held, self.comma):
            return _KEPT
        match asked.control:
            case Control.TICK:
                return bool(given)
            case Control.TICKS:
                value: Any = typed.chosen(given, held)
            case Control.LINES:
                value = typed.split(given, held)
            case Control.LINK:
                value = typed.link(given)
            case Control.OWNER:
                value = typed.clean(given["person"] or given["words"] or "")
                if value.lower() == typed.text_of(held).lower():
                    return _KEPT
            case Control.WHOLE:
                value = typed.whole(given)
            case Control.NUMBER | Control.SHARE:
                value = typed.exact(given, held, self.comma)
            case Control.CHOICE if asked.values[:1] == ("true",):
                value = {"true": True, "false": False}.get(given, typed.clean(given))
            case _:
                value = typed.clean(given, held)
        return _ABSENT if value in ("", []) and not asked.required else value

    def _rows(self, asked: Asked, given: list[Tree], held: Any, name: str) -> Any:
        old = held if isinstance(held, list) else []
        new: list[Any] = []
        used: set[int] = set()
        for place, tree in enumerate(given):
            here = f"{name}-{place}-"
            was = _place(tree.get("was"), len(old))
            was = None if was in used else was
            kind = tree["type"]
            if was is not None and kind != type_of(asked, old[was]):
                raise InvalidInput  # a form made by hand: a row keeps its type
            if (tree.get("gone") and not self.keeps_gone) or (was is None and _is_blank(asked.kinds[kind], tree)):
                self.places[here + "was"] = ""
                continue
            base = old[was] if was is not None else _beginning(asked, kind)
            if was is not None:
                used.add(was)
            row = self.mapping(asked.kinds[kind], tree, base, here)
            self.places[here + "was"] = str(len(new))
            new.append(row)
        keys.make(asked, new, old, self.settled)
        if same(new, old):
            return _KEPT
        return new if new or asked.required else _ABSENT


def _with(values: dict[str, Any], name: str, value: Any, before: str | None) -> dict[str, Any]:
    """The values with this one in its place: a new key after the one that is asked before it."""
    if value is _KEPT:
        return values
    if value is _ABSENT:
        return {key: each for key, each in values.items() if key != name}
    if name in values:
        return {**values, name: value}
    items = list(values.items())
    at = list(values).index(before) + 1 if before in values else 0
    return dict([*items[:at], (name, value), *items[at:]])


def _beginning(asked: Asked, kind: str) -> dict[str, Any]:
    return {"type": kind} if kind else {}


def _is_blank(asks: Iterable[Asked], tree: Tree) -> bool:
    """Whether nothing was written in a new row; what was only chosen from a list does not count."""
    for each in asks:
        given = tree.get(each.name)
        if each.control is Control.ROWS:
            if any(not _is_blank(each.kinds[row["type"]], row) for row in given or []):
                return False
        elif each.control is Control.LINK:
            if given and given["document"]:
                return False
        elif each.control not in (Control.CHOICE, Control.MADE, Control.TICK) and given:
            return False
    return True


def _place(given: Any, most: int) -> int | None:
    number = int(given) if isinstance(given, str) and re.fullmatch(r"[0-9]{1,5}", given) else most
    return number if number < most else None
