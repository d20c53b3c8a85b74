"""What the pages of this room send back: that a button was pressed, once."""

from app.playbook.forms import ActForm


class PinForm(ActForm):
    """Pin or unpin."""
