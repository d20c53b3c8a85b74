"""Keeping the conflicts that sync and export find, so that they are settled in the browser (authoring/conflicts.py)."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.core import clock
from app.core.database import db, insert
from app.library.authoring.models import SyncConflict
from app.library.comparison import Contest, Identity
from app.library.files import SourceFile


def keep(contested: Sequence[Contest]) -> None:
    """Part of a synchronisation: these are the conflicts there are; those that no longer hold are forgotten."""
    now = {each.side.identity: each for each in contested}
    rows = db.session.execute(select(SyncConflict.document_id, SyncConflict.language)).all()
    for document_id, language in rows:
        if (document_id, language) not in now:
            forget(document_id, language)
    for identity, each in now.items():
        add(identity, each.path, each.file, each.side.published_id)


def add(identity: Identity, path: str, file: SourceFile | None, published_id: int | None) -> None:
    """Write a conflict down with the file's text; one that is there already keeps the time it was found."""
    row = {
        "path": path,
        "file_source": file.source if file else None,
        "file_digest": file.digest if file else None,
        "published_id": published_id,
    }
    key = dict(zip(("document_id", "language"), identity, strict=True))
    statement = insert(SyncConflict).values(**key, **row, found_at=clock.now())
    db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=row))


def forget(document_id: str, language: str) -> None:
    """A conflict was settled, or is none any more."""
    db.session.execute(delete(SyncConflict).filter_by(document_id=document_id, language=language))
