"""Settling what sync found changed on both sides: the file's text, the published one, or both merged by hand.

Once settled, the side that was not chosen counts as seen: the next sync brings file and database together.
"""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.accounts.models import Person
from app.activity import journal
from app.activity.journal import Act
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library import disagreements, publishing
from app.library.authoring import drafts, merging, releases
from app.library.authoring.archiving import ARCHIVED
from app.library.authoring.models import SyncConflict
from app.library.models import Document, Edition, Revision


@dataclass(frozen=True)
class Listed:
    """A conflict in the list. The title is the last that was published."""

    document_id: str
    language: str
    kind: str
    title: str
    path: str
    found_at: datetime
    file_is_gone: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class Sides:
    """Both sides of a conflict; `file` is None when the file is gone, `published` when the document was withdrawn.

    `seen` tells whether a form was about these two texts.
    """

    document_id: str
    language: str
    kind: str
    title: str
    path: str
    file: bytes | None
    file_digest: str | None
    published: bytes | None
    published_id: int | None
    published_at: datetime | None
    published_by: str | None
    synced_digest: str | None
    found_at: datetime

    @property
    def seen(self) -> str:
        """What a form about this conflict sends back."""
        return f"{self.file_digest or '-'}.{self.published_id or '-'}"


def listed() -> list[Listed]:
    """Every conflict, the oldest first. One statement."""
    last = (
        select(Revision.title)
        .where(Revision.document_id == SyncConflict.document_id, Revision.language == SyncConflict.language)
        .order_by(Revision.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            SyncConflict.document_id,
            SyncConflict.language,
            Document.kind,
            last.label("title"),
            SyncConflict.path,
            SyncConflict.found_at,
            SyncConflict.file_digest.is_(None).label("file_is_gone"),
            SyncConflict.published_id.is_(None).label("is_withdrawn"),
        )
        .join(Document, Document.id == SyncConflict.document_id)
        .order_by(SyncConflict.found_at, SyncConflict.document_id, SyncConflict.language)
    )
    return [Listed(**row._mapping) for row in rows]


def count() -> int:
    """How many there are."""
    return db.session.execute(select(func.count()).select_from(SyncConflict)).scalar_one()


def sides(document_id: str, language: str) -> Sides:
    """Both sides, the published one as it is now. Raises NotFound when nothing is in conflict."""
    row = db.session.execute(
        select(
            Document.kind,
            SyncConflict.path,
            SyncConflict.file_source.label("file"),
            SyncConflict.file_digest,
            SyncConflict.found_at,
            Edition.synced_digest,
            Revision.id.label("published_id"),
            Revision.source.label("published"),
            Revision.published_at,
            Person.name.label("published_by"),
        )
        .join(Document, Document.id == SyncConflict.document_id)
        .join(
            Edition,
            (Edition.document_id == SyncConflict.document_id) & (Edition.language == SyncConflict.language),
        )
        .outerjoin(Revision, Revision.id == Edition.published_id)
        .outerjoin(Person, Person.id == Revision.published_by)
        .where(SyncConflict.document_id == document_id, SyncConflict.language == language)
    ).one_or_none()
    if row is None:
        raise NotFound(document=document_id, language=language)
    return Sides(document_id=document_id, language=language, title=_title(document_id, language), **row._mapping)


def keep_published(actor: Actor, document_id: str, language: str, seen: str) -> None:
    """The published text (or the withdrawal) stays, the file's counts as seen; commits. Raises Conflict, NotFound."""
    authorise(actor, Action.WRITE_LIBRARY)
    publishing.lock_library()
    both = _as_seen(document_id, language, seen)
    _remember(both, both.file_digest)
    db.session.commit()


def keep_file(actor: Actor, document_id: str, language: str, seen: str, materiality: str, note: str = "") -> None:
    """The file's text is published; when the file is gone, the document is withdrawn. Commits.

    Raises Conflict, NotFound, Refused when the file's text does not pass the check, InvalidInput.
    """
    authorise(actor, Action.WRITE_LIBRARY)
    both = _as_seen(document_id, language, seen)
    if both.file is None:
        publishing.lock_library()
        _as_seen(document_id, language, seen)
        publishing.withdraw(document_id, language)
        journal.record(Act(ARCHIVED, actor.id, document_id, details={"language": language}))
        publishing.bump_generation()
        disagreements.forget(document_id, language)
    else:
        _publish_file(actor, both, materiality, note)
    db.session.commit()


def merge_by_hand(actor: Actor, document_id: str, language: str, seen: str) -> drafts.DraftView:
    """A draft with both texts merged, as far as they do not contradict; publishing it settles the conflict. Commits.

    Raises Conflict, NotFound, InvalidInput when a side is gone or a draft is there already.
    """
    authorise(actor, Action.WRITE_LIBRARY)
    both = _as_seen(document_id, language, seen)
    if both.file is None or both.published is None:
        raise InvalidInput(_l("One side is gone: there is nothing to merge. Choose which side is right."))
    base = db.session.execute(
        select(Revision.source)
        .where(
            Revision.document_id == document_id,
            Revision.language == language,
            Revision.digest == both.synced_digest,
        )
        .limit(1)
    ).scalar()
    texts = (each.decode("utf-8", "replace") for each in (base or b"", both.file, both.published))
    merged = merging.merge(*texts)
    draft = drafts.begin_merged(actor.id, document_id, language, merged.text.encode(), both.file_digest)
    db.session.commit()
    return draft


def _publish_file(actor: Actor, both: Sides, materiality: str, note: str) -> None:
    assert both.file is not None  # noqa: S101 - asked by the caller
    text = (both.path, both.file)

    def still_so() -> None:
        _as_seen(both.document_id, both.language, both.seen)

    published = releases.publish_within(actor, [text], materiality, note, still_so)
    if [(each.document_id, each.language) for each in published] != [(both.document_id, both.language)]:
        raise Conflict(_l("The file holds another document now. Synchronise once more."))
    this = (Edition.document_id == both.document_id, Edition.language == both.language)
    db.session.execute(update(Edition).where(*this).values(path=both.path))
    _remember(both, both.file_digest)


def _as_seen(document_id: str, language: str, seen: str) -> Sides:
    both = sides(document_id, language)
    if both.seen != seen:
        raise Conflict(_l("One of the two texts changed since you looked. Compare them again."))
    return both


def _remember(both: Sides, digest: str | None) -> None:
    this = (Edition.document_id == both.document_id, Edition.language == both.language)
    db.session.execute(update(Edition).where(*this).values(synced_digest=digest))
    disagreements.forget(both.document_id, both.language)


def _title(document_id: str, language: str) -> str:
    return db.session.execute(
        select(Revision.title)
        .where(Revision.document_id == document_id, Revision.language == language)
        .order_by(Revision.number.desc())
        .limit(1)
    ).scalar_one()
