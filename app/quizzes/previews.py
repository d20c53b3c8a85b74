"""Drafts of quizzes as reps would meet them, with what their author wants to see: the right replies, the feedback."""

from decimal import Decimal

from babel.numbers import format_decimal
from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup

from app.library.kinds import Draft
from app.quizzes.papers import Paper


def quiz(draft: Draft) -> Markup:
    """Every question, the right replies marked."""
    paper = Paper(0, draft.facts.id, draft.language, 0, draft.facts)
    return Markup(render_template("quizzes/preview.html", paper=paper, exactly=_exactly))  # noqa: S704 - our own template


def _exactly(number: Decimal) -> str:
    """All of a number's decimals, in the reader's notation."""
    return format_decimal(number, locale=get_locale(), decimal_quantization=False)
