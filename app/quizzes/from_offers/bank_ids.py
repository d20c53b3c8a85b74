"""Which bank holds the questions of an offer."""

import hashlib

from app.library import catalogue
from app.library.catalogue import Entry

LONGEST_OFFER = 64  # beyond it, the bank's id would leave its keys no room


def bank_id(offer_id: str) -> str:
    """The id of an offer's bank."""
    if len(offer_id) > LONGEST_OFFER:
        digest = hashlib.sha256(offer_id.encode()).hexdigest()[:8]
        offer_id = f"{offer_id[: LONGEST_OFFER - 9].rstrip('-')}-{digest}"
    return f"questions-{offer_id}"


def bank_entry(offer: Entry) -> Entry | None:
    """The published bank of an offer, in the offer's language. No statement."""
    editions = catalogue.current().editions(bank_id(offer.id))
    return next((each for each in editions if each.language == offer.language and each.kind.name == "bank"), None)
