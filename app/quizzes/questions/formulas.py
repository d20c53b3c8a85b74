"""Calculated questions: a formula that can be read and computed whatever is drawn, and names that are known."""

from collections.abc import Iterable

from app.library.kinds import Finding
from app.quizzes import calculated, calculation
from app.quizzes.calculation import Formula, WrongFormula
from app.quizzes.questions import CalculatedQuestion
from app.quizzes.questions.placeholders import PLACEHOLDER
from app.quizzes.questions.repeats import no_repeats

Field = tuple[str | int, ...]


def check_formula(question: CalculatedQuestion, here: Field) -> Iterable[Finding]:
    """The formula, its variables, and where the texts name them."""
    yield from no_repeats([each.name for each in question.variables], (*here, "variables"), "variable", "name")
    yield from _check_steps(question, here)
    names = {variable.name for variable in question.variables}
    one_of = f"one of {', '.join(sorted(names))}"
    for field, text in _texts(question):
        for unknown in sorted(set(PLACEHOLDER.findall(text)) - names):
            yield Finding(f"“{{{unknown}}}” in the text", one_of, (*here, *field))
    try:
        formula = calculation.read(question.formula)
    except WrongFormula as wrong:
        yield Finding(f"the formula: {wrong.what}", wrong.expected, (*here, "formula"))
        return
    for unknown in sorted(formula.names - names):
        yield Finding(f"“{unknown}” in the formula", one_of, (*here, "formula"))
    for place, variable in enumerate(question.variables):
        if variable.name not in formula.names and f"{{{variable.name}}}" not in question.text:
            what = f"the variable “{variable.name}” is neither in the formula nor in the text"
            yield Finding(what, "a variable that is used", (*here, "variables", place, "name"))
    if formula.names <= names:
        yield from _check_values(question, formula, here)


def _texts(question: CalculatedQuestion) -> Iterable[tuple[Field, str]]:
    yield from (((name,), getattr(question, name)) for name in calculated.SAID)
    yield from ((("hints", number), hint) for number, hint in enumerate(question.hints))


def _check_steps(question: CalculatedQuestion, here: Field) -> Iterable[Finding]:
    """Bounds can be drawn: they have no more decimals than what is drawn."""
    for place, variable in enumerate(question.variables):
        for name, bound in (("low", variable.low), ("high", variable.high)):
            if bound != round(bound, variable.decimals):
                what = f"the decimals of {bound} are not drawn for “{variable.name}”"
                yield Finding(what, "“decimals” that are as many", (*here, "variables", place, name))


def _check_values(question: CalculatedQuestion, formula: Formula, here: Field) -> Iterable[Finding]:
    """The formula has a result whatever is drawn, as far as trying can tell."""
    if failing := calculated.what_fails(question):
        wrong, values = failing
        given = ", ".join(f"{name} = {value}" for name, value in values.items() if name in formula.names)
        yield Finding(f"the formula with {given}: {wrong.what}", wrong.expected, (*here, "formula"))
