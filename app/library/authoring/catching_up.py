"""Drafts and translations that were overtaken by a publication."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.library import publishing
from app.library.authoring import merging
from app.library.authoring.drafts import get, keep_text, require_version
from app.library.authoring.models import Draft
from app.library.models import Edition, Revision


@dataclass(frozen=True)
class CaughtUp:
    """A draft with the newest published text merged in; not `clean` when the two contradict somewhere."""

    version: int
    clean: bool


def bring_up_to_date(person_id: UUID, draft_id: UUID, version: int) -> CaughtUp:
    """Merge what was published since a draft began into it, and commit.

    Raises NotFound, Conflict when the draft moved on since it was seen, or when the document was archived.
    """
    require_version(version)
    view = get(draft_id)
    _require_same(view.version, version)
    newest = db.session.execute(
        select(Revision.id, Revision.source)
        .join(Edition, Edition.published_id == Revision.id)
        .where(Edition.document_id == view.document_id, Edition.language == view.language)
    ).one_or_none()
    if newest is None:
        raise Conflict(_l("This document was archived while you were writing. Restore it first."))
    base = db.session.execute(select(Revision.source).where(Revision.id == view.base_id)).scalar() or b""
    merged = merging.merge(_text(base), view.text, _text(newest.source))
    source = merged.text.encode()
    saved = db.session.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.version == version)
        .values(version=Draft.version + 1, source=source, base_id=newest.id, saved_by=person_id, saved_at=clock.now())
        .returning(Draft.version)
        .execution_options(synchronize_session=False)
    ).scalar()
    _require_same(saved, version + 1)
    keep_text(person_id, draft_id, version + 1, source)
    db.session.commit()
    return CaughtUp(version + 1, merged.clean)


def in_step(document_id: str, language: str) -> None:
    """An author says that a translation needs nothing: it follows the other languages as they are now. Commits.

    Raises NotFound when it is not published.
    """
    publishing.lock_library()
    found = db.session.execute(
        update(Edition)
        .where(Edition.document_id == document_id, Edition.language == language, Edition.published_id.is_not(None))
        .values(in_step=publishing.newest_generation())
        .returning(Edition.document_id)
    ).scalar()
    if found is None:
        raise NotFound(document=document_id, language=language)
    publishing.bump_generation()  # lists show it at once, in every process
    db.session.commit()


@dataclass(frozen=True)
class Behind:
    """Which revision of which language a translation does not follow yet: the first of them."""

    language: str
    number: int


def behind(document_id: str | None = None) -> dict[tuple[str, str], Behind]:
    """The published translations that another language has left behind, by id and language. One statement."""
    other, here = aliased(Edition), aliased(Edition)
    this = (
        select(
            here.document_id, here.language, other.language.label("ahead"), func.min(Revision.number).label("number")
        )
        .join(other, (other.document_id == here.document_id) & (other.language != here.language))
        .join(
            Revision,
            (Revision.document_id == other.document_id)
            & (Revision.language == other.language)
            & (Revision.generation > here.in_step)
            & (Revision.materiality == "material")
            & (Revision.number > 1),  # a first translation tells the others nothing new
        )
        .where(here.published_id.is_not(None), other.published_id.is_not(None))
        .group_by(here.document_id, here.language, other.language)
        .order_by(other.language.desc())  # of several languages ahead, the first in the alphabet is named
    )
    rows = db.session.execute(this if document_id is None else this.where(here.document_id == document_id))
    return {(row.document_id, row.language): Behind(row.ahead, row.number) for row in rows}


def _require_same(found: int | None, expected: int) -> None:
    if found != expected:
        raise Conflict(_l("The draft changed since you opened this page. Read it again first."))


def _text(source: bytes) -> str:
    return source.decode("utf-8", "replace")
