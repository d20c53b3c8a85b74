"""What this room adds to an application."""

from fractions import Fraction

from flask import Flask
from flask_babel import format_decimal

from app.core.slots import Slots
from app.library import kinds
from app.library.authoring.fields.presentation import present
from app.quizzes import fields, models, panel, previews, problem_words, results  # noqa: F401 - tables and projections join at import
from app.quizzes.blueprint import bp
from app.quizzes.commands import quiz_commands
from app.quizzes.documents import BANK, QUIZ
from app.quizzes.papers import Papers


def init_app(app: Flask) -> None:
    """Bring quizzes and their pages."""
    kinds.register(app, QUIZ)
    kinds.register(app, BANK)
    kinds.preview_by(app, "quiz", previews.quiz)
    present(app, QUIZ.name, fields.QUIZ)
    app.extensions["palier_papers"] = Papers()
    app.register_blueprint(bp)
    app.cli.add_command(quiz_commands)
    app.jinja_env.filters["points"] = points
    slots: Slots = app.extensions["palier_slots"]
    slots.fill("step_page", panel.quizzes_of_step)
    slots.fill("play_page", panel.quizzes_after_play)


def points(mark: Fraction) -> str:
    """A mark with two decimals at most, in the reader's notation."""
    return str(format_decimal(round(mark, 2).__float__(), format="#,##0.##"))
