"""When an offer is published, the banks of its language follow: the work is asked for with it, the worker does it."""

from typing import Any

from sqlalchemy import select

from app.core import outbox
from app.core.database import db
from app.library.events import RevisionPublished, revision_published
from app.library.models import Document, Edition
from app.quizzes.documents import BANK

KIND = "quizzes.follow_offer"


@revision_published.connect
def _ask_to_follow(published: RevisionPublished) -> None:
    if published.kind != "offer" or not _has_banks(published.language):
        return
    payload = {"language": published.language, "revision": published.revision_id, "materiality": published.materiality}
    outbox.put(KIND, payload)


def _has_banks(language: str) -> bool:
    this = (
        select(Edition.document_id)
        .join(Document, Document.id == Edition.document_id)
        .where(Document.kind == BANK.name, Edition.language == language, Edition.published_id.is_not(None))
    )
    return db.session.execute(this.limit(1)).scalar() is not None


@outbox.handles(KIND)
def _follow(payload: dict[str, Any]) -> None:
    """Bring the questions of every offer of a language up to what the offers say now."""
    from app.quizzes.from_offers import keeping_up  # what makes questions is not needed to start

    keeping_up.follow_all(payload)
