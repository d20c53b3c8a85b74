"""Documents and their immutable revisions, what sync last saw, the search entries, who acknowledged what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model


class Document(Model):
    """Something authored: its id is stable and the same in every language.

    `redirect_to` is the document that an archived one sends its readers to.
    """

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    redirect_to: Mapped[str | None] = mapped_column(String(120))


class Edition(Model):
    """A document in one language: where its file is, what sync last saw there, which revision is published.

    `published_id` is null once the document is withdrawn in this language; its revisions stay, and another document's
    file may take its place. `owner` and `verify_every` (days) are those of the published text. `in_step` is the
    library's generation up to which this language follows the others.
    """

    __tablename__ = "edition"
    __table_args__ = (
        Index(
            "uq_edition_path",
            "path",
            unique=True,
            sqlite_where=text("published_id IS NOT NULL"),
            postgresql_where=text("published_id IS NOT NULL"),
        ),
    )

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    path: Mapped[str] = mapped_column(String(400))
    synced_digest: Mapped[str | None] = mapped_column(String(64))
    published_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    owner: Mapped[str | None] = mapped_column(String(254))
    verify_every: Mapped[int | None]
    in_step: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Revision(Model):
    """One published text, never changed afterwards (the database refuses). `source` is the file's exact bytes.

    `card` is what lists show, `facts` everything structured; both are read from `source` and kept beside it. `note`
    is the author's word on the change, `published_by` is null for a file's text, `generation` is the library's.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "language", "number"),
        # Everything that tells which translation is behind: a text's own bytes are not read for it.
        Index("ix_revision_changes", "document_id", "language", "materiality", "generation", "number"),
        CheckConstraint("materiality in ('minor', 'material')", name="materiality"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    language: Mapped[str] = mapped_column(String(8))
    number: Mapped[int]
    materiality: Mapped[str] = mapped_column(String(10))
    source: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    card: Mapped[dict[str, Any]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    published_by: Mapped[UUID | None]
    generation: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Rendering(Model):
    """A revision's body as HTML, made once: a list of {"name", "anchor", "heading", "html"} in reading order.

    `made_with` is the digest of the renderer and the glossary; when they change, sync makes it again.
    """

    __tablename__ = "rendering"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    made_with: Mapped[str] = mapped_column(String(64))
    blocks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class DocumentLink(Model):
    """A link in a published text: from a document in one language to a document, or to a part of it.

    Filled by publishing, and again with the rendering. A `target_id` of `*` is any document of the kind.
    """

    __tablename__ = "document_link"
    __table_args__ = (Index("ix_document_link_target_id", "target_id"),)

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    target_kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    target_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    part: Mapped[str] = mapped_column(String(200), primary_key=True)


class DocumentPart(Model):
    """A part of a published text that links may name, such as a heading. Kept as the links are."""

    __tablename__ = "document_part"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(200), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)


class LibraryState(Model):
    """A single row. `generation` grows with every publication, so that each web process knows its copy is old."""

    __tablename__ = "library_state"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    generation: Mapped[int]


class SearchEntry(Model):
    """What search knows of a published edition; `id` is also the row in the index of each database.

    A glossary has one for each of its terms, told apart by `part`, the term's anchor; elsewhere `part` is empty.
    `words` are the text's words and `terms` their analysed forms, one for one, so that a snippet is found by
    position; `headline_terms` are those of the title and of the client's other words. `sections` says where each
    begins: a list of [first word, anchor, heading, first word after the heading]. Scoring reads many `terms` and few
    `words`: that is their order.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("document_id", "language", "part"), Index("ix_search_entry_kind", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(30))
    part: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    headline_terms: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    sections: Mapped[list[list[Any]]] = mapped_column(JSON)


class Acknowledgement(Model):
    """Projection: the last revision of a document that a person said is read and understood."""

    __tablename__ = "acknowledgement"
    __table_args__ = (Index("ix_acknowledgement_document_id", "document_id", "at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    at: Mapped[datetime] = mapped_column(Instant)
