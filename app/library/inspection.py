"""`flask library check`: every file read from nothing, every problem in one run, no database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.library import checking, files, parsing
from app.library.checking import Known
from app.library.files import Folders, SourceFile
from app.library.glossary import abbreviations
from app.library.kinds import Draft, Kinds
from app.library.problems import Problem


@dataclass(frozen=True)
class Inspection:
    """What the files hold, and what is wrong in them, in the order of files and lines."""

    drafts: list[Draft]
    problems: list[Problem]


def inspect(folders: Folders, kinds: Kinds, progress: Callable[[Iterable[str]], Iterable[str]] = iter) -> Inspection:
    """Read and check the whole library as it stands in the files."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    words: dict[str, Mapping[str, str]] = {}
    paths = files.paths(folders)
    # Glossaries stand outside the steps' folders; they are read first, the other texts are rendered with them.
    for path in progress(sorted(paths, key=lambda each: "gloss" not in each)):
        file = files.read(folders, path)
        read = [file] if isinstance(file, Problem) else _parse(file, kinds, words)
        if isinstance(read, list):
            problems += read
            continue
        drafts.append(read)
        if read.kind.name == "glossary":
            words[read.language] = abbreviations(read.facts)
    return Inspection(drafts, sorted(problems + _as_a_whole(drafts, paths)))


def _parse(file: SourceFile, kinds: Kinds, words: Mapping[str, Mapping[str, str]]) -> Draft | list[Problem]:
    return parsing.parse(file, kinds, words.get(file.path.split("/")[1], {}))


def _as_a_whole(drafts: list[Draft], paths: list[str]) -> list[Problem]:
    known: dict[str, Known] = {}
    for draft in drafts:
        earlier = known.get(draft.facts.id)
        anchors = {**(earlier.anchors if earlier else {}), draft.language: draft.anchors}
        known[draft.facts.id] = Known(draft.kind.name, anchors)
    steps = checking.folders_with_step(paths)
    found = checking.duplicates(drafts)
    for draft in drafts:
        found += checking.dangling(draft, known) + checking.without_step(draft, steps)
    return found
