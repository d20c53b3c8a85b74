"""Drafts of scripts and of their categories as readers would see them, by the templates of the pages."""

from collections import Counter

from flask import render_template
from markupsafe import Markup

from app.library.kinds import Draft
from app.playbook.play_pages import dress
from app.playbook.previews import entry_of
from app.scripts import script_pages, shelf


def script(draft: Draft) -> Markup:
    """The way through one objection, with what to avoid."""
    category = next((each for each in shelf.categories() if each.id == draft.facts.category), None)
    shown = shelf.script_of(entry_of(draft), category)
    page = script_pages.page_from(shown, draft.facts, dress(draft.blocks, draft.language))
    sincerity = script_pages.SINCERITY[draft.facts.sincerity]
    return Markup(render_template("scripts/preview.html", page=page, script=shown, sincerity=sincerity))  # noqa: S704 - our own template


def categories(draft: Draft) -> Markup:
    """The list, each with how many scripts are filed under it."""
    filed = Counter(each.entry.card.category for each in shelf.scripts().values())
    listed = [(category, filed[category.id]) for category in draft.facts.categories]
    page = render_template("scripts/preview_categories.html", categories=listed, language=draft.language)
    return Markup(page)  # noqa: S704 - our own template
