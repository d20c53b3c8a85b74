"""Drafts of quizzes and banks as reps would meet them, with what their author wants to see: the right replies, the
feedback, an example of what changes from one attempt to the next, and what is drawn."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal
from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup

from app.library import catalogue, markup, parsing
from app.library.kinds import Draft
from app.quizzes import calculated, sheets
from app.quizzes.calculation import WrongFormula
from app.quizzes.documents import QuizFacts, Section
from app.quizzes.questions import CalculatedQuestion, CategoriesQuestion, GapsQuestion, NumericQuestion, Question
from app.quizzes.questions.placeholders import GAP
from app.quizzes.sheets import Sheet

_GAP = Markup('<b class="gap">{}</b>')


@dataclass(frozen=True)
class Example:
    """What one attempt might draw for a calculated question; without `made` the formula has no result."""

    values: dict[str, Decimal]
    made: NumericQuestion | None


@dataclass(frozen=True)
class Shown:
    """A question of the preview: as it stands in the file, and rendered with its example. `groups` are the items of
    each category, as HTML."""

    question: Question
    sheet: Sheet
    text: str
    example: Example | None
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A section: from which bank (`bank` is its title, empty for the quiz itself), how many of how many questions."""

    title: str
    bank: str
    bank_id: str
    tags: tuple[str, ...]
    drawn: int
    fitting: int | None


def quiz(draft: Draft) -> Markup:
    """What is drawn, then every question of the quiz's own, the right replies marked."""
    return _page(draft, [_part(section, draft.facts, draft.language) for section in draft.facts.sections])


def bank(draft: Draft) -> Markup:
    """Every question, the right replies marked."""
    return _page(draft, [])


def shown(question: Question, language: str) -> Shown:
    """One question with its answer marked, for `quizzes/_preview_answers.html`."""
    return _shown(
        1, question, language, lambda text: markup.inline(text, language=language, address=parsing.link_address)
    )


def exactly(number: Decimal) -> str:
    """All of a number's decimals, in the reader's notation."""
    return format_decimal(number, locale=get_locale(), decimal_quantization=False)


def _page(draft: Draft, parts: list[Part]) -> Markup:
    def html(text: str) -> str:
        return markup.inline(text, language=draft.language, address=parsing.link_address)

    facts = draft.facts
    page = render_template(
        "quizzes/preview.html",
        facts=facts,
        is_quiz=isinstance(facts, QuizFacts),
        language=draft.language,
        intro=html(getattr(facts, "intro", "") or ""),
        parts=parts,
        questions=[_shown(number, each, draft.language, html) for number, each in enumerate(facts.questions, 1)],
        exactly=exactly,
    )
    return Markup(page)  # noqa: S704 - our own template


def _shown(number: int, question: Question, language: str, html: Callable[[str], str]) -> Shown:
    example = _example(question, language) if isinstance(question, CalculatedQuestion) else None
    sheet = sheets.render(number, (example and example.made) or question, html)
    text = sheet.html
    if isinstance(question, GapsQuestion):
        answers = [gap.accepted[0] for gap in question.gaps]
        text = GAP.sub(lambda found: _GAP.format(_at(answers, int(found[1]) - 1)), text)
    return Shown(question, sheet, text, example, _groups(question, sheet))


def _groups(question: Question, sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    if not isinstance(question, CategoriesQuestion):
        return ()
    items = list(zip(question.right_places, sheet.things, strict=True))
    return tuple(tuple(thing.html for at, thing in items if at == place) for place in range(len(question.categories)))


def _at(answers: list[str], place: int) -> str:
    return answers[place] if 0 <= place < len(answers) else "?"


def _example(question: CalculatedQuestion, language: str) -> Example:
    """The same each time, so that a preview does not change while its author types elsewhere."""
    chance = random.Random(question.key)  # noqa: S311 - an example, no secret
    try:
        values = calculated.draw(question, chance)
        return Example(values, calculated.resolve(question, values, language))
    except WrongFormula:
        return Example({}, None)


def _part(section: Section, facts: QuizFacts, language: str) -> Part:
    own: Iterable[Question] | None = facts.questions
    title = ""
    if section.bank:
        entry = catalogue.current().find(section.bank, language, "bank")
        own = catalogue.current().body(entry).facts.questions if entry else None
        title = entry.title if entry else section.bank
    fitting = None if own is None else sum(set(section.tags) <= set(question.tags) for question in own)
    drawn = section.draw or fitting or 0
    return Part(section.title, title, section.bank or "", tuple(section.tags), drawn, fitting)
