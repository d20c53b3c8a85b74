"""From a form to a draft: the text that the form was made of, with what was changed in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.database import db
from app.core.errors import InvalidInput
from app.library.authoring import beginnings, drafts
from app.library.authoring.reading import DraftView
from app.library.files import LARGEST
from app.library.models import Edition, Revision


@dataclass(frozen=True)
class Origin:
    """What a form was made of: a draft's version, 0 when there was no draft, then the revision it showed."""

    version: int
    base: int | None
    settles: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What became of a form. Without `saved_at` nothing had changed, and nothing was written."""

    version: int
    saved_at: datetime | None


Change = Callable[[bytes], bytes]


def save(person_id: UUID, document_id: str, language: str, origin: Origin, change: Change) -> Kept:
    """Save what a form changes, beginning a draft when there is none. Raises Stale, NotFound, InvalidInput."""
    draft = drafts.find(document_id, language)
    change = _within_bounds(change)
    if draft is None:
        beginning = beginnings.foreseen(document_id, language)
        if origin.version or origin.base != beginning.base_id:
            raise InvalidInput
        if change(beginning.source) == beginning.source:
            return Kept(0, None)
        draft = drafts.begin(person_id, document_id, language)
    version, made_of = _made_of(draft, origin)
    source = change(made_of)
    if source == made_of and not origin.settles:
        return Kept(version, None)
    saved = drafts.save(person_id, draft.id, version, source)
    for aside_id in origin.settles:
        drafts.settle_aside(person_id, aside_id)
    return Kept(saved.version, saved.saved_at)


def _within_bounds(change: Change) -> Change:
    """The same, refusing a text that is too large before anything is begun for it."""

    def bounded(source: bytes) -> bytes:
        changed = change(source)
        if len(changed) > LARGEST:
            raise InvalidInput(_l("This text is too long: a document holds at most 512 kB."))
        return changed

    return bounded


def _made_of(draft: DraftView, origin: Origin) -> tuple[int, bytes]:
    """The version that a form was made of, and its text. A form made before there was a draft is made of version 1,
    which is how each draft begins, unless something else was published since."""
    if origin.version == draft.version:
        return draft.version, draft.source
    if origin.version:
        return origin.version, drafts.text_at(draft.id, origin.version) or draft.source
    shown = _revision(draft, origin.base) if origin.base else drafts.text_at(draft.id, 1)
    return (draft.version if shown == draft.source else 1), shown or draft.source


def _revision(draft: DraftView, revision_id: int) -> bytes | None:
    return db.session.execute(
        select(Revision.source).filter_by(id=revision_id, document_id=draft.document_id, language=draft.language)
    ).scalar()


def settled_keys(document_id: str) -> frozenset[str]:
    """Every text that the published editions of a document hold as a key or an id: these stay for ever."""
    rows = db.session.execute(
        select(Revision.facts)
        .join(Edition, Edition.published_id == Revision.id)
        .where(Edition.document_id == document_id)
    ).scalars()
    return frozenset(key for facts in rows for key in _keys_in(facts))


def _keys_in(facts: Any) -> list[str]:
    if isinstance(facts, dict):
        own = [facts[name] for name in ("key", "id") if isinstance(facts.get(name), str)]
        return [*own, *(key for value in facts.values() for key in _keys_in(value))]
    return [key for each in facts for key in _keys_in(each)] if isinstance(facts, list) else []
