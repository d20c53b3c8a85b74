"""What a play's page shows to everybody: dressed once a generation, so that a request only adds the reader's own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import bindparam, select

from app.core.database import db
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.library.kinds import Block
from app.library.models import Revision
from app.library.remarks import headings
from app.playbook import glossary
from app.playbook.dressing import Dresser
from app.playbook.staircase import Stair, Staircase, staircase
from app.playbook.typography import typeset

_NUMBER = select(Revision.number).where(Revision.id == bindparam("revision_id"))


@dataclass(frozen=True)
class PlayPage:
    """A play with its place on the staircase. `stair` is None for a play whose step was withdrawn."""

    play: Entry
    title: str
    summary: str
    stair: Stair | None
    number: int
    following: Entry | None
    following_stair: Stair | None
    blocks: Markup


@dataclass(frozen=True)
class Word:
    """What the reader said about a play: when, on which version, and whether that still holds."""

    at: datetime
    number: int
    holds: bool


def page_of(play_id: str) -> PlayPage:
    """The page of a play. Raises NotFound."""
    play = catalogue.entry(play_id, "play")
    return memory.kept(("play", play.revision_id), lambda: _make(play))


def word_on(play: Entry, said: tuple[int, datetime] | None) -> Word | None:
    """The reader's word on a play, with the number of the version it was given on."""
    if said is None:
        return None
    revision_id, at = said
    number = (
        play.number
        if revision_id == play.revision_id
        else memory.kept(
            ("revision number", revision_id),
            lambda: db.session.execute(_NUMBER, {"revision_id": revision_id}).scalar_one(),
        )
    )
    return Word(at, number, catalogue.current().stands(play.id, revision_id))


def dressed(entry: Entry) -> list[tuple[Block, Markup]]:
    """The blocks of a document, headings typeset, with their HTML as pages show it."""
    return memory.kept(("dressed", entry.revision_id), lambda: _dress(entry))


def _dress(entry: Entry) -> list[tuple[Block, Markup]]:
    blocks = dress(catalogue.current().body(entry).blocks, entry.language)
    return [(block, headings.with_links(entry, html)) for block, html in blocks]


def dress(blocks: Iterable[Block], language: str) -> list[tuple[Block, Markup]]:
    """The blocks of one text, published or not, as pages show them."""
    dresser = Dresser(glossary.anchors(), lambda headings: _("Table: %(headings)s", headings=headings))
    return [
        (replace(block, heading=typeset(block.heading, language)), Markup(dresser.dress(block.html)))  # noqa: S704 - clean
        for block in blocks
    ]


def _make(play: Entry) -> PlayPage:
    steps = staircase()
    position = steps.step_of.get(play.id)
    stair = steps.stairs[position] if position is not None else None
    following, following_stair = _following(steps, play)
    blocks = dressed(play)
    return PlayPage(
        play=play,
        title=typeset(play.title, play.language),
        summary=typeset(play.card.summary, play.language),
        stair=stair,
        number=1 + [each.id for each in stair.plays].index(play.id) if stair else 1,
        following=following,
        following_stair=following_stair,
        blocks=Markup(render_template("playbook/_blocks.html", blocks=blocks, play=play)),  # noqa: S704 - our own template
    )


def _following(steps: Staircase, play: Entry) -> tuple[Entry | None, Stair | None]:
    """What to read next: the step's next play, else the first of the next step that has one."""
    order = steps.plays
    ids = [each.id for each in order]
    after = ids.index(play.id) + 1 if play.id in ids else len(ids)
    if after >= len(ids):
        return None, None
    following = order[after]
    return following, steps.stairs[steps.step_of[following.id]]
