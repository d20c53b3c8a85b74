"""What the types alone do not say: keys that repeat, options alike, gaps without a mark; and what texts there are."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.library.kinds import Finding, Reference
from app.quizzes import calculation
from app.quizzes.calculation import WrongFormula
from app.quizzes.questions import (
    CalculatedQuestion,
    CategoriesQuestion,
    GapsQuestion,
    OrderingQuestion,
    Question,
)

GAP = re.compile(r"\[\[([0-9]{1,3})\]\]")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]{0,19})\}")
_SAID = ("text", "if_true", "if_false", "if_right", "if_wrong", "model_answer")

Field = tuple[str | int, ...]


def references_of(questions: Sequence[Question]) -> Iterable[Reference]:
    """The links of questions."""
    for place, question in enumerate(questions):
        yield Reference(question.read_again, ("questions", place, "read_again"))


def texts_of(questions: Sequence[Question]) -> Iterable[tuple[Field, str]]:
    """Every Markdown text of questions, and where it stands."""
    for place, question in enumerate(questions):
        here: Field = ("questions", place)
        for name in _SAID:
            yield (*here, name), getattr(question, name, "")
        for number, hint in enumerate(question.hints):
            yield (*here, "hints", number), hint
        for number, item in enumerate(getattr(question, "items", ())):
            yield (*here, "items", number), item
        for rows, names in (("options", ("text", "feedback")), ("pairs", ("prompt", "match", "feedback"))):
            yield from _texts_of_rows(question, here, rows, names)
        for rows in ("also", "gaps"):
            yield from _texts_of_rows(question, here, rows, ("feedback",))
        if isinstance(question, CategoriesQuestion):
            for row, category in enumerate(question.categories):
                for number, item in enumerate(category.items):
                    yield (*here, "categories", row, "items", number), item


def _texts_of_rows(question: Any, here: Field, rows: str, names: Sequence[str]) -> Iterable[tuple[Field, str]]:
    for number, row in enumerate(getattr(question, rows, ())):
        for name in names:
            yield (*here, rows, number, name), getattr(row, name, None) or ""


def check_questions(questions: Sequence[Question]) -> Iterable[Finding]:
    """All that is wrong in the questions of one file."""
    seen: dict[str, int] = {}
    for place, question in enumerate(questions):
        here: Field = ("questions", place)
        if question.key in seen:
            what = f"the key “{question.key}” is also question {seen[question.key] + 1}"
            yield Finding(what, "a key of its own", (*here, "key"))
        seen.setdefault(question.key, place)
        yield from _check_options(question, (*here, "options"))
        yield from _check_accepted(question, (*here, "accepted"))
        match question:
            case CalculatedQuestion():
                yield from _check_formula(question, here)
            case GapsQuestion():
                yield from _check_gaps(question, here)
            case OrderingQuestion():
                yield from _no_repeats(question.items, (*here, "items"), "item")
            case CategoriesQuestion():
                names = [category.name for category in question.categories]
                yield from _no_repeats(names, (*here, "categories"), "category")


def check_sections(facts: Any) -> Iterable[Finding]:
    """Sections that draw from a quiz's own questions find enough of them."""
    for place, section in enumerate(facts.sections):
        if section.bank:
            continue
        fitting = sum(set(section.tags) <= set(question.tags) for question in facts.questions)
        if fitting < (section.draw or 1):
            what = f"{fitting} questions for the section “{section.title}”"
            yield Finding(what, f"at least {section.draw or 1} with its tags", ("sections", place))


def _check_options(question: Question, field: Field) -> Iterable[Finding]:
    """Two options of one text cannot be told apart."""
    yield from _no_repeats([each.text for each in getattr(question, "options", ())], field, "option", "text")


def _no_repeats(texts: Sequence[str], field: Field, noun: str, *key: str) -> Iterable[Finding]:
    known: dict[str, int] = {}
    for place, written in enumerate(texts):
        text = " ".join(written.split())
        if text in known:
            yield Finding(f"{noun} {place + 1} repeats {noun} {known[text] + 1}", "another text", (*field, place, *key))
        known.setdefault(text, place)


def _check_accepted(question: Question, field: Field) -> Iterable[Finding]:
    """Words that are all punctuation compare as nothing, so nobody could give them."""
    for place, accepted in enumerate(getattr(question, "accepted", ())):
        if not any(letter.isalnum() for letter in accepted):
            yield Finding(f"“{accepted}” among the accepted answers", "letters or digits", (*field, place))


def _check_gaps(question: GapsQuestion, here: Field) -> Iterable[Finding]:
    """Each gap has its mark in the text, once."""
    marks = [int(each) for each in GAP.findall(question.text)]
    if sorted(marks) != list(range(1, len(question.gaps) + 1)):
        found = ", ".join(f"[[{mark}]]" for mark in marks) or "no [[1]]"
        expected = f"[[1]] to [[{len(question.gaps)}]], each once" if len(question.gaps) > 1 else "[[1]], once"
        yield Finding(f"{found} in the text", expected, (*here, "text"))


def _check_formula(question: CalculatedQuestion, here: Field) -> Iterable[Finding]:
    """The formula can be read, and knows the same variables as the text."""
    names = {variable.name for variable in question.variables}
    try:
        formula = calculation.read(question.formula)
    except WrongFormula as wrong:
        yield Finding(f"the formula: {wrong.what}", wrong.expected, (*here, "formula"))
        return
    for unknown in sorted(formula.names - names):
        yield Finding(f"“{unknown}” in the formula", f"one of {', '.join(sorted(names))}", (*here, "formula"))
    for unknown in sorted(set(PLACEHOLDER.findall(question.text)) - names):
        yield Finding(f"“{{{unknown}}}” in the text", f"one of {', '.join(sorted(names))}", (*here, "text"))
