"""Exporting: the published library as files, byte for byte what was synchronised or written in the browser."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select, update

from app.core.database import db
from app.library import files
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
        if _export(folders, path, rows[path].synced_digest, rows[path].digest, result) and remember:
            db.session.execute(update(Edition).where(Edition.path == path).values(synced_digest=rows[path].digest))
    db.session.commit()
    return result


def _export(folders: Folders, path: str, synced: str | None, digest: str, result: Exported) -> bool:
    """Write one file where it is needed; False when it was left alone."""
    present = files.read(folders, path) if folders.locate(path).exists() else None
    file_digest = present.digest if isinstance(present, SourceFile) else None
    if file_digest == digest:
        result.unchanged += 1
    elif present is not None and decide(synced, file_digest, digest) in (Move.CONFLICT, Move.PUBLISH):
        result.conflicts.append(path)
        return False
    else:
        this = select(Revision.source).join(Edition, Edition.published_id == Revision.id).where(Edition.path == path)
        files.write(folders, path, db.session.execute(this).scalar_one())
        result.written.append(path)
    return True
