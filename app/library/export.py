"""Exporting: the published library as files, byte for byte what was synchronised or written in the browser."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select, update

from app.core.database import db
from app.library import disagreements, files, publishing
from app.library.attachments import folder, keeping
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
    """Write every published document and every attachment to its file.

    A file that was changed since the last sync is not overwritten.

    `remember` is for the library's own folders: what was written there counts as synchronised.
    """
    if remember:
        publishing.lock_library()
    rows = {
        row.path: row
        for row in db.session.execute(
            select(
                Edition.document_id,
                Edition.language,
                Edition.path,
                Edition.synced_digest,
                Edition.published_id,
                Revision.digest,
            )
            .join(Revision, Revision.id == Edition.published_id)
            .order_by(Edition.path)
        )
    }
    attachments = {folder.path_of(name): row for name, row in folder.rows().items() if row.retired_at is None}
    result = Exported()
    contested: dict[str, SourceFile] = {}
    for path in progress([*attachments, *rows]):
        if path in attachments:
            _export_attachment(folders, path, attachments[path], result, remember)
            continue
        synced, digest = rows[path].synced_digest, rows[path].digest
        if _export(folders, path, (synced, digest), result, contested) and remember and synced != digest:
            db.session.execute(update(Edition).where(Edition.path == path).values(synced_digest=digest))
    if remember:
        for path, file in contested.items():
            row = rows[path]
            disagreements.add((row.document_id, row.language), path, file, row.published_id)
    db.session.commit()
    return result


def _export(
    folders: Folders,
    path: str,
    digests: tuple[str | None, str],
    result: Exported,
    contested: dict[str, SourceFile],
) -> bool:
    """Write one file where it is needed; False when it was left alone.

    `digests` are those that sync last saw and of the published text. `contested` gets the files, of those left alone,
    whose document changed in the database as well.
    """
    synced, digest = digests
    place = folders.locate(path)
    present = files.read(folders, path) if place.exists() or place.is_symlink() else None
    file_digest = present.digest if isinstance(present, SourceFile) else None
    if file_digest == digest:
        result.unchanged += 1
        return True
    if present is not None and (move := decide(synced, file_digest, digest)) is not Move.WRITE:
        result.conflicts.append(path)
        if move is Move.CONFLICT and isinstance(present, SourceFile):
            contested[path] = present
        return False
    this = select(Revision.source).join(Edition, Edition.published_id == Revision.id).where(Edition.path == path)
    files.write(folders, path, db.session.execute(this).scalar_one())
    result.written.append(path)
    return True


def _export_attachment(folders: Folders, path: str, row: folder.Row, result: Exported, remember: bool) -> None:
    """Write an attachment where its file is missing; one whose bytes are others is left alone."""
    place = folders.locate(path)
    present = folder.read(folders, path) if place.exists() or place.is_symlink() else None
    digest = present.digest if isinstance(present, SourceFile) else None
    known = {row.held.digest, row.file_digest} if remember else {row.held.digest}
    if present is not None and digest not in known:
        result.conflicts.append(path)
        return
    if present is None:
        files.write(folders, path, keeping.content_of(row.held.digest))
        digest = row.held.digest
        result.written.append(path)
    else:
        result.unchanged += 1
    if remember and digest is not None and digest != row.file_digest:
        folder.remember(row.held.name, digest)
