"""Checks that need the whole library: two files with one id, links to nothing, plays without a step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.library.kinds import Draft
from app.library.markup import DOCUMENT_LINK
from app.library.problems import Problem


@dataclass(frozen=True)
class Known:
    """A document that links may point to: its kind, and the anchors in it by language."""

    kind: str
    anchors: Mapping[str, frozenset[str]]


def duplicates(drafts: Iterable[Draft]) -> list[Problem]:
    """Two files of one language with one id, or one id with two kinds: each file is told of the other."""
    problems = []
    first: dict[tuple[str, str], Draft] = {}
    kinds: dict[str, Draft] = {}
    for draft in drafts:
        identity = draft.facts.id
        other = first.setdefault((identity, draft.language), draft)
        if other is not draft:
            problems += [
                Problem(one.path, 1, f"the id “{identity}” is also in {two.path}", "an id of its own")
                for one, two in ((draft, other), (other, draft))
            ]
        elder = kinds.setdefault(identity, draft)
        if elder.kind.name != draft.kind.name:
            what = f"the id “{identity}” is a {elder.kind.name} in {elder.path}"
            problems.append(Problem(draft.path, 1, what, f"another id for this {draft.kind.name}"))
    return problems


def dangling(draft: Draft, known: Mapping[str, Known]) -> list[Problem]:
    """Links of a draft that lead nowhere."""
    problems = []
    for reference in draft.references:
        trouble = _trouble(reference.target, draft.language, known)
        if trouble:
            problems.append(Problem(draft.path, reference.line or 1, *trouble))
    return problems


def _trouble(target: str, language: str, known: Mapping[str, Known]) -> tuple[str, str] | None:
    link = DOCUMENT_LINK.match(target)
    if link is None:
        return f"the link “{target}”", "kind:id or kind:id#part"
    document = known.get(link["id"])
    if document is None or document.kind != link["kind"]:
        return f"a link to the {link['kind']} “{link['id']}”, which does not exist", "the id of a document"
    # In a language it lacks, the document is shown in another: its parts there are the ones that count.
    anchors = document.anchors.get(language) or frozenset().union(*document.anchors.values())
    if link["part"] and link["part"] not in anchors:
        return f"a link to the part “{link['part']}” of “{link['id']}”", f"one of {', '.join(sorted(anchors))}"
    return None


def ids_in(targets: Iterable[str]) -> set[str]:
    """The documents that links point to."""
    return {link["id"] for target in targets if (link := DOCUMENT_LINK.match(target))}


def folders_with_step(paths: Iterable[str]) -> frozenset[str]:
    """The folders that hold a step."""
    return frozenset(folder_of(path) for path in paths if path.endswith("/index.md"))


def without_step(draft: Draft, folders_with_step: frozenset[str]) -> list[Problem]:
    """A play whose folder has no step."""
    if draft.kind.needs_step_beside and folder_of(draft.path) not in folders_with_step:
        return [Problem(draft.path, 1, "no step beside it", "an index.md in the same folder")]
    return []


def folder_of(path: str) -> str:
    """The folder of a document's path."""
    return path.rpartition("/")[0]
