"""What the record keeps of questions: that they were made, answered, settled. Ids only, never a person's words."""

from uuid import UUID

from app.activity import journal
from app.activity.journal import Act

MADE = journal.declare("remark.made", "remark")
ANSWERED = journal.declare("remark.answered", "remark")
RESOLVED = journal.declare("remark.resolved", "remark")


def record(kind: str, person_id: UUID, document_id: str, remark_id: UUID) -> None:
    """Part of a larger act."""
    journal.record(Act(kind, person_id, document_id=document_id, details={"remark": str(remark_id)}))
