"""The pages of review: input, use case, template. A script asks for the part that changes, a browser for the page."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids
from app.core.database import db
from app.practice import due, forms, replied, retention_page, review_page, reviews, words
from app.practice.queue import Name
from app.practice.review_page import RestPage
from app.practice.reviews import NotAnswered, Overtaken
from app.quizzes.replies import WrongReply


@requires(Action.READ_LIBRARY)
def review() -> ResponseReturnValue:
    """The next question; `?answered=` what became of an answer, `?aside=` that a question was put aside."""
    answered = ids.parse(request.args.get("answered", ""))
    if answered is not None:
        return _answered(answered, is_other="other" in request.args)
    aside = forms.read_name(request.args) if "document" in request.args else None
    title = review_page.put_aside(actor(), aside) if aside else None
    return _shown(review_page.page(actor()), aside=aside if title else None, aside_title=title)


@requires(Action.READ_LIBRARY)
def answer() -> ResponseReturnValue:
    """Count an answer, and show what became of it."""
    form = forms.read_answer(request.form, actor().id)
    try:
        counted = reviews.answer(actor(), form.ticket, form.values, gives_up=form.gives_up, said_ms=form.said_ms)
    except (NotAnswered, WrongReply) as refused:
        return _once_more(form, refused.sentence, 400)
    except Overtaken as refused:
        db.session.rollback()
        return _shown(review_page.page(actor()), notice=refused.sentence, status=409)
    if _is_part():
        return _answered(counted.review, is_other=counted.is_other)
    other = "yes" if counted.is_other else None
    return redirect(url_for("practice.review", answered=counted.review, other=other), 303)


@requires(Action.READ_LIBRARY)
def hint() -> ResponseReturnValue:
    """Show one hint more; what the fields hold stays in them."""
    form = forms.read_answer(request.form, actor().id)
    ticket = form.ticket.with_one_more_hint()
    page = review_page.again(actor(), ticket, replied.so_far(actor(), ticket, form.values))
    return _shown(page or review_page.page(actor()), focus="hints")


@requires(Action.READ_LIBRARY)
def rate() -> ResponseReturnValue:
    """Say oneself how well it was known."""
    review_id, rating = forms.read_rating(request.form)
    reviews.rate(actor(), review_id, rating)
    if _is_part():
        return _answered(review_id, focus="rating")
    return redirect(url_for("practice.review", answered=review_id), 303)


@requires(Action.READ_LIBRARY)
def suspend() -> ResponseReturnValue:
    """Ask a question no more."""
    document_id, key = name = forms.read_name(request.form)
    reviews.suspend(actor(), name)
    if _is_part():
        title = review_page.put_aside(actor(), name)
        return _shown(review_page.page(actor()), aside=name, aside_title=title)
    return redirect(url_for("practice.review", document=document_id, question=key), 303)


@requires(Action.READ_LIBRARY)
def resume() -> ResponseReturnValue:
    """Ask it again."""
    reviews.resume(actor(), forms.read_name(request.form))
    if request.form.get("back") == "list":
        return redirect(url_for("practice.suspended"), 303)
    return _shown(review_page.page(actor())) if _is_part() else redirect(url_for("practice.review"), 303)


@requires(Action.READ_LIBRARY)
def suspended() -> ResponseReturnValue:
    """The questions put aside."""
    return render_template("practice/suspended.html", lines=review_page.suspended(actor()))


@requires(Action.READ_LIBRARY)
def retention() -> ResponseReturnValue:
    """What was predicted against what was remembered."""
    return render_template("practice/retention.html", page=retention_page.page(actor()), words=words)


def _answered(review_id: UUID, **more: Any) -> Response:
    return _shown(review_page.answered(actor(), review_id), **more)


def _once_more(form: forms.AnswerForm, sentence: object, status: int) -> Response:
    """The same question with what is wrong in the reply; the next one when it is gone."""
    page = review_page.again(actor(), form.ticket, replied.so_far(actor(), form.ticket, form.values))
    return _shown(page or review_page.page(actor()), problem=sentence if page else None, status=status)


def _shown(page: Any, *, status: int = 200, **more: Any) -> Response:
    """A page of review, or the part of it that changes; never kept, since it shows what is true now."""
    if _is_part() and isinstance(page, RestPage):
        return _leave_for_rest(more.get("aside"))
    template = "practice/_review.html" if _is_part() else "practice/review.html"
    response = make_response(
        render_template(template, page=page, words=words, retention=due.retention(), **more), status
    )
    response.headers["Cache-Control"] = "no-store"
    if status >= 400:
        response.headers["HX-Retarget"] = "#review"  # or htmx would keep quiet
    return response


def _leave_for_rest(aside: Name | None) -> Response:
    """Nothing is left to swap in: the browser goes to the page that says so, whose charts need scripts of their own."""
    named = {"document": aside[0], "question": aside[1]} if aside else {}
    response = make_response("")
    response.headers["HX-Redirect"] = url_for("practice.review", **named)  # type: ignore[arg-type]
    return response


def _is_part() -> bool:
    return request.headers.get("HX-Request") == "true"
