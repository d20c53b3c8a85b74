"""Keeping what an author types, whatever happened to the draft since their page was opened.

A page may know a version that is no longer the newest, or none because nobody had begun a draft; its last answer may
have been lost on the way. Nothing is ever put over somebody's text unseen.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.library.authoring import beginnings, drafts, merging
from app.library.authoring.editor.typed_text import shown, written
from app.library.authoring.reading import DraftView
from app.library.models import Revision


@dataclass(frozen=True)
class Sent:
    """What a page sends: the text, the draft and its version that it was written on, and the revision it began from.

    Without a draft the version is 0. `previous` are texts that were sent without an answer: any of them may have
    arrived. `settles` are the late texts that this one brings together.
    """

    text: str
    draft_id: UUID | None = None
    version: int = 0
    base: int | None = None
    previous: tuple[str, ...] = ()
    settles: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Kept:
    """It is saved, as this version. Without a draft nothing had changed, and nothing was begun."""

    draft: DraftView | None
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Late:
    """Somebody was faster: both texts, and the two in one. The late one is on disk, aside."""

    mine: str
    theirs: str
    draft_id: UUID
    theirs_version: int
    merged: str
    clean: bool
    who: str
    aside_id: UUID


def save(person_id: UUID, document_id: str, language: str, sent: Sent) -> Kept | Late:
    """Save, beginning a draft when there is none; see `Kept` and `Late`. Raises NotFound, InvalidInput."""
    draft = drafts.find(document_id, language)
    if draft is None:
        beginning = beginnings.foreseen(document_id, language)
        if shown(beginning.source) == shown(sent.text.encode("utf-8", "replace")):
            return Kept(None)
        written(sent.text, beginning.source)  # a text that is refused begins nothing
        draft = drafts.begin(person_id, document_id, language)
    source = written(sent.text, draft.source)
    kept = Kept(draft, draft.version, draft.saved_at)
    if source != draft.source:
        try:
            saved = drafts.save(person_id, draft.id, _written_on(draft, sent), source)
        except drafts.Stale as stale:
            return _late(stale, sent, source, draft)
        kept = Kept(draft, saved.version, saved.saved_at)
    for aside_id in sent.settles:
        drafts.settle_aside(person_id, aside_id)
    return kept


def _written_on(draft: DraftView, sent: Sent) -> int:
    """The version that the text was written on: the newest, when that holds exactly what the page began with.

    0 when it was written on another draft, which was published or discarded since, or on none.
    """
    here = shown(draft.source)
    if here in sent.previous:
        return draft.version
    if sent.draft_id == draft.id:
        return sent.version
    base = _base(draft, sent)
    return draft.version if base is not None and shown(base) == here else 0


def _base(draft: DraftView, sent: Sent) -> bytes | None:
    """The text that a page without this draft began with: a published one, or what a new translation begins as."""
    if sent.base is None:
        return drafts.text_at(draft.id, 1) if sent.draft_id is None else None
    return db.session.execute(
        select(Revision.source).filter_by(id=sent.base, document_id=draft.document_id, language=draft.language)
    ).scalar()


def _late(stale: drafts.Stale, sent: Sent, source: bytes, draft: DraftView) -> Late:
    merged, clean = shown(stale.merged), stale.clean
    if sent.draft_id != draft.id:  # the draft does not know what this text was written from
        base = _base(draft, sent)
        again = merging.merge(shown(base or b""), shown(source), shown(stale.theirs))
        merged, clean = again.text, again.clean and base is not None
    return Late(
        mine=shown(source),
        theirs=shown(stale.theirs),
        draft_id=draft.id,
        theirs_version=stale.theirs_version,
        merged=merged,
        clean=clean,
        who=stale.who,
        aside_id=stale.aside_id,
    )
