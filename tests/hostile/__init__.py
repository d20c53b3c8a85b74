"""Texts that try to run something, to leave the page, or to look like a part of it. See README.md."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
EVIL = "evil.example"  # no vector may reach it


def _lines(name: str) -> list[str]:
    """One vector a line; ⏎ stands for a line end inside it."""
    return [line.replace("⏎", "\n") for line in (FOLDER / name).read_text("utf-8").split("\n") if line.strip()]


@cache
def html() -> tuple[str, ...]:
    """Raw HTML, and pieces that break out of where a text is put."""
    return tuple(_lines("html.txt"))


@cache
def markdown() -> tuple[str, ...]:
    """What Markdown's own syntax can carry."""
    return tuple(_lines("markdown.txt"))


@cache
def addresses() -> tuple[str, ...]:
    """Addresses that a link or a picture must not have."""
    return tuple(_lines("addresses.txt"))


@cache
def handlers() -> tuple[str, ...]:
    """A tag for every event that a browser knows; the tags that fire it by themselves are among those of html()."""
    tags = ("img src=x", "svg", "p", "a href=#", "video src=x", "input autofocus", "details open", "td")
    names = _lines("events.txt")
    return tuple(f"<{tags[place % len(tags)]} {name}=alert(1)>x" for place, name in enumerate(names))


@cache
def vectors() -> tuple[str, ...]:
    """All of them, each once: what a text of any kind may be made of."""
    return tuple(dict.fromkeys((*html(), *markdown(), *addresses(), *handlers())))


# Where a vector can stand in a Markdown text.
PLACES: dict[str, Callable[[str], str]] = {
    "body": lambda vector: vector,
    "words": lambda vector: f"Avant {vector} après.",
    "heading": lambda vector: f"## {_one_line(vector)}\nx",
    "third heading": lambda vector: f"### {_one_line(vector)} {{.know #{_one_line(vector)}}}\nx",
    "link": lambda vector: f"[{vector}](https://example.org/)",
    "address": lambda vector: f"[x]({_one_line(vector)})",
    "bracketed address": lambda vector: f"[x](<{_one_line(vector)}>)",
    "link title": lambda vector: f'[x](https://example.org/ "{_one_line(vector)}")',
    "reference": lambda vector: f"[x][y]\n\n[y]: {_one_line(vector)}\n",
    "autolink": lambda vector: f"<{_one_line(vector)}>",
    "picture": lambda vector: f"![x]({_one_line(vector)})",
    "picture's words": lambda vector: f"![{vector}](attachment:plan.png)",
    "picture's title": lambda vector: f'![x](attachment:plan.png "{_one_line(vector)}")',
    "attributes": lambda vector: f"**x**{{: {_one_line(vector)} }}",
    "attribute's value": lambda vector: f'## x {{: title="{_one_line(vector)}" id="{_one_line(vector)}" }}\nx',
    "abbreviation": lambda vector: f"*[MOT]: {_one_line(vector)}\n\nUn MOT.",
    "footnote": lambda vector: f"x[^1]\n\n[^1]: {vector}",
    "footnote's name": lambda vector: f"x[^{_one_line(vector)}]\n\n[^{_one_line(vector)}]: y",
    "code": lambda vector: f"`{vector}`",
    "fenced code": lambda vector: f"```\n{vector}\n```",
    "code's language": lambda vector: f"```{_one_line(vector)}\nx\n```",
    "table": lambda vector: f"| a |\n|---|\n| {_one_line(vector)} |\n",
    "quotation": lambda vector: f"> {vector}",
    "list": lambda vector: f"- {vector}\n- [ ] {vector}",
    "definition": lambda vector: f"{_one_line(vector)}\n: {vector}",
    "admonition": lambda vector: f'!!! note "{_one_line(vector)}"\n    {_one_line(vector)}',
    "admonition's kind": lambda vector: f"!!! {_one_line(vector)}\n    x",
    "raw attribute": lambda vector: f'<a href="{vector}" title="{vector}">x</a>',
    "in Markdown in HTML": lambda vector: f'<div markdown="1">\n\n{vector}\n\n</div>',
}


def _one_line(vector: str) -> str:
    return vector.replace("\n", " ")
