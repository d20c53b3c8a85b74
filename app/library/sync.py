"""Synchronising files and database, three-way: what changed on one side moves over, both is a conflict."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select, update

from app.core.database import db
from app.core.errors import InvalidInput
from app.library import checking, files, markup, parsing, publishing
from app.library.checking import Known
from app.library.files import Folders, SourceFile
from app.library.glossary import abbreviations
from app.library.kinds import Block, Draft, Kinds, all_kinds
from app.library.models import Document, Edition, Rendering, Revision
from app.library.problems import Problem
from app.library.three_way import Move, decide

Progress = Callable[[Iterable[str]], Iterable[str]]


@dataclass
class Report:
    """What a synchronisation did. Paths, but for the problems."""

    published: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    rendered_again: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """0 done, 1 a problem in the input, 3 a conflict."""
        return 3 if self.conflicts else 1 if self.problems else 0


@dataclass(frozen=True)
class _Side:
    """What the database holds for a path."""

    document_id: str
    language: str
    path: str
    synced: str | None
    digest: str | None


def synchronise(folders: Folders, progress: Progress = iter) -> Report:
    """Bring files and database together and commit. Problems and conflicts keep what was there.

    Raises InvalidInput when a whole folder is missing: that is a wrong setting, not thirty withdrawals.
    """
    for root in files.ROOTS:
        if not folders.of(root).is_dir():
            raise InvalidInput(f"The folder {folders.of(root)} is missing.")
    publishing.lock_library()
    run = _Run(folders, all_kinds(), {side.path: side for side in _database_sides()})
    run.compare(progress(files.paths(folders)))
    run.read()
    run.check()
    run.apply()
    if run.report.published or run.report.withdrawn or run.report.rendered_again:
        publishing.bump_generation()
    db.session.commit()
    return run.report


def _database_sides() -> list[_Side]:
    rows = db.session.execute(
        select(Edition.document_id, Edition.language, Edition.path, Edition.synced_digest, Revision.digest).outerjoin(
            Revision, Revision.id == Edition.published_id
        )
    )
    return [_Side(*row) for row in rows]


class _Run:
    """One synchronisation under way."""

    def __init__(self, folders: Folders, kinds: Kinds, sides: dict[str, _Side]) -> None:
        self.folders, self.kinds, self.sides = folders, kinds, sides
        self.by_identity = {(side.document_id, side.language): side for side in sides.values()}
        self.report = Report()
        self.found: set[str] = set()
        self.changed: dict[str, SourceFile] = {}
        self.drafts: dict[str, Draft] = {}
        self.abbreviations = _published_abbreviations()

    def compare(self, paths: Iterable[str]) -> None:
        """Read every file and sort it by what the three-way rule says; only changed ones are parsed later."""
        for path in paths:
            file = files.read(self.folders, path)
            self.found.add(path)
            if isinstance(file, Problem):
                self.report.problems.append(file)
                continue
            side = self.sides.get(path)
            if side is None or side.synced is None:
                self.changed[path] = file
                continue
            self._sort(side, file)

    def _sort(self, side: _Side, file: SourceFile) -> None:
        match decide(side.synced, file.digest, side.digest):
            case Move.NOTHING:
                self.report.unchanged += 1
            case Move.PUBLISH:
                self.changed[side.path] = file
            case Move.WRITE:
                self._write(side)
            case Move.AGREE:
                self._remember(side, file.digest)
            case Move.CONFLICT:
                self.report.conflicts.append(side.path)
            case Move.WITHDRAW:
                raise AssertionError("there is a file")

    def read(self) -> None:
        """Parse what changed; glossaries first, because the others are rendered with them."""
        for path in sorted(self.changed, key=lambda each: not _is_glossary(self.kinds, each)):
            language = path.split("/")[1]
            draft = parsing.parse(self.changed[path], self.kinds, self.abbreviations.get(language, {}))
            if isinstance(draft, list):
                self.report.problems += draft
                continue
            self.drafts[path] = draft
            if draft.kind.name == "glossary":
                self.abbreviations[draft.language] = abbreviations(draft.facts)

    def check(self) -> None:
        """Drop the drafts that the library as a whole refuses."""
        problems = checking.duplicates(self.drafts.values())
        steps = checking.folders_with_step(self.found)
        known = self._known()
        for path, draft in self.drafts.items():
            problems += checking.dangling(draft, known) + checking.without_step(draft, steps) + self._stolen(draft)
            side = self.by_identity.get((draft.facts.id, draft.language))
            if side and side.synced and decide(side.synced, self.changed[path].digest, side.digest) is Move.CONFLICT:
                self.report.conflicts.append(path)
        refused = {problem.path for problem in problems} | set(self.report.conflicts)
        self.drafts = {path: draft for path, draft in self.drafts.items() if path not in refused}
        self.report.problems += problems
        self.report.problems.sort()

    def _stolen(self, draft: Draft) -> list[Problem]:
        """An id that belongs to another file still there, or to a document of another kind."""
        identity = draft.facts.id
        side = self.by_identity.get((identity, draft.language))
        if side and side.path != draft.path and side.path in self.found and side.path not in self.changed:
            return [Problem(draft.path, 1, f"the id “{identity}” is also in {side.path}", "an id of its own")]
        kind = db.session.execute(select(Document.kind).filter_by(id=identity)).scalar_one_or_none()
        if kind not in (None, draft.kind.name):
            return [
                Problem(draft.path, 1, f"the id “{identity}” was a {kind}", f"another id for this {draft.kind.name}")
            ]
        return []

    def _known(self) -> dict[str, Known]:
        """Every document that links may point to: those published, under those being read."""
        targets = {reference.target for draft in self.drafts.values() for reference in draft.references}
        known = _published_documents(self.kinds, checking.ids_in(targets))
        for draft in self.drafts.values():
            earlier = known.get(draft.facts.id)
            anchors = {**(earlier.anchors if earlier else {}), draft.language: draft.anchors}
            known[draft.facts.id] = Known(draft.kind.name, anchors)
        return known

    def apply(self) -> None:
        """Publish, withdraw, render again."""
        for path, draft in self.drafts.items():
            publishing.publish(draft, self.changed[path].source, self._recipe(draft.language))
            self.report.published.append(path)
        moved = {(draft.facts.id, draft.language) for draft in self.drafts.values()}
        for side in self.sides.values():
            gone = side.path not in self.found and side.digest is not None
            if gone and (side.document_id, side.language) not in moved:
                self._withdraw(side)
        self._render_again()

    def _withdraw(self, side: _Side) -> None:
        if decide(side.synced, None, side.digest) is Move.CONFLICT:
            self.report.conflicts.append(side.path)
            return
        publishing.withdraw(side.document_id, side.language)
        self.report.withdrawn.append(side.path)

    def _write(self, side: _Side) -> None:
        source = db.session.execute(
            select(Revision.source).join(Edition, Edition.published_id == Revision.id).where(Edition.path == side.path)
        ).scalar_one()
        files.write(self.folders, side.path, source)
        self._remember(side, files.digest_of(source))
        self.report.written.append(side.path)

    def _remember(self, side: _Side, digest: str) -> None:
        db.session.execute(update(Edition).where(Edition.path == side.path).values(synced_digest=digest))

    def _recipe(self, language: str) -> str:
        return publishing.recipe(self.abbreviations.get(language, {}))

    def _render_again(self) -> None:
        """Bring renderings up to date whose glossary or renderer changed."""
        rows = db.session.execute(
            select(Edition.path, Edition.language, Revision.id, Rendering.made_with)
            .join(Revision, Revision.id == Edition.published_id)
            .join(Rendering, Rendering.revision_id == Revision.id)
        ).all()
        for path, language, revision_id, made_with in rows:
            if made_with == self._recipe(language):
                continue
            source = db.session.execute(select(Revision.source).filter_by(id=revision_id)).scalar_one()
            draft = parsing.parse(SourceFile(path, source), self.kinds, self.abbreviations.get(language, {}))
            if isinstance(draft, Draft):
                publishing.keep_rendering(revision_id, draft, self._recipe(language))
                self.report.rendered_again += 1


def _is_glossary(kinds: Kinds, path: str) -> bool:
    root, _, rest = path.partition("/")
    kind = kinds.at(root, rest.partition("/")[2])
    return kind is not None and kind.name == "glossary"


def _published_abbreviations() -> dict[str, Mapping[str, str]]:
    from app.library.glossary import GlossaryFacts

    rows = db.session.execute(
        select(Edition.language, Revision.facts)
        .join(Revision, Revision.id == Edition.published_id)
        .join(Document, Document.id == Edition.document_id)
        .where(Document.kind == "glossary")
    )
    return {language: abbreviations(GlossaryFacts.model_validate(facts)) for language, facts in rows}


def _published_documents(kinds: Kinds, ids: set[str]) -> dict[str, Known]:
    rows = db.session.execute(
        select(Document.id, Document.kind, Edition.language, Rendering.blocks)
        .join(Edition, Edition.document_id == Document.id)
        .join(Rendering, Rendering.revision_id == Edition.published_id)
        .where(Document.id.in_(ids))
    )
    known: dict[str, Known] = {}
    for document_id, kind, language, blocks in rows:
        anchors = markup.anchors_in(Block(**block) for block in blocks)
        fixed = kinds.by_name[kind].fixed_anchors if kind in kinds.by_name else ()
        earlier = known.get(document_id)
        known[document_id] = Known(kind, {**(earlier.anchors if earlier else {}), language: anchors | set(fixed)})
    return known
