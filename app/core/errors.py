"""What can go wrong, with a sentence for a person and the facts as attributes.

The web layer turns each class into its `status` once (`app/pages.py`); a use case only raises.
Sentences are translated when shown, so they are written with `lazy_gettext`.
"""

from flask_babel import lazy_gettext as _l


class DomainError(Exception):
    """A rule said no. `sentence` is what the person reads."""

    status = 400
    sentence = _l("This cannot be done.")

    def __init__(self, sentence: object | None = None, **facts: object) -> None:
        self.sentence = sentence or self.sentence
        self.facts = facts
        super().__init__(str(facts))


class InvalidInput(DomainError):
    """A value is missing, too long, or not of the expected form."""

    status = 400
    sentence = _l("Something in the form is not right.")


class Forbidden(DomainError):
    """The person is known, and may not."""

    status = 403
    sentence = _l("Your role does not allow this.")


class NotFound(DomainError):
    """No such thing, or none that this person may know of."""

    status = 404
    sentence = _l("This page does not exist, or is not yours to see.")


class Moved(DomainError):
    """The thing is elsewhere now; `address` is where."""

    status = 302

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address=address)


class Conflict(DomainError):
    """The thing has moved on since the person looked at it."""

    status = 409
    sentence = _l("This changed in the meantime. Reload the page and try again.")
