"""Markdown to safe HTML, in blocks: what an author writes is rendered once, cleaned, and never trusted."""

import html
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from app.library.kinds import Block

RENDERER = "1"  # raise it when the rendering changes: every revision is then rendered again

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr", "i"),
    *("ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table"),
    *("tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
WEB_SCHEMES = {"http", "https", "mailto", "tel"}
DOCUMENT_LINK = re.compile(r"^(?P<kind>step|play|offer|script|quiz|tool):(?P<id>[^#]*)(?:#(?P<part>.*))?$")
_CHECKBOX = re.compile(r"<input[^>]*type=\"checkbox\"[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|dt|dd|tr|div|blockquote)>|<br\s*/?>")
_THIN, _FULL = "\u202f", "\u00a0"


@dataclass(frozen=True)
class Rendered:
    """A rendered body: its blocks, the anchors in it, and the document links with the text they stand in."""

    blocks: tuple[Block, ...]
    anchors: frozenset[str]
    links: tuple[str, ...]


Address = Callable[[str, str], str | None]


def render(
    text: str,
    *,
    language: str,
    block_names: tuple[str, ...] = (),
    abbreviations: Mapping[str, str] | None = None,
    address: Address,
) -> Rendered:
    """Render a body. `address(kind, id)` gives the page of a document link, None when there is no such kind.

    A second-level heading begins a block; one with a class of `block_names` gives the block its name and anchor.
    Raises RecursionError on a text nested beyond reason.
    """
    splitter = _Splitter()
    raw = _converter(splitter, abbreviations or {}).convert(text)
    chunks = [chunk for chunk in raw.split(splitter.mark) if chunk.strip()]
    links: list[str] = []
    clean = partial(_clean, language=language, address=address, links=links)
    blocks = tuple(_block(clean(chunk), block_names) for chunk in chunks)
    return Rendered(blocks, anchors_in(blocks), tuple(links))


def anchors_in(blocks: Iterable[Block]) -> frozenset[str]:
    """Every part of a body that a link may point to."""
    blocks = tuple(blocks)
    inside = re.findall(r'\bid="([^"]+)"', "".join(block.html for block in blocks))
    return frozenset(inside) | {block.anchor for block in blocks if block.anchor}


def inline(text: str, *, language: str, address: Address) -> str:
    """A short text (a question, a feedback) rendered and cleaned; without the paragraph when there is only one."""
    rendered = render(text, language=language, address=address)
    joined = "".join(block.html for block in rendered.blocks)
    single = re.fullmatch(r"\s*<p>(.*)</p>\s*", joined, flags=re.S)
    return single[1] if single and "<p>" not in single[1] else joined


def plain_text(markup: str) -> str:
    """The words of clean HTML, a space wherever something ends."""
    return re.sub(r"\s+", " ", html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", markup)))).strip()


def french_spaces(text: str) -> str:
    """Make the spaces before : ; ? ! % €, and inside « », unbreakable, as French typography wants."""
    text = re.sub(r" ([;?!%€])", _THIN + r"\1", text)
    text = text.replace(" :", _FULL + ":").replace("« ", "«" + _FULL).replace(" »", _FULL + "»")
    return re.sub(r"(?<=\d) (?=\d{3}\b)", _THIN, text)


class _Splitter(Treeprocessor):
    """Puts a mark that nobody can guess in front of each top-level second heading."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = f"<!--{secrets.token_hex(8)}-->"

    def run(self, root: Element) -> None:
        for position, child in reversed(list(enumerate(root))):
            if child.tag == "h2":
                mark = Element("p")
                mark.text = self.md.htmlStash.store(self.mark)
                root.insert(position, mark)


def _converter(splitter: _Splitter, abbreviations: Mapping[str, str]) -> markdown.Markdown:
    class Splitting(Extension):
        def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
            splitter.md = md
            md.treeprocessors.register(splitter, "palier-blocks", 15)

    return markdown.Markdown(
        extensions=[
            *("tables", "footnotes", "def_list", "attr_list", "admonition", "sane_lists", "abbr", "toc"),
            *("pymdownx.tasklist", "pymdownx.superfences", Splitting()),
        ],
        extension_configs={
            "toc": {"slugify": _anchor},
            "abbr": {"glossary": dict(abbreviations)},
            "footnotes": {"BACKLINK_TITLE": "↩"},
        },
        output_format="html",
    )


def _anchor(heading: str, separator: str) -> str:
    """Lower case, no accents, hyphens."""
    return str(slugify(heading.replace("’", "-").replace("'", "-"), separator))


def _clean(chunk: str, *, language: str, address: Address, links: list[str]) -> str:
    """Sanitised HTML, its document links resolved and its French spaces set."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "a" and name == "href":
            return _href(value, address, links)
        return value

    boxed = _CHECKBOX.sub('<span class="task-box"></span>', chunk)
    safe = nh3.clean(
        boxed,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=WEB_SCHEMES | {"step", "play", "offer", "script", "quiz", "tool"},
        link_rel="noopener noreferrer",
    )
    if language != "fr":
        return safe
    # Only the text between tags: an address keeps its bytes.
    return "".join(part if part.startswith("<") else french_spaces(part) for part in re.split(r"(<[^>]*>)", safe))


def _href(value: str, address: Address, links: list[str]) -> str | None:
    document = DOCUMENT_LINK.match(value)
    if document is None:
        return value
    links.append(value)
    page = address(document["kind"], document["id"])
    return page and page + (f"#{document['part']}" if document["part"] else "")


_HEADING = re.compile(r"^\s*<h2(?P<attributes>[^>]*)>(?P<text>.*?)</h2>", flags=re.S)


def _block(chunk: str, names: tuple[str, ...]) -> Block:
    """A block from its HTML, the heading taken off."""
    heading = _HEADING.match(chunk)
    if heading is None:
        return Block("", "", "", chunk.strip())
    classes = re.search(r'class="([^"]*)"', heading["attributes"])
    name = next((each for each in (classes[1].split() if classes else ()) if each in names), "")
    identity = re.search(r'id="([^"]*)"', heading["attributes"])
    anchor = name or (identity[1] if identity else "")
    return Block(name, anchor, plain_text(heading["text"]), chunk[heading.end() :].strip())
