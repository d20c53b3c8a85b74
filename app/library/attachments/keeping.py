"""Keeping attachments: adding them, taking away those that nothing shows, and reading their bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, delete, exists, func, select, update

from app.core import clock
from app.core.database import db, insert
from app.core.errors import Conflict, NotFound
from app.library import publishing
from app.library.attachments import cleaning, names, refusals, uses
from app.library.attachments.cleaning import Cleaned, Unacceptable
from app.library.attachments.models import Attachment, Blob
from app.library.attachments.shelf import COLUMNS, Held
from app.library.attachments.uses import Use

PIECE = 256 * 1024


@dataclass(frozen=True)
class Listed:
    """An attachment as authors see it in the list."""

    held: Held
    added_at: datetime
    uses: list[Use]


def add(person_id: UUID, file_name: str, content: bytes) -> Held:
    """Clean a file and keep it under a name made from its own; commits. The same bytes keep the name they have.

    Raises InvalidInput with a sentence that says what to do.
    """
    try:
        cleaned = cleaning.clean(content)
    except Unacceptable as refused:
        raise refusals.told(refused) from refused
    publishing.lock_library()
    held = place(names.name_for(file_name, cleaned.media_type), cleaned, person_id)
    db.session.commit()
    return held


def place(name: str, cleaned: Cleaned, person_id: UUID | None) -> Held:
    """Part of an act that holds the library: keep cleaned bytes under this name, or the first one like it that is free.

    A name that has these bytes already is the one; it comes back if it had been taken away.
    """
    for number in count(1):
        tried = names.numbered(name, number)
        row = db.session.execute(select(Attachment.digest, Attachment.retired_at).filter_by(name=tried)).one_or_none()
        if row is None:
            keep(tried, cleaned, person_id, None)
        elif row.digest != cleaned.digest:
            continue
        elif row.retired_at is not None:
            db.session.execute(update(Attachment).where(Attachment.name == tried).values(retired_at=None))
        break
    return Held(tried, cleaned.digest, cleaned.media_type, len(cleaned.content), cleaned.width, cleaned.height)


def keep(name: str, cleaned: Cleaned, person_id: UUID | None, file_digest: str | None) -> None:
    """Part of an act that holds the library: a new name, and its bytes unless another name has them."""
    blob = {
        "digest": cleaned.digest,
        "media_type": cleaned.media_type,
        "size": len(cleaned.content),
        "width": cleaned.width,
        "height": cleaned.height,
        "content": cleaned.content,
    }
    if not db.session.execute(select(exists().where(Blob.digest == cleaned.digest))).scalar():
        db.session.execute(insert(Blob).values(**blob).on_conflict_do_nothing(index_elements=["digest"]))
    row = {"name": name, "digest": cleaned.digest, "file_digest": file_digest, "added_by": person_id}
    db.session.execute(insert(Attachment).values(**row, added_at=clock.now()))


def retire(name: str) -> None:
    """Take away an attachment that no published text and no draft shows; commits.

    One that an earlier revision shows is kept for that history, under its name, out of the list.
    """
    publishing.lock_library()
    found = db.session.execute(select(Attachment.name).filter_by(name=name, retired_at=None)).one_or_none()
    if found is None:
        raise NotFound(attachment=name)
    if uses.of_all().get(name):
        raise Conflict(_l("A text shows this file by now. Take it out of the text first."), attachment=name)
    db.session.execute(update(Attachment).where(Attachment.name == name).values(retired_at=clock.now()))
    collect()
    db.session.commit()


def collect() -> None:
    """Part of taking away: what no revision ever showed and no file holds goes, and bytes without a name with it."""
    gone = delete(Attachment).where(
        Attachment.retired_at.is_not(None), Attachment.file_digest.is_(None), Attachment.published_at.is_(None)
    )
    named = select(Attachment.digest)
    if db.session.execute(gone.execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        db.session.execute(delete(Blob).where(Blob.digest.not_in(named)).execution_options(synchronize_session=False))


def listed() -> list[Listed]:
    """Every attachment, the newest first, with what shows it. Three statements."""
    of_all = uses.of_all()
    rows = db.session.execute(
        select(*COLUMNS, Attachment.added_at)
        .select_from(Attachment)
        .join(Blob, Blob.digest == Attachment.digest)
        .where(Attachment.retired_at.is_(None))
        .order_by(Attachment.added_at.desc(), Attachment.name)
    )
    return [Listed(held := Held(*row[:-1]), row[-1], of_all.get(held.name, [])) for row in rows]


_SERVED = select(*COLUMNS).where(
    Attachment.name == bindparam("attachment_name"),
    Attachment.digest == bindparam("attachment_digest"),
    Blob.digest == Attachment.digest,
)
_PIECE = select(func.substr(Blob.content, bindparam("first"), PIECE)).where(
    Blob.digest == bindparam("attachment_digest")
)


def served(digest: str, name: str) -> Held:
    """What an address stands for. Raises NotFound unless the name has these bytes. One statement."""
    row = db.session.execute(_SERVED, {"attachment_name": name, "attachment_digest": digest}).one_or_none()
    if row is None:
        raise NotFound(attachment=name)
    return Held(*row)


def pieces(digest: str, size: int) -> Iterator[bytes]:
    """The bytes, a quarter of a megabyte at a time."""
    for first in range(1, size + 1, PIECE):
        yield bytes(db.session.execute(_PIECE, {"attachment_digest": digest, "first": first}).scalar_one())


def content_of(digest: str) -> bytes:
    """The bytes, whole."""
    return bytes(db.session.execute(select(Blob.content).filter_by(digest=digest)).scalar_one())
