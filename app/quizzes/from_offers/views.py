"""Deciding about the questions of an offer: input, use case, template.

What makes questions is imported when it is asked for: few processes ever need it, and none needs it to start.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core.errors import InvalidInput
from app.library import catalogue
from app.library.authoring.releases import Refused
from app.quizzes import previews

LONGEST_KEY = 120


@requires(Action.WRITE_LIBRARY)
def show_questions(offer_id: str) -> ResponseReturnValue:
    """Each question that the offer gives, as reps would meet it, and how it stands."""
    from app.quizzes.from_offers.page import offer_questions

    page = offer_questions(catalogue.entry(offer_id, "offer"))
    return render_template(
        "quizzes/offer_questions.html", page=page, exactly=previews.exactly, language=page.offer.language
    )


@requires(Action.WRITE_LIBRARY)
def decide(offer_id: str) -> ResponseReturnValue:
    """One decision, published at once."""
    from app.quizzes.from_offers.page import offer_questions

    decision, key = request.form.get("decision", ""), request.form.get("key", "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise InvalidInput(field="key")
    page = offer_questions(catalogue.entry(offer_id, "offer"))
    try:
        said = _done(decision, offer_id, key, len(page.proposed))
    except Refused as refused:
        flash(
            _("The bank has a mistake, so nothing was published. Mend it first: %(what)s", what=refused.problems[0]),
            "bad",
        )
        return redirect(url_for("quizzes.offer_questions", offer_id=offer_id), 303)
    if decision == "edit":
        return redirect(url_for("library.fields", document_id=page.bank_id, language=page.offer.language), 303)
    if said:
        flash(said, "good")
    following = page.after(key)
    place = f"q-{following}" if following else None
    return redirect(url_for("quizzes.offer_questions", offer_id=offer_id, _anchor=place), 303)


def _done(decision: str, offer_id: str, key: str, proposed: int) -> str:
    """Carry a decision out; what to say of it, nothing when it had been taken already."""
    from app.quizzes.from_offers import deciding

    author = actor()
    match decision:
        case "accept" | "edit":
            done, said = deciding.accept(author, offer_id, [key]), _("The question is in the bank.")
        case "accept-all":
            said = ngettext("%(num)d question is in the bank.", "%(num)d questions are in the bank.", proposed)
            done = deciding.accept_all(author, offer_id)
        case "reject":
            done, said = deciding.reject(author, offer_id, key), _("The question is rejected. Nobody is asked it.")
        case "take-new":
            done, said = deciding.take_new(author, offer_id, key), _("The question says what the offer says now.")
        case "keep-mine":
            done, said = deciding.keep_mine(author, offer_id, key), _("Your wording stays.")
        case _:
            raise InvalidInput(field="decision")
    return said if done else ""
