"""The archive that somebody looks at before publishing it: kept for an hour, one a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.core import clock, rounds
from app.core.database import db
from app.core.errors import NotFound
from app.library.archives import refusals, zips
from app.library.archives.models import ArchivePart, ArchiveUpload
from app.library.archives.zips import Unsafe

KEPT = timedelta(hours=1)
PART = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """What was uploaded; `digest` is the SHA-256 of the bytes."""

    name: str
    digest: str
    size: int


def keep(person_id: UUID, name: str, stream: IO[bytes]) -> Upload:
    """Keep an archive that is found in order, in place of the person's earlier one; commits. Raises InvalidInput."""
    try:
        zips.open_archive(stream)
    except Unsafe as unsafe:
        raise refusals.told(unsafe) from unsafe
    _remove(person_id)
    upload = _measure(name, stream)
    db.session.execute(insert(ArchiveUpload).values(person_id=person_id, at=clock.now(), **vars(upload)))
    stream.seek(0)
    for number, content in enumerate(iter(lambda: stream.read(PART), b"")):
        db.session.execute(insert(ArchivePart).values(person_id=person_id, number=number, content=content))
    db.session.commit()
    return upload


def find(person_id: UUID) -> Upload | None:
    """The archive that a person has before them."""
    row = db.session.execute(
        select(ArchiveUpload.name, ArchiveUpload.digest, ArchiveUpload.size).where(
            ArchiveUpload.person_id == person_id, ArchiveUpload.at > clock.now() - KEPT
        )
    ).one_or_none()
    return Upload(*row) if row else None


@contextmanager
def opened(person_id: UUID) -> Iterator[IO[bytes]]:
    """Its bytes, in a temporary file. Raises NotFound when there is none any more."""
    if find(person_id) is None:
        raise NotFound(archive=str(person_id))
    with TemporaryFile() as stream:
        number = 0
        this = select(ArchivePart.content).filter_by(person_id=person_id)
        while (content := db.session.execute(this.where(ArchivePart.number == number)).scalar()) is not None:
            stream.write(content)
            number += 1
        yield stream


def drop(person_id: UUID) -> None:
    """Forget a person's archive; commits."""
    _remove(person_id)
    db.session.commit()


@rounds.every("archives", timedelta(minutes=10))
def forget_old() -> None:
    """Forget the archives that nobody came back to."""
    old = select(ArchiveUpload.person_id).where(ArchiveUpload.at <= clock.now() - KEPT)
    db.session.execute(
        delete(ArchivePart).where(ArchivePart.person_id.in_(old)).execution_options(synchronize_session=False)
    )
    db.session.execute(
        delete(ArchiveUpload).where(ArchiveUpload.at <= clock.now() - KEPT).execution_options(synchronize_session=False)
    )


def _remove(person_id: UUID) -> None:
    for table in (ArchivePart, ArchiveUpload):
        db.session.execute(
            delete(table).where(table.person_id == person_id).execution_options(synchronize_session=False)
        )


def _measure(name: str, stream: IO[bytes]) -> Upload:
    stream.seek(0)
    digest, size = sha256(), 0
    for content in iter(lambda: stream.read(PART), b""):
        digest.update(content)
        size += len(content)
    plain = "".join(each for each in name if each.isprintable())[:200]
    return Upload(plain, digest.hexdigest(), size)
