"""What is wrong with a value, in an author's words: pydantic's errors said so that they can be mended."""

from pydantic_core import ErrorDetails

_WANTED = {
    "string_type": "a text (put it in quotes)",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list, each line beginning with “- ”",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "dict_type": "keys and values",
    "string_pattern_mismatch": "lower-case words joined by hyphens",
}


def place_of(error: ErrorDetails) -> tuple[str | int, ...]:
    """Where an error stands in the YAML: pydantic also names the member of a union, which is no key."""
    place = tuple(part for part in error["loc"] if not (isinstance(part, str) and part.startswith("type:")))
    given = isinstance(error["input"], dict) and "type" in error["input"]
    return (*place, "type") if error["type"] == "question_type" and given else place


def explain(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and what is expected."""
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in place_of(error)) or "the document"
    context = error.get("ctx", {})
    given = error["input"].get("type") if error["type"] == "question_type" else error["input"]
    shown = f"“{where}” is {_short(given)}"
    match error["type"]:
        case "missing":
            return f"no “{where}”", "it to be given"
        case "extra_forbidden":
            return f"the unknown key “{where[:120]}”", "one of the keys in docs/authoring.md"
        case "literal_error" | "enum":
            return shown, f"{context.get('expected')}"
        case "value_error":
            what, _, expected = str(context["error"]).partition("; expected ")
            # A rule over several keys has no place of its own: what it says stands alone.
            return what if not place_of(error) else f"“{where}”: {what}", expected or "another value"
        case "too_short" | "string_too_short":
            return f"“{where}” is empty or too short", f"at least {context.get('min_length')}"
        case "too_long" | "string_too_long":
            return f"“{where}” is too long", f"at most {context.get('max_length')}"
        case "greater_than_equal":
            return shown, f"at least {context.get('ge')}"
        case "less_than_equal":
            return shown, f"at most {context.get('le')}"
        case kind if kind in _WANTED and not (kind == "string_pattern_mismatch" and "-" not in context["pattern"]):
            return shown, _WANTED[kind]
        case "string_pattern_mismatch":
            return shown, f"the form {context['pattern']}"
        case _:
            return shown, error["msg"][:1].lower() + error["msg"][1:]


def _short(value: object) -> str:
    if value is None:
        return "empty"
    shown = f"“{value}”" if isinstance(value, str) else str(value)
    shown = " ".join(shown.split())
    return shown if len(shown) <= 60 else shown[:57] + "…"
