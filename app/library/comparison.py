"""Comparing files with what the database holds: what is to be done with each document, nothing done yet."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from app.library import files, parsing, publishing
from app.library.attachments import folder, shelf
from app.library.files import Folders, SourceFile
from app.library.glossary import abbreviations
from app.library.kinds import Draft, Kinds
from app.library.links import Refusals, refuse_by_links
from app.library.parsing import Refused
from app.library.problems import Problem
from app.library.three_way import Move, decide

Identity = tuple[str, str]  # a document's id and the language of an edition


@dataclass(frozen=True)
class Side:
    """What the database holds of an edition: `digest` and `published_id` are None when it is withdrawn."""

    document_id: str
    language: str
    kind: str
    path: str
    synced: str | None
    digest: str | None
    published_id: int | None

    @property
    def identity(self) -> Identity:
        """What a file's `id` and folder say as well."""
        return self.document_id, self.language


@dataclass(frozen=True)
class Contest:
    """An edition that changed on both sides; `path` is the file's, and `file` None when it is gone."""

    side: Side
    path: str
    file: SourceFile | None


@dataclass
class Comparison:
    """What is to be done. Where there is a path, it is the file's, now; a digest after it is what the file holds."""

    attachments: folder.Comparison
    unchanged: list[Side] = field(default_factory=list)
    drafts: list[tuple[Draft, SourceFile]] = field(default_factory=list)
    renamed: list[tuple[Side, str]] = field(default_factory=list)
    withdrawn: list[Side] = field(default_factory=list)
    agreed: list[tuple[Side, str | None]] = field(default_factory=list)
    to_write: list[tuple[Side, str, str | None]] = field(default_factory=list)
    to_remove: list[tuple[Side, str, str]] = field(default_factory=list)
    contested: list[Contest] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    abbreviations: dict[str, dict[str, str]] = field(default_factory=dict)

    def recipe(self, language: str) -> str:
        """What renderings of this language are made with."""
        return publishing.recipe(self.abbreviations.get(language, {}))


def compare(
    folders: Folders, kinds: Kinds, sides: list[Side], progress: Callable[[Iterable[str]], Iterable[str]]
) -> Comparison:
    """Read every file, and say what the three-way rule does with each document. Only changed files are parsed."""
    attachments = folder.Comparison(folders)
    read = _read(folders, sides, attachments, progress)
    refused_glossaries: set[str] = set()
    while True:
        matching = _Matching(kinds, sides, read, attachments)
        with shelf.looking_in(attachments.find):
            matching.parse(refused_glossaries)
            matching.match()
        now_refused = matching.refused_glossaries()
        if now_refused <= refused_glossaries:
            return matching.result
        # The other texts were rendered with a glossary that will not be published: once more, without it.
        refused_glossaries |= now_refused


def _read(
    folders: Folders,
    sides: list[Side],
    attachments: folder.Comparison,
    progress: Callable[[Iterable[str]], Iterable[str]],
) -> dict[str, SourceFile | Problem | None]:
    """Every document's file; None for one that is as both sides know it: of ten thousand, a few are kept."""
    known = {side.path: side.digest for side in sides if side.digest is not None and side.digest == side.synced}
    read: dict[str, SourceFile | Problem | None] = {}
    for path in progress(files.paths(folders)):
        if folder.holds(path):
            attachments.look(path)
            continue
        file = files.read(folders, path)
        unchanged = isinstance(file, SourceFile) and file.digest == known.get(path)
        read[path] = None if unchanged else file
    return read


class _Matching:
    """One comparison under way. A file belongs to an edition by its `id`; only unchanged ones go by their path."""

    def __init__(
        self,
        kinds: Kinds,
        sides: list[Side],
        read: Mapping[str, SourceFile | Problem | None],
        attachments: folder.Comparison,
    ) -> None:
        self.kinds, self.read = kinds, read
        self.sides = [side for side in sides if side.digest is not None or side.synced is not None]
        self.by_identity = {side.identity: side for side in self.sides}
        # A published document has its path alone; one that was withdrawn in the database stands behind it.
        self.by_path = {side.path: side for side in sorted(self.sides, key=lambda each: each.digest is not None)}
        self.kind_of = {side.document_id: side.kind for side in sides}
        self.result = Comparison(attachments)
        self.drafts: dict[str, Draft] = {}
        self.refused: dict[str, Refused] = {}
        self.claimed: dict[Identity, str] = {}

    def parse(self, refused_glossaries: set[str]) -> None:
        """Parse what changed; glossaries first, because the others are rendered with them."""
        changed = []
        for path, file in self.read.items():
            if file is None:
                self.result.unchanged.append(self.by_path[path])
                self.claimed[self.by_path[path].identity] = path
                continue
            if isinstance(file, Problem):
                self.result.problems.append(file)
                self._hold(path)
                continue
            side = self.by_path.get(path)
            move = decide(side.synced, file.digest, side.digest) if side else Move.PUBLISH
            if side and move not in (Move.PUBLISH, Move.CONFLICT):
                self.claimed[side.identity] = path
                self._settle(side, path, file.digest, move)
            else:
                changed.append(file)
        changed.sort(key=lambda file: not self.kinds.is_glossary(file.path))
        glossaries = [file for file in changed if self.kinds.is_glossary(file.path)]
        for file in glossaries:
            self._parse(file)
        self._gather_abbreviations(refused_glossaries)
        for file in changed[len(glossaries) :]:
            self._parse(file)

    def _parse(self, file: SourceFile) -> None:
        language = file.path.split("/")[1]
        draft = parsing.parse(file, self.kinds, self.result.abbreviations.get(language, {}))
        if isinstance(draft, Draft):
            self.drafts[file.path] = draft
            return
        self.refused[file.path] = draft
        self.result.problems += draft.problems
        if draft.id is not None:
            self.claimed.setdefault((draft.id, draft.language), file.path)
        self._hold(file.path)

    def _hold(self, path: str) -> None:
        """A file that cannot be read keeps what is published from its path."""
        side = self.by_path.get(path)
        if side is not None and self.refused_id(path) in (None, side.document_id):
            self.claimed.setdefault(side.identity, path)

    def refused_id(self, path: str) -> str | None:
        """The id in a file with problems, where it could be read."""
        return self.refused[path].id if path in self.refused else None

    def _gather_abbreviations(self, without: set[str]) -> None:
        """By language: those of the glossaries that stay published, under the new ones, in the order of ids."""
        drafts = {(draft.facts.id, draft.language): draft for draft in self.drafts.values()}
        words: dict[Identity, Mapping[str, str]] = {
            side.identity: publishing.abbreviations_of(side.published_id)
            for side in self.sides
            if side.kind == "glossary" and side.published_id is not None and self._stays(side, drafts.keys())
        }
        words |= {each: abbreviations(draft.facts) for each, draft in drafts.items() if draft.path not in without}
        for identity in sorted(words):
            self.result.abbreviations.setdefault(identity[1], {}).update(words[identity])

    def match(self) -> None:
        """Bring each draft to its edition, refuse what cannot be published, then see which editions lost their file."""
        for path in [path for path, draft in self.drafts.items() if self._move(draft) is Move.CONFLICT]:
            self._contest(path, self.drafts.pop(path))
        refusals = Refusals(self.drafts, list(self.refused.values()))
        for path, draft in self.drafts.items():
            refusals.add(path, self._trouble_with_id(draft))
        drafts = {(draft.facts.id, draft.language) for draft in self.drafts.values()}
        staying = [side for side in self.sides if self._stays(side, drafts)]
        paths = frozenset(self.read) | {side.path for side in staying}
        # Links may point to what stays published whatever becomes of the drafts.
        refuse_by_links(refusals, self.kinds, paths, {side.document_id for side in staying})
        self.result.problems += sorted(refusals.problems)
        for path, draft in self.drafts.items():
            self.claimed[draft.facts.id, draft.language] = path
            if path not in refusals.paths:
                self._place(draft)
        for side in self.sides:
            if side.identity not in self.claimed:
                self._without_file(side)

    def _move(self, draft: Draft) -> Move:
        file = self.read[draft.path]
        side = self.by_identity.get((draft.facts.id, draft.language))
        if side is None or not isinstance(file, SourceFile):
            return Move.PUBLISH
        return decide(side.synced, file.digest, side.digest)

    def refused_glossaries(self) -> set[str]:
        """Glossaries that were parsed and will not be published."""
        published = {draft.path for draft, _ in self.result.drafts}
        refused = {path for path, draft in self.drafts.items() if draft.kind.name == "glossary"} - published
        return refused | {each.path for each in self.result.contested if each.side.kind == "glossary"}

    def _trouble_with_id(self, draft: Draft) -> list[Problem]:
        """An id that another file has already, or that was a document of another kind."""
        identity = draft.facts.id
        elsewhere = self.claimed.get((identity, draft.language))
        if elsewhere is not None and elsewhere != draft.path:
            return [Problem(draft.path, 1, f"the id “{identity}” is also in {elsewhere}", "an id of its own")]
        kind = self.kind_of.get(identity, draft.kind.name)
        if kind != draft.kind.name:
            return [
                Problem(draft.path, 1, f"the id “{identity}” was a {kind}", f"another id for this {draft.kind.name}")
            ]
        return self._trouble_with_place(draft)

    def _trouble_with_place(self, draft: Draft) -> list[Problem]:
        """A place whose document has another text in the database, which has not come into its file yet."""
        side = self.by_path.get(draft.path)
        if side is None or side.digest is None or side.identity == (draft.facts.id, draft.language):
            return []
        moves = any((each.facts.id, each.language) == side.identity for each in self.drafts.values())
        if moves or side.identity in self.claimed or decide(side.synced, None, side.digest) is Move.WITHDRAW:
            return []
        what = f"the place of “{side.document_id}”, which was changed in the browser"
        return [Problem(draft.path, 1, what, "a file of its own")]

    def _contest(self, path: str, draft: Draft) -> None:
        """Both sides changed: neither is touched."""
        file = self.read[path]
        assert isinstance(file, SourceFile)  # noqa: S101 - only those were parsed
        side = self.by_identity[draft.facts.id, draft.language]
        self.claimed[side.identity] = path
        self.result.contested.append(Contest(side, path, file))

    def _stays(self, side: Side, drafts: Collection[Identity]) -> bool:
        """Whether an edition stays published: it has a file, or was written in the browser and will get one."""
        if side.digest is None:
            return False
        has_file = side.identity in self.claimed or side.identity in drafts
        return has_file or decide(side.synced, None, side.digest) is not Move.WITHDRAW

    def _place(self, draft: Draft) -> None:
        file = self.read[draft.path]
        assert isinstance(file, SourceFile)  # noqa: S101 - only those were parsed
        side = self.by_identity.get((draft.facts.id, draft.language))
        if side is None:
            self.result.drafts.append((draft, file))
        else:
            self._settle(side, draft.path, file.digest, self._move(draft), (draft, file))

    def _settle(
        self, side: Side, path: str, digest: str, move: Move, draft: tuple[Draft, SourceFile] | None = None
    ) -> None:
        """Note what becomes of an edition whose file is at `path`."""
        if side.path != path:
            self.result.renamed.append((side, path))
        if move is Move.PUBLISH and draft is not None:
            self.result.drafts.append(draft)
        elif move is Move.NOTHING and side.path == path:
            self.result.unchanged.append(side)
        elif move is Move.AGREE:
            self.result.agreed.append((side, digest))
        elif move is Move.WRITE:
            self.result.to_write.append((side, path, digest))
        elif move is Move.REMOVE:
            self.result.to_remove.append((side, path, digest))

    def _without_file(self, side: Side) -> None:
        move = decide(side.synced, None, side.digest)
        taken = side.path in self.read
        if move is Move.WITHDRAW:
            self.result.withdrawn.append(side)
        elif move is Move.AGREE:
            self.result.agreed.append((side, None))
        elif move is Move.WRITE and not taken:
            self.result.to_write.append((side, side.path, None))
        elif taken:
            self.result.conflicts.append(side.path)  # the file that took its place is told so
        else:
            self.result.contested.append(Contest(side, side.path, None))
