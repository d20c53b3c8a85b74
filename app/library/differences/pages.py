"""The difference of two revisions as readers see them: headings, lists, tables and quotations keep their form.

`lxml.html.diff` was tried and not taken: it compares one flat run of words, so that a row taken out of a table or an
item out of a list leaves the tags of both texts entangled; it repairs them afterwards by moving words to where they
never stood; and its comparison grows with the square of the text and faster on hostile ones. Here the two trees are
compared element by element (`alignment.py`), and words only inside elements that belong together; each step is bounded.
What comes out holds nothing but the tags that a rendered text may hold: it is cleaned once more, whatever came in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import nh3
from markupsafe import Markup

from app.library import markup
from app.library.differences import trees
from app.library.differences.alignment import Likeness, Pair, align
from app.library.differences.matching import Budget
from app.library.differences.trees import Node, Token
from app.library.differences.words import LINE, diff, has_changes, readable, runs
from app.library.kinds import Block

SHORTEST_FOLD = 3  # so many unchanged elements may be folded away, beside the one that shows where one is
_PAIRED_WHEN_ALONE = frozenset(("", *"table thead tbody ul ol dl dt blockquote div pre h3 h4".split()))
_FEW_WORDS = 6
_PICTURES = "/attachments/"  # a text shows no others


def _are_short(was: Node, now: Node) -> bool:
    """Whether both are a paragraph of few words: side by side in one they read better than in two."""
    return was.tag == "p" and all(sum(1 for _ in each.all_words()) <= _FEW_WORDS for each in (was, now))


_BLOCKS: Likeness[Block] = Likeness(
    key=lambda block: block.name or block.anchor or block.heading,
    words=lambda block: (block.heading + " " + markup.plain_text(block.html)).split(),
    may_pair=lambda was, now: was.name == now.name,
    must_pair=lambda was, now: was.name == now.name,
)
_NODES: Likeness[Node] = Likeness(
    key=lambda node: node.key,
    words=lambda node: tuple(node.all_words()),
    may_pair=lambda was, now: was.tag == now.tag,
    must_pair=lambda was, now: was.tag == now.tag and (was.tag in _PAIRED_WHEN_ALONE or _are_short(was, now)),
)


@dataclass(frozen=True)
class Part:
    """One or more elements of a block: unchanged ones, or one that changed."""

    html: Markup
    changed: bool
    elements: int = 1

    @property
    def may_fold(self) -> bool:
        """Whether it is long and unchanged: a page shows how much it is, and the text when asked."""
        return not self.changed and self.elements >= SHORTEST_FOLD


@dataclass(frozen=True)
class DiffBlock:
    """A block of both texts, or of one: its heading and its elements with what changed marked in them."""

    heading: Markup
    parts: tuple[Part, ...]
    changed: bool

    @property
    def html(self) -> Markup:
        """All of it, under its heading."""
        return Markup("").join(part.html for part in self.parts)


def page_diff(old: Sequence[Block], new: Sequence[Block]) -> list[DiffBlock]:
    """The blocks in reading order, with what was taken out in `<del class="was">` and put in in `<ins class="now">`."""
    comparison = _Comparison()
    return [comparison.block(was, now) for was, now in _pairs_of_blocks(old, new)]


def _pairs_of_blocks(old: Sequence[Block], new: Sequence[Block]) -> list[Pair[Block]]:
    return align(old, new, _BLOCKS)


class _Comparison:
    """One comparison of two texts, within one budget of steps."""

    def __init__(self) -> None:
        self.budget = Budget()

    def block(self, was: Block | None, now: Block | None) -> DiffBlock:
        heading, renamed = _heading(was.heading if was else "", now.heading if now else "")
        olds, news = (trees.parse(each.html) if each else [] for each in (was, now))
        parts = [Part(_clean(html), changed) for html, changed in self.children(olds, news)]
        changed = any(part.changed for part in parts)
        return DiffBlock(heading, tuple(_gathered(parts) if changed else _joined(parts)), renamed or changed)

    def children(self, old: list[Node], new: list[Node]) -> Iterable[tuple[str, bool]]:
        """The elements of two elements that belong together, each with whether it changed."""
        for was, now in _pairs_of_nodes(old, new):
            if was is not None and now is not None and was.key == now.key:
                yield trees.whole(now), False
            elif was is None or now is None:
                yield "".join(_marked(each, state) for each, state in ((was, "was"), (now, "now")) if each), True
            else:
                yield self.both(was, now), True

    def both(self, was: Node, now: Node) -> str:
        """An element that changed, its words compared, or its elements."""
        inside = (
            self.words(was.words, now.words)
            if was.words or now.words
            else "".join(html for html, _ in self.children(was.children, now.children))
        )
        return trees.opened(now) + inside + trees.closed(now)

    def words(self, was: list[Token], now: list[Token]) -> str:
        pieces = []
        for run in readable(runs(was, now, self.budget), _letters):
            pieces += [trees.in_words(run.same), _wrapped(run.was, "was"), _wrapped(run.now, "now")]
        return "".join(pieces)


def _pairs_of_nodes(old: list[Node], new: list[Node]) -> list[Pair[Node]]:
    cells = {"td", "th"}
    if len(old) == len(new) and all({was.tag, now.tag} <= cells for was, now in zip(old, new, strict=True)):
        return list(zip(old, new, strict=True))  # the cells of a row go by their column
    return align(old, new, _NODES)


def _marked(node: Node, state: str) -> str:
    """An element that is only in one of the texts: every word in it is marked, so that its form stays valid."""
    inside = _wrapped(node.words, state) + "".join(_marked(child, state) for child in node.children)
    return trees.opened(node) + inside + trees.closed(node)


def _wrapped(words: list[Token], state: str) -> str:
    tag = "ins" if state == "now" else "del"
    return f'<{tag} class="{state}">{trees.in_words(words)}</{tag}>' if words else ""


def _heading(was: str, now: str) -> tuple[Markup, bool]:
    pieces = diff(was, now)
    html = "".join(
        escape(piece.text, quote=False) if piece.state == "same" else _wrapped([Token(piece.text)], piece.state)
        for piece in pieces
    )
    return _clean(html), has_changes(pieces)


def _gathered(parts: list[Part]) -> Iterable[Part]:
    """Unchanged elements in a row as one part; beside a change, the nearest stays apart, to show where one is."""
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and not parts[end].changed:
            end += 1
        if end == at:
            yield parts[at]
            at += 1
            continue
        first, last = at + (1 if at else 0), end - (1 if end < len(parts) else 0)
        if last - first < SHORTEST_FOLD:
            first = last = end
        yield from parts[at:first]
        yield from _joined(parts[first:last])
        yield from parts[last:end]
        at = end


def _joined(parts: list[Part]) -> Iterable[Part]:
    if parts:
        yield Part(Markup("").join(part.html for part in parts), False, len(parts))


def _letters(token: Token) -> int:
    if token.is_mark or "\n" in token.text:
        return LINE
    return sum(map(str.isalnum, token.text))


def _clean(html: str) -> Markup:
    cleaned = nh3.clean(
        html,
        tags=markup.TAGS,
        attributes=markup.ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=markup.WEB_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Markup(cleaned)  # noqa: S704 - cleaned just now


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "id" or (name == "src" and not value.startswith(_PICTURES)):
        return None
    if name == "class":
        allowed = {*markup.CLASSES, *({"was", "now"} if tag in ("ins", "del") else ())}
        return " ".join(each for each in value.split() if each in allowed) or None
    return value
