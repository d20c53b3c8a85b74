"""“It is still true”: a word on a document in all its languages, given by its owner or by who writes the library."""

from uuid import UUID

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.activity import journal, projections
from app.activity.journal import Act
from app.activity.projections import Entry
from app.core.database import db, insert
from app.core.errors import NotFound
from app.library import catalogue, publishing
from app.library.trust import stewardship
from app.library.trust.models import Verification

VERIFIED = journal.declare("document.verified")


def verify(actor: Actor, document_id: str, uuid: UUID | None = None) -> None:
    """Record that a published document is true today, and commit. Saying it twice with one `uuid` is one act.

    Every process shows it at its next request. Raises Forbidden, and NotFound for what is not published.
    """
    authorise(actor, Action.VERIFY_DOCUMENT, stewardship.owner_as_asked(actor, document_id))
    if not catalogue.current().editions(document_id):
        raise NotFound(document=document_id)
    publishing.lock_library()
    if journal.record(Act(VERIFIED, actor.id, document_id=document_id, uuid=uuid)):
        publishing.bump_generation()
    db.session.commit()


@projections.project(Verification, VERIFIED)
def _advance(entry: Entry) -> None:
    """The latest word counts; of two at one instant, the one recorded last."""
    row = {"document_id": entry.document_id, "person_id": entry.person_id, "at": entry.at}
    statement = insert(Verification).values(**row)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["document_id"],
            set_={"person_id": entry.person_id, "at": entry.at},
            where=Verification.at <= entry.at,
        )
    )
