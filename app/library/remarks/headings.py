"""The headings of a document that a question can be asked at, and the quiet link beside each."""

import re
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from app.core.database import db
from app.core.web import icon
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.library.kinds import Kind, all_kinds
from app.library.markup import plain_text
from app.library.models import Document, Rendering, Revision

_HEADING = re.compile(
    r"<h(?P<level>[34])(?P<before>[^>]*\sid=\"(?P<anchor>[^\"]+)\"[^>]*)>(?P<words>.*?)</h(?P=level)>", re.S
)
_LINK = Markup(
    '<a class="ask" href="/questions/{id}?at={anchor}#ask" hx-get="/questions/{id}?at={anchor}" '
    'hx-target="next .asking">{icon}<span{hidden}>{word}</span><span class="visually-hidden"> {title}</span></a>'
)
_PLACE = Markup('<div class="asking"></div>')
_HIDDEN = Markup(' class="visually-hidden"')


@dataclass(frozen=True)
class Heading:
    """A place in a text: its anchor and what stands there."""

    anchor: str
    title: str


def takes_questions(kind: Kind) -> bool:
    """Whether readers may ask about documents of this kind: those with a page and a text of their own."""
    return kind.address is not None and kind.has_body


def headings_of(entry: Entry) -> dict[str, str]:
    """The titles of a published text's headings, by anchor, in reading order."""

    def find() -> dict[str, str]:
        blocks = catalogue.current().body(entry).blocks
        return _headings(entry.kind, [(block.anchor, block.heading, block.html) for block in blocks])

    return memory.kept(("remark headings", entry.revision_id), find)


def headings_in(revision_id: int) -> dict[str, str]:
    """The same, of any revision that was ever published."""
    row = db.session.execute(
        select(Document.kind, Rendering.blocks)
        .join(Revision, Revision.document_id == Document.id)
        .join(Rendering, Rendering.revision_id == Revision.id)
        .where(Revision.id == revision_id)
    ).one_or_none()
    kind = all_kinds().by_name.get(row.kind) if row else None
    if row is None or kind is None:
        return {}
    return _headings(kind, [(block["anchor"], block["heading"], block["html"]) for block in row.blocks])


def ask_link(entry: Entry, anchor: str, title: str, *, in_words: bool = True, with_place: bool = True) -> Markup:
    """The link beside a heading, and the place where it opens the form; without JavaScript, a page of its own.

    Nothing for a draft (number 0): there is no text yet that somebody could have read.
    """
    if not entry.number:
        return Markup()
    hidden: Any = "" if in_words else _HIDDEN
    link = _LINK.format(
        id=entry.id, anchor=anchor, icon=icon("message-question"), word=_("Question?"), title=title, hidden=hidden
    )
    return link + _PLACE if with_place else link


def ask_at_end(entry: Entry) -> Markup:
    """The place at the end of a document's page, which fetches the questions when a reader comes there."""
    if not entry.number:
        return Markup()
    return memory.kept(
        ("questions at the end", entry.id),
        lambda: Markup(render_template("library/remarks/_at_end.html", entry=entry)),  # noqa: S704 - our own template
    )


def with_links(entry: Entry, markup: str) -> Markup:
    """A block's clean HTML with a link beside each heading in it."""

    def beside(found: re.Match[str]) -> str:
        link = ask_link(entry, found["anchor"], plain_text(found["words"]), in_words=False)
        return f'<div class="asked">{found[0]}{link}</div>'

    return Markup(_HEADING.sub(beside, markup) if "<h" in markup else markup)  # noqa: S704 - clean, and our own link


def _headings(kind: Kind, blocks: list[tuple[str, str, str]]) -> dict[str, str]:
    found = {anchor: str(title) for anchor, title in kind.anchor_titles.items()}
    for anchor, heading, html in blocks:
        if anchor and heading:
            found.setdefault(anchor, heading)
        for inside in _HEADING.finditer(html):
            found.setdefault(inside["anchor"], plain_text(inside["words"]))
    return found
