"""Links between published documents, and the parts they may name: kept when a text is published."""

from dataclasses import dataclass

from sqlalchemy import Table, and_, bindparam, delete, or_, select

from app.core.database import db, insert, table_of
from app.library import checking
from app.library.kinds import Draft
from app.library.models import Document, DocumentLink, DocumentPart

LONGEST_PART = 200


@dataclass(frozen=True, order=True)
class Link:
    """From a document in one language to a document, or to a part of it (else empty).

    A `target_id` of `*` is any document of the kind that has the part, such as the list of categories.
    """

    document_id: str
    language: str
    target_kind: str
    target_id: str
    part: str


_link, _part = table_of(DocumentLink), table_of(DocumentPart)
_COLUMNS = (_link.c.document_id, _link.c.language, _link.c.target_kind, _link.c.target_id, _link.c.part)
_KIND = select(Document.kind).where(Document.id == bindparam("document_id")).scalar_subquery()
_TO = (
    select(*_COLUMNS)
    .where(
        or_(
            _link.c.target_id == bindparam("document_id"),
            and_(_link.c.target_id == checking.ANY, _link.c.target_kind == _KIND),
        )
    )
    .order_by(*_COLUMNS)
)
_FROM = (
    select(*_COLUMNS)
    .where(_link.c.document_id == bindparam("document_id"), _link.c.language == bindparam("language"))
    .order_by(*_COLUMNS)
)


def links_to(document_id: str) -> list[Link]:
    """The links to a document from published texts, whatever their language. One statement."""
    return [Link(*row) for row in db.session.execute(_TO, {"document_id": document_id})]


def links_from(document_id: str, language: str) -> list[Link]:
    """The links in a document's published text. One statement."""
    return [Link(*row) for row in db.session.execute(_FROM, {"document_id": document_id, "language": language})]


def keep(draft: Draft) -> None:
    """Part of publishing: the links and parts of a draft take the place of those of the text before it.

    Only what differs is written: most texts keep theirs from one revision to the next.
    """
    identity = {"document_id": draft.facts.id, "language": draft.language}
    _replace(_part, identity, {(part,) for part in checking.parts_of(draft) if len(part) <= LONGEST_PART})
    targets = {found for each in draft.references if (found := checking.parts_of_target(each.target))}
    _replace(
        _link, identity, {(kind, target, part if len(part) <= LONGEST_PART else "") for kind, target, part in targets}
    )


def forget(document_id: str, language: str) -> None:
    """A text is no longer published: it links to nothing, and nothing in it can be linked to."""
    for table in (_link, _part):
        db.session.execute(delete(table).where(table.c.document_id == document_id, table.c.language == language))


def _replace(table: Table, identity: dict[str, str], wanted: set[tuple[str, ...]]) -> None:
    """Have a text's rows be these: a row is told apart by the columns beside the text's own."""
    columns = [column for column in table.c if column.name not in identity]
    of_text = and_(*(table.c[name] == value for name, value in identity.items()))
    held = {tuple(row) for row in db.session.execute(select(*columns).where(of_text))}
    for row in sorted(held - wanted):
        same = and_(*(column == value for column, value in zip(columns, row, strict=True)))
        db.session.execute(delete(table).where(of_text, same))
    names = [column.name for column in columns]
    if new := [{**identity, **dict(zip(names, row, strict=True))} for row in sorted(wanted - held)]:
        db.session.execute(insert(table), new)
