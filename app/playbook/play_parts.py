"""A play's page in parts, kept: the same HTML serves every reader with the same word and the same figures.

What is left for a request is to find the parts and to put the form's secrets between them; the page is read all day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from app.core.web import long_date
from app.library import memory
from app.library.catalogue import Entry
from app.playbook.play_pages import PlayPage, Word
from app.playbook.reading import Reading
from app.playbook.staircase import Stair, marks, staircase


@dataclass(frozen=True)
class PlayParts:
    """`button` is empty when there is nothing to say any more."""

    head: Markup
    said: Markup
    button: Markup
    onward: Markup


def parts_of(page: PlayPage, word: Word | None) -> PlayParts:
    """Everything but the rail and the panels of other rooms."""
    spoken = (word.number, word.holds, long_date(word.at)) if word else None
    verified = long_date(page.play.verified_at) if page.play.verified_at else None
    key = ("play parts", page.play.revision_id, long_date(page.play.published_at), verified, spoken)
    return memory.kept(key, lambda: _make(page, word))


def rail(
    stair: Stair | None, play: Entry | None, percents: Mapping[str, int], reading: Mapping[str, Reading]
) -> Markup:
    """The steps beside a page, with the reader's figures and, under the current one, its plays."""
    place = (stair.id if stair else None, play.id if play else None)
    key = ("rail", place, tuple(percents.items()), tuple(reading.items()))
    return memory.kept(
        key,
        lambda: _rendered(
            "_rail",
            stairs=staircase().stairs,
            stair=stair,
            play=play,
            percents=percents,
            reading=reading,
            marks=marks(),
        ),
    )


def _make(page: PlayPage, word: Word | None) -> PlayParts:
    given = {"page": page, "play": page.play, "stair": page.stair, "word": word}
    return PlayParts(
        head=_rendered("_head", **given),
        said=_rendered("_said", **given),
        button=_rendered("_ack_button", **given),
        onward=_rendered("_onward", **given) if page.following else Markup(),
    )


def _rendered(name: str, **given: object) -> Markup:
    return Markup(render_template(f"playbook/{name}.html", **given).strip())  # noqa: S704 - our own templates
