"""Synchronising files and database, three-way: what changed on one side moves over, both is a conflict.

Reading, parsing and rendering happen before the library is locked, so that nobody waits for them; what was read is
applied only when the library is still the one it was compared with.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.core.database import db
from app.core.errors import Conflict, InvalidInput
from app.library import disagreements, files, publishing, renderings
from app.library.comparison import Comparison, Side, compare
from app.library.files import Folders, SourceFile
from app.library.kinds import all_kinds
from app.library.models import Document, Edition, Revision
from app.library.problems import Problem

Progress = Callable[[Iterable[str]], Iterable[str]]

MOST_TRIES = 5


@dataclass
class Report:
    """What a synchronisation did. Paths, but for the problems.

    `attached` are attachments that came in; of those in `cleaned`, not all that the file holds was kept.
    """

    published: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    rendered_again: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    cleaned: list[str] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """0 done, 1 a problem in the input, 3 a conflict."""
        return 3 if self.conflicts else 1 if self.problems else 0


@dataclass(frozen=True)
class Word:
    """What is said about the changes of a synchronisation: how much they matter, and a note."""

    materiality: str = "material"
    note: str = ""


def synchronise(folders: Folders, progress: Progress = iter, word: Word = Word()) -> Report:
    """Bring files and database together and commit. Problems and conflicts keep what was there.

    Raises InvalidInput when a whole folder is missing or empty, Conflict when the library never holds still.
    """
    files.require(folders)
    try:
        for _ in range(MOST_TRIES):
            generation, sides = publishing.newest_generation(), _sides()
            _require_something(folders, sides)
            found = compare(folders, all_kinds(), sides, progress)
            publishing.lock_library()
            same = (publishing.newest_generation(), _sides()) == (generation, sides)
            if same and found.attachments.is_current():
                report = _Applying(folders, found, word).apply()
                db.session.commit()
                return report
            db.session.rollback()
    except BaseException:
        db.session.rollback()
        raise
    raise Conflict(_l("The library kept changing while it was read. Try again."))


def _sides() -> list[Side]:
    rows = db.session.execute(
        select(
            Edition.document_id,
            Edition.language,
            Document.kind,
            Edition.path,
            Edition.synced_digest,
            Revision.digest,
            Edition.published_id,
        )
        .join(Document, Document.id == Edition.document_id)
        .outerjoin(Revision, Revision.id == Edition.published_id)
        .order_by(Edition.document_id, Edition.language)
    )
    return [Side(*row) for row in rows]


def _require_something(folders: Folders, sides: list[Side]) -> None:
    """A folder with nothing in it, where documents were published from, is a disk that was not mounted."""
    for root in files.ROOTS:
        published = sum(side.digest is not None and side.path.startswith(f"{root}/") for side in sides)
        if published and not any(folders.of(root).iterdir()):
            raise InvalidInput(f"The folder {folders.of(root)} is empty, and {published} documents came from it.")


class _Applying:
    """Bringing a comparison into the locked library: first the database, then the files."""

    def __init__(self, folders: Folders, found: Comparison, word: Word) -> None:
        self.folders, self.found, self.word = folders, found, word
        self.report = Report(
            unchanged=len(found.unchanged),
            conflicts=[*found.conflicts, *(each.path for each in found.contested)],
            problems=list(found.problems),
        )

    def apply(self) -> Report:
        """Do all of it, in the current transaction. Renamed files give up their places first: they may be swapped."""
        self.found.attachments.bring_in()
        for side, _ in self.found.renamed:
            publishing.release(side.document_id, side.language)
        for side in self.found.withdrawn:
            publishing.withdraw(side.document_id, side.language)
            self.report.withdrawn.append(side.path)
        changed = {draft.path for draft, _ in self.found.drafts}
        for side, path in self.found.renamed:
            if side.published_id is not None:
                publishing.move(side.document_id, side.language, path, side.published_id)
                self.report.renamed += [] if path in changed else [path]
        for draft, file in self.found.drafts:
            recipe = self.found.recipe(draft.language)
            publishing.publish(draft, file.source, recipe, self.word.materiality, note=self.word.note)
            self.report.published.append(draft.path)
        for side, digest in self.found.agreed:
            self._remember(side, digest)
        self._render_again()
        if self.report.published or self.report.renamed or self.report.withdrawn or self.report.rendered_again:
            publishing.bump_generation()
        for side, path, seen in self.found.to_write:
            self._write(side, path, seen)
        for side, path, seen in self.found.to_remove:
            self._remove(side, path, seen)
        self._settle_attachments()
        disagreements.keep(self.found.contested)
        for paths in (self.report.published, self.report.renamed, self.report.withdrawn, self.report.conflicts):
            paths.sort()
        self.report.problems.sort()
        return self.report

    def _settle_attachments(self) -> None:
        self.found.attachments.settle()
        outcome = self.found.attachments.outcome
        for name in ("attached", "cleaned", "written", "withdrawn", "removed", "problems"):
            getattr(self.report, name).extend(getattr(outcome, name))

    def _write(self, side: Side, path: str, seen: str | None) -> None:
        """The database's text into the file, unless somebody changed the file since it was read."""
        if self._digest_at(path) != seen:
            self.report.conflicts.append(path)
            return
        source = db.session.execute(select(Revision.source).filter_by(id=side.published_id)).scalar_one()
        files.write(self.folders, path, source)
        self._remember(side, side.digest)
        self.report.written.append(path)

    def _remove(self, side: Side, path: str, seen: str) -> None:
        if self._digest_at(path) != seen:
            self.report.conflicts.append(path)
            return
        self.folders.locate(path).unlink()
        self._remember(side, None)
        self.report.removed.append(path)

    def _digest_at(self, path: str) -> str | None:
        """The digest of the file as it is now; None when there is none, no digest's text when it cannot be read."""
        if not self.folders.locate(path).exists():
            return None
        file = files.read(self.folders, path)
        return file.digest if isinstance(file, SourceFile) else "unreadable"

    def _remember(self, side: Side, digest: str | None) -> None:
        this = (Edition.document_id == side.document_id, Edition.language == side.language)
        db.session.execute(update(Edition).where(*this).values(synced_digest=digest))

    def _render_again(self) -> None:
        """Bring renderings up to date whose glossary or renderer changed."""
        words = self.found.abbreviations
        done, problems = renderings.render_again(renderings.outdated(words), words)
        self.report.rendered_again += done
        self.report.problems += problems
