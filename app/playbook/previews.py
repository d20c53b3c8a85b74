"""Drafts of steps, plays, offers and the glossary as their pages would show them, by the templates of these pages."""

from dataclasses import replace

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.web import step_colour
from app.library.catalogue import Entry
from app.library.kinds import Draft
from app.playbook import glossary, offers
from app.playbook.alphabet import by_letter
from app.playbook.play_pages import PlayPage, dress
from app.playbook.staircase import Stair, staircase
from app.playbook.typography import typeset


def entry_of(draft: Draft) -> Entry:
    """The draft as lists and pages see a published document; its number is 0, which no published one has."""
    return Entry(
        id=draft.facts.id,
        kind=draft.kind,
        language=draft.language,
        title=draft.facts.title,
        revision_id=0,
        number=0,
        published_at=clock.now(),
        card=draft.kind.card(draft),
        folder=draft.path.rpartition("/")[0],
        owner=draft.facts.owner,
        verify_every=draft.facts.verify_every,
    )


def step(draft: Draft) -> Markup:
    """A step, without its plays."""
    entry = entry_of(draft)
    stairs = list(staircase().stairs)
    published = next((stair for stair in stairs if stair.id == entry.id), None)
    stair = Stair(
        step=entry,
        id=entry.id,
        order=entry.card.order,
        title=typeset(entry.title, entry.language),
        goal=typeset(entry.card.goal, entry.language),
        colour=step_colour(entry.card.order),
        address=entry.address,
        plays=published.plays if published else (),
    )
    stairs = sorted([stair, *(each for each in stairs if each is not published)], key=lambda each: each.order)
    return _rendered(
        "step",
        step=entry,
        stair=stair,
        stairs=stairs,
        position=stairs.index(stair),
        percents={},
        facts=draft.facts,
        blocks=dress(draft.blocks, draft.language),
    )


def play(draft: Draft) -> Markup:
    """A play, on the step whose folder it lies in."""
    entry = entry_of(draft)
    stair = next((each for each in staircase().stairs if _lies_in(entry, each)), None)
    number = 1
    if stair is not None:
        others = [each for each in stair.plays if each.id != entry.id]
        number += sum(each.card.order < entry.card.order for each in others)
        stair = replace(stair, plays=(*others[: number - 1], entry, *others[number - 1 :]))
    page = PlayPage(
        play=entry,
        title=typeset(entry.title, entry.language),
        summary=typeset(entry.card.summary, entry.language),
        stair=stair,
        number=number,
        following=None,
        following_stair=None,
        blocks=Markup(),
    )
    return _rendered("play", page=page, play=entry, stair=stair, word=None, blocks=dress(draft.blocks, draft.language))


def _lies_in(play: Entry, stair: Stair) -> bool:
    return play.folder == stair.step.folder or any(each.id == play.id for each in stair.plays)


def offer(draft: Draft) -> Markup:
    """An offer with its tables."""
    return _rendered(
        "offer",
        offer=entry_of(draft),
        facts=draft.facts,
        motives=offers.MOTIVES,
        natures=offers.NATURES,
        parts=offers.PARTS,
        prices=[offers.priced(price) for price in draft.facts.prices],
        blocks=dress(draft.blocks, draft.language),
    )


def words(draft: Draft) -> Markup:
    """A glossary, under its letters."""
    letters = by_letter(glossary.words_of(draft.facts, draft.language, set()))
    page = render_template("playbook/_letters.html", letters=letters, entries=[entry_of(draft)])
    return Markup(page)  # noqa: S704 - our own template


def _rendered(name: str, **given: object) -> Markup:
    return Markup(render_template(f"playbook/preview/{name}.html", **given))  # noqa: S704 - our own templates
