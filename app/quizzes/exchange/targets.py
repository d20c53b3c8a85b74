"""Where questions can be added: every quiz and bank that is published or being written, in each of its languages."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.database import db
from app.core.errors import NotFound
from app.core.folding import fold
from app.library import catalogue
from app.library.authoring import drafts
from app.library.authoring.models import Draft

KINDS = ("quiz", "bank")
MOST = 1_000


@dataclass(frozen=True)
class Target:
    """A quiz or bank in a language."""

    document_id: str
    language: str
    kind: str
    title: str

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.document_id}/{self.language}"


def all_targets() -> list[Target]:
    """All of them by title, quizzes first. One statement, and those of the catalogue."""
    rows = db.session.execute(
        select(Draft.document_id, Draft.language, Draft.kind, Draft.title).where(Draft.kind.in_(KINDS))
    )
    found = {
        (entry.id, entry.language): Target(entry.id, entry.language, entry.kind.name, entry.title)
        for entry in catalogue.current().all_editions()
        if entry.kind.name in KINDS
    }
    found |= {(row.document_id, row.language): Target(*row) for row in rows}
    in_order = sorted(found.values(), key=lambda each: (KINDS.index(each.kind), fold(each.title), each.name))
    return in_order[:MOST]


def find(name: str) -> Target:
    """The one that a form named. Raises NotFound."""
    found = next((each for each in all_targets() if each.name == name), None)
    if found is None:
        raise NotFound(target=name[:200])
    return found


def text_of(target: Target) -> str:
    """What its draft holds, or would begin with. Raises NotFound."""
    there = drafts.find(target.document_id, target.language)
    source = there.source if there else drafts.foreseen(target.document_id, target.language).source
    return source.decode("utf-8", "replace")
