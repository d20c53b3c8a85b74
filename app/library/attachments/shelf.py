"""Where texts find the attachments they name: the database, unless something else is held out for a while.

Sync and check read texts whose attachments are still files; they hold those out (`looking_in`).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flask import g
from sqlalchemy import bindparam, func, select, update

from app.core import clock
from app.core.database import db, table_of
from app.library.attachments.models import Attachment, Blob
from app.library.attachments.names import PDF, SCHEME, is_name


@dataclass(frozen=True)
class Held:
    """An attachment, without its bytes. Width and height for pictures."""

    name: str
    digest: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None

    @property
    def address(self) -> str:
        """Where its bytes are; another content has another address."""
        return f"/attachments/{self.digest}/{self.name}"

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it."""
        return self.media_type != PDF

    @property
    def target(self) -> str:
        """How texts name it."""
        return f"{SCHEME}:{self.name}"


Source = Callable[[str], Held | None]

_attachment, _blob = table_of(Attachment), table_of(Blob)
COLUMNS = (
    _attachment.c.name,
    _attachment.c.digest,
    _blob.c.media_type,
    _blob.c.size,
    _blob.c.width,
    _blob.c.height,
)
_ONE = (
    select(*COLUMNS)
    .join(_blob, _blob.c.digest == _attachment.c.digest)
    .where(_attachment.c.name == bindparam("attachment_name"))
)


def in_database(name: str) -> Held | None:
    """An attachment by name; one statement, and none for one that was found in this request already."""
    found: dict[str, Held] = g.setdefault("attachments", {})
    if name not in found and is_name(name):
        row = db.session.execute(_ONE, {"attachment_name": name}).one_or_none()
        if row is not None:
            found[name] = Held(*row)
    return found.get(name)


_source: ContextVar[Source] = ContextVar("palier_attachments", default=in_database)


def find(name: str) -> Held | None:
    """The attachment of this name, where texts are presently to find theirs."""
    return _source.get()(name)


def everything() -> list[Held]:
    """What a text may name, by name. One statement."""
    rows = db.session.execute(
        select(*COLUMNS)
        .join(_blob, _blob.c.digest == _attachment.c.digest)
        .where(_attachment.c.retired_at.is_(None))
        .order_by(_attachment.c.name)
    )
    return [Held(*row) for row in rows]


@contextmanager
def looking_in(source: Source) -> Iterator[None]:
    """Let texts that are read inside the block find their attachments in `source`."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def note_published(targets: Iterable[str]) -> None:
    """Part of publishing a text with these links: what it shows is kept from now on, even if it had been taken away."""
    names = sorted(
        {target.partition(":")[2].partition("#")[0] for target in targets if target.startswith(f"{SCHEME}:")}
    )
    if names:
        db.session.execute(
            update(Attachment)
            .where(Attachment.name.in_(names))
            .values(published_at=func.coalesce(Attachment.published_at, clock.now()), retired_at=None)
            .execution_options(synchronize_session=False)
        )
