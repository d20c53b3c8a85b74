"""Drafts: one a document and language, shared by its authors. What somebody saved is never overwritten unseen.

Each save names the version it was written on. The one that comes first makes the next version; one that comes late is
kept aside, and its author is shown both texts and what a merge makes of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update
from sqlalchemy import insert as plain_insert

from app.core import clock, ids
from app.core.database import db, insert
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library.authoring import merging
from app.library.authoring.beginnings import begin as begin
from app.library.authoring.beginnings import begin_merged as begin_merged
from app.library.authoring.beginnings import begin_new as begin_new
from app.library.authoring.beginnings import duplicate as duplicate
from app.library.authoring.beginnings import foreseen as foreseen
from app.library.authoring.models import Draft, DraftWriter, SavedText
from app.library.authoring.reading import Aside as Aside
from app.library.authoring.reading import DraftView as DraftView
from app.library.authoring.reading import asides_of as asides_of
from app.library.authoring.reading import find as find
from app.library.authoring.reading import get as get
from app.library.authoring.reading import readers_of as readers_of
from app.library.authoring.reading import text_at as text_at
from app.library.authoring.titles import title_in
from app.library.files import LARGEST, digest_of
from app.library.models import Revision

KEPT = 50  # texts of a draft, besides those that wait to be merged


@dataclass(frozen=True)
class Saved:
    """What a save made."""

    version: int
    saved_at: datetime


class Stale(Conflict):
    """A save came too late: `theirs`, by `who`, is what the draft holds. The late text is kept aside, committed.

    `merged` is both in one, `clean` when nothing in it contradicts; `base` is what both were written from, None when it
    is not kept any more. To save the merged text: `save` it on `theirs_version`, then `settle_aside(aside_id)`.
    """

    sentence = _l("Somebody saved this draft while you were writing. Your text is kept; look at both and merge them.")

    def __init__(self, late: bytes, theirs: "_Current", base: bytes | None, aside_id: UUID) -> None:
        self.theirs, self.theirs_version, self.who = theirs.source, theirs.version, theirs.who
        self.base, self.aside_id = base, aside_id
        merged = merging.merge(_text(base or b""), _text(late), _text(theirs.source))
        self.merged, self.clean = merged.text.encode(), merged.clean and base is not None
        super().__init__(draft_version=theirs.version, aside=str(aside_id))


@dataclass(frozen=True)
class _Current:
    """What a draft holds now."""

    source: bytes
    version: int
    saved_at: datetime
    who: str
    base_id: int | None


def save(person_id: UUID, draft_id: UUID, version: int, source: bytes) -> Saved:
    """Save a text that was written on `version`, and commit. Saving the same text twice is one save.

    Raises Stale when the draft moved on, NotFound when it was published or discarded, InvalidInput when it is too large
    or no text.
    """
    _require_text(source)
    require_version(version)
    values: dict[str, Any] = {"version": Draft.version + 1, "source": source, "saved_by": person_id}
    values |= {"saved_at": clock.now()} | ({"title": title} if (title := title_in(source)) else {})
    saved = db.session.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.version == version)
        .values(**values)
        .returning(Draft.version, Draft.saved_at)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if saved is None:
        return _save_late(person_id, draft_id, version, source)
    keep_text(person_id, draft_id, saved.version, source)
    _was_there(person_id, draft_id, wrote=True)
    db.session.commit()
    return Saved(saved.version, saved.saved_at)


def seen(person_id: UUID, draft_id: UUID) -> None:
    """Somebody has the draft open, now. Commits."""
    if db.session.execute(select(Draft.id).filter_by(id=draft_id)).scalar() is None:
        raise NotFound(draft=draft_id)
    _was_there(person_id, draft_id, wrote=False)
    db.session.commit()


def settle_aside(person_id: UUID, aside_id: UUID) -> None:
    """A late text was merged, or is not wanted: forget it, and commit. Doing it twice changes nothing.

    For its author and those who wrote in the draft; for others it is not there.
    """
    row = db.session.execute(select(SavedText.draft_id, SavedText.saved_by).filter_by(id=aside_id, aside=True)).first()
    if row is None:
        return
    if row.saved_by != person_id and person_id not in get(row.draft_id).writers:
        raise NotFound(aside=aside_id)
    db.session.execute(delete(SavedText).where(SavedText.id == aside_id, SavedText.aside))
    db.session.commit()


def discard(person_id: UUID, draft_id: UUID, version: int) -> None:
    """Throw a draft away with all that was saved in it, as it was seen, and commit.

    Raises Conflict when it moved on, or when a text of somebody else waits to be merged.
    """
    require_version(version)
    _refuse_waiting(person_id, draft_id)
    gone = db.session.execute(
        delete(Draft).where(Draft.id == draft_id, Draft.version == version).returning(Draft.id)
    ).scalar_one_or_none()
    if gone is None:
        get(draft_id)
        raise Conflict(_l("The draft changed since you opened this page. Look at it again before you discard it."))
    db.session.commit()


def keep_text(person_id: UUID, draft_id: UUID, version: int, source: bytes) -> None:
    """Part of a larger act: keep the text of a draft's new version, and forget those from long before."""
    _keep(person_id, draft_id, version, source, aside=False)
    old = (SavedText.draft_id == draft_id, SavedText.aside.is_(False), SavedText.version <= version - KEPT)
    db.session.execute(delete(SavedText).where(*old))


def _save_late(person_id: UUID, draft_id: UUID, version: int, source: bytes) -> Saved:
    """Keep a late text aside, committed, then raise Stale; the very text that the draft holds is no conflict."""
    current = _current(draft_id)
    if current.source == source:
        _was_there(person_id, draft_id, wrote=True)
        db.session.commit()
        return Saved(current.version, current.saved_at)
    aside_id = _kept_aside(person_id, draft_id, source) or _keep(person_id, draft_id, version, source, aside=True)
    _was_there(person_id, draft_id, wrote=True)
    base = (
        text_at(draft_id, version) or db.session.execute(select(Revision.source).filter_by(id=current.base_id)).scalar()
    )
    db.session.commit()
    raise Stale(source, current, base, aside_id)


def _current(draft_id: UUID) -> _Current:
    view = get(draft_id)
    return _Current(view.source, view.version, view.saved_at, view.saved_by_name, view.base_id)


def _kept_aside(person_id: UUID, draft_id: UUID, source: bytes) -> UUID | None:
    """The same text of the same person that is aside already: a browser that tries again adds nothing."""
    return db.session.execute(
        select(SavedText.id)
        .filter_by(draft_id=draft_id, aside=True, saved_by=person_id, digest=digest_of(source))
        .limit(1)
    ).scalar()


def _keep(person_id: UUID, draft_id: UUID, version: int, source: bytes, *, aside: bool) -> UUID:
    kept = ids.new()
    db.session.execute(
        plain_insert(SavedText).values(
            id=kept,
            draft_id=draft_id,
            version=version,
            aside=aside,
            source=source,
            digest=digest_of(source),
            saved_by=person_id,
            saved_at=clock.now(),
        )
    )
    return kept


def _was_there(person_id: UUID, draft_id: UUID, *, wrote: bool) -> None:
    at = clock.now()
    written = {"wrote_at": at} if wrote else {}
    statement = insert(DraftWriter).values(draft_id=draft_id, person_id=person_id, seen_at=at, **written)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["draft_id", "person_id"], set_={"seen_at": at, **written})
    )


def _refuse_waiting(person_id: UUID, draft_id: UUID) -> None:
    others = db.session.execute(
        select(func.count()).where(SavedText.draft_id == draft_id, SavedText.aside, SavedText.saved_by != person_id)
    ).scalar_one()
    if others:
        raise Conflict(_l("A text that somebody else saved in this draft waits to be merged. Look at it first."))


def _require_text(source: bytes) -> None:
    if len(source) > LARGEST:
        raise InvalidInput(_l("This text is too long: a document holds at most 512 kB."))
    try:
        source.decode()
    except UnicodeDecodeError as wrong:
        raise InvalidInput(_l("This is not a text.")) from wrong


def require_version(version: int) -> None:
    """Raises InvalidInput for a number that no database takes."""
    if not 0 <= version < 2**31:
        raise InvalidInput(_l("This is no version of a draft."))


def _text(source: bytes) -> str:
    return source.decode("utf-8", "replace")
