"""What this room shows on the playbook's pages: the objections to expect."""

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.library import memory
from app.library.catalogue import Entry
from app.scripts import shelf
from app.scripts.shelf import Script

SHOWN = 4


def on_step_page(step: Entry) -> Markup:
    """The objections one hears at this step."""
    return memory.kept(("panel", "step", step.id), lambda: _of_step(step))


def on_play_page(play: Entry, step: Entry | None) -> Markup:
    """The objections of the play's step; the same panel."""
    return on_step_page(step) if step else Markup()


def on_offer_page(offer: Entry) -> Markup:
    """The objections about this offer."""
    return memory.kept(
        ("panel", "offer", offer.id), lambda: _panel(_("Objections about this offer"), shelf.about_offer(offer.id), "")
    )


def _of_step(step: Entry) -> Markup:
    return _panel(_("Objections of this step"), shelf.of_step(step.id), f"/scripts?step={step.id}")


def _panel(title: str, scripts: list[Script], all_of_them: str) -> Markup:
    """A panel of links: the first few, then the way to all of them, or the others folded under them."""
    if not scripts:
        return Markup()
    shown, others = scripts[:SHOWN], scripts[SHOWN:]
    page = render_template("scripts/_panel.html", title=title, shown=shown, others=others, all_of_them=all_of_them)
    return Markup(page)  # noqa: S704 - our own template
