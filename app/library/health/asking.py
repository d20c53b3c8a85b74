"""What the checks ask of the database, set by set: a fixed number of statements whatever the library holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, exists, func, not_, or_, select

from app.accounts.models import Person
from app.core.database import db, table_of
from app.library import checking
from app.library.authoring.models import Draft, SyncConflict
from app.library.linked import Link
from app.library.models import Acknowledgement, Document, DocumentLink, DocumentPart, Edition, Revision
from app.library.remarks.models import Remark
from app.library.remarks.states import last_asked, question, waits

MOST_LISTED = 500

_link, _part = table_of(DocumentLink), table_of(DocumentPart)
_document, _edition, _revision = table_of(Document), table_of(Edition), table_of(Revision)
_given, _remark = table_of(Acknowledgement), table_of(Remark)


@dataclass(frozen=True)
class BrokenLink:
    """A link that leads nowhere: its document is archived without a successor (`is_gone`), or lacks the part."""

    link: Link
    is_gone: bool


_published = and_(_edition.c.document_id == _link.c.target_id, _edition.c.published_id.is_not(None))
_in_this_language = exists(select(_edition.c.language).where(_published, _edition.c.language == _link.c.language))
_succeeded = exists(
    select(_document.c.id).where(_document.c.id == _link.c.target_id, _document.c.redirect_to.is_not(None))
)
_gone = and_(not_(exists(select(_edition.c.language).where(_published))), not_(_succeeded))
_part_here = and_(_part.c.document_id == _link.c.target_id, _part.c.part == _link.c.part)
_has_part = case(
    (_in_this_language, exists(select(_part.c.part).where(_part_here, _part.c.language == _link.c.language))),
    else_=exists(select(_part.c.part).where(_part_here)),
)
_any_has_part = exists(
    select(_part.c.part)
    .join(_document, _document.c.id == _part.c.document_id)
    .where(_document.c.kind == _link.c.target_kind, _part.c.part == _link.c.part)
)


def broken_links(kinds: Iterable[str]) -> list[BrokenLink]:
    """The links to documents of these kinds that lead nowhere. One statement."""
    names = sorted(kinds)
    to_one = and_(
        _link.c.target_id != checking.ANY,
        or_(_gone, and_(_link.c.part != "", not_(_gone), not_(_succeeded), not_(_has_part))),
    )
    to_any = and_(_link.c.target_id == checking.ANY, not_(_any_has_part))
    rows = db.session.execute(
        select(*_link.c, case((_link.c.target_id == checking.ANY, False), else_=_gone).label("is_gone"))
        .where(_link.c.target_kind.in_(names), or_(to_one, to_any))
        .order_by(_link.c.document_id, _link.c.language, _link.c.target_id, _link.c.part)
    )
    return [BrokenLink(Link(*row[:5]), bool(row.is_gone)) for row in rows]


def linked_scripts() -> set[str]:
    """The scripts that some other document links to. One statement."""
    rows = db.session.execute(
        select(_link.c.target_id)
        .where(_link.c.target_kind == "script", _link.c.document_id != _link.c.target_id)
        .distinct()
    )
    return set(rows.scalars())


def last_read() -> dict[str, datetime]:
    """When each document was last acknowledged; those that never were are missing. One statement."""
    last = (
        select(func.max(_given.c.at))
        .where(_given.c.document_id == _document.c.id)
        .correlate(_document)
        .scalar_subquery()
    )
    rows = db.session.execute(select(_document.c.id, last.label("last")))
    return {row.id: row.last for row in rows if row.last is not None}


def first_published() -> dict[str, datetime]:
    """When each document was first published. One statement."""
    rows = db.session.execute(
        select(_revision.c.document_id, func.min(_revision.c.published_at))
        .where(_revision.c.number == 1)
        .group_by(_revision.c.document_id)
    )
    return {row[0]: row[1] for row in rows}


def unanswered(before: datetime) -> list[Row[Any]]:
    """The first questions that have waited since before this moment; `number` is how many there are. One statement."""
    asker = table_of(Person).alias("asker")
    statement = (
        select(
            question.c.id,
            question.c.document_id,
            question.c.language,
            question.c.heading,
            last_asked.label("at"),
            asker.c.name.label("asker"),
            func.count().over().label("number"),
        )
        .join(asker, asker.c.id == question.c.author_id)
        .where(waits, last_asked < before)
        .order_by(last_asked, question.c.id)
        .limit(MOST_LISTED)
    )
    return list(db.session.execute(statement))


def old_drafts(before: datetime) -> list[Row[Any]]:
    """The drafts that nobody saved since, the oldest first. One statement."""
    return list(
        db.session.execute(
            select(Draft.document_id, Draft.language, Draft.title, Draft.saved_at, Person.name)
            .join(Person, Person.id == Draft.saved_by)
            .where(Draft.saved_at < before)
            .order_by(Draft.saved_at, Draft.id)
        )
    )


def counts(unanswered_before: datetime, drafts_before: datetime) -> Any:
    """How many conflicts, questions that waited too long and forgotten drafts there are. One statement."""
    conflicts = select(func.count()).select_from(table_of(SyncConflict)).scalar_subquery()
    waiting = select(func.count()).select_from(question).where(waits, last_asked < unanswered_before).scalar_subquery()
    drafts = select(func.count()).select_from(table_of(Draft)).where(Draft.saved_at < drafts_before).scalar_subquery()
    return db.session.execute(
        select(conflicts.label("conflicts"), waiting.label("waiting"), drafts.label("drafts"))
    ).one()
