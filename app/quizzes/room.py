"""What this room adds to an application."""

from fractions import Fraction

from flask import Flask
from flask_babel import format_decimal

from app.core.slots import Slots
from app.library import kinds
from app.library.authoring.fields.presentation import present
from app.quizzes import (  # noqa: F401 - tables, projections and subscribers join at import
    desk_lines,
    events,
    fields,
    models,
    panel,
    previews,
    problem_words,
    results,
    shortages,
)
from app.quizzes.blueprint import bp
from app.quizzes.commands import quiz_commands
from app.quizzes.documents import BANK, QUIZ
from app.quizzes.exchange import links as exchange_links
from app.quizzes.exchange import uploads  # noqa: F401 - a table and a round join at import
from app.quizzes.from_offers import panel as offer_panel
from app.quizzes.from_offers import subscription  # noqa: F401 - a subscriber joins at import
from app.quizzes.papers import Papers
from app.quizzes.regrading import command as regrading_command  # noqa: F401 - a command joins at import
from app.quizzes.regrading import notice as regrading_notice
from app.quizzes.statistics import command as statistics_command  # noqa: F401 - a command joins at import
from app.quizzes.statistics import notice as statistics_notice


def init_app(app: Flask) -> None:
    """Bring quizzes and their pages."""
    kinds.register(app, QUIZ)
    kinds.register(app, BANK)
    kinds.preview_by(app, "quiz", previews.quiz)
    kinds.preview_by(app, "bank", previews.bank)
    present(app, QUIZ.name, fields.QUIZ)
    present(app, BANK.name, fields.BANK)
    app.extensions["palier_papers"] = Papers()
    app.register_blueprint(bp)
    app.cli.add_command(quiz_commands)
    app.jinja_env.filters["points"] = points
    slots: Slots = app.extensions["palier_slots"]
    slots.fill("library_document", regrading_notice.on_document)
    slots.fill("library_document", statistics_notice.on_document)
    slots.fill("library_health", statistics_notice.in_health)
    slots.fill("library_more", exchange_links.beside)
    slots.fill("library_new", exchange_links.new)
    slots.fill("library_health", shortages.group)
    slots.fill("step_page", panel.quizzes_of_step)
    slots.fill("offer_page", offer_panel.questions_of_offer)
    slots.fill("play_page", panel.quizzes_after_play)


def points(mark: Fraction) -> str:
    """A mark with two decimals at most, in the reader's notation."""
    return str(format_decimal(round(mark, 2).__float__(), format="#,##0.##"))
