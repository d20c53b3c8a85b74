"""Moodle's questions that are answered with a number: values, units, formulas."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import weights
from app.quizzes.formats.answers import Answer, Answers, Note, TextOf, Unusable
from app.quizzes.formats.markup import Text
from app.quizzes.formats.model import FULL, Question, Type, Unit, Variable
from app.quizzes.formats.numbers_of import numeric_option, option_of, with_best_number
from app.quizzes.formats.xml_source import Node


def answer_of(node: Node, text: Text, text_of: TextOf) -> Answer:
    """An answer with its share and its feedback. Raises Unusable."""
    feedback = text_of(node.first("feedback"))
    old = node.text_at("fraction")  # as a tag, from 0 to 1: files of long ago
    given = node.attributes.get("fraction")
    if given is None and old:
        share: Fraction | None = weights.share_of(weights.number(old) or Decimal(0))
    else:
        share = weights.fraction_of(given or "0")
    if share is None:
        raise Unusable(f"the weight {str(given)[:20]}, expected a percentage from -100 to 100")
    return Answer(text, share, feedback)


def numerical(node: Node, text_of: TextOf, note: Note) -> Answers:
    """Numbers, each with its tolerance and its share."""
    options = []
    for each in node.all("answer"):
        given = each.text_at("text") or each.text.strip()
        written = given if given == "*" else option_of(given, each.text_at("tolerance") or "0")
        if written is None:
            raise Unusable(f"the numeric answer “{given[:60]}” with the tolerance “{each.text_at('tolerance')[:20]}”")
        options.append(answer_of(each, Text(numeric_option(written) or written), text_of))
    unit, others = _units(node, note)
    return Answers(
        Type.NUMERIC,
        tuple(options),
        typed=True,
        finish=lambda question: with_best_number(replace(question, unit=unit, other_units=others)),
    )


def _units(node: Node, note: Note) -> tuple[str, tuple[Unit, ...]]:
    """The unit whose multiplier is 1, and the others. Moodle says how many of each make one of the question's unit."""
    units = node.first("units")
    own, others = "", []
    for each in units.all("unit") if units else []:
        name, multiplier = each.text_at("unit_name"), weights.number(each.text_at("multiplier") or "1")
        factor = weights.inverse(multiplier) if multiplier else None
        if factor == 1 and not own:
            own = name
        elif factor is not None and factor > 0 and name:
            others.append(Unit(name, factor))
        elif name:
            note(f"its unit “{name[:20]}” is left out")
    return own, tuple(others)


def calculated(node: Node, text_of: TextOf, note: Note) -> Answers:
    """A formula; of one with choices, the right one is asked for as a number."""
    answers = node.all("answer")
    is_choice = node.attributes.get("type") == "calculatedmulti"
    options = [answer_of(each, Text(each.text_at("text") or each.text.strip()), text_of) for each in answers]
    if is_choice:
        if any(each.fraction != FULL for each in options):
            note("its wrong choices are left out: the result is asked for")
        options = [replace(each, text=Text(_formula(each.text.words))) for each in options if each.fraction == FULL]
    first = answers[0] if answers else node
    tolerance = weights.number(first.text_at("tolerance") or "0")
    kind = {"1": "relative", "3": "geometric"}.get(first.text_at("tolerancetype") or "1", "absolute")
    if kind == "geometric":
        note("its tolerance is geometric, and kept as relative")
    if len({each.text_at("tolerance") for each in answers}) > 1:
        note("the tolerances of its other answers are left out")
    variables, (unit, others) = _variables(node), _units(node, note)
    is_absolute = kind == "absolute" or not tolerance

    def finish(question: Question) -> Question:
        return replace(
            question,
            tolerance=tolerance if is_absolute else None,
            relative_tolerance=None if is_absolute or tolerance is None else tolerance * 100,
            variables=variables,
            unit=unit,
            other_units=others,
        )

    return Answers(Type.CALCULATED, tuple(options), typed=True, finish=finish)


def _formula(text: str) -> str:
    """The formula of a choice such as “{={a}+{b}} €”.

    >>> _formula("{={a}*(1+{b})} EUR")
    '{a}*(1+{b})'
    """
    start = text.find("{=")
    if start < 0:
        return text
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 2 : place]
    return text


def _variables(node: Node) -> tuple[Variable, ...]:
    definitions = node.first("dataset_definitions")
    found = []
    for each in definitions.all("dataset_definition") if definitions else []:
        low, high, decimals = (
            weights.number(each.text_at(name, "text")) for name in ("minimum", "maximum", "decimals")
        )
        if low is None or high is None or low > high:
            raise Unusable(f"the variable {each.text_at('name', 'text')[:40]} without a range of numbers")
        places = min(15, max(0, int(decimals or 0)))
        found.append(Variable(each.text_at("name", "text"), low, high, places))
    return tuple(found)
