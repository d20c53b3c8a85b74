"""Two texts compared: as readers see them, and as their authors wrote them."""

from dataclasses import dataclass

from app.core import languages
from app.library import catalogue, memory
from app.library.differences import revisions
from app.library.differences.facts import FactChange, facts_diff
from app.library.differences.folding import Stretch, fold
from app.library.differences.pages import DiffBlock, page_diff
from app.library.differences.revisions import Text
from app.library.differences.words import diff, has_changes

_IDS_OF_DOCUMENTS = frozenset(("step", "steps", "offers"))


@dataclass(frozen=True)
class Difference:
    """What a reader sees change: the structured facts, then the text block by block."""

    facts: tuple[FactChange, ...]
    blocks: tuple[DiffBlock, ...]

    @property
    def places(self) -> int:
        """In how many places something changed."""
        headings = sum(block.changed and not any(part.changed for part in block.parts) for block in self.blocks)
        return len(self.facts) + headings + sum(part.changed for block in self.blocks for part in block.parts)


@dataclass(frozen=True)
class SourceDifference:
    """The same in the authors' text."""

    stretches: tuple[Stretch, ...]
    changed: bool


def as_page(old: Text, new: Text) -> Difference | None:
    """What readers see change; None when no page can be made of one of the two."""
    if old.blocks is None or new.blocks is None:
        return None
    return Difference(tuple(facts_diff(old.facts, new.facts, _title_of)), tuple(page_diff(old.blocks, new.blocks)))


def as_source(old: Text, new: Text) -> SourceDifference:
    """What changed in the text that authors write."""
    pieces = diff(old.source.replace("\r\n", "\n"), new.source.replace("\r\n", "\n"))
    return SourceDifference(tuple(fold(pieces)), has_changes(pieces))


def revisions_as_page(old_id: int, new_id: int) -> Difference | None:
    """`as_page` of two revisions, kept until the library moves. One statement when it is made."""
    made = memory.kept(("page difference", old_id, new_id), lambda: (_of_revisions(old_id, new_id),))
    return made[0]


def _of_revisions(old_id: int, new_id: int) -> Difference | None:
    found = revisions.texts((old_id, new_id))
    return as_page(found[old_id], found[new_id])


def _title_of(key: str, document_id: str) -> str | None:
    """Steps and offers are named by their titles rather than their ids."""
    entry = catalogue.current().find(document_id, languages.readers()) if key in _IDS_OF_DOCUMENTS else None
    return entry.title if entry else None
