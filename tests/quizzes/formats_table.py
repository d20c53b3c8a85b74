"""What each format keeps, found by trying: the tables of docs/formats.md. Run as a module, it prints them."""

from collections.abc import Callable
from typing import Any

from app.quizzes.formats import quiz_document, yaml_format
from app.quizzes.formats.model import Written
from app.quizzes.formats.registry import FORMATS
from app.quizzes.questions import TYPES
from tests.quizzes.question_factories import QUESTION, question_of
from tests.quizzes.test_quiz_round_trips import essence

COLUMNS = {"gift": "GIFT", "moodle-xml": "Moodle XML", "aiken": "Aiken", "qti": "QTI", "csv": "CSV", "yaml": "YAML"}
_PARTS = [{"accepted": ["creuse"], "feedback": "On creuse."}, {"accepted": ["reformule", "redit"]}]
_ALSO = [{"value": "1020", "credit": "0.5", "feedback": "Presque."}]
_WORDS = [{"text": "redire", "credit": "1/3", "feedback": "En partie."}]
_CREDITS = [
    {"text": "a", "right": True, "feedback": "Oui."},
    {"text": "b", "credit": "1/3", "feedback": "En partie."},
    {"text": "c", "feedback": "Non."},
]
_PAIRS = [{"prompt": "a", "match": "1", "feedback": "Un."}, {"prompt": "b", "match": "2"}]
# What is said of a field, the type it is tried on, how it is set, the fields that must come back.
FIELDS: tuple[tuple[str, str, dict[str, Any], tuple[str, ...]], ...] = (
    ("title", "single", {"title": "Un titre"}, ("title",)),
    ("tags", "single", {"tags": ["prix", "marge"]}, ("tags",)),
    ("points", "single", {"points": 3}, ("points",)),
    ("hints", "single", {"hints": ["Pensez-y."]}, ("hints",)),
    ("picture", "single", {"picture": "attachment:a.png", "picture_alt": "Un plan"}, ("picture", "picture_alt")),
    ("`read_again`", "single", {}, ("read_again",)),
    ("`made_from`", "single", {"made_from": "offer:x#prices-pose"}, ("made_from",)),
    ("options: text, feedback, credit", "single", {"options": _CREDITS}, ("options",)),
    ("options stay in their order", "single", {"shuffle": False}, ("shuffle",)),
    ("true/false: both feedbacks", "true_false", {}, ("if_true", "if_false")),
    ("number: value, tolerance", "numeric", {}, ("value", "tolerance")),
    ("number: relative tolerance", "numeric", {"tolerance": "0", "relative_tolerance": "2"}, ("relative_tolerance",)),
    ("number: unit", "numeric", {}, ("unit",)),
    ("number: other units", "numeric", {"other_units": [{"unit": "k€", "factor": "1000"}]}, ("other_units",)),
    ("number: other numbers, their credit and feedback", "numeric", {"also": _ALSO}, ("also",)),
    ("number: if right, if wrong", "numeric", {}, ("if_right", "if_wrong")),
    ("calculation: variables, rounding, tolerance", "calculated", {}, ("variables", "decimals", "tolerance")),
    ("calculation: if right, if wrong", "calculated", {}, ("if_right", "if_wrong")),
    ("words: accepted", "short_answer", {"accepted": ["redire", "dire"]}, ("accepted",)),
    ("words: wildcards", "short_answer", {}, ("accepted",)),
    ("words: other words, their credit", "short_answer", {"accepted": ["dire"], "also": _WORDS}, ("also",)),
    ("words: if right, if wrong", "short_answer", {"accepted": ["dire"]}, ("if_right", "if_wrong")),
    ("words: capitals count", "short_answer", {"accepted": ["dire"], "case_counts": True}, ("case_counts",)),
    ("words: accents count", "short_answer", {"accepted": ["dire"], "accents_count": True}, ("accents_count",)),
    ("words: a near miss", "short_answer", {"accepted": ["dire"], "near_miss_credit": "0.5"}, ("near_miss_credit",)),
    ("gaps: several accepted words", "gaps", {}, ("gaps",)),
    ("gaps: feedback of a gap", "gaps", {"gaps": _PARTS}, ("gaps",)),
    ("gaps: capitals count", "gaps", {"case_counts": True}, ("case_counts",)),
    ("gaps: if right, if wrong", "gaps", {}, ("if_right", "if_wrong")),
    (
        "gaps: words to choose from, wrong ones",
        "gaps",
        {"choose": True, "wrong": ["conclut"], "gaps": [{"accepted": ["creuse"]}, {"accepted": ["redit"]}]},
        ("gaps", "choose", "wrong"),
    ),
    ("pairs, wrong matches", "matching", {}, ("pairs", "wrong")),
    ("pairs: feedback of a pair", "matching", {"pairs": _PAIRS}, ("pairs",)),
    ("pairs: if right, if wrong", "matching", {}, ("if_right", "if_wrong")),
    ("order: items", "ordering", {}, ("items",)),
    ("order: if right, if wrong", "ordering", {}, ("if_right", "if_wrong")),
    ("written: model answer", "free_text", {}, ("model_answer",)),
    ("written: rubric", "free_text", {}, ("rubric",)),
    ("written: most words", "free_text", {"most_words": 120}, ("most_words",)),
)


def _written(name: str, question: Any) -> Written:
    neutral = [quiz_document.from_quiz(question)]
    write = FORMATS[name].write
    return write(neutral) if write else yaml_format.write(neutral, {"id": "q", "title": "T", "step": "s"})


def _again(name: str, question: Any) -> Any:
    """The question after a round; None when the format has no place for it."""
    reading = FORMATS[name].read(_written(name, question).content)
    if not reading.questions:
        return None
    fitted = quiz_document.fit(reading.questions[0], read_again="step:elsewhere", language="fr")
    return QUESTION.validate_python(fitted.values)


def _type_cell(name: str, kind: str) -> str:
    question = question_of(kind, **({"accepted": ["dire"]} if kind == "short_answer" else {}))
    made = _again(name, question)
    return "no" if made is None else "yes" if made.type == kind else f"as `{made.type}`"


def _field_cell(name: str, row: tuple[str, str, dict[str, Any], tuple[str, ...]]) -> str:
    _, kind, changes, fields = row
    question = question_of(kind, **changes)
    made = _again(name, question)
    if made is None or made.type != kind:
        return "—"
    before, after = essence(question), essence(made)
    return "yes" if all(after[field] == before[field] for field in fields) else "no"


def _table(first: str, rows: list[str], cell: Callable[[str, int], str]) -> str:
    lines = [f"| {first} | {' | '.join(COLUMNS.values())} |", "| --- " * (len(COLUMNS) + 1) + "|"]
    for place, name in enumerate(rows):
        lines.append(f"| {name} | {' | '.join(cell(each, place) for each in COLUMNS)} |")
    return "\n".join(lines)


def types_table() -> str:
    """Which types each format has a place for."""
    return _table("type", [f"`{kind}`" for kind in TYPES], lambda name, place: _type_cell(name, TYPES[place]))


def fields_table() -> str:
    """Which fields come back as they were."""
    return _table("what", [row[0] for row in FIELDS], lambda name, place: _field_cell(name, FIELDS[place]))


if __name__ == "__main__":
    print(types_table(), fields_table(), sep="\n\n")
