"""Writing Moodle XML that Moodle reads."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from app.quizzes.formats import rubrics, weights
from app.quizzes.formats.losses import keep
from app.quizzes.formats.model import Option, Question, Type, Variable, Written
from app.quizzes.formats.moodle_kept import GAP, kept_of
from app.quizzes.formats.numbers_of import answers_of, parts_of

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
        *(
            f"<{name} format={quoteattr(form)}>{_text(said)}</{name}>"
            for name, said in (("correctfeedback", question.if_right), ("incorrectfeedback", question.if_wrong))
            if said
        ),
        *_body(question, form),
        *(f"<hint format={quoteattr(form)}>{_text(each)}</hint>" for each in question.hints),
        *([f"<tags>{tags}</tags>"] if tags else []),
        "</question>",
    ]
    return "\n".join(rows)


def _body(question: Question, form: str) -> list[str]:
    match question.type:
        case Type.SINGLE | Type.MULTIPLE:
            single = str(question.type is Type.SINGLE).lower()
            shuffle = f"<shuffleanswers>{str(question.shuffle).lower()}</shuffleanswers>"
            return [f"<single>{single}</single>", shuffle, *(_answer(each, form, form) for each in question.options)]
        case Type.SHORT_ANSWER:
            return [
                f"<usecase>{int(question.case_counts)}</usecase>",
                *(_typed(each, form) for each in question.options),
            ]
        case Type.TRUE_FALSE:
            return [_typed(each, form) for each in question.options]
        case Type.NUMERIC:
            return [*(_number(each, form) for each in answers_of(question)), *_units(question)]
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
        case Type.FREE_TEXT:
            return _essay(question, form)
    return []


def _essay(question: Question, form: str) -> list[str]:
    rows = []
    if question.rubric:
        rows.append(f"<graderinfo format={quoteattr(form)}>{_text(rubrics.text_of(question.rubric))}</graderinfo>")
    if question.most_words:
        rows.append(f"<maxwordlimit>{question.most_words}</maxwordlimit>")
    return rows


def _calculated(question: Question, form: str) -> list[str]:
    kind = 2 if question.relative_tolerance is None else 1
    width = question.tolerance or Fraction(0)
    tolerance = weights.decimal_text(width if kind == 2 else Fraction(question.relative_tolerance or 0) / 100)
    more = (
        f"<tolerance>{tolerance}</tolerance><tolerancetype>{kind}</tolerancetype>"
        "<correctanswerformat>1</correctanswerformat><correctanswerlength>2</correctanswerlength>"
    )
    rows = [_answer(each, form, "plain_text", more) for each in question.options]
    variables = "".join(_variable(each) for each in question.variables)
    return [*rows, *_units(question), f"<dataset_definitions>{variables}</dataset_definitions>"]


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


def _units(question: Question) -> list[str]:
    """The question's unit, then the others: how many of each make one of it."""
    known = [("1", question.unit)] if question.unit else []
    known += [(weights.decimal_text(weights.inverse(each.factor)), each.name) for each in question.other_units]
    rows = (
        f"<unit><multiplier>{multiplier}</multiplier><unit_name>{escape(name)}</unit_name></unit>"
        for multiplier, name in known
    )
    return [f"<units>{''.join(rows)}</units>"] if known else []


def _with_answers(question: Question) -> str:
    """A text whose gaps are embedded answers."""
    right: dict[str, list[str]] = {}
    for each in question.pairs:
        said = "#" + _embedded(each.feedback) if each.feedback else ""
        right.setdefault(each.prompt, []).append("=" + _embedded(each.match) + said)
    kind = "SHORTANSWER_C" if question.case_counts else "SHORTANSWER"
    return GAP.sub(lambda found: f"{{1:{kind}:{'~'.join(right[found[1]])}}}", question.text)


def _embedded(words: str) -> str:
    return re.sub(r"([}#~/\"\\])", r"\\\1", words)


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"
