"""How a draft begins: from the published text, from another language, from nothing, from another document."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock, ids
from app.core.database import db, insert
from app.core.errors import InvalidInput, NotFound
from app.core.languages import SUPPORTED
from app.library import kinds
from app.library.authoring import naming
from app.library.authoring.models import Draft, DraftWriter, SavedText
from app.library.authoring.reading import DraftView, find
from app.library.authoring.titles import renamed
from app.library.checking import folder_of
from app.library.files import digest_of
from app.library.kinds import all_kinds
from app.library.models import Document, Edition, Revision


@dataclass(frozen=True)
class _Beginning:
    """What a draft begins as."""

    document_id: str
    language: str
    kind: str
    path: str
    title: str
    source: bytes
    base_id: int | None = None
    file_digest: str | None = None


def begin(person_id: UUID, document_id: str, language: str) -> DraftView:
    """The document's draft in this language, begun if there is none, and commit. Raises NotFound.

    It begins with the published text; with the last one of a document that was archived; with another language's,
    to be translated.
    """
    there = find(document_id, language)
    if there is not None:
        return there
    naming.require_language(language)
    return _begun(person_id, _of_published(document_id, language), wrote=False)


def foreseen(document_id: str, language: str) -> "_Beginning":
    """What `begin` would begin with; nothing is written. Raises NotFound, InvalidInput."""
    naming.require_language(language)
    return _of_published(document_id, language)


def begin_new(
    person_id: UUID, kind_name: str, document_id: str, title: str, language: str, folder: str = ""
) -> DraftView:
    """The draft of a document that does not exist yet, and commit. Its id is made from the title when none is given.

    `folder` is that of its step, for a kind that needs one. Raises InvalidInput.
    """
    kind = all_kinds().by_name.get(kind_name)
    if kind is None:
        raise InvalidInput(_l("Choose what to write."), field="kind")
    naming.require_language(language)
    title = naming.checked_title(title)
    if kind.needs_step_beside:
        naming.require_step(folder)
    identity = naming.new_id(document_id, title)
    path = naming.new_path(kind, identity, language, folder)
    source = kind.skeleton(identity, title, language).encode()
    return _begun(person_id, _Beginning(identity, language, kind_name, path, title, source), wrote=True)


def begin_written(
    person_id: UUID, kind_name: str, title: str, language: str, source: Callable[[str], bytes]
) -> DraftView:
    """The draft of a new document whose text, which `source` makes of its id, is there already.

    Part of a larger act: nothing is committed. Raises InvalidInput.
    """
    kind = all_kinds().by_name[kind_name]
    naming.require_language(language)
    title = naming.checked_title(title)
    identity = naming.new_id("", title)
    path = naming.new_path(kind, identity, language, "")
    text = source(identity)
    return _own(_insert(person_id, _Beginning(identity, language, kind_name, path, title, text), wrote=True), text)


def duplicate(person_id: UUID, document_id: str, language: str, new_id: str, title: str) -> DraftView:
    """A draft with a published text under another id and title, and commit. Raises InvalidInput, NotFound."""
    of = _published(document_id, language)
    if of is None:
        raise NotFound(document=document_id)
    title = naming.checked_title(title)
    identity = naming.new_id(new_id, title)
    path = naming.new_path(all_kinds().by_name[of.kind], identity, language, folder_of(of.path))
    source = renamed(of.source, identity, title)
    return _begun(person_id, _Beginning(identity, language, of.kind, path, title, source), wrote=True)


def begin_merged(person_id: UUID, document_id: str, language: str, source: bytes, file_digest: str | None) -> DraftView:
    """A draft that merges a file's text with the published one; its publication counts that file as seen.

    Part of a larger act: nothing is committed. Raises InvalidInput when a draft is there already.
    """
    if find(document_id, language) is not None:
        raise InvalidInput(_l("There is a draft of this document already. Publish or discard it first."))
    of = _of_published(document_id, language)
    merged = _Beginning(of.document_id, language, of.kind, of.path, of.title, source, of.base_id, file_digest)
    return _own(_insert(person_id, merged, wrote=True), source)


def begin_imported(person_id: UUID, read: kinds.Draft, source: bytes) -> DraftView:
    """A draft with a text that was read from an archive, to take the place of the published one if there is one.

    Part of a larger act: nothing is committed. Raises InvalidInput when a draft with another text is there already.
    """
    there = find(read.facts.id, read.language)
    if there is not None:
        return _own(there, source)
    of = _published(read.facts.id, read.language)
    path, base_id = (of.path, of.revision_id) if of else (read.path, None)
    beginning = _Beginning(read.facts.id, read.language, read.kind.name, path, read.facts.title, source, base_id)
    return _own(_insert(person_id, beginning, wrote=True), source)


def _own(view: DraftView, source: bytes) -> DraftView:
    """The draft, if it holds this text: somebody may have begun another one in the very moment."""
    if view.source != source:
        raise InvalidInput(_l("There is a draft of this document already. Publish or discard it first."))
    return view


@dataclass(frozen=True)
class _Text:
    """A published text, or the last one of what was archived (`published` is then False)."""

    kind: str
    language: str
    path: str
    title: str
    source: bytes
    revision_id: int
    published: bool


def _of_published(document_id: str, language: str) -> _Beginning:
    here = _published(document_id, language) or _last(document_id, language)
    if here is not None:
        base_id = here.revision_id if here.published else None
        return _Beginning(document_id, language, here.kind, here.path, here.title, here.source, base_id)
    for other in (*SUPPORTED, None):
        of = _published(document_id, other)
        if of is not None:
            kind = all_kinds().by_name[of.kind]
            path = naming.new_path(
                kind, document_id, language, _folder_in(language, of) if kind.needs_step_beside else ""
            )
            return _Beginning(document_id, language, of.kind, path, of.title, of.source)
    raise NotFound(document=document_id)


def _published(document_id: str, language: str | None) -> _Text | None:
    """What is published in a language; in any when it is None."""
    this = (
        select(Document.kind, Edition.language, Edition.path, Revision.title, Revision.source, Revision.id)
        .join(Edition, Edition.document_id == Document.id)
        .join(Revision, Revision.id == Edition.published_id)
        .where(Document.id == document_id, Document.kind.in_(all_kinds().by_name))
        .order_by(Edition.language)
        .limit(1)
    )
    row = db.session.execute(this if language is None else this.where(Edition.language == language)).one_or_none()
    return _Text(*row, published=True) if row else None


def _last(document_id: str, language: str) -> _Text | None:
    """The last text of an edition that was withdrawn."""
    row = db.session.execute(
        select(Document.kind, Edition.language, Edition.path, Revision.title, Revision.source, Revision.id)
        .join(Edition, Edition.document_id == Document.id)
        .join(Revision, (Revision.document_id == Edition.document_id) & (Revision.language == Edition.language))
        .where(Document.id == document_id, Edition.language == language, Document.kind.in_(all_kinds().by_name))
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    return _Text(*row, published=False) if row else None


def _folder_in(language: str, of: _Text) -> str:
    """Where the step of a play lies in another language; a folder of the same name when it is not there yet."""
    step_id = (
        select(Edition.document_id)
        .where(Edition.path == f"{folder_of(of.path)}/index.md", Edition.published_id.is_not(None))
        .scalar_subquery()
    )
    path = db.session.execute(
        select(Edition.path).where(Edition.document_id == step_id, Edition.language == language)
    ).scalar()
    root, _, rest = folder_of(of.path).split("/", 2)
    return folder_of(path) if path else f"{root}/{language}/{rest}"


def _begun(person_id: UUID, beginning: _Beginning, *, wrote: bool) -> DraftView:
    """Insert and commit; of two who begin at once, both get the draft of the first."""
    view = _insert(person_id, beginning, wrote=wrote)
    db.session.commit()
    return view


def _insert(person_id: UUID, beginning: _Beginning, *, wrote: bool) -> DraftView:
    at = clock.now()
    row = {
        **vars(beginning),
        "id": ids.new(),
        "version": 1,
        "created_by": person_id,
        "created_at": at,
        "saved_by": person_id,
        "saved_at": at,
    }
    statement = insert(Draft).values(**row).on_conflict_do_nothing(index_elements=["document_id", "language"])
    if db.session.execute(statement.returning(Draft.id)).scalar() is not None:
        kept = {"draft_id": row["id"], "source": beginning.source, "digest": digest_of(beginning.source)}
        db.session.execute(insert(SavedText).values(id=ids.new(), version=1, saved_by=person_id, saved_at=at, **kept))
        wrote_at = at if wrote else None
        db.session.execute(
            insert(DraftWriter).values(draft_id=row["id"], person_id=person_id, seen_at=at, wrote_at=wrote_at)
        )
    view = find(beginning.document_id, beginning.language)
    if view is None:  # begun by another and discarded in between
        raise NotFound(document=beginning.document_id)
    return view
