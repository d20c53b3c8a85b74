"""Revisions as comparisons need them: which there are, with their authors' notes; and the texts of some of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.database import db
from app.library.kinds import Block, Kind, all_kinds
from app.library.models import Document, Edition, Rendering, Revision

MOST_LISTED = 300  # the newest: nobody looks for one among more


@dataclass(frozen=True)
class RevisionLine:
    """A revision in a list. `by` is None for a file's text, or once its author is gone."""

    id: int
    number: int
    language: str
    title: str
    materiality: str
    published_at: datetime
    note: str
    by: str | None

    @property
    def is_material(self) -> bool:
        """Whether readers were asked to read again."""
        return self.materiality == "material"


@dataclass(frozen=True)
class Text:
    """What can be compared: a revision, or a draft (no `number`). `blocks` is None where no page can be made of it."""

    number: int | None
    language: str
    source: str
    facts: dict[str, Any]
    blocks: tuple[Block, ...] | None


@dataclass(frozen=True)
class Since:
    """What was published in a language since a revision: the newest first, down to the one after it.

    `published_id` is None when the document is not published in that language any more.
    """

    theirs: RevisionLine
    newer: tuple[RevisionLine, ...]
    published_id: int | None


_COLUMNS = (
    Revision.id,
    Revision.number,
    Revision.language,
    Revision.title,
    Revision.materiality,
    Revision.published_at,
    Revision.note,
    Person.name.label("by"),
)
_OF_EDITION = (
    select(*_COLUMNS)
    .outerjoin(Person, Person.id == Revision.published_by)
    .where(Revision.document_id == bindparam("document_id"), Revision.language == bindparam("language"))
    .order_by(Revision.number.desc())
    .limit(MOST_LISTED)
)
_theirs = aliased(Revision)
_SINCE = (
    select(*_COLUMNS, Edition.published_id)
    .join(
        _theirs,
        (_theirs.document_id == Revision.document_id)
        & (_theirs.language == Revision.language)
        & (_theirs.number <= Revision.number),
    )
    .join(Edition, (Edition.document_id == Revision.document_id) & (Edition.language == Revision.language))
    .outerjoin(Person, Person.id == Revision.published_by)
    .where(_theirs.id == bindparam("revision_id"), _theirs.document_id == bindparam("document_id"))
    .order_by(Revision.number.desc())
)
_TEXTS = (
    select(Revision.id, Revision.number, Revision.language, Revision.source, Revision.facts, Rendering.blocks)
    .outerjoin(Rendering, Rendering.revision_id == Revision.id)
    .where(Revision.id.in_(bindparam("ids", expanding=True)))
)


def of_edition(document_id: str, language: str) -> list[RevisionLine]:
    """The revisions of a document in a language, the newest first. One statement."""
    rows = db.session.execute(_OF_EDITION, {"document_id": document_id, "language": language})
    return [RevisionLine(*row) for row in rows]


def since(document_id: str, revision_id: int) -> Since | None:
    """What was published after a revision, in its language; None for a revision of another document. One statement."""
    rows = db.session.execute(_SINCE, {"document_id": document_id, "revision_id": revision_id}).all()
    if not rows:
        return None
    *newer, theirs = (RevisionLine(*row[:-1]) for row in rows)
    return Since(theirs, tuple(newer), rows[0].published_id)


def texts(ids: Iterable[int]) -> dict[int, Text]:
    """The texts of some revisions, by id. One statement."""
    rows = db.session.execute(_TEXTS, {"ids": sorted(set(ids))})
    return {
        row.id: Text(
            row.number,
            row.language,
            row.source.decode("utf-8", "replace"),
            row.facts,
            tuple(Block(**block) for block in row.blocks) if row.blocks is not None else None,
        )
        for row in rows
    }


def kind_of(document_id: str) -> Kind | None:
    """The kind of a document, published or not; None for one that does not exist. One statement."""
    name = db.session.execute(select(Document.kind).filter_by(id=document_id)).scalar()
    return all_kinds().by_name.get(name or "")
