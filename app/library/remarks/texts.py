"""A person's words: checked when they are sent, and shown in a small subset of Markdown.

Paragraphs, bold, italic, code, lists and links; a heading, a picture or a tag stays the characters that were typed.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from threading import local
from xml.etree.ElementTree import Element

import markdown
import nh3
from flask_babel import lazy_gettext as _l
from markdown.inlinepatterns import InlineProcessor

from app.core.errors import InvalidInput
from app.library import limits
from app.library.markup import DOCUMENT_LINK, DOCUMENT_SCHEMES
from app.library.typography import typeset_french

LONGEST = 2_000
MOST_LINES = 200
TAGS = {"p", "br", "strong", "em", "code", "ul", "ol", "li", "a"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", *DOCUMENT_SCHEMES}

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"(?:https?)://", re.IGNORECASE)
# What Python-Markdown would read besides the subset.
_NOT_READ = {
    "preprocessors": ("html_block",),
    "blocks": ("code", "hashheader", "setextheader", "hr", "quote", "reference"),
    "inline": ("html", "image_link", "image_reference", "short_image_ref", "reference", "short_reference", "automail"),
}
_converters = local()


class _BareAddress(InlineProcessor):
    """An address that was pasted as it is; the full stop that ends the sentence is not part of it."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        address = m[0].rstrip(".,;:!?…")
        link = Element("a", {"href": address})
        link.text = markdown.util.AtomicString(address)
        return link, m.start(0), m.start(0) + len(address)


def checked(words: str | None) -> str:
    """What is kept of what was typed. Raises InvalidInput when it is empty, too long, or no text."""
    text = unicodedata.normalize("NFC", (words or "").replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text or not any(each.isalnum() for each in text):
        raise InvalidInput(_l("Write your question first."), field="text")
    if len(text) > LONGEST or text.count("\n") > MOST_LINES:
        raise InvalidInput(_l("At most 2,000 characters: keep the question, leave out the rest."), field="text")
    if _FORBIDDEN.search(text):
        raise InvalidInput(_l("This holds characters that are no text. Type it again."), field="text")
    try:
        limits.hold(text)
    except limits.TooComplex:
        raise InvalidInput(
            _l("Too many brackets are left open. Close them, or leave them out."), field="text"
        ) from None
    return text


def shown(text: str, language: str, address: Callable[[str, str], str | None]) -> str:
    """Safe HTML of words that were checked; `address(kind, id)` gives the page of a document link."""
    raw = _read(text)
    safe = nh3.clean(
        raw,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _attribute(tag, name, value, address),
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return typeset_french(safe) if language == "fr" else safe


def _attribute(tag: str, name: str, value: str, address: Callable[[str, str], str | None]) -> str | None:
    if name != "href":  # of the others, nh3 lets a few through on every tag
        return value if name == "rel" or name in ATTRIBUTES.get(tag, ()) else None
    document = DOCUMENT_LINK.match(value)
    if document:
        page = address(document["kind"], document["id"])
        return page and page + (f"#{document['part']}" if document["part"] else "")
    return value if _ADDRESS.match(value) else None


@lru_cache(maxsize=2_000)
def _read(text: str) -> str:
    """Markdown to HTML, not yet clean. Kept, because a page of questions is read more often than written."""
    reader: markdown.Markdown | None = _converters.__dict__.get("reader")
    if reader is None:
        reader = _converters.__dict__["reader"] = _converter()
    try:
        return reader.reset().convert(text)
    except RecursionError:
        return "<p>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p>"


def _converter() -> markdown.Markdown:
    reader = markdown.Markdown(extensions=["sane_lists", "nl2br"], output_format="html")
    for name in _NOT_READ["preprocessors"]:
        reader.preprocessors.deregister(name)
    for name in _NOT_READ["blocks"]:
        reader.parser.blockprocessors.deregister(name)
    for name in _NOT_READ["inline"]:
        reader.inlinePatterns.deregister(name)
    reader.inlinePatterns.register(_BareAddress(r"(?<![\w/(\[<])https?://[^\s<>()\[\]]+", reader), "bare address", 65)
    return reader
