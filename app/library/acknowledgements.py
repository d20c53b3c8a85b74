"""“Read and understood”: a person's word, bound to the revision they had before their eyes."""

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select

from app.activity import journal, projections, versions
from app.activity.journal import Act
from app.activity.projections import Entry
from app.core.database import db, insert, table_of
from app.core.errors import Conflict, NotFound
from app.library.models import Acknowledgement, Edition, Revision

ACKNOWLEDGED = journal.declare("document.acknowledged")


def acknowledge(person_id: UUID, document_id: str, revision_id: int, uuid: UUID | None = None) -> None:
    """Record that a person read and understood a revision, and commit. Saying it twice changes nothing.

    Raises NotFound for a revision of another document or of one that was withdrawn, Conflict when a newer one has been
    published since.
    """
    row = db.session.execute(
        select(Revision.id, Edition.published_id)
        .join(Edition, (Edition.document_id == Revision.document_id) & (Edition.language == Revision.language))
        .where(Revision.id == revision_id, Revision.document_id == document_id)
    ).one_or_none()
    if row is None or row.published_id is None:
        raise NotFound(document=document_id, revision=revision_id)
    if row.published_id != revision_id:
        raise Conflict(_l("A newer version was published while you were reading. Read what changed, then confirm."))
    if acknowledged(person_id).get(document_id, (None,))[0] == revision_id:
        return
    journal.record(Act(ACKNOWLEDGED, person_id, document_id=document_id, revision_id=revision_id, uuid=uuid))
    db.session.commit()


def of_reader(person_id: UUID) -> dict[str, tuple[int, datetime]]:
    """`acknowledged`, for the reader of a page: asked again only once they have acted."""
    return versions.kept("acknowledged", person_id, lambda: acknowledged(person_id))


def acknowledged(person_id: UUID) -> dict[str, tuple[int, datetime]]:
    """What a person acknowledged: the revision and when, by document. One statement."""
    rows = db.session.execute(_OF_PERSON, {"person_id": person_id})
    return {document_id: (revision_id, at) for document_id, revision_id, at in rows}


_given = table_of(Acknowledgement)
_OF_PERSON = select(_given.c.document_id, _given.c.revision_id, _given.c.at).where(
    _given.c.person_id == bindparam("person_id")
)


@projections.project(Acknowledgement, ACKNOWLEDGED)
def _advance(entry: Entry) -> None:
    """The latest word on a document counts; of two at one instant, the one recorded last."""
    row = {
        "person_id": entry.person_id,
        "document_id": entry.document_id,
        "revision_id": entry.revision_id,
        "at": entry.at,
    }
    statement = insert(Acknowledgement).values(**row)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "document_id"],
            set_={"revision_id": entry.revision_id, "at": entry.at},
            where=Acknowledgement.at <= entry.at,
        )
    )
