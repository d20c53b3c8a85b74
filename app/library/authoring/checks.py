"""Checking texts as publication will: each by itself, then against what is published and against one another.

The browser's editor, publication and imports all ask here; nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, select

from app.core.database import db
from app.library import checking, parsing, publishing
from app.library.authoring import merging
from app.library.files import LARGEST, LONGEST_PATH, SourceFile
from app.library.glossary import abbreviations
from app.library.kinds import Block, Draft, Kinds, all_kinds
from app.library.links import AT_ONCE, Refusals, refuse_by_links
from app.library.models import Document, Edition
from app.library.parsing import Refused
from app.library.problems import Problem

Text = tuple[str, bytes]  # a path, and what is to stand there
Glossaries = dict[tuple[str, str], Mapping[str, str]]  # by id and language
Abbreviations = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Checked:
    """A text that was read. `draft` is None when it is refused; one with problems is never published.

    For its author's eyes: `readable` is the draft in spite of its problems, `blocks` the body alone where the front
    matter cannot be read. `made_with` is what its rendering depends on besides the text.
    """

    path: str
    source: bytes
    draft: Draft | None
    problems: list[Problem] = field(default_factory=list)
    made_with: str = ""
    readable: Draft | None = None
    blocks: tuple[Block, ...] = ()


def check(path: str, source: bytes, document_id: str | None = None) -> Checked:
    """One text, as if it were to be published now; `document_id` is the id it must keep, where it has one already."""
    checked = check_together([(path, source)])[0]
    draft = checked.draft
    if document_id is not None and draft is not None and draft.facts.id != document_id:
        line = next((n for n, text in enumerate(source.split(b"\n"), start=1) if text.startswith(b"id:")), 1)
        checked.problems.append(Problem(path, line, f"the id “{draft.facts.id}”", f"“{document_id}”, which stays"))
    return checked


def check_together(texts: Sequence[Text]) -> list[Checked]:
    """Several texts that may link to each other, in the order they were given."""
    read, words = _read(texts)
    drafts = {path: draft for path, draft in read.items() if isinstance(draft, Draft)}
    refusals = Refusals(drafts, [each for each in read.values() if isinstance(each, Refused)])
    _refuse_taken(refusals)
    targets = _targets(read.values())
    refuse_by_links(refusals, all_kinds(), _places(drafts), _standing(targets))
    problems: dict[str, set[Problem]] = {path: set() for path, _ in texts}
    for problem in refusals.problems:
        problems.setdefault(problem.path, set()).add(problem)
    for each in refusals.refused:
        problems[each.path].update(each.problems)
    return [_checked(path, source, read[path], problems[path], words) for path, source in texts]


def _checked(path: str, source: bytes, read: Draft | Refused, found: set[Problem], words: Abbreviations) -> Checked:
    problems = sorted({*found, *_outside_the_text(path, source)})
    made_with = publishing.recipe(words.get(_language(path), {}))
    if isinstance(read, Draft):
        return Checked(path, source, read, problems, made_with, read, read.blocks)
    return Checked(path, source, None, problems, made_with, read.readable, read.blocks)


def published_abbreviations() -> Abbreviations:
    """The abbreviations of the published glossaries, by language. One statement more a glossary."""
    return _by_language(_published_glossaries())


def _published_glossaries() -> Glossaries:
    rows = db.session.execute(
        select(Edition.document_id, Edition.language, Edition.published_id)
        .join(Document, Document.id == Edition.document_id)
        .where(Document.kind == "glossary", Edition.published_id.is_not(None))
    ).all()
    return {
        (identity, language): publishing.abbreviations_of(published)
        for identity, language, published in rows
        if published
    }


def _by_language(glossaries: Glossaries) -> Abbreviations:
    """Several glossaries of a language count together, in the order of their ids, as when they are synchronised."""
    words: Abbreviations = {}
    for identity, language in sorted(glossaries):
        words.setdefault(language, {}).update(glossaries[identity, language])
    return words


def _read(texts: Sequence[Text]) -> tuple[dict[str, Draft | Refused], Abbreviations]:
    """Parse all of them, and give the abbreviations they were read with; glossaries first, whose words these are."""
    kinds = all_kinds()
    words = _published_glossaries()
    read: dict[str, Draft | Refused] = {}
    for path, source in texts:
        if kinds.is_glossary(path):
            draft = read[path] = _parse(path, source, kinds, {})
            if isinstance(draft, Draft):
                words[draft.facts.id, draft.language] = abbreviations(draft.facts)
    by_language = _by_language(words)
    for path, source in texts:
        if path not in read:
            read[path] = _parse(path, source, kinds, by_language.get(_language(path), {}))
    return read, by_language


def _parse(path: str, source: bytes, kinds: Kinds, words: Mapping[str, str]) -> Draft | Refused:
    if len(source) > LARGEST:
        return Refused(
            path, _language(path), [Problem(path, 1, f"{len(source) // 1024} kB", f"at most {LARGEST // 1024} kB")]
        )
    return parsing.parse(SourceFile(path, source), kinds, words)


def _outside_the_text(path: str, source: bytes) -> Iterable[Problem]:
    """What reading does not find: a name that no file may have, contradictions left by a merge."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    if hidden or not path.isprintable() or len(path) > LONGEST_PATH:
        yield Problem(path, 1, "the name of the file", f"at most {LONGEST_PATH} plain characters, no point first")
    for line in merging.marked_lines(source[:LARGEST].decode("utf-8", "replace")):
        yield Problem(path, line, "a line that a merge left", "one of the two texts, without the marks around them")


def _language(path: str) -> str:
    return path.split("/")[1] if path.count("/") > 1 else ""


def _targets(read: Iterable[Draft | Refused]) -> set[str]:
    return checking.ids_in(reference.target for each in read for reference in each.references)


def _places(drafts: Mapping[str, Draft]) -> frozenset[str]:
    """The paths among which a play finds its step: those given, and the published steps of their folders."""
    sought = {
        f"{checking.folder_of(path)}/index.md" for path, draft in drafts.items() if draft.kind.needs_step_beside
    } - drafts.keys()
    found = set(drafts)
    for some in _portions(sought):
        this = select(Edition.path).where(Edition.path.in_(some), Edition.published_id.is_not(None))
        found.update(db.session.execute(this).scalars())
    return frozenset(found)


def _standing(targets: set[str]) -> set[str]:
    """Of these documents, the published ones; with lists of categories when any of them may be meant."""
    found: set[str] = set()
    published = select(Edition.document_id).where(Edition.published_id.is_not(None))
    for some in _portions(targets):
        found.update(db.session.execute(published.where(Edition.document_id.in_(some))).scalars())
    if checking.ANY in targets:
        lists = published.join(Document, Document.id == Edition.document_id).where(Document.kind == "categories")
        found.update(db.session.execute(lists).scalars())
    return found


def _refuse_taken(refusals: Refusals) -> None:
    """An id that is, or was, a document of another kind; a path where another document is published."""
    by_id: dict[str, list[Draft]] = {}
    for draft in refusals.drafts.values():
        by_id.setdefault(draft.facts.id, []).append(draft)
    for some in _portions(by_id):
        for identity, kind in db.session.execute(select(Document.id, Document.kind).where(Document.id.in_(some))):
            for draft in by_id[identity]:
                if draft.kind.name != kind:
                    what = f"the id “{identity}” was a {kind}"
                    expected = f"another id for this {draft.kind.name}"
                    refusals.add(draft.path, [Problem(draft.path, 1, what, expected)])
    for some in _portions(refusals.drafts):
        this = and_(Edition.path.in_(some), Edition.published_id.is_not(None))
        for path, identity in db.session.execute(select(Edition.path, Edition.document_id).where(this)):
            if identity != refusals.drafts[path].facts.id:
                refusals.add(path, [Problem(path, 1, f"the place of “{identity}”", "a file of its own")])


def _portions(values: Iterable[str]) -> Iterable[list[str]]:
    """The values, as many at once as a statement takes."""
    wanted = sorted(values)
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
