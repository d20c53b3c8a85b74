"""On an offer's page, for its authors: the way to its questions. No statement."""

from flask import render_template
from markupsafe import Markup

from app.accounts import guard
from app.accounts.authorisation import Action, may
from app.library.catalogue import Entry
from app.quizzes.from_offers.bank_ids import bank_entry


def questions_of_offer(offer: Entry) -> Markup | None:
    """How many questions of the offer are asked, and the page where they are decided about."""
    if not may(guard.actor(), Action.WRITE_LIBRARY):
        return None
    held = bank_entry(offer)
    page = render_template("quizzes/offer_panel.html", offer=offer, asked=held.card.questions if held else 0)
    return Markup(page)  # noqa: S704 - rendered with escaping
