"""What the library announces; rooms above subscribe. A subscriber runs in the publication's transaction."""

from dataclasses import dataclass

from blinker import Signal


@dataclass(frozen=True)
class RevisionPublished:
    """A document has a new text in a language."""

    document_id: str
    kind: str
    language: str
    revision_id: int
    number: int
    materiality: str


revision_published = Signal("revision_published")
