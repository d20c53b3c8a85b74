"""How the fields of a kind are asked for. The room that owns a kind says it; the library knows none by itself.

What a field holds (text, number, list, rows), whether it must be given and how long it may be stands in the kind's
pydantic model already; here are its words, its place, and what to choose from.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from flask import Flask


@dataclass(frozen=True)
class Choice:
    """Something to choose: what is written in the document, what its author reads, and under which heading."""

    value: str
    words: str
    group: str = ""


# From the document's language to what there is to choose from.
Choices = Callable[[str], Iterable[Choice]]


@dataclass(frozen=True)
class Ask:
    """One field. `name` is its key in the document.

    `words` are those of a closed set of values, `choices` what the library offers. `asks` are the fields of a row,
    `row` what one row is called, `headline` the field by which a row is known. `rows_of` names the rows told apart by
    their `type`, in the order in which they are offered. `widget` where the model's type alone does not say it: `text`
    for several lines, `owner`, `link` for a place in the library, `share` for a part of the points.

    `types`: only rows of these types have it, so that one key may be asked for in other words in each. `is_rare`:
    folded away with the other rare ones, below what everybody fills in.
    """

    name: str
    label: object
    help: object = ""
    widget: str = ""
    words: Mapping[str, object] = field(default_factory=dict)
    choices: Choices | None = None
    asks: tuple["Ask", ...] = ()
    row: object = ""
    add: object = ""
    headline: str = ""
    rows_of: Mapping[str, object] = field(default_factory=dict)
    made_from: str = ""
    folded: bool = False
    types: tuple[str, ...] = ()
    is_rare: bool = False


@dataclass(frozen=True)
class Section:
    """Fields that belong together, under a heading."""

    title: object
    asks: tuple[Ask, ...]
    intro: object = ""


@dataclass(frozen=True)
class Presentation:
    """All the sections of a kind, in reading order. `parts` are the words for the parts that links may name."""

    sections: tuple[Section, ...]
    parts: Mapping[str, object] = field(default_factory=dict)


def present(app: Flask, kind: str, presentation: Presentation) -> None:
    """Say how a kind's fields are asked for."""
    app.extensions.setdefault("palier_presentations", {})[kind] = presentation


def presentations(app: Flask) -> Mapping[str, Presentation]:
    """Every kind's presentation, by its name."""
    found: Mapping[str, Presentation] = app.extensions.get("palier_presentations", {})
    return found
