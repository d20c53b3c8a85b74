"""Writing Moodle XML that Moodle reads."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from app.quizzes.formats import weights
from app.quizzes.formats.losses import as_percentages, keep, tidy
from app.quizzes.formats.model import FULL, Option, Pair, Question, Type, Variable, Written
from app.quizzes.formats.numbers_of import answers_of, parts_of, with_best_number

NAME = "Moodle XML"
_ITEMS = 10  # values written for each variable, as Moodle draws from a list
_KINDS = {
    Type.SINGLE: "multichoice",
    Type.MULTIPLE: "multichoice",
    Type.TRUE_FALSE: "truefalse",
    Type.NUMERIC: "numerical",
    Type.CALCULATED: "calculated",
    Type.SHORT_ANSWER: "shortanswer",
    Type.MATCHING: "matching",
    Type.CATEGORIES: "matching",
    Type.ORDERING: "ordering",
    Type.FREE_TEXT: "essay",
}
_GAP = re.compile(r"\[\[(\d{1,4})\]\]")
_EMBEDDED = re.compile(r"\{\d{0,6}:[A-Z_]{2,20}:")
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(questions: Iterable[Question]) -> Written:
    """A Moodle XML file, and what it could not carry."""
    kept = keep(questions, kept_of, NAME)
    out, category = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], ""
    for question in kept.questions:
        if question.category != category:
            category = question.category
            out.append(f'<question type="category"><category>{_text(category)}</category></question>')
        out.append(_question(question))
    return Written("\n".join([*out, "</quiz>", ""]).encode(), kept.losses, kept.left_out)


def kept_of(question: Question) -> Question | str:
    """What Moodle XML keeps of a question, or why it keeps nothing."""
    known = _in_xml(tidy(question))
    options = as_percentages(known.options)
    known = replace(known, options=options, points=_seven_decimals(known.points), read_again="")
    if known.type is not Type.SHORT_ANSWER:
        known = replace(known, case_counts=False)
    if known.type not in (Type.NUMERIC, Type.CALCULATED):
        known = replace(known, unit="")
    match known.type:
        case Type.TRUE_FALSE:
            return replace(known, options=tuple(sorted(options, key=lambda each: each.text != "true")))
        case Type.NUMERIC:
            return with_best_number(replace(known, options=answers_of(known)))
        case Type.MATCHING | Type.CATEGORIES:
            pairs = tuple(Pair(each.prompt, " ".join(each.match.split())) for each in known.pairs)
            return replace(known, type=Type.MATCHING, pairs=pairs)
        case Type.ORDERING:
            return replace(known, options=tuple(Option(each.text, FULL) for each in options))
        case Type.GAPS:
            return _kept_gaps(known)
        case Type.FREE_TEXT:
            return replace(known, options=(), pairs=())
    return known


def _kept_gaps(question: Question) -> Question | str:
    places = [int(number) for number in _GAP.findall(question.text)]
    if places != list(range(1, len(places) + 1)) or {each.prompt for each in question.pairs} != set(map(str, places)):
        return "gaps that are not numbered in their order"
    if question.chosen and len(question.pairs) != len(places):
        return "a gap with several right choices"
    if not question.chosen and _EMBEDDED.search(question.text):
        return "a text that looks like an embedded answer"
    if any(not each.match for each in question.pairs) or "*" in (each.match for each in question.pairs):
        return "a gap with an empty answer"
    if not question.chosen and any("{" in each.match for each in question.pairs):
        return "a gap whose answer has a brace"
    pairs = tuple(sorted(question.pairs, key=lambda each: int(each.prompt)))
    options = tuple(Option(each.text) for each in question.options) if question.chosen else ()
    return replace(question, pairs=pairs, options=options)


def _in_xml(question: Question) -> Question:
    """The question without the few characters that XML cannot hold."""

    def can(text: str) -> str:
        return _NOT_XML.sub("", text)

    return tidy(
        replace(
            question,
            title=can(question.title),
            text=can(question.text),
            feedback=can(question.feedback),
            options=tuple(Option(can(each.text), each.fraction, can(each.feedback)) for each in question.options),
            pairs=tuple(Pair(can(each.prompt), can(each.match)) for each in question.pairs),
            tags=tuple(can(each) for each in question.tags),
            category=can(question.category),
            unit=can(question.unit),
        )
    )


def _seven_decimals(points: Fraction) -> Fraction:
    return round(points, 7) if points > 0 else FULL


def _question(question: Question) -> str:
    form = "plain_text" if question.is_plain else "markdown"
    kind = _KINDS.get(question.type) or ("gapselect" if question.chosen else "cloze")
    text = _with_answers(question) if kind == "cloze" else question.text
    tags = "".join(f"<tag>{_text(each)}</tag>" for each in question.tags)
    rows = [
        f'<question type="{kind}">',
        f"<name>{_text(question.title)}</name>",
        f"<questiontext format={quoteattr(form)}>{_text(text)}</questiontext>",
        f"<generalfeedback format={quoteattr(form)}>{_text(question.feedback)}</generalfeedback>",
        f"<defaultgrade>{weights.decimal_text(question.points)}</defaultgrade>",
        f"<idnumber>{escape(question.key)}</idnumber>",
        *_body(question, form),
        *([f"<tags>{tags}</tags>"] if tags else []),
        "</question>",
    ]
    return "\n".join(rows)


def _body(question: Question, form: str) -> list[str]:
    match question.type:
        case Type.SINGLE | Type.MULTIPLE:
            single = str(question.type is Type.SINGLE).lower()
            return [f"<single>{single}</single>", *(_answer(each, form, form) for each in question.options)]
        case Type.SHORT_ANSWER:
            return [
                f"<usecase>{int(question.case_counts)}</usecase>",
                *(_typed(each, form) for each in question.options),
            ]
        case Type.TRUE_FALSE:
            return [_typed(each, form) for each in question.options]
        case Type.NUMERIC:
            return [*(_number(each, form) for each in answers_of(question)), *_units(question.unit)]
        case Type.CALCULATED:
            return _calculated(question, form)
        case Type.MATCHING:
            return [
                f"<subquestion format={quoteattr(form)}>{_text(each.prompt)}"
                f"<answer>{_text(each.match)}</answer></subquestion>"
                for each in question.pairs
            ]
        case Type.ORDERING:
            return [
                f'<answer fraction="{place}" format={quoteattr(form)}>{_text(each.text)}</answer>'
                for place, each in enumerate(question.options, start=1)
            ]
        case Type.GAPS if question.chosen:
            words = [each.match for each in question.pairs] + [each.text for each in question.options]
            return [f"<selectoption>{_text(each)}<group>1</group></selectoption>" for each in words]
    return []


def _calculated(question: Question, form: str) -> list[str]:
    kind = 1 if question.tolerance_kind == "relative" else 2
    tolerance = weights.decimal_text(question.tolerance or Fraction(0))
    more = (
        f"<tolerance>{tolerance}</tolerance><tolerancetype>{kind}</tolerancetype>"
        "<correctanswerformat>1</correctanswerformat><correctanswerlength>2</correctanswerlength>"
    )
    rows = [_answer(each, form, "plain_text", more) for each in question.options]
    variables = "".join(_variable(each) for each in question.variables)
    return [*rows, *_units(question.unit), f"<dataset_definitions>{variables}</dataset_definitions>"]


def _variable(variable: Variable) -> str:
    low, high = Fraction(variable.minimum), Fraction(variable.maximum)
    values = [round(low + (high - low) * place / (_ITEMS - 1), variable.decimals) for place in range(_ITEMS)]
    items = "".join(
        f"<dataset_item><number>{number}</number><value>{weights.decimal_text(value)}</value></dataset_item>"
        for number, value in enumerate(values, start=1)
    )
    parts = {
        "status": "private",
        "name": variable.name,
        "distribution": "uniform",
        "minimum": weights.decimal_text(variable.minimum),
        "maximum": weights.decimal_text(variable.maximum),
        "decimals": str(variable.decimals),
    }
    said = "".join(f"<{name}>{_text(value)}</{name}>" for name, value in parts.items())
    return (
        f"<dataset_definition>{said}<type>calculated</type><itemcount>{_ITEMS}</itemcount>"
        f"<dataset_items>{items}</dataset_items><number_of_items>{_ITEMS}</number_of_items></dataset_definition>"
    )


def _answer(option: Option, form: str, own_form: str, more: str = "") -> str:
    return (
        f'<answer fraction="{weights.percent_of(option.fraction)}" format={quoteattr(own_form)}>{_text(option.text)}'
        f"<feedback format={quoteattr(form)}>{_text(option.feedback)}</feedback>{more}</answer>"
    )


def _typed(option: Option, form: str) -> str:
    return _answer(option, form, "moodle_auto_format")


def _number(option: Option, form: str) -> str:
    value, tolerance = parts_of(option.text) or (None, None)
    if value is None or tolerance is None:
        return _answer(option, form, "moodle_auto_format")
    named = replace(option, text=weights.decimal_text(value))
    return _answer(named, form, "moodle_auto_format", f"<tolerance>{weights.decimal_text(tolerance)}</tolerance>")


def _units(unit: str) -> list[str]:
    if not unit:
        return []
    return [f"<units><unit><multiplier>1</multiplier><unit_name>{escape(unit)}</unit_name></unit></units>"]


def _with_answers(question: Question) -> str:
    """A text whose gaps are embedded answers."""
    right: dict[str, list[str]] = {}
    for each in question.pairs:
        right.setdefault(each.prompt, []).append("=" + re.sub(r"([}#~/\"\\])", r"\\\1", each.match))
    return _GAP.sub(lambda found: f"{{1:SHORTANSWER:{'~'.join(right[found[1]])}}}", question.text)


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"
