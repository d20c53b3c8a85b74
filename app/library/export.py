"""Exporting: the published library as files, byte for byte what was synchronised or written in the browser."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select, update

from app.core.database import db
from app.library import files, publishing
from app.library.files import Folders, SourceFile
from app.library.models import Edition, Revision
from app.library.three_way import Move, decide


@dataclass
class Exported:
    """What an export did: paths written, files already the same, files left alone because they changed too."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """0 done, 3 a conflict: nothing of it was overwritten."""
        return 3 if self.conflicts else 0


def export(
    folders: Folders, progress: Callable[[Iterable[str]], Iterable[str]] = iter, *, remember: bool = True
) -> Exported:
    """Write every published document to its file. A file that was changed since the last sync is not overwritten.

    `remember` is for the library's own folders: what was written there counts as synchronised.
    """
    if remember:
        publishing.lock_library()
    rows = {
        row.path: row
        for row in db.session.execute(
            select(Edition.path, Edition.synced_digest, Revision.digest)
            .join(Revision, Revision.id == Edition.published_id)
            .order_by(Edition.path)
        )
    }
    result = Exported()
    for path in progress(list(rows)):
        synced, digest = rows[path].synced_digest, rows[path].digest
        if _export(folders, path, synced, digest, result) and remember and synced != digest:
            db.session.execute(update(Edition).where(Edition.path == path).values(synced_digest=digest))
    db.session.commit()
    return result


def _export(folders: Folders, path: str, synced: str | None, digest: str, result: Exported) -> bool:
    """Write one file where it is needed; False when it was left alone."""
    place = folders.locate(path)
    present = files.read(folders, path) if place.exists() or place.is_symlink() else None
    file_digest = present.digest if isinstance(present, SourceFile) else None
    if file_digest == digest:
        result.unchanged += 1
        return True
    if present is not None and decide(synced, file_digest, digest) is not Move.WRITE:
        result.conflicts.append(path)
        return False
    this = select(Revision.source).join(Edition, Edition.published_id == Revision.id).where(Edition.path == path)
    files.write(folders, path, db.session.execute(this).scalar_one())
    result.written.append(path)
    return True
