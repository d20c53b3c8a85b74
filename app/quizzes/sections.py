"""Where a question's answer is explained: the link of its `read_again`, with words for a person."""

from dataclasses import dataclass

from flask_babel import lazy_pgettext

from app.core import languages
from app.library import catalogue
from app.library.markup import DOCUMENT_LINK

PARTS = {
    "know": lazy_pgettext("part of a document", "Know"),
    "say": lazy_pgettext("part of a document", "Say"),
    "show": lazy_pgettext("part of a document", "Show"),
    "do": lazy_pgettext("part of a document", "Do"),
    "probe": lazy_pgettext("part of a document", "Probe"),
    "rephrase": lazy_pgettext("part of a document", "Rephrase"),
    "answer": lazy_pgettext("part of a document", "Answer"),
    "check": lazy_pgettext("part of a document", "Check"),
    "characteristics": lazy_pgettext("part of a document", "Characteristics"),
    "limits": lazy_pgettext("part of a document", "Limits"),
    "prices": lazy_pgettext("part of a document", "Prices"),
    "competitors": lazy_pgettext("part of a document", "Competitors"),
}


@dataclass(frozen=True)
class Section:
    """A part of a document. `part` is empty for the whole; `minutes` is 0 when nobody measured it."""

    href: str
    title: str
    language: str
    part: str
    minutes: int


def section(target: str) -> Section | None:
    """The section behind a document link; None once its document is withdrawn."""
    link = DOCUMENT_LINK.match(target)
    if link is None:
        return None
    entry = catalogue.current().find(link["id"], languages.readers(), link["kind"])
    if entry is None:
        return None
    part = link["part"] or ""
    href = entry.address + (f"#{part}" if part else "")
    return Section(href, entry.title, entry.language, str(PARTS.get(part, "")), getattr(entry.card, "minutes", 0))
