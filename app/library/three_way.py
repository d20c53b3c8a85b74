"""The rule by which files and database meet: what sync last saw decides which side changed."""

from enum import Enum


class Move(Enum):
    """What sync does with a document in one language."""

    NOTHING = "unchanged"
    PUBLISH = "the file changed: publish it"
    WITHDRAW = "the file is gone: withdraw the document"
    WRITE = "the database changed: write the file"
    REMOVE = "the database withdrew it: remove the file"
    AGREE = "both changed to the same text: remember it"
    CONFLICT = "both changed, differently: report, overwrite nothing"


def decide(synced: str | None, file: str | None, database: str | None) -> Move:
    """Compare digests; None where there is nothing: never synced, no file, nothing published."""
    file_changed, database_changed = file != synced, database != synced
    if not file_changed and not database_changed:
        return Move.NOTHING
    if file == database:
        return Move.AGREE
    if file_changed and database_changed:
        return Move.CONFLICT
    if database_changed:
        return Move.REMOVE if database is None else Move.WRITE
    return Move.WITHDRAW if file is None else Move.PUBLISH
