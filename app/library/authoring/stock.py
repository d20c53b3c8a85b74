"""Everything that authors look after, in memory: made once a generation of the library, for each process.

What changes without a publication (drafts, conflicts, acknowledgements, and whether a text has lapsed) is not in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core import languages
from app.core.database import db
from app.core.folding import fold
from app.library import catalogue, memory
from app.library.authoring import catching_up
from app.library.authoring.catching_up import Behind
from app.library.catalogue import Entry
from app.library.kinds import Kind, all_kinds
from app.library.models import Document, Edition, Revision
from app.library.trust import stewardship


@dataclass(frozen=True, slots=True)
class Item:
    """A document; `editions` are those that are published, the reader's language first.

    `key` is what words are sought in, `behind` the languages that do not follow another one. Of its languages, the
    one that lapses first says when that is, and when it was last verified.
    """

    id: str
    kind: Kind
    title: str
    title_language: str
    key: str
    editions: tuple[Entry, ...]
    archived: tuple[str, ...]
    owner: str | None
    changed_at: datetime
    behind: Mapping[str, Behind]
    steps: frozenset[str]
    verified_at: datetime | None = None
    lapses_at: datetime | None = None

    @property
    def is_archived(self) -> bool:
        """Whether it was published, and is in no language any more."""
        return not self.editions and bool(self.archived)

    @property
    def languages(self) -> tuple[str, ...]:
        """Where it is published."""
        return tuple(entry.language for entry in self.editions)


def items() -> Mapping[str, Item]:
    """All of them by id, in the order of titles."""
    return memory.kept("authors' stock", _read)


def _read() -> dict[str, Item]:
    spoken = languages.readers()
    behind: dict[str, dict[str, Behind]] = {}
    for (document_id, language), each in catching_up.behind().items():
        behind.setdefault(document_id, {})[language] = each
    gone = _withdrawn()
    published: dict[str, dict[str, Entry]] = {}
    for entry in catalogue.current().all_editions():
        published.setdefault(entry.id, {})[entry.language] = entry
    steps = _steps_by_folder(published)
    found = [
        _item(editions, gone.pop(document_id, []), behind.get(document_id, {}), spoken, steps)
        for document_id, editions in published.items()
    ]
    kinds = all_kinds().by_name
    found += [_archived(rows, kinds[rows[0].kind], spoken) for rows in gone.values() if rows[0].kind in kinds]
    return {item.id: item for item in sorted(found, key=lambda item: (item.key, item.id))}


def _item(
    editions: Mapping[str, Entry],
    gone: list[Any],
    behind: Mapping[str, Behind],
    spoken: str,
    steps: Mapping[str, str],
) -> Item:
    ordered = sorted(editions.values(), key=lambda entry: (entry.language != spoken, entry.language))
    first = ordered[0]
    verified_at, lapses_at = _lapse_of(ordered)
    return Item(
        id=first.id,
        kind=first.kind,
        title=first.title,
        title_language=first.language,
        key=fold(f"{first.title} {first.id}"),
        editions=tuple(ordered),
        archived=tuple(row.language for row in gone),
        owner=next((entry.owner for entry in ordered if entry.owner), None),
        changed_at=max(entry.published_at for entry in ordered),
        behind=behind,
        steps=_steps_of(ordered, steps),
        verified_at=verified_at,
        lapses_at=lapses_at,
    )


def _lapse_of(editions: Iterable[Entry]) -> tuple[datetime | None, datetime | None]:
    """When the text that lapses first was last verified, and when it lapses; nothing for what never does."""
    standings = [stewardship.standing_of(entry) for entry in editions]
    lapsing = [(each.lapses_at, each.verified_at) for each in standings if each.lapses_at is not None]
    lapses_at, verified_at = min(lapsing, default=(None, None))
    return verified_at, lapses_at


def begun(document_id: str, kind: Kind, title: str, language: str, at: datetime) -> Item:
    """A document that nobody published yet."""
    return Item(
        id=document_id,
        kind=kind,
        title=title,
        title_language=language,
        key=fold(f"{title} {document_id}"),
        editions=(),
        archived=(),
        owner=None,
        changed_at=at,
        behind={},
        steps=frozenset(),
    )


def _archived(rows: list[Any], kind: Kind, spoken: str) -> Item:
    first = min(rows, key=lambda row: (row.language != spoken, row.language))
    return Item(
        id=first.document_id,
        kind=kind,
        title=first.title,
        title_language=first.language,
        key=fold(f"{first.title} {first.document_id}"),
        editions=(),
        archived=tuple(row.language for row in rows),
        owner=None,
        changed_at=max(row.published_at for row in rows),
        behind={},
        steps=frozenset(),
    )


def _withdrawn() -> dict[str, list[Any]]:
    """The editions that are not published any more, with their last title. One statement."""
    last = (
        select(func.max(Revision.number))
        .where(Revision.document_id == Edition.document_id, Revision.language == Edition.language)
        .correlate(Edition)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Edition.document_id, Edition.language, Document.kind, Revision.title, Revision.published_at)
        .join(Document, Document.id == Edition.document_id)
        .join(
            Revision,
            (Revision.document_id == Edition.document_id)
            & (Revision.language == Edition.language)
            & (Revision.number == last),
        )
        .where(Edition.published_id.is_(None))
        .order_by(Edition.document_id, Edition.language)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.document_id, []).append(row)
    return found


def _steps_by_folder(published: Mapping[str, Mapping[str, Entry]]) -> dict[str, str]:
    """The step whose text lies in a folder."""
    return {
        entry.folder: entry.id
        for editions in published.values()
        for entry in editions.values()
        if entry.kind.name == "step"
    }


def _steps_of(editions: Iterable[Entry], by_folder: Mapping[str, str]) -> frozenset[str]:
    """The steps that a document belongs to: by its folder, or as its card names them."""
    found: set[str] = set()
    for entry in editions:
        if entry.kind.needs_step_beside:
            found |= {by_folder[entry.folder]} if entry.folder in by_folder else set()
        elif entry.kind.name == "step":
            found.add(entry.id)
        named = getattr(entry.card, "steps", None) or getattr(entry.card, "step", None) or ()
        found.update([named] if isinstance(named, str) else named)
    return frozenset(found)
