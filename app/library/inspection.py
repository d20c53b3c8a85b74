"""`flask library check`: every file read from nothing, every problem in one run, no database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.library import checking, files, parsing
from app.library.attachments import folder, names, shelf
from app.library.attachments.shelf import Held
from app.library.checking import Known
from app.library.files import Folders
from app.library.glossary import abbreviations
from app.library.kinds import Draft, Kinds
from app.library.parsing import Refused
from app.library.problems import Problem


@dataclass(frozen=True)
class Inspection:
    """What the files hold, and what is wrong in them, in the order of files and lines."""

    drafts: list[Draft]
    problems: list[Problem]


def inspect(folders: Folders, kinds: Kinds, progress: Callable[[Iterable[str]], Iterable[str]] = iter) -> Inspection:
    """Read and check the whole library as it stands in the files. Raises InvalidInput for a folder it cannot read."""
    files.require(folders)
    beside: dict[str, Held] = {}
    with shelf.looking_in(beside.get):
        return _inspect(folders, kinds, beside, progress)


def _inspect(
    folders: Folders, kinds: Kinds, beside: dict[str, Held], progress: Callable[[Iterable[str]], Iterable[str]]
) -> Inspection:
    drafts: list[Draft] = []
    refused: list[Refused] = []
    problems: list[Problem] = []
    words: dict[str, Mapping[str, str]] = {}
    paths = files.paths(folders)
    for path in progress(sorted(paths, key=lambda each: (not folder.holds(each), not kinds.is_glossary(each)))):
        if folder.holds(path):
            problems += _attachment(folders, path, beside)
            continue
        file = files.read(folders, path)
        if isinstance(file, Problem):
            problems.append(file)
            continue
        read = parsing.parse(file, kinds, words.get(path.split("/")[1], {}))
        if isinstance(read, Refused):
            refused.append(read)
            continue
        drafts.append(read)
        if read.kind.name == "glossary":
            words[read.language] = {**words.get(read.language, {}), **abbreviations(read.facts)}
    problems += [problem for each in refused for problem in each.problems]
    return Inspection(drafts, sorted({*problems, *_as_a_whole(drafts, refused, paths)}))


def _attachment(folders: Folders, path: str, beside: dict[str, Held]) -> list[Problem]:
    """Look at one; texts may name it even if something is wrong with it, which is said once."""
    name = path.removeprefix(folder.PREFIX)
    file = folder.read(folders, path)
    cleaned = file if isinstance(file, Problem) else folder.clean(file)
    if isinstance(cleaned, Problem):
        if names.is_name(name):
            beside[name] = Held(name, "", names.media_type_of(name), 0)
        return [cleaned]
    held = Held(name, cleaned.digest, cleaned.media_type, len(cleaned.content), cleaned.width, cleaned.height)
    beside[name] = held
    return []


def _as_a_whole(drafts: list[Draft], refused: list[Refused], paths: list[str]) -> list[Problem]:
    known: dict[str, Known] = {
        each.id: Known(each.kind, {}, refused=True) for each in refused if each.id is not None and each.kind is not None
    }
    for draft in drafts:
        checking.known_with(known, draft)
    steps = checking.folders_with_step(paths)
    found = checking.duplicates(drafts)
    for draft in drafts:
        found += checking.dangling(draft.path, draft.language, draft.references, known, strict=False)
        found += checking.without_step(draft, steps)
    for each in refused:
        found += checking.dangling(each.path, each.language, each.references, known, strict=False)
    return found
