"""Publishing: a draft becomes an immutable revision, rendered and searchable, in the current transaction."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from flask import g
from sqlalchemy import func, select, update

from app.core import clock
from app.core.database import db, insert
from app.library import indexing, linked, markup
from app.library.attachments import shelf
from app.library.events import RevisionPublished, revision_published
from app.library.files import digest_of
from app.library.glossary import GlossaryFacts, abbreviations
from app.library.kinds import Draft
from app.library.models import Document, Edition, LibraryState, Rendering, Revision

LONGEST_NOTE = 500


def publish(
    draft: Draft,
    source: bytes,
    made_with: str,
    materiality: str = "material",
    *,
    in_file: bool = True,
    note: str = "",
    by: UUID | None = None,
) -> int:
    """Make the draft what readers see; returns the revision's id. The exact bytes are kept.

    A text that is already the newest revision of a withdrawn document is shown again, not numbered anew; a first one
    is always material, since acknowledgements hold from the last material one on.
    `in_file`: the text comes from the document's file; otherwise the next sync writes it there. `note` is the author's
    word on the change and `by` who publishes it, None for a file. The caller holds the library, and moves its
    generation afterwards.
    """
    identity = {"document_id": draft.facts.id, "language": draft.language}
    digest = digest_of(source)
    _ensure_document(draft)
    newest = db.session.execute(
        select(Revision.id, Revision.number, Revision.digest)
        .filter_by(**identity)
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    if newest is not None and newest.digest == digest:
        revision_id, number = newest.id, newest.number
    else:
        number = newest.number + 1 if newest else 1
        materiality = materiality if newest else "material"
        revision_id = _add_revision(draft, source, digest, number, materiality, note, by)
    edition = {**identity, "path": draft.path, "published_id": revision_id, "in_step": _coming_generation()}
    edition |= stewardship(draft)
    if in_file:
        edition["synced_digest"] = digest
    upsert = insert(Edition).values(**edition)
    db.session.execute(upsert.on_conflict_do_update(index_elements=list(identity), set_=edition))
    keep_rendering(revision_id, draft, made_with)
    linked.keep(draft)
    shelf.note_published(reference.target for reference in draft.references)
    indexing.index(draft)
    revision_published.send(
        RevisionPublished(draft.facts.id, draft.kind.name, draft.language, revision_id, number, materiality)
    )
    return int(revision_id)


def withdraw(document_id: str, language: str, *, in_file: bool = True) -> None:
    """Take a document away from readers in one language; its revisions and what people did on them stay.

    `in_file`: its file is gone; otherwise the next sync, which remembers the file it saw, removes it.
    """
    this = (Edition.document_id == document_id, Edition.language == language)
    seen = {"synced_digest": None} if in_file else {}
    db.session.execute(update(Edition).where(*this).values(published_id=None, **seen))
    linked.forget(document_id, language)
    indexing.forget(document_id, language)


def release(document_id: str, language: str) -> None:
    """Let another document take an edition's path; `move` or `publish` gives it its own within the transaction."""
    this = (Edition.document_id == document_id, Edition.language == language)
    db.session.execute(update(Edition).where(*this).values(published_id=None))


def move(document_id: str, language: str, path: str, published_id: int) -> None:
    """Give an edition that was released its new path, and show it again."""
    this = (Edition.document_id == document_id, Edition.language == language)
    db.session.execute(update(Edition).where(*this).values(path=path, published_id=published_id))


def bump_generation() -> None:
    """Tell every web process, at its next request, that its picture of the library is old."""
    db.session.execute(update(LibraryState).values(generation=LibraryState.generation + 1))
    g.pop("catalogue", None)
    g.pop("carried", None)


def keep_rendering(revision_id: int, draft: Draft, made_with: str) -> None:
    """Store a revision's HTML, over an older rendering of the same text."""
    row = {"revision_id": revision_id, "made_with": made_with, "blocks": [asdict(block) for block in draft.blocks]}
    statement = insert(Rendering).values(**row)
    db.session.execute(statement.on_conflict_do_update(index_elements=["revision_id"], set_=row))


def render_again(revision_id: int, draft: Draft, made_with: str) -> None:
    """The same revision under another glossary or renderer: its HTML, its links, the anchors that search leads to."""
    keep_rendering(revision_id, draft, made_with)
    linked.keep(draft)
    indexing.index(draft)


def abbreviations_of(revision_id: int) -> Mapping[str, str]:
    """The abbreviations in a published glossary."""
    facts = db.session.execute(select(Revision.facts).filter_by(id=revision_id)).scalar_one()
    return abbreviations(GlossaryFacts.model_validate(facts))


def recipe(abbreviations: Mapping[str, str]) -> str:
    """The digest of all that rendering depends on besides the text."""
    return hashlib.sha256(json.dumps([markup.RENDERER, dict(abbreviations)]).encode()).hexdigest()


def _ensure_document(draft: Draft) -> None:
    row = {"id": draft.facts.id, "kind": draft.kind.name, "created_at": clock.now()}
    db.session.execute(insert(Document).values(**row).on_conflict_do_nothing(index_elements=["id"]))


def stewardship(draft: Draft) -> dict[str, str | int | None]:
    """What an edition keeps of who answers for its text."""
    return {"owner": draft.facts.owner, "verify_every": draft.facts.verify_every}


def _coming_generation() -> int:
    """The generation that what is published now will belong to."""
    return newest_generation() + 1


def _add_revision(
    draft: Draft, source: bytes, digest: str, number: int, materiality: str, note: str, by: UUID | None
) -> int:
    revision = Revision(
        document_id=draft.facts.id,
        language=draft.language,
        number=number,
        materiality=materiality,
        source=source,
        digest=digest,
        title=draft.facts.title,
        card=draft.kind.card(draft).model_dump(mode="json"),
        facts=draft.facts.model_dump(mode="json"),
        published_at=clock.now(),
        note=note,
        published_by=by,
        generation=_coming_generation(),
    )
    db.session.add(revision)
    db.session.flush()
    return int(revision.id)


def lock_library() -> None:
    """One synchronisation or publication at a time: the single row of the library's state is held until the end."""
    db.session.execute(update(LibraryState).values(generation=LibraryState.generation))


def newest_generation() -> int:
    """The library's generation, as the database has it now."""
    return db.session.execute(select(func.max(LibraryState.generation))).scalar_one()
