"""The kinds of documents. The library knows none by itself: the rooms above register theirs.

A kind says where its files live, what their front matter holds, what its body must look like, what lists show of it
and what search reads of it.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from flask import Flask, current_app
from markupsafe import Markup
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _some_words(text: str) -> str:
    if not text.strip():
        raise ValueError("nothing but spaces; expected words")
    return text


Words = Annotated[str, AfterValidator(_some_words)]

# Ends of lines, and marks that turn the direction of what follows: a list or a mail would show something else.
_NOT_IN_A_LINE = re.compile(r"[\n\r\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _one_line(text: str) -> str:
    if found := _NOT_IN_A_LINE.search(text):
        raise ValueError(f"the character U+{ord(found[0]):04X}; expected words on one line")
    return text


Line = Annotated[str, AfterValidator(_one_line)]


class FrontMatter(BaseModel):
    """What every document has. Unknown keys are refused, so that a typing mistake is found.

    `owner` is the mail address of whoever answers for it, or words for a function. `verify_every` is in days: after so
    many without a word from the owner it counts as not verified; 0 means never, None the organisation's setting.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str = Field(pattern=ID, max_length=120)
    title: Annotated[Words, AfterValidator(_one_line)] = Field(max_length=200)
    owner: Line | None = Field(default=None, max_length=254)
    verify_every: int | None = Field(default=None, ge=0, le=3650)


@dataclass(frozen=True)
class Block:
    """A part of a rendered body. `name` is the block's class (`know`, `probe`) or empty; `heading` is plain text."""

    name: str
    anchor: str
    heading: str
    html: str


@dataclass(frozen=True)
class Passage:
    """A piece of text that search reads and can point at."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Article:
    """A part of a document that search finds as if it were one. The first of its `names` is its title."""

    anchor: str
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Reference:
    """A link from front matter (`field` says where it stands) or from the body (`line`).

    The target is `kind:id` or `kind:id#part`; an id of `*` is any document of the kind that has the part.
    """

    target: str
    field: tuple[str | int, ...] = ()
    line: int | None = None


@dataclass(frozen=True)
class Finding:
    """Something a kind found wrong: what, what is expected, and where.

    Where: a `field` of the front matter, the `block` of a name, or a `line` of the body, which counts from 1.
    """

    what: str
    expected: str
    field: tuple[str | int, ...] = ()
    line: int | None = None
    block: str = ""


@dataclass(frozen=True)
class Draft:
    """A file that was read: its checked front matter and its rendered body. `words` counts the body's words."""

    path: str
    language: str
    kind: "Kind"
    facts: Any
    body: str
    blocks: tuple[Block, ...]
    words: int
    anchors: frozenset[str]
    references: tuple[Reference, ...]


def _nothing(_: Any) -> tuple[()]:
    return ()


def _no_part(_: Any) -> Iterable[str]:
    return ()


def _no_text(_: Any) -> Iterable[tuple[tuple[str | int, ...], str]]:
    return ()


def _only_title(draft: Draft) -> list[str]:
    return [draft.facts.title]


def _bare_skeleton(document_id: str, title: str, language: str) -> str:
    return f"---\nid: {document_id}\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n"


def _bare_path(document_id: str, language: str, folder: str) -> str:
    return f"content/{language}/{document_id}.md"


def _as_it_is(draft: Draft) -> Markup:
    """The blocks under their headings."""
    headings = Markup("<section><h2>{}</h2>{}</section>")
    return Markup("").join(
        headings.format(block.heading, Markup(block.html)) if block.heading else Markup(block.html)  # noqa: S704 - clean
        for block in draft.blocks
    )


def blocks_as_passages(draft: Draft) -> list[Passage]:
    """The body's blocks, their words without the markup."""
    from app.library.markup import plain_text

    return [Passage(block.anchor, block.heading, plain_text(block.html)) for block in draft.blocks]


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    `place` matches the path below the language folder (`objections/trop-cher.md`). `required_blocks` must stand in
    the body in this order, each once; `optional_blocks` may follow. `fixed_anchors` are places of the page itself, and
    `anchor_titles` what stands there. `card` makes the model that lists show, and
    `parts` says from a card which parts links may name besides those of the body. `markdown` gives the front matter's
    texts that are Markdown, each with the field it stands in.

    For authors: `label` and `plural` are its translated names, `icon` its sign; `skeleton(id, title, language)` is the
    text a new one begins with, and `new_path(id, language, folder)` where it goes, the folder being that of its step
    (`content/fr/03-prendre-contact`) where `needs_step_beside`. `preview` shows a draft as its page would.
    `is_acknowledged`: readers say that they have read and understood it.

    For search: `headline` gives the title and the other words that count like one, `passages` the text. A kind with
    `articles` is found by those instead. `steps_of` names from a card the steps that a document is of use at.
    """

    name: str
    place: re.Pattern[str]
    facts: type[FrontMatter]
    card_model: type[BaseModel]
    card: Callable[[Draft], BaseModel]
    address: str | None = None
    root: str = "content"
    required_blocks: tuple[str, ...] = ()
    optional_blocks: tuple[str, ...] = ()
    fixed_anchors: tuple[str, ...] = ()
    anchor_titles: Mapping[str, object] = field(default_factory=dict, hash=False)
    parts: Callable[[Any], Iterable[str]] = _no_part
    markdown: Callable[[Any], Iterable[tuple[tuple[str | int, ...], str]]] = _no_text
    needs_step_beside: bool = False
    references: Callable[[Any], Iterable[Reference]] = _nothing
    check: Callable[[Draft], Iterable[Finding]] = _nothing
    headline: Callable[[Draft], list[str]] = _only_title
    passages: Callable[[Draft], list[Passage]] = blocks_as_passages
    searchable: bool = True
    articles: Callable[[Draft], list[Article]] | None = None
    steps_of: Callable[[Any], Iterable[str]] = _nothing
    label: object = ""
    plural: object = ""
    icon: str = "file-text"
    skeleton: Callable[[str, str, str], str] = _bare_skeleton
    new_path: Callable[[str, str, str], str] = _bare_path
    preview: Callable[[Draft], Markup] = _as_it_is
    is_acknowledged: bool = False

    @property
    def has_body(self) -> bool:
        """Whether its files are Markdown with front matter, rather than YAML."""
        return self.place.pattern.endswith(r"\.md")

    def address_of(self, document_id: str) -> str:
        """The page of one of its documents."""
        return (self.address or "/").format(id=document_id)


@dataclass
class Kinds:
    """The kinds of one application, by name."""

    by_name: dict[str, Kind] = field(default_factory=dict)

    def at(self, root: str, place: str) -> Kind | None:
        """The kind whose files live at this place below `content/<language>/` or `quizzes/<language>/`."""
        return next((each for each in self.by_name.values() if each.root == root and each.place.fullmatch(place)), None)

    def is_glossary(self, path: str) -> bool:
        """Whether a glossary lives at this path: it is read first, the other texts are rendered with it."""
        root, _, rest = path.partition("/")
        kind = self.at(root, rest.partition("/")[2])
        return kind is not None and kind.name == "glossary"


def register(app: Flask, kind: Kind) -> None:
    """Add a kind to an application."""
    app.extensions["palier_kinds"].by_name[kind.name] = kind


def preview_by(app: Flask, name: str, preview: Callable[[Draft], Markup]) -> None:
    """Say how drafts of a registered kind are shown to their authors; its pages may be another room's."""
    by_name = app.extensions["palier_kinds"].by_name
    by_name[name] = replace(by_name[name], preview=preview)


def all_kinds() -> Kinds:
    """The kinds of the current application."""
    kinds: Kinds = current_app.extensions["palier_kinds"]
    return kinds
