"""Which quizzes draw from a bank: what they keep to themselves, review does too."""

from sqlalchemy import bindparam, select

from app.core import languages
from app.core.database import db
from app.library import catalogue
from app.library.models import DocumentLink

_DRAWING = (
    select(DocumentLink.document_id)
    .distinct()
    .where(DocumentLink.target_kind == "bank", DocumentLink.target_id == bindparam("bank_id"))
    .order_by(DocumentLink.document_id)
)


def quizzes_of_bank(bank_id: str) -> list[int]:
    """The revisions of the published quizzes that draw from a bank, as the reader meets them. One statement."""
    current, language = catalogue.current(), languages.readers()
    found = (
        current.find(each, language, "quiz") for each in db.session.execute(_DRAWING, {"bank_id": bank_id}).scalars()
    )
    return [entry.revision_id for entry in found if entry]
