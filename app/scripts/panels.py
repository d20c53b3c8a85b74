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
    """A panel of links; when the list has a page of its own, the first few and the way there."""
    shown = scripts[:SHOWN] if all_of_them else scripts
    page = render_template(
        "scripts/_panel.html", title=title, scripts=shown, total=len(scripts), all_of_them=all_of_them
    )
    return Markup(page) if scripts else Markup()  # noqa: S704 - our own template
