"""Pages of offers, and the glossary."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.authorisation import Action
from app.accounts.guard import requires
from app.core.slots import gather
from app.library import catalogue
from app.playbook import glossary, offers, play_pages


@requires(Action.READ_LIBRARY)
def list_offers() -> ResponseReturnValue:
    """What is sold."""
    return render_template(
        "playbook/offers.html", offers=catalogue.entries("offer"), natures=offers.NATURES, parts=offers.PARTS[:3]
    )


@requires(Action.READ_LIBRARY)
def show_offer(offer_id: str) -> ResponseReturnValue:
    """Everything a rep must know of one offer, its limits included."""
    offer = catalogue.entry(offer_id, "offer")
    body = catalogue.current().body(offer)
    return render_template(
        "playbook/offer.html",
        offer=offer,
        facts=body.facts,
        motives=offers.MOTIVES,
        natures=offers.NATURES,
        parts=offers.PARTS,
        prices=[offers.priced(price) for price in body.facts.prices],
        blocks=play_pages.dressed(offer),
        panels=gather("offer_page", offer=offer),
    )


@requires(Action.READ_LIBRARY)
def show_glossary() -> ResponseReturnValue:
    """The words of the trade."""
    letters = glossary.letters()
    return render_template(
        "playbook/glossary.html",
        letters=letters,
        words=sum(len(letter.words) for letter in letters),
        entries=catalogue.entries("glossary"),
    )
