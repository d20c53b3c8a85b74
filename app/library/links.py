"""Which drafts may be published, seen as a whole: one is refused when a link of it leads to nothing that will stand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from app.core.database import db
from app.library import checking, markup
from app.library.checking import Known
from app.library.kinds import Block, Draft, Kinds
from app.library.models import Document, Edition, Rendering, Revision
from app.library.parsing import Refused
from app.library.problems import Problem

AT_ONCE = 500  # ids in one statement


@dataclass
class Refusals:
    """Drafts by path, the files that could not become one, and what is wrong with either."""

    drafts: Mapping[str, Draft]
    refused: Collection[Refused]
    problems: set[Problem] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)

    def add(self, path: str, problems: Collection[Problem]) -> None:
        """Refuse the draft at `path` when there are problems."""
        if problems:
            self.paths.add(path)
            self.problems.update(problems)


def refuse_by_links(refusals: Refusals, kinds: Kinds, paths: frozenset[str], standing: set[str]) -> None:
    """Refuse duplicates, plays without a step and drafts with links to nothing, and again those that link to these."""
    for problem in checking.duplicates(refusals.drafts.values()):
        refusals.add(problem.path, [problem])
    steps = checking.folders_with_step(paths)
    for path, draft in refusals.drafts.items():
        refusals.add(path, checking.without_step(draft, steps))
    published = _published(kinds, refusals, standing)
    known = _known(refusals, published)
    for each in refusals.refused:
        refusals.problems.update(
            checking.dangling(each.path, each.language, each.references, known, strict=False),
        )
    by_target = _by_target(refusals.drafts)
    editions = _editions(refusals.drafts)
    to_check = set(refusals.drafts) - refusals.paths
    while to_check:
        lost = set()
        for path in sorted(to_check):
            draft = refusals.drafts[path]
            refusals.add(path, checking.dangling(path, draft.language, draft.references, known, strict=True))
            lost |= {draft.facts.id} if path in refusals.paths else set()
        # Only what links to something lost is looked at again, so that a long chain costs no more than a short one.
        to_check = {path for identity in lost for path in by_target.get(identity, ())}
        for identity in lost:
            _know_again(known, identity, refusals, published, editions[identity])
            if known[identity].kind == "categories":
                to_check |= by_target.get(checking.ANY, set())
        to_check -= refusals.paths


def _editions(drafts: Mapping[str, Draft]) -> dict[str, list[Draft]]:
    """The drafts of each document, one a language."""
    found: dict[str, list[Draft]] = {}
    for draft in drafts.values():
        found.setdefault(draft.facts.id, []).append(draft)
    return found


def _know_again(
    known: dict[str, Known], identity: str, refusals: Refusals, published: Mapping[str, Known], editions: list[Draft]
) -> None:
    """What links may find of a document, now that a draft of it is refused."""
    known[identity] = published.get(identity) or Known(editions[0].kind.name, {}, refused=True)
    for draft in editions:
        if draft.path not in refusals.paths:
            checking.known_with(known, draft)


def _by_target(drafts: Mapping[str, Draft]) -> dict[str, set[str]]:
    """The paths of the drafts that link to each document."""
    found: dict[str, set[str]] = {}
    for path, draft in drafts.items():
        for identity in checking.ids_in(reference.target for reference in draft.references):
            found.setdefault(identity, set()).add(path)
    return found


def _known(refusals: Refusals, published: Mapping[str, Known]) -> dict[str, Known]:
    """Every document that links may point to: those that stand, under those about to be published."""
    known = dict(published)
    lost = [(draft.facts.id, draft.kind.name) for path, draft in refusals.drafts.items() if path in refusals.paths]
    lost += [(each.id, each.kind) for each in refusals.refused if each.id is not None and each.kind is not None]
    for identity, kind in lost:
        known.setdefault(identity, Known(kind, {}, refused=True))
    for path, draft in refusals.drafts.items():
        if path not in refusals.paths:
            checking.known_with(known, draft)
    return known


def _published(kinds: Kinds, refusals: Refusals, standing: set[str]) -> dict[str, Known]:
    """The published documents that the drafts link to, without those that lost their file."""
    references = [*(draft.references for draft in refusals.drafts.values()), *(r.references for r in refusals.refused)]
    targets = checking.ids_in(reference.target for each in references for reference in each)
    wanted = sorted(targets & standing)
    known: dict[str, Known] = {}
    for start in range(0, len(wanted), AT_ONCE):
        _read(kinds, known, Document.id.in_(wanted[start : start + AT_ONCE]))
    known |= _archived(targets - set(wanted))
    if checking.ANY in targets:
        categories: dict[str, Known] = {}
        _read(kinds, categories, Document.kind == "categories")
        known |= {identity: each for identity, each in categories.items() if identity in standing}
    return known


def _archived(targets: set[str]) -> dict[str, Known]:
    """Those that send their readers to another document: links to them still lead somewhere."""
    known: dict[str, Known] = {}
    wanted = sorted(targets)
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            select(Document.id, Document.kind).where(
                Document.id.in_(wanted[start : start + AT_ONCE]), Document.redirect_to.is_not(None)
            )
        )
        known |= {document_id: Known(kind, {}, moved=True) for document_id, kind in rows}
    return known


def _read(kinds: Kinds, known: dict[str, Known], condition: object) -> None:
    rows = db.session.execute(
        select(Document.id, Document.kind, Edition.language, Rendering.blocks, Revision.card)
        .join(Edition, Edition.document_id == Document.id)
        .join(Revision, Revision.id == Edition.published_id)
        .join(Rendering, Rendering.revision_id == Edition.published_id)
        .where(condition)  # type: ignore[arg-type]
    )
    for document_id, kind_name, language, blocks, card in rows:
        kind = kinds.by_name.get(kind_name)
        if kind is None:
            continue
        anchors = markup.anchors_in(Block(**block) for block in blocks) | set(kind.fixed_anchors)
        anchors |= set(kind.parts(kind.card_model.model_validate(card)))
        earlier = known.get(document_id)
        known[document_id] = Known(kind_name, {**(earlier.anchors if earlier else {}), language: anchors})
