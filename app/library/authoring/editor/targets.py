"""Documents that a text may link to, found by their titles as one types."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.folding import fold
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.library.kinds import all_kinds
from app.library.markup import DOCUMENT_SCHEMES

MOST = 12


@dataclass(frozen=True)
class Target:
    """A document to link to: `link` is what stands between the parentheses."""

    link: str
    title: str
    kind: str
    icon: str
    language: str


def find(typed: str, language: str, near: str = "") -> list[Target]:
    """The documents whose title has every word typed: those that begin so, then those that lie near the document."""
    sought = fold(typed).split()
    this = catalogue.current().find(near, language)
    folder = this.folder if this else ""
    ranked = []
    for position, (title, entry) in enumerate(memory.kept(("link targets", language), lambda: _titles(language))):
        if entry.id != near and all(word in title for word in sought):
            starts = title.startswith(sought[0]) if sought else False
            inside = any(f" {word}" in title for word in sought)
            ranked.append((not starts, not inside, entry.folder != folder, position, entry))
    ranked.sort(key=lambda each: each[:4])
    return [_target(entry) for *_, entry in ranked[:MOST]]


def _titles(language: str) -> list[tuple[str, Entry]]:
    return [(fold(entry.title), entry) for entry in _entries(language)]


def _entries(language: str) -> Iterable[Entry]:
    kinds = all_kinds().by_name
    for name in DOCUMENT_SCHEMES:
        if name in kinds:
            yield from catalogue.current().of_kind(name, language)


def _target(entry: Entry) -> Target:
    kind = entry.kind
    return Target(f"{kind.name}:{entry.id}", entry.title, str(kind.label or kind.name), kind.icon, entry.language)
