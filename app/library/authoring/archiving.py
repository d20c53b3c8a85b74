"""Archiving: a document is taken away from readers, perhaps for another one, and can be restored."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.activity import journal
from app.activity.journal import Act
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library import catalogue, publishing
from app.library.authoring import naming, releases
from app.library.kinds import all_kinds
from app.library.models import Document, Edition, Revision

ARCHIVED = journal.declare("document.archived", "language")
RESTORED = journal.declare("document.restored", "language")


def archive(actor: Actor, document_id: str, languages: Sequence[str] = (), successor: str = "") -> list[str]:
    """Take a document away in these languages (in all when none is named), and commit; returns those it was taken in.

    With a `successor`, who asks for the archived document is sent there. Its file goes with the next sync. Raises
    Forbidden, NotFound, Conflict when it is archived already, InvalidInput for a successor that leads nowhere.
    """
    authorise(actor, Action.WRITE_LIBRARY)
    publishing.lock_library()
    standing = _editions(document_id, published=True)
    wanted = [language for language in standing if not languages or language in languages]
    if not wanted:
        raise Conflict(_l("This document is archived already."))
    if successor:
        _require_successor(document_id, successor)
    for language in wanted:
        publishing.withdraw(document_id, language, in_file=False)
        journal.record(Act(ARCHIVED, actor.id, document_id, details={"language": language}))
    if len(wanted) == len(standing):
        db.session.execute(update(Document).where(Document.id == document_id).values(redirect_to=successor or None))
    publishing.bump_generation()
    db.session.commit()
    return wanted


def restore(actor: Actor, document_id: str, languages: Sequence[str] = ()) -> list[str]:
    """Show an archived document's last texts again, and commit; returns the languages.

    Raises Forbidden, NotFound, Conflict when nothing of it is archived, Refused when a text would not pass the check
    any more: its author then begins a draft with it.
    """
    authorise(actor, Action.WRITE_LIBRARY)
    archived = _editions(document_id, published=False)
    wanted = [language for language in archived if not languages or language in languages]
    if not wanted:
        raise Conflict(_l("This document is not archived."))
    texts = [_last_text(document_id, language) for language in wanted]
    releases.publish_within(actor, texts)
    for language in wanted:
        journal.record(Act(RESTORED, actor.id, document_id, details={"language": language}))
    db.session.commit()
    return wanted


def _editions(document_id: str, *, published: bool) -> list[str]:
    """The languages in which a document is published, or is not any more. Raises NotFound."""
    rows = db.session.execute(
        select(Edition.language, Edition.published_id)
        .where(Edition.document_id == document_id)
        .order_by(Edition.language)
    ).all()
    if not rows:
        raise NotFound(document=document_id)
    return [row.language for row in rows if (row.published_id is not None) == published]


def _last_text(document_id: str, language: str) -> tuple[str, bytes]:
    row = db.session.execute(
        select(Document.kind, Edition.path, Revision.source)
        .join(Edition, Edition.document_id == Document.id)
        .join(Revision, (Revision.document_id == Edition.document_id) & (Revision.language == Edition.language))
        .where(Edition.document_id == document_id, Edition.language == language)
        .order_by(Revision.number.desc())
        .limit(1)
    ).one()
    kind = all_kinds().by_name.get(row.kind)
    if kind is None:
        raise NotFound(document=document_id)
    return naming.free_place(kind, row.path), row.source


def _require_successor(document_id: str, successor: str) -> None:
    there = db.session.execute(
        select(Document.id)
        .join(Edition, Edition.document_id == Document.id)
        .where(Document.id == successor, Edition.published_id.is_not(None))
        .limit(1)
    ).scalar()
    if there is None or successor == document_id:
        raise InvalidInput(_l("Choose a published document for readers to be sent to."), field="successor")


def leads_to(document_id: str) -> catalogue.Entry | None:
    """Where readers of an archived document are sent."""
    successor = db.session.execute(select(Document.redirect_to).where(Document.id == document_id)).scalar()
    return catalogue.current().find(successor, "fr") if successor else None
