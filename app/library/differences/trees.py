"""Clean HTML as a small tree, and back. Only what a rendered text may hold is kept, whatever comes in.

Anchors are left out, because two texts on one page would have each twice; abbreviations too, because the glossary
explains them, not the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

INLINE = frozenset("a b br code del em i ins kbd mark q s small span strong sub sup".split())
CONTAINERS = frozenset("blockquote div dd dl li ol table tbody td th thead tr ul".split())
LEAVES = frozenset("dt h2 h3 h4 p pre".split())
ALONE = frozenset(("br", "hr"))
KEPT = frozenset("align class colspan href lang rowspan scope start title src alt width height loading".split())
BREAK, PICTURE = "<br>", "<img "  # no words of a text: there, each sign stands alone
DEEPEST = 40  # a text written by hand has no more; what is nested deeper is told as words

# Words, numbers with their separators, signs one by one; any run of ordinary spaces is one space.
_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*|\w+[’']?|[ \t\r\n\f]+|[^\S \t\r\n\f]+|([^\w\s])\1*")
_OPENING = re.compile(r"<(\w+)")


@dataclass(frozen=True)
class Token:
    """A word, a sign or a space, inside its inline tags (`<strong>`, from the outermost); or BREAK, or a picture."""

    text: str
    tags: tuple[str, ...] = ()

    @property
    def is_mark(self) -> bool:
        """Whether it is a tag rather than words."""
        return self.text == BREAK or self.text.startswith(PICTURE)


@dataclass
class Node:
    """An element of blocks (`children`) or of words (`words`); of `words` without a tag, those between blocks."""

    tag: str
    attributes: str = ""
    children: "list[Node]" = field(default_factory=list)
    words: list[Token] = field(default_factory=list)
    key: str = ""

    def all_words(self) -> Iterable[str]:
        """The words in it, for telling how alike two of them are."""
        yield from (token.text for token in self.words if token.text[0].isalnum())
        for child in self.children:
            yield from child.all_words()


def parse(html: str) -> list[Node]:
    """The tree of a rendered block."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    _seal(parser.root)
    return parser.root.children


def opened(node: Node) -> str:
    """Its opening tag; nothing for words between blocks."""
    return f"<{node.tag}{node.attributes}>" if node.tag else ""


def closed(node: Node) -> str:
    """Its closing tag."""
    return f"</{node.tag}>" if node.tag and node.tag not in ALONE else ""


def in_words(words: Iterable[Token]) -> str:
    """Words in their inline tags, each closed where it ends."""
    pieces: list[str] = []
    within: tuple[str, ...] = ()
    for token in words:
        common = 0
        while common < min(len(within), len(token.tags)) and within[common] == token.tags[common]:
            common += 1
        pieces += [_closing(tag) for tag in reversed(within[common:])]
        pieces += token.tags[common:]
        pieces.append(token.text if token.is_mark else escape(token.text, quote=False))
        within = token.tags
    pieces += [_closing(tag) for tag in reversed(within)]
    return "".join(pieces)


def whole(node: Node) -> str:
    """An element as it is."""
    return opened(node) + in_words(node.words) + "".join(map(whole, node.children)) + closed(node)


def _closing(tag: str) -> str:
    found = _OPENING.match(tag)
    return f"</{found[1]}>" if found else ""


def _seal(node: Node) -> str:
    """Note what tells an element from another; drop the spaces at the ends of its words."""
    if node.tag != "pre":
        while node.words and node.words[0].text == " ":
            del node.words[0]
        while node.words and node.words[-1].text == " ":
            del node.words[-1]
    node.children = [child for child in node.children if _seal(child) or child.tag]
    # Without the words' own tags nothing would tell <b>a</b> from a.
    node.key = opened(node) + in_words(node.words) + "".join(child.key for child in node.children) + closed(node)
    return node.key


class _Parser(HTMLParser):
    """Builds the tree; a tag that it does not know adds nothing but its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open: list[Node] = [self.root]
        self._inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img"):
            mark = BREAK if tag == "br" else f"{PICTURE.strip()}{_attributes(attrs)}>"
            self._add([Token(mark, tuple(self._inline))])
        elif tag in INLINE:
            if len(self._inline) < DEEPEST:
                self._inline.append(f"<{tag}{_attributes(attrs)}>")
        elif tag == "hr" or ((tag in CONTAINERS or tag in LEAVES) and len(self._open) <= DEEPEST):
            node = Node(tag, _attributes(attrs))
            if self._open[-1].tag in LEAVES:
                self._open.pop()  # a paragraph ends where another begins
            self._open[-1].children.append(node)
            if tag != "hr":
                self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            for at in range(len(self._inline) - 1, -1, -1):
                if _named(self._inline[at]) == tag:
                    del self._inline[at]
                    return
            return
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                self._inline = []
                return

    def handle_data(self, data: str) -> None:
        verbatim = self._open[-1].tag == "pre"
        tags = tuple(self._inline)
        self._add(
            [
                Token(found[0] if verbatim or found[0].strip(" \t\r\n\f") else " ", tags)
                for found in _TOKEN.finditer(data)
            ]
        )

    def _add(self, words: list[Token]) -> None:
        at = self._open[-1]
        if at.tag not in LEAVES:
            if not at.children or at.children[-1].tag:
                at.children.append(Node(""))
            at = at.children[-1]
        at.words += words


def _attributes(given: list[tuple[str, str | None]]) -> str:
    kept = [(name, value or "") for name, value in given if name in KEPT]
    return "".join(f' {name}="{escape(value)}"' for name, value in kept)


def _named(tag: str) -> str:
    found = _OPENING.match(tag)
    return found[1] if found else ""
