"""What a script's page shows to everybody: its movements, its branches, what to avoid; dressed once a generation."""

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core.errors import NotFound
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.library.kinds import Block
from app.library.markup import plain_text
from app.library.remarks import headings
from app.playbook.play_pages import dressed
from app.playbook.typography import quoted, typeset
from app.scripts import shelf
from app.scripts.documents import AVOID, BRANCHES, ScriptFacts
from app.scripts.shelf import Script

SINCERITY = {
    "founded": _l("Objection sincere and founded: recognise it, make up for it"),
    "unfounded": _l("Objection sincere but unfounded: inform, prove"),
    "insincere": _l("A pretext or a tactic: dig, isolate it"),
}

_ITEM = re.compile(r"<li>(.*?)</li>", flags=re.S)
_TARGET = re.compile(r'href="(/scripts/[^"]+)"')


@dataclass(frozen=True)
class Movement:
    """One of the four of CRAC. The heading is what it is called, then how it is done."""

    anchor: str
    letter: str
    name: str
    manner: str
    html: Markup
    ask: Markup


@dataclass(frozen=True)
class Branch:
    """Where a reply of the client leads."""

    words: str
    address: str


@dataclass(frozen=True)
class ScriptPage:
    """A script, ready to be shown. `branches_heading` and `avoid_heading` are the author's words."""

    script: Script
    facts: ScriptFacts
    variants: tuple[str, ...]
    movements: tuple[Movement, ...]
    branches_heading: str
    branches: tuple[Branch, ...]
    avoid_heading: str
    avoid: Markup | None
    offers: tuple[Entry, ...]


def page_of(script_id: str) -> ScriptPage:
    """The page of a script. Raises NotFound."""
    script = shelf.scripts().get(script_id)
    if script is None:
        raise NotFound(document=script_id)
    return memory.kept(("script", script.entry.revision_id), lambda: _make(script))


def _make(script: Script) -> ScriptPage:
    return page_from(script, catalogue.current().body(script.entry).facts, dressed(script.entry))


def page_from(script: Script, facts: ScriptFacts, dressed_blocks: list[tuple[Block, Markup]]) -> ScriptPage:
    """The page of a text, published or not."""
    blocks = {block.name: (block, html) for block, html in dressed_blocks}
    branches, avoid = blocks.pop(BRANCHES, None), blocks.pop(AVOID, None)
    offers = {offer.id: offer for offer in catalogue.entries("offer")}
    language = script.entry.language
    return ScriptPage(
        script=script,
        facts=facts,
        variants=tuple(quoted(variant, language) for variant in facts.variants),
        movements=tuple(_movement(script.entry, block, html) for block, html in blocks.values()),
        branches_heading=branches[0].heading if branches else "",
        branches=tuple(_branches(branches[0], language)) if branches else (),
        avoid_heading=avoid[0].heading if avoid else "",
        avoid=avoid[1] if avoid else None,
        offers=tuple(offers[each] for each in facts.offers if each in offers),
    )


def _movement(entry: Entry, block: Block, html: Markup) -> Movement:
    name, dash, manner = block.heading.partition(" — ")
    return Movement(
        anchor=block.anchor,
        letter=name[:1].upper(),
        name=name,
        manner=dash.strip() + " " + manner if manner else "",
        html=html,
        ask=headings.ask_link(entry, block.anchor, name),
    )


def _branches(block: Block, language: str) -> list[Branch]:
    found = []
    for item in _ITEM.findall(block.html):
        target = _TARGET.search(item)
        if target:
            found.append(Branch(typeset(plain_text(item), language), target[1]))
    return found
