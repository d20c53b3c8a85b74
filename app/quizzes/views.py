"""The pages of quizzes and attempts: input, use case, template."""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import teams
from app.accounts.authorisation import Action, authorise
from app.accounts.guard import actor, requires
from app.core import clock, web
from app.core.database import db
from app.quizzes import attempts, forms, papers
from app.quizzes.attempts import AttemptClosed, NoAttemptLeft, NothingToAsk, TooSoon
from app.quizzes.grading import is_readable
from app.quizzes.question_page import finish_page, question_page
from app.quizzes.quiz_page import quiz_page
from app.quizzes.regrading import regraded_rows
from app.quizzes.result_page import result_page


@requires(Action.READ_LIBRARY)
def show_quiz(quiz_id: str) -> ResponseReturnValue:
    """A quiz: its rules, where one stands, past attempts."""
    return render_template("quizzes/quiz.html", page=quiz_page(actor().id, quiz_id))


@requires(Action.READ_LIBRARY)
def start_attempt(quiz_id: str) -> ResponseReturnValue:
    """Start an attempt, or go on with the one that is open."""
    return redirect(url_for("quizzes.attempt", attempt_id=attempts.start(actor(), quiz_id)), 303)


def show_attempt(attempt_id: UUID) -> ResponseReturnValue:
    """An attempt: a question while it is open, the result afterwards; another's open one says only how far it is."""
    reader = actor()
    attempt = attempts.look(reader, attempt_id)
    if not attempt.is_open:
        if attempt.first and attempt.person_id == reader.id:
            regraded_rows.mark_seen(attempt.id, clock.now())
        return render_template("quizzes/result.html", page=result_page(attempt, reader.id))
    if attempt.person_id != reader.id:
        person = teams.person_summary(attempt.person_id)
        return render_template("quizzes/under_way.html", page=finish_page(attempt), person=person)
    page = question_page(attempt, request.args.get("question"))
    return _fresh(render_template("quizzes/question.html", page=page))


def save_answer(attempt_id: UUID) -> ResponseReturnValue:
    """Save one reply. The page's script gets a word of confirmation, a browser without it the next page."""
    form = forms.read_answer(request.form)
    saved = attempts.answer(actor(), attempt_id, form.question, form.values, form.uuid, as_shown=True)
    if web.wants_json():
        readable = saved.reply is None or is_readable(saved.question, saved.reply)
        return {"saved": True, "answered": saved.reply is not None, "readable": readable}
    if form.go == "finish":
        return _finish(attempt_id)
    number = saved.paper.number_of(form.question)
    if form.go == "check" and saved.reply is not None and is_readable(saved.question, saved.reply):
        attempts.check(actor(), attempt_id, form.question)
        return _to_question(attempt_id, number, "verdict")
    return _to_question(attempt_id, number if form.go == "check" else min(number + 1, saved.paper.length))


def take_hint(attempt_id: UUID) -> ResponseReturnValue:
    """Show the next hint to a question; what the fields hold is saved first, when they are sent with it."""
    form = forms.read_hint(request.form)
    if form.answer is not None:
        attempts.answer(actor(), attempt_id, form.question, form.answer.values, form.answer.uuid, as_shown=True)
    attempts.take_hint(actor(), attempt_id, form.question, form.number)
    paper = papers.of_attempt(attempts.look(actor(), attempt_id))
    return _to_question(attempt_id, paper.number_of(form.question), "hints")


def show_finish(attempt_id: UUID) -> ResponseReturnValue:
    """Before handing in: what is still without a reply. An attempt handed in already shows its result."""
    reader = actor()
    attempt = attempts.look(reader, attempt_id)
    authorise(reader, Action.USE_ATTEMPT, attempt.person_id)
    if not attempt.is_open:
        return redirect(url_for("quizzes.attempt", attempt_id=attempt_id))
    return _fresh(render_template("quizzes/finish.html", page=finish_page(attempt)))


def submit_attempt(attempt_id: UUID) -> ResponseReturnValue:
    """Hand in; from a question (`ask`), only when nothing is left to ask about."""
    if "ask" in request.form:
        return _finish(attempt_id)
    attempts.submit(actor(), attempt_id)
    return redirect(url_for("quizzes.attempt", attempt_id=attempt_id), 303)


def refuse_late(closed: AttemptClosed) -> ResponseReturnValue:
    """An attempt that takes no more replies: say so, and lead to the result."""
    db.session.rollback()
    if web.wants_json():
        return {"error": {"status": closed.status, "what": str(closed.sentence)}}, closed.status
    return render_template(
        "quizzes/closed.html", sentence=closed.sentence, attempt=closed.facts["attempt"]
    ), closed.status


def refuse_start(refused: NoAttemptLeft | TooSoon | NothingToAsk) -> ResponseReturnValue:
    """No attempt can be started: the quiz says why, and what is possible."""
    db.session.rollback()
    quiz_id = (request.view_args or {})["quiz_id"]
    page = quiz_page(actor().id, quiz_id, refused.sentence)
    return render_template("quizzes/quiz.html", page=page), refused.status


def _to_question(attempt_id: UUID, number: int, part: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("quizzes.attempt", attempt_id=attempt_id, question=number, _anchor=part), 303)


def _finish(attempt_id: UUID) -> ResponseReturnValue:
    complete = attempts.submit_when_complete(actor(), attempt_id)
    return redirect(url_for("quizzes.attempt" if complete else "quizzes.finish", attempt_id=attempt_id), 303)


def _fresh(page: str) -> Response:
    """A page that the Back button must ask for again: it shows what is saved, and names one act of answering."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
