"""What is wrong in a text being written, and how its page would look: one answer, by the code of the page itself."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from app.library import problem_words
from app.library.authoring import checks
from app.library.kinds import Block, Kind
from app.library.problems import Problem
from app.library.typography import TAG

_NAMES = re.compile(r'\s(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_HREF = re.compile(r'\shref="([^"]*)"')
_HEADING = re.compile(r"<h([1-6])\b")
MARK = "preview-"
HIGHEST = 3  # the frame's own heading is of level 2


@dataclass(frozen=True)
class Look:
    """`preview` is None when nothing can be shown; it is `rough`, the text alone, when the front matter is wrong."""

    problems: list[Problem]
    preview: Markup | None
    rough: bool = False


def look(kind: Kind, path: str, source: bytes, document_id: str) -> Look:
    """Check a text and show it, as far as it can be read; what is wrong is said in the reader's language."""
    checked = checks.check(path, source, document_id)
    problems = [_said(problem) for problem in checked.problems]
    if checked.readable is not None:
        return Look(problems, framed(kind.preview(checked.readable)))
    return Look(problems, framed(_bare(checked.blocks)) if checked.blocks else None, rough=True)


def _said(problem: Problem) -> Problem:
    what, expected = problem_words.spoken(problem.what, problem.expected)
    return Problem(problem.path, problem.line, what, expected)


def framed(page: Markup) -> Markup:
    """A page's HTML made to stand inside another: its anchors and headings take nothing of that one's.

    Its highest headings come right under that of the frame. Links to elsewhere open beside it, so that nobody leaves a
    text by a slip.
    """
    deeper = HIGHEST - min(map(int, _HEADING.findall(str(page))), default=HIGHEST)
    return Markup(TAG.sub(lambda tag: _framed_tag(tag[0], deeper), str(page)))  # noqa: S704 - our own, cleaned texts


def _framed_tag(tag: str, deeper: int) -> str:
    if tag.startswith("</"):
        return tag
    tag = _NAMES.sub(lambda found: f' {found[1]}="{" ".join(MARK + name for name in found[2].split())}"', tag)
    if tag[1:2] == "a" and (link := _HREF.search(tag)):
        if link[1].startswith("#"):
            return tag.replace(link[0], f' href="#{MARK}{link[1][1:]}"', 1)
        return tag if " target=" in tag else f'{tag[:2]} target="_blank"{tag[2:]}'
    if tag[1:2] == "h" and tag[2:3].isdigit():
        return f'{tag[:3]} aria-level="{min(6, int(tag[2]) + deeper)}"{tag[3:]}'
    return tag


def _bare(blocks: tuple[Block, ...]) -> Markup:
    """The text alone, under its headings."""
    section = Markup('<section class="prose"><h2>{}</h2>{}</section>')
    return Markup("").join(section.format(block.heading, Markup(block.html)) for block in blocks)  # noqa: S704 - clean
