"""Checks that need the whole library: two files with one id, links to nothing, plays without a step."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.library.attachments import shelf
from app.library.attachments.names import SCHEME as ATTACHMENT
from app.library.kinds import Draft, Reference
from app.library.markup import DOCUMENT_SCHEMES
from app.library.problems import Problem

ANY = "*"
IN_FACTS = ("categories", "bank")  # kinds that keys name, and no text links to
_TARGET = re.compile(r"^(?P<kind>[a-z]+):(?P<id>[^#]*)(?:#(?P<part>.*))?$")


@dataclass(frozen=True)
class Known:
    """A document that links may point to: its kind, and the anchors in it by language.

    `refused`: its file has problems of its own, so its parts are not known, nor whether it will be there.
    `moved`: it was archived, and its readers are sent to another: its parts are not looked at.
    """

    kind: str
    anchors: Mapping[str, frozenset[str]]
    refused: bool = False
    moved: bool = False


def parts_of(draft: Draft) -> frozenset[str]:
    """The parts of a draft that links may name."""
    return draft.anchors | frozenset(draft.kind.parts(draft.kind.card(draft)))


def known_with(known: dict[str, Known], draft: Draft) -> None:
    """Add a draft to what links may point to, over an earlier text of the same document and language."""
    earlier = known.get(draft.facts.id)
    anchors = earlier.anchors if earlier and not earlier.refused else {}
    known[draft.facts.id] = Known(draft.kind.name, {**anchors, draft.language: parts_of(draft)})


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
            continue
        elder = kinds.setdefault(identity, draft)
        if elder.kind.name != draft.kind.name:
            what = f"the id “{identity}” is a {elder.kind.name} in {elder.path}"
            problems.append(Problem(draft.path, 1, what, f"another id for this {draft.kind.name}"))
    return problems


def dangling(
    path: str, language: str, references: Iterable[Reference], known: Mapping[str, Known], *, strict: bool
) -> list[Problem]:
    """Links that lead nowhere. `strict`: one to a document whose file has problems counts as well."""
    problems = []
    for reference in references:
        trouble = _trouble(reference.target, language, known, strict)
        if trouble:
            problems.append(Problem(path, reference.line or 1, *trouble))
    return problems


def _trouble(target: str, language: str, known: Mapping[str, Known], strict: bool) -> tuple[str, str] | None:
    link = _TARGET.match(target)
    if link is not None and link["kind"] == ATTACHMENT:
        what = f"the attachment “{link['id'][:120]}”, which does not exist"
        return None if shelf.find(link["id"]) else (what, "the name of an attachment, such as plan.png")
    if link is None or link["kind"] not in {*DOCUMENT_SCHEMES, *IN_FACTS}:
        return f"the link “{target[:120]}”", f"https://…, or kind:id with a kind of {' '.join(DOCUMENT_SCHEMES)}"
    if link["id"] == ANY:
        return _trouble_in_any(link["kind"], link["part"], known, strict)
    document = known.get(link["id"])
    if document is None or document.kind != link["kind"]:
        return f"a link to the {link['kind']} “{link['id']}”, which does not exist", "the id of a document"
    if document.refused:
        what = f"a link to the {link['kind']} “{link['id']}”, whose file has problems of its own"
        return (what, "that file mended first") if strict else None
    if document.moved:
        return None
    # In a language it lacks, the document is shown in another: its parts there are the ones that count.
    anchors = document.anchors.get(language) or frozenset().union(*document.anchors.values())
    if link["part"] and link["part"] not in anchors:
        expected = f"one of {', '.join(sorted(anchors))}" if anchors else "no part: it has none"
        return f"a link to the part “{link['part']}” of “{link['id']}”", expected
    return None


def _trouble_in_any(kind: str, part: str, known: Mapping[str, Known], strict: bool) -> tuple[str, str] | None:
    """A part that some document of the kind must have, such as a category in the list of categories."""
    those = [document for document in known.values() if document.kind == kind]
    if not strict and any(document.refused for document in those):
        return None
    parts = frozenset().union(*(anchors for document in those for anchors in document.anchors.values()))
    if part in parts:
        return None
    return f"“{part}”, which is not in the list of {kind}", f"one of {', '.join(sorted(parts)) or '… (there is none)'}"


def ids_in(targets: Iterable[str]) -> set[str]:
    """The documents that links point to."""
    return {link["id"] for target in targets if (link := _TARGET.match(target))}


def parts_of_target(target: str) -> tuple[str, str, str] | None:
    """A link's kind, id and part (else empty); None for what is no link to a document."""
    link = _TARGET.match(target)
    return (link["kind"], link["id"], link["part"] or "") if link and link["id"] else None


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
