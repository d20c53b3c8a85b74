"""Markdown to safe HTML, in blocks: what an author writes is rendered once, cleaned, and never trusted."""

import html
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from app.library import limits
from app.library.attachments import names, shelf
from app.library.kinds import Block
from app.library.typography import TAG, typeset_french
from app.library.typography import french_spaces as french_spaces

RENDERER = "3"  # raise it when the rendering changes: every revision is then rendered again

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr", "i"),
    *("ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table"),
    *("tbody", "td", "th", "thead", "tr", "ul", "img"),
}
ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
# Any other class is dropped: a text must not be able to look like a button, a menu or a message of Palier's own.
CLASSES = {
    *("admonition", "admonition-title", "note", "info", "tip", "success", "important", "warning", "caution", "danger"),
    *("example", "question", "quote", "footnote", "footnote-ref", "footnote-backref", "highlight"),
    *("task-list", "task-list-item", "task-box", "attached"),
}
# Places of the pages themselves, which an anchor in a text must not take.
PAGE_IDS = frozenset({"content", "ack", "ask", "remarks", "bar-search", "q", "state", "trust"})
WEB_SCHEMES = {"http", "https", "mailto", "tel"}
DOCUMENT_SCHEMES = ("step", "play", "offer", "script", "quiz", "tool")
DOCUMENT_LINK = re.compile(rf"^(?P<kind>{'|'.join(DOCUMENT_SCHEMES)}):(?P<id>[^#]*)(?:#(?P<part>.*))?$")
_ATTACHMENT = re.compile(rf"{names.SCHEME}:(?P<name>[^#]*)(?P<part>#.*)?")
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')
_HOW_TO_ATTACH = "an attached one: ![what it shows](attachment:name.png)"
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_CHECKBOX = re.compile(r"<input[^>]*type=\"checkbox\"[^>]*>")
_LINK = re.compile(r"<a\s[^>]*?href=\"([^\"]*)\"")
_UNSHOWN = re.compile(r"<(img|h1|h5|h6)\b[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|dt|dd|tr|div|blockquote)>|<br\s*/?>")


@dataclass(frozen=True)
class Flaw:
    """Something of a text that a page cannot show; `near` is a piece of the text, to find the line by."""

    what: str
    expected: str
    near: str


@dataclass(frozen=True)
class Rendered:
    """A rendered body: its blocks, the anchors in it, its document links and what of it cannot be shown.

    `links` holds the links that must lead to a document, and those whose beginning is none that we know.
    """

    blocks: tuple[Block, ...]
    anchors: frozenset[str]
    links: tuple[str, ...]
    flaws: tuple[Flaw, ...] = ()


Address = Callable[[str, str], str | None]
Attached = Callable[[str], shelf.Held | None]


@dataclass
class _Cleaning:
    """How a text is cleaned, and the links met on the way. `block_names` are classes a second heading may have."""

    language: str
    address: Address
    block_names: tuple[str, ...] = ()
    reserved: frozenset[str] = PAGE_IDS
    attachment: Attached = shelf.find
    links: list[str] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def clean(self, raw: str) -> str:
        """Sanitised HTML, its document links resolved and its French spaces set."""
        self._note_what_is_lost(raw)
        safe = nh3.clean(
            _CHECKBOX.sub(_box, raw),
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=self._attribute,
            url_schemes=WEB_SCHEMES | {*DOCUMENT_SCHEMES, names.SCHEME},
            link_rel="noopener noreferrer",
        )
        if "<img" in safe:
            # Tag by tag: what looks like a picture inside another tag's attribute is none.
            safe = TAG.sub(lambda tag: self._picture(tag[0]) if tag[0].startswith("<img") else tag[0], safe)
        return typeset_french(safe) if self.language == "fr" else safe

    def _note_what_is_lost(self, raw: str) -> None:
        for target in _LINK.findall(raw):
            written = html.unescape(target)
            scheme = _SCHEME.match(written)
            if DOCUMENT_LINK.match(written) or (scheme and scheme[1].lower() not in WEB_SCHEMES):
                self.links.append(written)
        for tag in _UNSHOWN.finditer(raw):
            if tag[1] == "img":
                near = re.search(r'src="([^"]*)"', tag[0])
                if near is None or not _ATTACHMENT.fullmatch(html.unescape(near[1])):
                    source = html.unescape(near[1]) if near else "<img"
                    self.flaws.append(Flaw("a picture from elsewhere", _HOW_TO_ATTACH, source))
            else:
                words = plain_text(raw[tag.end() : tag.end() + 200].split("</h")[0])
                self.flaws.append(Flaw(f"a heading of level {tag[1][1]}", "a heading of level 2 to 4", words))

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return self._href(value)
        if name == "src":
            return value if _ATTACHMENT.fullmatch(value) else None
        if name == "class":
            kept = [each for each in value.split() if each in CLASSES or (tag == "h2" and each in self.block_names)]
            return " ".join(kept) or None
        if name == "id":
            return None if value in self.reserved else value
        return value

    def _picture(self, tag: str) -> str:
        """An attached picture, made anew from what it is; nothing of any other."""
        given = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        source = given.get("src", "")
        link = _ATTACHMENT.fullmatch(source)
        if link is None:
            return ""
        self.links.append(source)
        alternative = given.get("alt", "").strip()
        if not alternative:
            self.flaws.append(Flaw("a picture without words", f"what it shows: ![what it shows]({source})", source))
        held = self.attachment(link["name"])
        if held is None:
            return ""
        if not held.is_picture:
            self.flaws.append(Flaw("a PDF as a picture", f"a link to it: [its title]({source})", source))
            return ""
        title = f' title="{html.escape(given["title"])}"' if given.get("title") else ""
        size = f' width="{held.width}" height="{held.height}"' if held.width and held.height else ""
        described = f'src="{held.address}" alt="{html.escape(alternative)}"{title}{size}'
        return f'<img class="attached" {described} loading="lazy">'

    def _href(self, value: str) -> str | None:
        attached = _ATTACHMENT.fullmatch(value)
        if attached is not None:
            held = self.attachment(attached["name"])
            return held.address + (attached["part"] or "") if held else None
        document = DOCUMENT_LINK.match(value)
        if document is None:
            scheme = _SCHEME.match(value)
            return value if scheme is None or scheme[1].lower() in WEB_SCHEMES else None
        page = self.address(document["kind"], document["id"])
        return page and page + (f"#{document['part']}" if document["part"] else "")


def render(
    text: str,
    *,
    language: str,
    block_names: tuple[str, ...] = (),
    abbreviations: Mapping[str, str] | None = None,
    address: Address,
    reserved: Iterable[str] = (),
) -> Rendered:
    """Render a body. `address(kind, id)` gives the page of a document link, None when there is no such kind.

    A second-level heading begins a block; one with a class of `block_names` gives the block its name and anchor.
    `reserved` anchors are the page's own: a heading that would take one gets another.
    Raises limits.TooComplex, and RecursionError, on a text nested or entangled beyond reason.
    """
    limits.hold(text)
    cleaning = _Cleaning(language, address, block_names, PAGE_IDS | frozenset(reserved) | frozenset(block_names))
    splitter = _Splitter()
    raw = _converter(splitter, abbreviations or {}, cleaning.reserved).convert(text)
    preamble, *chunks = raw.split(splitter.mark)
    blocks = [Block("", "", "", cleaned)] if (cleaned := cleaning.clean(preamble).strip()) else []
    blocks += [_block(cleaning.clean(chunk), block_names) for chunk in chunks]
    return Rendered(tuple(blocks), anchors_in(blocks), tuple(cleaning.links), tuple(cleaning.flaws))


def anchors_in(blocks: Iterable[Block]) -> frozenset[str]:
    """Every part of a body that a link may point to."""
    blocks = tuple(blocks)
    inside = (re.search(r'\sid="([^"]+)"', tag) for block in blocks for tag in TAG.findall(block.html))
    return frozenset(found[1] for found in inside if found) | {block.anchor for block in blocks if block.anchor}


def inline(text: str, *, language: str, address: Address) -> str:
    """A short text (a question, a feedback) rendered and cleaned; without the paragraph when there is only one.

    Raises limits.TooComplex and RecursionError as `render` does.
    """
    limits.hold(text)
    raw = _converter(None, {}, PAGE_IDS).convert(text)
    joined = _Cleaning(language, address).clean(raw)
    single = re.fullmatch(r"\s*<p>(.*)</p>\s*", joined, flags=re.S)
    return single[1] if single and "<p>" not in single[1] else joined


def plain_text(markup: str) -> str:
    """The words of clean HTML, a space wherever something ends."""
    return re.sub(r"\s+", " ", html.unescape(TAG.sub("", _BLOCK_END.sub(" ", markup)))).strip()


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


def _converter(
    splitter: _Splitter | None, abbreviations: Mapping[str, str], reserved: frozenset[str]
) -> markdown.Markdown:
    class Splitting(Extension):
        def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
            if splitter is not None:
                splitter.md = md
                md.treeprocessors.register(splitter, "palier-blocks", 15)

    def anchor(heading: str, separator: str) -> str:
        """Lower case, no accents, hyphens; never one of the page's own."""
        slug = str(slugify(heading.replace("’", "-").replace("'", "-"), separator))
        return f"{slug}-2" if slug in reserved else slug

    return markdown.Markdown(
        extensions=[
            *("tables", "footnotes", "def_list", "attr_list", "admonition", "sane_lists", "abbr", "toc"),
            *("pymdownx.tasklist", "pymdownx.highlight", "pymdownx.superfences", Splitting()),
        ],
        extension_configs={
            "toc": {"slugify": anchor},
            "abbr": {"glossary": dict(abbreviations)},
            "footnotes": {"BACKLINK_TITLE": "↩"},
            # The same HTML whether or not Pygments happens to be installed.
            "pymdownx.highlight": {"use_pygments": False},
        },
        output_format="html",
    )


def _box(checkbox: re.Match[str]) -> str:
    return f'<span class="task-box">{"☑" if " checked" in checkbox[0] else "☐"}</span>'


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
