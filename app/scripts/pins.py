"""Pins: the scripts that a person keeps at hand on *Today*."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.activity import journal, projections
from app.activity.journal import Act
from app.activity.projections import Entry
from app.core.database import db, insert
from app.library import catalogue
from app.scripts.models import Pin

PINNED = journal.declare("script.pinned")
UNPINNED = journal.declare("script.unpinned")

_OF_PERSON = (
    select(Pin.document_id, Pin.at)
    .where(Pin.person_id == bindparam("person_id"))
    .order_by(Pin.at.desc(), Pin.document_id)
)


def pin(actor: Actor, script_id: str, uuid: UUID | None = None) -> None:
    """Keep a script at hand, and commit. Doing it twice changes nothing. Raises NotFound."""
    authorise(actor, Action.READ_LIBRARY)
    script = catalogue.entry(script_id, "script")
    journal.record(Act(PINNED, actor.id, document_id=script.id, revision_id=script.revision_id, uuid=uuid))
    db.session.commit()


def unpin(actor: Actor, script_id: str, uuid: UUID | None = None) -> None:
    """Let a script go, and commit; one that was withdrawn meanwhile as well. Raises NotFound for one never pinned."""
    authorise(actor, Action.READ_LIBRARY)
    if script_id not in dict(pinned_by(actor.id)):
        catalogue.entry(script_id, "script")
        return
    journal.record(Act(UNPINNED, actor.id, document_id=script_id, uuid=uuid))
    db.session.commit()


def pinned_by(person_id: UUID) -> list[tuple[str, datetime]]:
    """The scripts a person pinned and when, the latest first; some may be withdrawn since. One statement."""
    return [(script_id, at) for script_id, at in db.session.execute(_OF_PERSON, {"person_id": person_id})]


@projections.project(Pin, PINNED, UNPINNED)
def _advance(entry: Entry) -> None:
    """A script is pinned since the first of the pins that no unpin followed."""
    if entry.kind == PINNED:
        row = {"person_id": entry.person_id, "document_id": entry.document_id, "at": entry.at}
        db.session.execute(
            insert(Pin).values(**row).on_conflict_do_nothing(index_elements=["person_id", "document_id"])
        )
    else:
        db.session.execute(delete(Pin).where(Pin.person_id == entry.person_id, Pin.document_id == entry.document_id))
