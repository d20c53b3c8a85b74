"""Questions answered with a number, from and to the neutral question."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.quizzes import calculation
from app.quizzes import questions as types
from app.quizzes.calculation import WrongFormula
from app.quizzes.formats import weights
from app.quizzes.formats.model import ANYTHING, FULL, NONE, Option, Question, Unit, Variable
from app.quizzes.formats.numbers_of import answers_of, option_of, parts_of
from app.quizzes.formats.quiz_document import formulas
from app.quizzes.formats.quiz_document.fitting import Fitted, Says, Unfit, credit

MOST_DECIMALS = 6
LONGEST_FORMULA = 1_000  # in the notation of others, which is longer than ours
_NAMED = re.compile(r"\{([A-Za-z_]\w{0,63})\}")
Asked = types.NumericQuestion | types.CalculatedQuestion


def from_numeric(question: types.NumericQuestion) -> dict[str, Any]:
    """The right number, the others, anything else."""
    answers = [_answer(question.value, question.tolerance, FULL, question.if_right)]
    answers += [_answer(each.value, each.tolerance, Fraction(each.credit), each.feedback) for each in question.also]
    answers.append(Option(ANYTHING, NONE, question.if_wrong))
    return {"options": tuple(answers), "value": question.value, "tolerance": question.tolerance, **_within(question)}


def _answer(value: Decimal, tolerance: Decimal, share: Fraction, feedback: str) -> Option:
    written = option_of(weights.decimal_text(value), weights.decimal_text(tolerance))
    return Option(written or weights.decimal_text(value), share, feedback)


def _within(question: Asked) -> dict[str, Any]:
    return {
        "relative_tolerance": question.relative_tolerance or None,
        "unit": question.unit or "",
        "other_units": tuple(Unit(each.unit, each.factor) for each in question.other_units),
    }


def from_calculated(question: types.CalculatedQuestion) -> dict[str, Any]:
    """The formula as other platforms write it; a result that is rounded is a formula that rounds."""
    formula = formulas.to_moodle(question.formula, question.decimals)
    return {
        "options": (Option(formula, FULL, question.if_right), Option(ANYTHING, NONE, question.if_wrong)),
        "variables": tuple(Variable(each.name, each.low, each.high, each.decimals) for each in question.variables),
        "tolerance": question.tolerance,
        **_within(question),
    }


def numeric(question: Question, says: Says, fitted: Fitted) -> None:
    """The first number that earns all is the right one; the others stand beside it."""
    answers = answers_of(question)
    full = [each for each in answers if each.fraction == FULL and each.text != ANYTHING]
    if not full:
        raise Unfit("a numeric question in which any number is right")
    value, tolerance = parts_of(full[0].text) or (Decimal(0), Decimal(0))
    # The writing of the question is kept where it is the same number: 1026.00 and not 1026.
    shown = question.value if question.value == value and question.value is not None else value
    fitted.values["value"] = format(shown, "f")
    if tolerance:
        shown = question.tolerance if question.tolerance == tolerance and question.tolerance else tolerance
        fitted.values["tolerance"] = format(shown, "f")
    _set_within(question, fitted)
    also = [each for each in answers if each is not full[0] and each.text != ANYTHING]
    if also:
        fitted.values["also"] = [_also(each, says, fitted) for each in also]
    said(full[0], answers, says, fitted)


def _also(option: Option, says: Says, fitted: Fitted) -> dict[str, Any]:
    value, tolerance = parts_of(option.text) or (Decimal(0), Decimal(0))
    row: dict[str, Any] = {"value": format(value, "f")}
    if tolerance:
        row["tolerance"] = format(tolerance, "f")
    if option.fraction:
        row["credit"] = credit(option.fraction, fitted)
    return row | {"feedback": says.of(option.feedback, option.fraction > NONE)}


def _set_within(question: Question, fitted: Fitted) -> None:
    if question.relative_tolerance:
        fitted.values["relative_tolerance"] = format(question.relative_tolerance, "f")
    if question.unit:
        fitted.values["unit"] = question.unit
    if question.other_units:
        fitted.values["other_units"] = [
            {"unit": each.name, "factor": format(each.factor, "f")} for each in question.other_units
        ]


def said(right: Option, answers: tuple[Option, ...], says: Says, fitted: Fitted) -> None:
    """What is said to who is right, and to who is not."""
    others = next((each for each in answers if each.text == ANYTHING), Option(ANYTHING))
    if others.fraction != NONE:
        fitted.losses.append("any other answer earns nothing")
    fitted.values["if_right"] = says.of(right.feedback, True)
    fitted.values["if_wrong"] = says.of(others.feedback, False)


def calculated(question: Question, says: Says, fitted: Fitted) -> None:
    """The formula in our notation. Raises Unfit for what it may not hold."""
    full = [each for each in question.options if each.fraction == FULL and each.text != ANYTHING]
    if not full:
        raise Unfit("a calculated question without a formula that is right")
    if len([each for each in question.options if each.text != ANYTHING]) > 1:
        fitted.losses.append("its other formulas, and what is said to them")
    if "{=" in question.text:
        raise Unfit("an expression to be calculated inside its text")
    if len(full[0].text) > LONGEST_FORMULA:
        raise Unfit(f"a formula of {len(full[0].text)} characters, expected at most {LONGEST_FORMULA}")
    names = _names(question.variables)
    formula, decimals = formulas.to_ours(full[0].text, names)
    try:
        calculation.read(formula)
    except WrongFormula as wrong:
        raise Unfit(f"the formula “{full[0].text[:80]}”: {wrong.what}, expected {wrong.expected}") from None
    fitted.values["text"] = _renamed(question.text, names)
    fitted.values["variables"] = [_variable(each, names, fitted) for each in question.variables]
    fitted.values["formula"] = formula
    if decimals is not None:
        fitted.values["decimals"] = decimals
    if question.tolerance:
        fitted.values["tolerance"] = format(question.tolerance, "f")
    _set_within(question, fitted)
    said(full[0], question.options, says, fitted)
    for name in ("if_right", "if_wrong"):
        fitted.values[name] = _renamed(fitted.values[name], names)


def _names(variables: tuple[Variable, ...]) -> dict[str, str]:
    """Our name of each variable: small letters, digits, underscores."""
    names: dict[str, str] = {}
    for each in variables:
        plain = re.sub(r"[^a-z0-9_]", "", each.name.lower()).lstrip("0123456789_")[:16] or "x"
        taken, number, name = set(names.values()), 2, plain
        while name in taken or name in formulas.FUNCTIONS:
            name, number = f"{plain}_{number}", number + 1
        names[each.name] = name
    return names


def _renamed(text: str, names: dict[str, str]) -> str:
    return _NAMED.sub(lambda found: f"{{{names.get(found[1], found[1])}}}", text)


def _variable(variable: Variable, names: dict[str, str], fitted: Fitted) -> dict[str, Any]:
    if variable.decimals > MOST_DECIMALS:
        fitted.losses.append(f"the decimals of its variable {variable.name[:20]}, past {MOST_DECIMALS}")
    row: dict[str, Any] = {
        "name": names[variable.name],
        "low": format(variable.minimum, "f"),
        "high": format(variable.maximum, "f"),
    }
    return row | ({"decimals": min(variable.decimals, MOST_DECIMALS)} if variable.decimals else {})
