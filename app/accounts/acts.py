"""What the record keeps of accounts: who opened, changed or closed whose. Ids only."""

from uuid import UUID

from app.accounts.actor import Actor
from app.activity import journal
from app.activity.journal import Act, Detail

INVITED = journal.declare("account.invited", "person")
JOINED = journal.declare("account.joined")
CHANGED = journal.declare("account.changed", "person", "role", "writes")
DEACTIVATED = journal.declare("account.deactivated", "person")
REACTIVATED = journal.declare("account.reactivated", "person")


def record(kind: str, actor: Actor | None, person_id: UUID, **details: Detail) -> None:
    """Write an act on an account. From the command line nobody is signed in: the act is then the person's own."""
    journal.record(Act(kind, actor.id if actor else person_id, details={"person": str(person_id), **details}))


def record_joined(person_id: UUID) -> None:
    """Write that somebody accepted their invitation."""
    journal.record(Act(JOINED, person_id))
