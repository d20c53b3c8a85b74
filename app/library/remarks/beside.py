"""A question beside the editor, and the questions that a publication settles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import has_request_context, request, session
from markupsafe import Markup
from sqlalchemy import select

from app.accounts import guard
from app.accounts.authorisation import Action, may
from app.accounts.models import Person
from app.core import ids
from app.core.database import db, table_of
from app.library.events import RevisionPublished, revision_published
from app.library.parsing import link_address
from app.library.remarks import moderation, texts
from app.library.remarks.states import is_open, question

MOST_SHOWN = 20
CAME_FROM = "question"  # the name, in the session, of the question that the editor was opened from

_asker = table_of(Person).alias("asker")
_OPEN = (
    select(
        question.c.id,
        question.c.anchor,
        question.c.heading,
        question.c.text,
        question.c.language,
        question.c.created_at,
        _asker.c.name.label("asker"),
    )
    .join(_asker, _asker.c.id == question.c.author_id)
    .order_by(question.c.created_at, question.c.id)
)


@dataclass(frozen=True)
class Beside:
    """A question as an author sees it while writing. `is_chosen`: it is the one they came from."""

    id: UUID
    document_id: str
    anchor: str
    heading: str
    words: Markup
    language: str
    asker: str
    at: datetime
    is_chosen: bool = False


def question_beside() -> Beside | None:
    """For the editor's template: the question that `?remark=` names, if it is on this document. One statement."""
    wanted = ids.parse(request.values.get("remark", ""))
    document_id = (request.view_args or {}).get("document_id")
    if wanted is None or document_id is None or not may(guard.actor(), Action.WRITE_LIBRARY):
        return None
    row = db.session.execute(
        _OPEN.where(question.c.id == wanted, question.c.document_id == document_id, question.c.parent_id.is_(None))
    ).one_or_none()
    if row is None:
        return None
    session[CAME_FROM] = str(wanted)  # ticked beforehand on the page that publishes
    return _beside(document_id, row, wanted)


def questions_to_settle() -> list[Beside]:
    """For the template of the page that publishes: the open questions on this document. One statement."""
    document_id = (request.view_args or {}).get("document_id", "")
    chosen = ids.parse(session.get(CAME_FROM, ""))
    rows = db.session.execute(_OPEN.where(question.c.document_id == document_id, is_open).limit(MOST_SHOWN))
    return [_beside(document_id, row, chosen) for row in rows]


@revision_published.connect
def _settle(published: RevisionPublished) -> None:
    """The questions ticked on that page are resolved with the publication, in its transaction."""
    if not has_request_context():
        return
    for text in request.form.getlist("resolves")[:MOST_SHOWN]:
        uuid = ids.parse(text)
        if uuid is not None:
            _settle_one(published.document_id, uuid)


def _settle_one(document_id: str, uuid: UUID) -> None:
    there = select(question.c.id).where(question.c.id == uuid, question.c.document_id == document_id, is_open)
    # One that was withdrawn, settled or hidden meanwhile is nothing that a publication should fail for.
    if db.session.execute(there).scalar() is not None:
        moderation.settle(guard.actor(), document_id, uuid)


def _beside(document_id: str, each: Any, chosen: UUID | None) -> Beside:
    return Beside(
        id=each.id,
        document_id=document_id,
        anchor=each.anchor,
        heading=each.heading,
        words=Markup(texts.shown(each.text, each.language, link_address)),  # noqa: S704
        language=each.language,
        asker=each.asker,
        at=each.created_at,
        is_chosen=each.id == chosen,
    )
