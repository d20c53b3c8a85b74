"""What is wrong, in words that stand beside a field."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.library import mistakes
from app.library.authoring.fields import typed
from app.library.authoring.fields.asking import Control
from app.library.kinds import Kind
from app.library.problem_words import spoken

Path = tuple[str | int, ...]

_MISSING = {"missing", "string_too_short"}
_NO_NUMBER = {"int_type", "int_parsing", "int_from_float", "int_parsing_size"}


def wrong_in(kind: Kind, values: dict[str, Any]) -> list[ErrorDetails]:
    """What the kind's model refuses in these values."""
    try:
        kind.facts.model_validate(values)
    except ValidationError as wrong:
        return wrong.errors(include_url=False)
    return []


def said_of(error: ErrorDetails, control: Control | None) -> str:
    """One of them, in a sentence."""
    return str(_said_of(error, control))


def _said_of(error: ErrorDetails, control: Control | None) -> object:
    context, given = error.get("ctx", {}), error["input"]
    if error["type"] in _MISSING or given is None or (isinstance(given, str) and not given.strip()):
        return _("Choose one.") if control is Control.CHOICE else _("Fill this in.")
    if error["type"] == "string_too_long":
        return _("At most %(number)s characters.", number=context.get("max_length"))
    if error["type"] == "too_short":
        least = int(context.get("min_length") or 1)
        return ngettext("At least %(num)d is needed.", "At least %(num)d are needed.", least)
    if error["type"] == "too_long":
        return _("At most %(number)s rows.", number=context.get("max_length"))
    if error["type"] in _NO_NUMBER:
        return _("A whole number is needed here, such as 3.")
    if error["type"] == "greater_than_equal":
        return _("At least %(number)s.", number=_plain(context.get("ge")))
    if error["type"] == "less_than_equal":
        return _("At most %(number)s.", number=_plain(context.get("le")))
    if error["type"] in ("literal_error", "bool_type", "question_type"):
        return _("“%(given)s” is none of the choices.", given=str(given)[:60])
    if error["type"] == "string_pattern_mismatch" and "A-Z" in str(context.get("pattern")):
        return _("Three capital letters, such as EUR.")
    if error["type"] == "value_error" and (control is not Control.NUMBER or typed.EXACT.fullmatch(str(given))):
        what, _sign, expected = str(context["error"]).partition("; expected ")
        if expected:
            what, expected = spoken(what, expected)
            return _("%(what)s, expected: %(expected)s", what=what, expected=expected)
    if control is Control.NUMBER:
        return _("A number is needed here, such as 390.00.")
    what, expected = spoken(*mistakes.explain(error))
    return _("%(what)s, expected: %(expected)s", what=what, expected=expected)


def _plain(bound: Any) -> str:
    return str(int(bound)) if isinstance(bound, int | float | Decimal) else str(bound)
