"""Attachments as files, in `content/attachments/`: what sync, check and export do with them.

A name never changes what it stands for, so there is nothing to merge: a new file comes in, one whose bytes differ from
its name's is a problem, one that was added in the browser is written. The digest of a file *as it was found* is
remembered beside that of the bytes that are kept, which cleaning may have changed: the next sync finds nothing to do.
"""

import weakref
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import SpooledTemporaryFile

from sqlalchemy import select, update

from app.core import clock
from app.core.database import db
from app.library import files
from app.library.attachments import cleaning, keeping, names, uses
from app.library.attachments.cleaning import LARGEST_IMAGE, LARGEST_PDF, Cleaned, Unacceptable
from app.library.attachments.models import Attachment, Blob
from app.library.attachments.shelf import COLUMNS, Held
from app.library.files import Folders, SourceFile
from app.library.problems import Problem

PREFIX = "content/attachments/"
KEPT_IN_MEMORY = 8 * 1024 * 1024


def holds(path: str) -> bool:
    """Whether this is the place of an attachment rather than of a document."""
    return path.startswith(PREFIX)


def path_of(name: str) -> str:
    """Where an attachment's file is."""
    return PREFIX + name


def read(folders: Folders, path: str) -> SourceFile | Problem:
    """An attachment's file as it is, or what is wrong with it."""
    trouble = trouble_with_name(path)
    if trouble is not None:
        return trouble
    largest = LARGEST_PDF if path.endswith(".pdf") else LARGEST_IMAGE
    return files.read(folders, path, largest=largest, suffixes=tuple(f".{each}" for each in _SUFFIXES))


def trouble_with_name(path: str) -> Problem | None:
    """What is wrong with an attachment's path, and what it might be."""
    name = path.removeprefix(PREFIX)
    if "/" in name:
        return Problem(path, 1, "a folder among the attachments", "files beside one another")
    if not names.is_name(name):
        stem, _, extension = name.rpartition(".")
        proposed = f"{names.slug(stem) or 'plan'}.{extension.lower()}"
        better = proposed if names.is_name(proposed) else "plan.png, or .jpg .webp .gif .pdf"
        what = (name if name.isprintable() else ascii(name)[1:-1])[:80]
        return Problem(path if path.isprintable() else ascii(path)[1:-1], 1, f"the name “{what}”", f"“{better}”")
    return None


def clean(file: SourceFile) -> Cleaned | Problem:
    """What is kept of a file, or why it is refused."""
    name = file.path.removeprefix(PREFIX)
    try:
        cleaned = cleaning.clean(file.source)
    except Unacceptable as refused:
        return Problem(file.path, 1, *refused.reason.value)
    if cleaned.media_type != names.media_type_of(name):
        extension = names.EXTENSIONS[cleaned.media_type]
        return Problem(file.path, 1, "a name that says something else than the content", f"a name in .{extension}")
    return cleaned


_SUFFIXES = (*names.EXTENSIONS.values(), "jpeg")


@dataclass(frozen=True)
class Row:
    """What the database holds of an attachment."""

    held: Held
    file_digest: str | None
    retired_at: datetime | None


def rows() -> dict[str, Row]:
    """Every attachment of the database, by name. One statement."""
    found = db.session.execute(
        select(*COLUMNS, Attachment.file_digest, Attachment.retired_at)
        .select_from(Attachment)
        .join(Blob, Blob.digest == Attachment.digest)
    )
    return {row[0]: Row(Held(*row[:6]), row[6], row[7]) for row in found}


@dataclass
class Outcome:
    """What became of the attachments in a synchronisation: paths, and the problems."""

    attached: list[str] = field(default_factory=list)
    cleaned: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Comparison:
    """The folder against the database: first looked at file by file, later applied to the locked library."""

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.rows = rows()
        self.seen: set[str] = set()
        self.outcome = Outcome()
        self._new: dict[str, tuple[Held, str, int]] = {}
        self._agreed: dict[str, str] = {}
        self._to_remove: dict[str, str] = {}
        self._stash = SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - closed with the comparison
        weakref.finalize(self, self._stash.close)

    def look(self, path: str) -> None:
        """Read one file, and note what is to be done with it."""
        name = path.removeprefix(PREFIX)
        self.seen.add(name)
        file = read(self.folders, path)
        if isinstance(file, Problem):
            self.outcome.problems.append(file)
            return
        row = self.rows.get(name)
        if row is not None and row.file_digest == file.digest:
            if row.retired_at is not None:
                self._to_remove[name] = file.digest
            return
        if row is not None and row.held.digest == file.digest:
            self._agreed[name] = file.digest
            return
        cleaned = clean(file)
        if isinstance(cleaned, Problem):
            self.outcome.problems.append(cleaned)
        elif row is None:
            self._take(name, cleaned, file.digest)
        elif row.held.digest == cleaned.digest:
            self._agreed[name] = file.digest
        else:
            self.outcome.problems.append(other_bytes(path))

    def find(self, name: str) -> Held | None:
        """The attachment of this name: a file that comes in, else what the database holds."""
        if name in self._new:
            return self._new[name][0]
        return self.rows[name].held if name in self.rows else None

    def is_current(self) -> bool:
        """Whether the database still holds the attachments it was compared with."""
        return rows() == self.rows

    def bring_in(self) -> None:
        """Before the texts that show them are published: keep what is new. The library is held."""
        for name, (held, file_digest, begin) in sorted(self._new.items()):
            self._stash.seek(begin)
            content = self._stash.read(held.size)
            keeping.keep(name, Cleaned(content, held.media_type, held.width, held.height), None, file_digest)
            self.outcome.attached.append(path_of(name))
        for name, file_digest in self._agreed.items():
            _set(name, file_digest=file_digest, retired_at=None)

    def settle(self) -> None:
        """After the texts: write what has no file, take away what lost its file and that nothing shows."""
        present = rows() if self.rows or self._new else {}
        for name, digest in self._to_remove.items():
            self._remove(name, digest, present[name])
        lost = [
            name
            for name, row in present.items()
            if row.file_digest is not None and name not in self.seen and not self._is_there(name)
        ]
        of_all = uses.of_all() if lost else {}
        for name in sorted(lost):
            self._without_file(present[name], of_all.get(name, []))
        for name, row in sorted(present.items()):
            if row.file_digest is None and row.retired_at is None and name not in self.seen:
                self._write(row.held)
        if lost or self._to_remove or any(row.retired_at for row in present.values()):
            keeping.collect()

    def _take(self, name: str, cleaned: Cleaned, file_digest: str) -> None:
        begin = self._stash.seek(0, 2)
        self._stash.write(cleaned.content)
        size = len(cleaned.content)
        held = Held(name, cleaned.digest, cleaned.media_type, size, cleaned.width, cleaned.height)
        self._new[name] = (held, file_digest, begin)
        if cleaned.digest != file_digest:
            self.outcome.cleaned.append(path_of(name))

    def _without_file(self, row: Row, shown_by: list[uses.Use]) -> None:
        name = row.held.name
        if row.retired_at is not None:
            _set(name, file_digest=None)
        elif shown_by:
            what = f"no file any more, while “{shown_by[0].document_id}” ({shown_by[0].language}) shows it"
            self.outcome.problems.append(
                Problem(path_of(name), 1, what, "the file (flask library export writes it), or the text without it")
            )
        else:
            _set(name, file_digest=None, retired_at=clock.now())
            self.outcome.withdrawn.append(path_of(name))

    def _write(self, held: Held) -> None:
        if self._is_there(held.name):  # put there since it was looked for: the next sync sees to it
            return
        files.write(self.folders, path_of(held.name), keeping.content_of(held.digest))
        _set(held.name, file_digest=held.digest)
        self.outcome.written.append(path_of(held.name))

    def _remove(self, name: str, digest: str, row: Row) -> None:
        """A file whose attachment was taken away in the browser, unless a text published just now shows it again."""
        file = read(self.folders, path_of(name))
        if row.retired_at is None or not isinstance(file, SourceFile) or file.digest != digest:
            return
        self.folders.locate(path_of(name)).unlink()
        _set(name, file_digest=None)
        self.outcome.removed.append(path_of(name))

    def _is_there(self, name: str) -> bool:
        file = self.folders.locate(path_of(name))
        return file.exists() or file.is_symlink()


def remember(name: str, file_digest: str) -> None:
    """Part of writing files: what is in an attachment's file now."""
    _set(name, file_digest=file_digest)


def _set(name: str, **values: object) -> None:
    db.session.execute(
        update(Attachment).where(Attachment.name == name).values(**values).execution_options(synchronize_session=False)
    )


def other_bytes(path: str) -> Problem:
    """A file whose bytes are not those that its name stands for."""
    return Problem(path, 1, "other bytes than those of this name", "another name: an attachment never changes")
