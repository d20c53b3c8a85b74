"""From a kind's pydantic model and the words for it to what a form asks: the control, what is required, the bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.library.authoring.fields.presentation import Ask

LONGEST_LINE = 250  # a text that may be longer is asked for on several lines
MOST_ROWS = 500


class Control(Enum):
    """What a field is asked with. `name` in lower case is its macro in the template."""

    LINE = "a text on one line"
    TEXT = "a text"
    LINES = "texts, one a line"
    WHOLE = "a whole number"
    NUMBER = "an exact number, in the reader's notation"
    SHARE = "a part of the points: such a number, or 1/3"
    TICK = "yes or no"
    CHOICE = "one of several"
    TICKS = "any of several"
    OWNER = "a person who writes, or words"
    LINK = "a document, and a part of it"
    ROWS = "rows of fields"
    MADE = "nothing: it is made from another field"


@dataclass(frozen=True)
class Asked:
    """A field to ask. `kinds` are the fields of its rows, by the rows' type ("" when all are alike).

    `default` is the choice, or the tick ("true"), that a document means by leaving it out.
    """

    ask: Ask
    control: Control
    required: bool = False
    longest: int | None = None
    least: int | None = None
    most: int | None = None
    values: tuple[str, ...] = ()
    kinds: Mapping[str, tuple["Asked", ...]] = field(default_factory=dict)
    default: str = ""

    @property
    def name(self) -> str:
        """Its key in the document."""
        return self.ask.name


def asked(model: type[BaseModel], asks: tuple[Ask, ...]) -> tuple[Asked, ...]:
    """The fields of a model, in the order of what is asked; what the model does not have is left out."""
    return tuple(_asked(ask, model.model_fields[ask.name]) for ask in asks if ask.name in model.model_fields)


def _asked(ask: Ask, info: FieldInfo) -> Asked:
    kind, is_optional = _without_none(info.annotation)
    bounds = _bounds(info)
    required = (info.is_required() or bounds.get("fewest", 0) > 0) and not is_optional
    if ask.made_from:
        return Asked(ask, Control.MADE, required)
    if get_origin(kind) is list:
        return _list(ask, get_args(kind)[0], required, bounds)
    values = (
        tuple(map(str, get_args(kind))) if get_origin(kind) is Literal else ("true", "false") if kind is bool else ()
    )
    return Asked(
        ask,
        _control(ask, kind, bounds.get("longest")),
        required,
        bounds.get("longest"),
        bounds.get("least"),
        bounds.get("most"),
        values,
        default=_default(kind, info.default),
    )


def _default(kind: Any, default: Any) -> str:
    if kind is bool:
        return "true" if default is True else ""
    return default if get_origin(kind) is Literal and isinstance(default, str) else ""


def _control(ask: Ask, kind: Any, longest: int | None) -> Control:
    if ask.widget:
        return Control[ask.widget.upper()]
    if kind is bool:
        return Control.CHOICE if ask.words else Control.TICK
    if kind is int:
        return Control.WHOLE
    if kind is Decimal:
        return Control.NUMBER
    if get_origin(kind) is Literal or ask.choices is not None:
        return Control.CHOICE
    return Control.LINE if longest is not None and longest <= LONGEST_LINE else Control.TEXT


def _list(ask: Ask, inner: Any, required: bool, bounds: Mapping[str, int]) -> Asked:
    inner = _plain(inner)
    most = bounds.get("longest")
    if get_origin(inner) is Literal:
        return Asked(ask, Control.TICKS, required, values=tuple(map(str, get_args(inner))))
    if inner is str:
        return Asked(ask, Control.TICKS if ask.choices else Control.LINES, required)
    models = [_plain(each) for each in get_args(inner)] if get_origin(inner) in (Union, UnionType) else [inner]
    kinds = {}
    for model in models:
        kind = _type_of(model) if len(models) > 1 else ""
        kinds[kind] = asked(model, tuple(each for each in ask.asks if not each.types or kind in each.types))
    return Asked(ask, Control.ROWS, required, most=most or MOST_ROWS, kinds=kinds)


def _type_of(model: type[BaseModel]) -> str:
    return str(get_args(model.model_fields["type"].annotation)[0])


def _plain(kind: Any) -> Any:
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return kind


def _without_none(kind: Any) -> tuple[Any, bool]:
    kind = _plain(kind)
    if get_origin(kind) in (Union, UnionType):
        inner = [each for each in get_args(kind) if each is not type(None)]
        if len(inner) < len(get_args(kind)) and len(inner) == 1:
            return _plain(inner[0]), True
    return kind, False


def _bounds(info: FieldInfo) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in info.metadata:
        if isinstance(each, MaxLen):
            found["longest"] = each.max_length
        elif isinstance(each, MinLen):
            found["fewest"] = each.min_length
        elif isinstance(each, Ge) and isinstance(each.ge, int):
            found["least"] = each.ge
        elif isinstance(each, Le) and isinstance(each.le, int):
            found["most"] = each.le
    return found
