"""The published library as a zip, attachments and all, with the paths of the files."""

import weakref
import zipfile
from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import select

from app.core.database import db
from app.library.attachments import folder, keeping
from app.library.models import Edition, Revision

AT_ONCE = 200
PIECE = 64 * 1024
EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no time before


class Download:
    """A temporary file to be sent, piece by piece; it goes when it was sent, or when nobody wants it any more."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.size = stream.seek(0, 2)
        stream.seek(0)
        self._stream = stream
        weakref.finalize(self, stream.close)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._stream.read(PIECE), b"")

    def close(self) -> None:
        """The server's word that the answer was sent, or never will be."""
        self._stream.close()


def write() -> Download:
    """The archive, written to a temporary file: ten thousand documents are never in memory."""
    target = TemporaryFile()  # noqa: SIM115 - it outlives this function
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            _write_texts(archive)
            _write_attachments(archive)
    except BaseException:
        target.close()
        raise
    return Download(target)


def _write_texts(archive: zipfile.ZipFile) -> None:
    published = db.session.execute(
        select(Edition.path, Revision.id, Revision.published_at)
        .join(Revision, Revision.id == Edition.published_id)
        .order_by(Edition.path)
    ).all()
    for start in range(0, len(published), AT_ONCE):
        some = published[start : start + AT_ONCE]
        wanted = select(Revision.id, Revision.source).where(Revision.id.in_([row.id for row in some]))
        sources = {row.id: row.source for row in db.session.execute(wanted)}
        for row in some:
            archive.writestr(_entry(row.path, row.published_at, zipfile.ZIP_DEFLATED), sources[row.id])


def _write_attachments(archive: zipfile.ZipFile) -> None:
    for name, row in sorted(folder.rows().items()):
        if row.retired_at is not None:
            continue
        entry = _entry(folder.path_of(name), None, zipfile.ZIP_STORED)
        entry.file_size = row.held.size
        with archive.open(entry, "w") as target:
            for piece in keeping.pieces(row.held.digest, row.held.size):
                target.write(piece)


def _entry(path: str, at: datetime | None, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, at.timetuple()[:6] if at else EARLIEST)
    entry.compress_type = method
    entry.external_attr = 0o100644 << 16
    return entry
