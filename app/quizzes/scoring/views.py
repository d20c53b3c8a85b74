"""The pages of scoring: input, use case, template."""

from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import teams
from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core.database import db
from app.core.errors import Conflict, InvalidInput
from app.core.pagination import page_number
from app.core.web import percent
from app.quizzes.scoring import page as score_page
from app.quizzes.scoring import rubric_scores
from app.quizzes.scoring.page import ScoreForm
from app.quizzes.scoring.rubric_scores import Scored


@requires(Action.SEE_TEAMS)
def show_waiting() -> ResponseReturnValue:
    """What waits to be scored."""
    page = score_page.to_score(actor(), page_number(request.args.get("page")))
    return render_template("quizzes/to_score.html", page=page)


def score(attempt_id: UUID) -> ResponseReturnValue:
    """One written reply beside its rubric; then the next."""
    attempt = rubric_scores.allowed(actor(), attempt_id)
    if attempt.is_open:
        return redirect(url_for("quizzes.attempt", attempt_id=attempt_id), 303)
    if request.method == "GET":
        return _page(attempt_id, request.args.get("question"))
    form = score_page.read_form(request.form)
    try:
        scored = rubric_scores.score(actor(), attempt_id, form.question, form.numbers(), form.comment, form.seen)
    except InvalidInput as refused:
        return _page(attempt_id, form.question, form, refused)
    except Conflict as refused:
        db.session.rollback()
        return _page(attempt_id, form.question, form, refused)
    return _onward(scored)


def _page(
    attempt_id: UUID, asked: str | None, sent: ScoreForm | None = None, refused: InvalidInput | Conflict | None = None
) -> ResponseReturnValue:
    page = score_page.score_page(actor(), attempt_id, asked, sent)
    if page is None:
        return redirect(url_for("quizzes.attempt", attempt_id=attempt_id))
    response = make_response(
        render_template("quizzes/score.html", page=page, refused=refused), refused.status if refused else 200
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _onward(scored: Scored) -> ResponseReturnValue:
    """To the next reply of the attempt, to the next attempt, or back to the list, which is empty then."""
    attempt = scored.attempt
    if scored.waiting:
        flash(_("The score is saved."), "good")
        return redirect(url_for("quizzes.score", attempt_id=attempt.id, question=scored.waiting[0]), 303)
    name, reached = teams.person_summary(attempt.person_id).name, percent(attempt.percent or 0)
    if attempt.first:
        flash(_("The score is corrected: %(name)s now has %(percent)s.", name=name, percent=reached), "good")
        return redirect(url_for("quizzes.attempt", attempt_id=attempt.id), 303)
    flash(_("All is scored: %(name)s has %(percent)s, and a mail says so.", name=name, percent=reached), "good")
    following = score_page.following(actor(), attempt.id)
    if following is None:
        return redirect(url_for("quizzes.to_score"), 303)
    return redirect(url_for("quizzes.score", attempt_id=following), 303)
