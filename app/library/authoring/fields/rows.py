"""Adding, moving and taking away rows of a form that was typed and is not saved."""

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.errors import InvalidInput
from app.library.authoring.fields.asking import Asked, Control
from app.library.authoring.fields.values import Tree, shown

_PLACE = re.compile(r"[a-z_]+(-[0-9]{1,4}-[a-z_]+)*")
_WHAT = re.compile(r"(?P<act>add|up|down|remove|restore):(?P<rows>[a-z0-9_-]{1,120}?)(?::(?P<row>[0-9]{1,4}))?")


@dataclass(frozen=True)
class Done:
    """What was done to the rows, in words, and the name of the row to stand on."""

    said: str
    at: str


def act(what: str, asks: tuple[Asked, ...], tree: Tree, new_type: str, comma: bool) -> Done:
    """Do what a button says to the tree: `add:prices`, `up:questions:3`. Raises InvalidInput."""
    wanted = _WHAT.fullmatch(what)
    if wanted is None or not _PLACE.fullmatch(wanted["rows"]):
        raise InvalidInput
    asked, rows = _find(asks, tree, wanted["rows"].split("-"))
    if wanted["act"] == "add":
        return _add(asked, rows, wanted["rows"], new_type, comma)
    place = int(wanted["row"] or -1)
    if not 0 <= place < len(rows):
        raise InvalidInput
    return _move(wanted["act"], asked, rows, wanted["rows"], place)


def _add(asked: Asked, rows: list[Tree], name: str, new_type: str, comma: bool) -> Done:
    if asked.most is not None and len(rows) >= asked.most:
        raise InvalidInput(_l("There are as many rows as a document may hold."))
    kind = new_type if new_type in asked.kinds else next(iter(asked.kinds))
    inner = asked.kinds[kind]
    rows.append({**shown(inner, {}, comma), **_first_rows(inner, comma), "was": "", "type": kind, "gone": ""})
    return Done(
        _("%(row)s %(number)s: fill it in.", row=_called(asked, kind), number=len(rows)), f"{name}-{len(rows) - 1}"
    )


def _first_rows(inner: tuple[Asked, ...], comma: bool) -> Tree:
    """A row whose own rows are required begins with two of them to fill in."""
    return {
        each.name: [
            {**shown(fields, {}, comma), "was": "", "type": kind, "gone": ""} for kind, fields in each.kinds.items()
        ][:1]
        * 2
        for each in inner
        if each.control is Control.ROWS and each.required
    }


def _move(act: str, asked: Asked, rows: list[Tree], name: str, place: int) -> Done:
    row = _called(asked, rows[place]["type"])
    if act in ("up", "down"):
        other = place + (1 if act == "down" else -1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
            place = other
        said = _("%(row)s is now number %(number)s of %(all)s.", row=row, number=place + 1, all=len(rows))
    elif act == "restore":
        rows[place]["gone"] = ""
        said = _("%(row)s %(number)s is back.", row=row, number=place + 1)
    elif rows[place]["was"]:
        rows[place]["gone"] = "1"
        said = _("%(row)s %(number)s goes when you save. Until then it can be put back.", row=row, number=place + 1)
    else:
        rows.pop(place)
        said = _("%(row)s %(number)s is gone.", row=row, number=place + 1)
        place = max(0, place - 1)
    return Done(said, f"{name}-{place}")


def _called(asked: Asked, _kind: str) -> str:
    return str(asked.ask.row or asked.ask.label)


def _find(asks: tuple[Asked, ...], tree: Tree, steps: list[str]) -> tuple[Asked, list[Any]]:
    """The rows of this name: `questions`, or those inside a row, `questions-3-options`."""
    asked = next((each for each in asks if each.name == steps[0] and each.control is Control.ROWS), None)
    rows = tree.get(steps[0])
    if asked is None or not isinstance(rows, list):
        raise InvalidInput
    if len(steps) == 1:
        return asked, rows
    place = int(steps[1])
    if place >= len(rows):
        raise InvalidInput
    return _find(asked.kinds[rows[place]["type"]], rows[place], steps[2:])
