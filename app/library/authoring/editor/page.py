"""What the editor shows: the text, where it stands between draft and publication, who else is there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import select

from app.accounts.actor import Actor
from app.core.database import db
from app.core.errors import NotFound
from app.library.authoring import beginnings, drafts, merging
from app.library.authoring.editor.looking import Look, look
from app.library.authoring.editor.saving import Sent
from app.library.authoring.editor.typed_text import shown
from app.library.authoring.reading import Aside, DraftView, Reader
from app.library.differences import words
from app.library.differences.words import Piece
from app.library.kinds import Kind, all_kinds
from app.library.models import Edition, Revision

MOST_HELD = 20  # late texts that the page shows; each costs a comparison, and the next ones come when these are settled
AROUND = 2  # lines shown on each side of a change
LEFT_OUT = "⋯"
_NAMED_HEADING = re.compile(r"^## (?P<heading>.+?)\s*\{\.(?P<name>[\w-]+)\}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Published:
    """What readers see of the document in a language."""

    language: str
    number: int
    at: datetime
    revision_id: int


@dataclass(frozen=True)
class Held:
    """A text of the author that came too late, beside the draft."""

    aside: Aside
    pieces: list[Piece]


@dataclass(frozen=True)
class EditorPage:
    """`source` is what the text field begins with; it was written on this version of that draft, 0 without one.

    `base` is the revision it comes from; `blocks` are the headings that Palier reads, by the name of their class.
    `settles` are late texts that are in `source` already.
    """

    document_id: str
    language: str
    kind: Kind
    title: str
    source: str
    draft_id: UUID | None
    version: int
    base: int | None
    draft: DraftView | None
    published: Published | None
    editions: Mapping[str, Published]
    look: Look
    blocks: Mapping[str, str]
    others: list[Reader]
    held: list[Held]
    settles: tuple[UUID, ...] = ()
    beside: str | None = None
    beside_source: str = ""


def page_of(
    actor: Actor,
    document_id: str,
    language: str,
    *,
    beside: str = "",
    aside_id: UUID | None = None,
    sent: Sent | None = None,
) -> EditorPage:
    """The editor on a document. `sent` is a text that is not saved, `aside_id` a late one to be merged into it.

    Raises NotFound, InvalidInput.
    """
    draft = drafts.find(document_id, language)
    place = draft or beginnings.foreseen(document_id, language)
    kind = all_kinds().by_name.get(place.kind)
    if kind is None:
        raise NotFound(document=document_id)
    source = sent.text if sent else shown(place.source)
    late = [each for each in drafts.asides_of(draft.id) if each.saved_by_id == actor.id] if draft else []
    taken = next((each for each in late if each.id == aside_id), None)
    if taken is not None and draft is not None:
        source = _with(taken, draft)
    settled = sent.settles if sent else ()
    editions = _editions(document_id)
    beside = beside if beside in editions and beside != language else ""
    return EditorPage(
        document_id=document_id,
        language=language,
        kind=kind,
        title=place.title,
        source=source,
        draft_id=sent.draft_id if sent else draft.id if draft else None,
        version=sent.version if sent else draft.version if draft else 0,
        base=sent.base if sent else place.base_id,
        draft=draft,
        published=editions.get(language),
        editions=editions,
        look=look(kind, place.path, source.encode("utf-8", "replace"), document_id),
        blocks=_blocks(kind, document_id, place.title, language),
        others=others_in(draft, actor) if draft else [],
        held=[
            Held(each, excerpts(words.diff(source, shown(each.source))))
            for each in islice((each for each in late if each is not taken and each.id not in settled), MOST_HELD)
        ],
        settles=(*settled, *((taken.id,) if taken else ())),
        beside=beside or None,
        beside_source=_source(editions[beside].revision_id) if beside else "",
    )


def place_of(document_id: str, language: str) -> tuple[Kind, str, DraftView | None]:
    """What a text of this document is checked as: its kind and its place, with the draft if there is one."""
    draft = drafts.find(document_id, language)
    place = draft or beginnings.foreseen(document_id, language)
    return all_kinds().by_name[place.kind], place.path, draft


def others_in(draft: DraftView, actor: Actor) -> list[Reader]:
    """Who has the draft open now, besides this author."""
    return [each for each in drafts.readers_of(draft.id) if each.id != actor.id]


def excerpts(pieces: list[Piece]) -> list[Piece]:
    """A difference without what stayed far from any change: a few lines around each, a mark for those left out."""
    if not words.has_changes(pieces):
        return pieces
    return [_shortened(piece, first=at == 0, last=at == len(pieces) - 1) for at, piece in enumerate(pieces)]


def _shortened(piece: Piece, *, first: bool, last: bool) -> Piece:
    lines = piece.text.split("\n")
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if piece.state != "same" or len(lines) <= before + after + 3:
        return piece
    kept = [*lines[: before + 1], LEFT_OUT] if before else [LEFT_OUT]
    return Piece("\n".join([*kept, *(lines[-after - 1 :] if after else [])]), "same")


def _with(late: Aside, draft: DraftView) -> str:
    """The draft and a late text in one, by the text that both were written from."""
    base = drafts.text_at(draft.id, late.version)
    return merging.merge(shown(base or b""), shown(late.source), shown(draft.source)).text


def _blocks(kind: Kind, document_id: str, title: str, language: str) -> dict[str, str]:
    """The headings that Palier reads, as a new document of the kind has them."""
    skeleton = kind.skeleton(document_id, title, language)
    headings = {found["name"]: found["heading"] for found in _NAMED_HEADING.finditer(skeleton)}
    return {name: headings.get(name, name.capitalize()) for name in kind.required_blocks + kind.optional_blocks}


def _editions(document_id: str) -> dict[str, Published]:
    rows = db.session.execute(
        select(Edition.language, Revision.number, Revision.published_at, Revision.id)
        .join(Revision, Revision.id == Edition.published_id)
        .where(Edition.document_id == document_id)
        .order_by(Edition.language)
    )
    return {row.language: Published(*row) for row in rows}


def _source(revision_id: int) -> str:
    return shown(db.session.execute(select(Revision.source).filter_by(id=revision_id)).scalar_one())
