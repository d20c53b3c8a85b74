"""HTML and plain text of other platforms as Markdown, in which Palier's texts are written.

Only what a text of a question needs: what has no Markdown keeps its words and loses its dress.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.quizzes.formats.html_tokens import Tag, tokens

_SPACES = re.compile(r"[ \t\n\f]+")
_INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_BLOCKS = frozenset("p div ul ol li table tr h1 h2 h3 h4 h5 h6 blockquote pre section article dl dt dd hr".split())
_SILENT = frozenset(("script", "style", "head", "title", "template"))
_PICTURES = frozenset(("img", "audio", "video", "object", "embed", "iframe", "svg", "canvas"))
_ADDRESS = re.compile(r"(?:https?|mailto):[^\s()<>]{1,2000}")
_SIGNS = re.compile(
    r"\[\[\d{1,4}\]\]|\\(?=[\\`*_{}\[\]()#+.!|<>-])|`|\*(?=\S)|(?<=\S)\*|(?<!\w)_(?=[^\W_])|(?<=[^\W_])_(?!\w)|\[|<(?=[A-Za-z/!?])"
)
_LINE_SIGNS = re.compile(r"^(?=#{1,6}(?:\s|$)|>|[-+*]\s|\d{1,9}[.)]\s)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s)", re.MULTILINE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
DEEPEST = 40


@dataclass(frozen=True)
class Text:
    """A text as another platform gives it, and its form: markdown, html, plain, or auto (plain with perhaps tags)."""

    words: str
    form: str = "plain"

    @property
    def is_plain(self) -> bool:
        """Whether it can be kept as it is in a plain question."""
        return self.form == "plain" or (self.form == "auto" and not _TAG.search(self.words)) or not self.words


def _marked(found: re.Match[str]) -> str:
    """A sign with a backslash before it; a numbered gap is no markup."""
    return found[0] if found[0].startswith("[[") else "\\" + found[0]


def escaped(words: str) -> str:
    """Plain text as Markdown: signs that would be taken for markup get a backslash.

    >>> escaped("2*3 [x] _____ et a_b")
    '2\\\\*3 \\\\[x] _____ et a_b'
    """
    marked = _SIGNS.sub(_marked, words)
    return _LINE_SIGNS.sub("\\\\", _NUMBERED.sub(r"\1\\\2", marked))


def as_markdown(text: Text, note: Callable[[str], None] = lambda lost: None) -> str:
    """A text as Markdown. `note` is told what is lost: pictures, sounds, tables beyond a grid."""
    if text.form == "markdown":
        return text.words
    if text.is_plain:
        return escaped(text.words)
    return html_to_markdown(text.words, note)


def one_form(texts: Iterable[Text]) -> bool:
    """Whether all the texts of a question may stay plain."""
    return all(each.is_plain for each in texts)


def html_to_markdown(html: str, note: Callable[[str], None] = lambda lost: None) -> str:
    """HTML as Markdown."""
    reader = _Reader(note)
    for token in tokens(html):
        if isinstance(token, str):
            reader.handle_data(token)
        else:
            reader.handle_tag(token)
    return reader.result()


@dataclass
class _List:
    ordered: bool
    number: int = 0


@dataclass
class _Block:
    """A paragraph under construction, and what its first line begins with."""

    pieces: list[str] = field(default_factory=list)
    prefix: str = ""


class _Reader:
    """Collects blocks of Markdown, one tag at a time."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self.note = note
        self.blocks: list[str] = []
        self.block = _Block()
        self.lists: list[_List] = []
        self.open_inline: list[str] = []
        self.links: list[str] = []
        self.silent = 0
        self.pre = 0
        self.cells = 0
        self.rows = 0

    def result(self) -> str:
        self._end_block()
        return "".join(self.blocks).strip("\n")

    def handle_tag(self, tag: Tag) -> None:
        if tag.is_end:
            self.handle_endtag(tag.name)
            return
        self.handle_starttag(tag.name, tag.attributes)
        if tag.is_alone and tag.name not in _PICTURES and tag.name != "br":
            self.handle_endtag(tag.name)

    def handle_starttag(self, tag: str, given: dict[str, str]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _PICTURES:
            self._picture(tag, given)
        elif tag == "br":
            self.block.pieces.append("\n")
        elif tag in _INLINE and len(self.open_inline) < DEEPEST:
            self.open_inline.append(tag)
            self.block.pieces.append(_INLINE[tag])
        elif tag == "a":
            self.links.append(given.get("href", ""))
            if _ADDRESS.fullmatch(self.links[-1]):
                self.block.pieces.append("[")
        elif tag in ("sub", "sup"):
            self.block.pieces.append(f"<{tag}>")
        elif tag in ("td", "th"):
            self.block.pieces.append("| ")
            self.cells += 1
        elif tag in _BLOCKS:
            self._start_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _INLINE and tag in self.open_inline:
            self.open_inline.remove(tag)
            self._close_inline(_INLINE[tag])
        elif tag == "a" and self.links:
            address = self.links.pop()
            if _ADDRESS.fullmatch(address):
                self.block.pieces.append(f"]({address})")
        elif tag in ("sub", "sup"):
            self.block.pieces.append(f"</{tag}>")
        elif tag in ("td", "th"):
            self.block.pieces.append(" ")
        elif tag in _BLOCKS:
            self._end_of(tag)

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.pre:
            self.block.pieces.append(data)
            return
        words = _SPACES.sub(" ", data)
        pieces = self.block.pieces
        if words.startswith(" ") and pieces and pieces[-1] in ("**", "*") and self.open_inline:
            pieces.insert(-1, " ")  # an emphasis begins right before its first letter
            words = words[1:]
        raw = bool({"code", "tt"} & set(self.open_inline))
        self.block.pieces.append(words if raw else _SIGNS.sub(_marked, words))

    def _close_inline(self, mark: str) -> None:
        """End an emphasis: the sign stands right after the last letter, an empty one is taken back."""
        pieces = self.block.pieces
        trailing = ""
        while pieces and pieces[-1] and pieces[-1] != mark and not pieces[-1].strip(" "):
            trailing += pieces.pop()
        if pieces and pieces[-1] == mark:
            pieces.pop()
            pieces.append(trailing)
            return
        if pieces and pieces[-1].endswith(" ") and not trailing:
            pieces[-1], trailing = pieces[-1].rstrip(" "), " "
        pieces.append(mark + trailing)

    def _picture(self, tag: str, given: dict[str, str]) -> None:
        self.note("a picture" if tag in ("img", "svg", "canvas") else f"an embedded {tag}")
        if given.get("alt"):
            self.block.pieces.append(_SIGNS.sub(_marked, given["alt"]))

    def _start_block(self, tag: str) -> None:
        if tag == "p" and self.block.prefix and not self.block.pieces:
            return  # a paragraph inside a list item
        self._end_block()
        if tag in ("ul", "ol"):
            self.lists.append(_List(tag == "ol"))
        elif tag == "li":
            inside = self.lists[-1] if self.lists else _List(False)
            inside.number += 1
            depth = min(len(self.lists), DEEPEST) - 1
            self.block.prefix = "    " * max(0, depth) + (f"{inside.number}. " if inside.ordered else "- ")
        elif tag == "blockquote":
            self.block.prefix = "> "
        elif tag[0] == "h" and tag[1:].isdigit():
            self.block.prefix = "#" * max(2, min(4, int(tag[1:]))) + " "
        elif tag == "pre":
            self.pre += 1
        elif tag == "table":
            self.rows = 0
        elif tag == "tr":
            self.cells = 0

    def _end_of(self, tag: str) -> None:
        if tag == "tr" and self.cells:
            self.block.pieces.append("|")
            row = "".join(self.block.pieces).replace("\n", " ")
            self.block = _Block()
            self.blocks.append(("\n\n" if not self.rows else "\n") + row)
            if not self.rows:
                self.blocks.append("\n" + "| --- " * self.cells + "|")
            self.rows += 1
            return
        if tag == "pre" and self.pre:
            self.pre -= 1
            words = "".join(self.block.pieces).strip("\n")
            self.block = _Block()
            self.blocks.append("\n\n" + "\n".join("    " + line for line in words.split("\n")))
            return
        if tag in ("ul", "ol") and self.lists:
            self._end_block()
            self.lists.pop()
            return
        self._end_block()

    def _end_block(self) -> None:
        words = "\n".join(line.strip(" ") for line in "".join(self.block.pieces).split("\n")).strip("\n ")
        prefix, self.block = self.block.prefix, _Block()
        if not words:
            return
        if not prefix:
            self.blocks.append("\n\n" + _LINE_SIGNS.sub("\\\\", _NUMBERED.sub(r"\1\\\2", words)))
            return
        is_item = prefix.lstrip(" ")[0] in "-0123456789"
        before = self.blocks[-1].lstrip("\n ") if self.blocks else ""
        follows = is_item and re.match(r"- |\d+\. ", before)
        self.blocks.append(("\n" if follows else "\n\n") + prefix + words.replace("\n", "\n" + " " * len(prefix)))
