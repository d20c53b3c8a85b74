"""The pages of statistics: for authors, without anybody's name.

What makes them is imported when somebody opens one: most processes of a small installation never show any.
"""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.authorisation import Action
from app.accounts.guard import requires

if TYPE_CHECKING:
    from app.quizzes.statistics.quiz_page import Chosen

LONGEST_NUMBER = 6  # digits of a version


@requires(Action.WRITE_LIBRARY)
def show_statistics(quiz_id: str) -> ResponseReturnValue:
    """What the marks of a quiz say of it and of its questions."""
    from app.quizzes.statistics import charts as statistics_charts
    from app.quizzes.statistics import quiz_page
    from app.quizzes.statistics.figure_words import HELPERS, explained
    from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS

    page = quiz_page.statistics_page(quiz_id, _chosen())
    whole = page.found.recorded.marks.whole
    return render_template(
        "quizzes/statistics.html",
        page=page,
        least=FEWEST_ATTEMPTS,
        figures=explained(page.found.report.quiz, None if whole is None else float(whole)) if page.is_enough else (),
        charts=statistics_charts.of_quiz(page),
        is_comparable=whole is not None,
        **HELPERS,
    )


@requires(Action.WRITE_LIBRARY)
def show_question(quiz_id: str, key: str) -> ResponseReturnValue:
    """What people replied to one question."""
    from app.quizzes.statistics import charts as statistics_charts
    from app.quizzes.statistics import item_page
    from app.quizzes.statistics.figure_words import HELPERS
    from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS

    page = item_page.item_page(quiz_id, key, _chosen())
    return render_template(
        "quizzes/statistics_question.html",
        page=page,
        least=FEWEST_ATTEMPTS,
        chart=statistics_charts.replies(page) if page.row.has_figures else None,
        of_third=item_page.of_third,
        **HELPERS,
    )


def _chosen() -> "Chosen":
    """What the query asks for; what makes no sense is passed over."""
    from app.quizzes.statistics.quiz_page import Chosen
    from app.quizzes.statistics.recorded_marks import BEST, FIRST

    which = BEST if request.args.get("attempts") == BEST else FIRST
    number = request.args.get("revision", "")
    is_number = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    return Chosen(which, int(number) if is_number else None)
