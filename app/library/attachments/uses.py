"""Which documents show or link to an attachment, now: published texts and drafts."""

from dataclasses import dataclass

from sqlalchemy import select, text

from app.core.database import db, is_postgresql, table_of
from app.library.attachments.names import SCHEME, names_in
from app.library.authoring.models import Draft
from app.library.models import DocumentLink, Edition, Revision


@dataclass(frozen=True, order=True)
class Use:
    """A text with an attachment in it. `is_draft`: it is being written, and may not be published."""

    title: str
    document_id: str
    language: str
    is_draft: bool

    @property
    def address(self) -> str:
        """The author's page of the text."""
        return f"/library/{self.document_id}/{self.language}"


_link, _edition, _revision = table_of(DocumentLink), table_of(Edition), table_of(Revision)
_PUBLISHED = (
    select(_link.c.target_id, _revision.c.title, _link.c.document_id, _link.c.language)
    .join(
        _edition,
        (_edition.c.document_id == _link.c.document_id) & (_edition.c.language == _link.c.language),
    )
    .join(_revision, _revision.c.id == _edition.c.published_id)
    .where(_link.c.target_kind == SCHEME)
    .distinct()
)
_DRAFTS = select(Draft.title, Draft.document_id, Draft.language, Draft.source)
# Where bytes stand in bytes is asked in each database's own words.
_ON_POSTGRESQL = _DRAFTS.where(text("position(:sought in draft.source) > 0"))
_ON_SQLITE = _DRAFTS.where(text("instr(draft.source, :sought) > 0"))


def of_all() -> dict[str, list[Use]]:
    """The uses of every attachment, by name. Two statements."""
    found: dict[str, set[Use]] = {}
    for name, title, document_id, language in db.session.execute(_PUBLISHED):
        found.setdefault(name, set()).add(Use(title, document_id, language, is_draft=False))
    drafts = db.session.execute(_ON_POSTGRESQL if is_postgresql() else _ON_SQLITE, {"sought": f"{SCHEME}:".encode()})
    for title, document_id, language, source in drafts:
        for name in names_in(source):
            found.setdefault(name, set()).add(Use(title, document_id, language, is_draft=True))
    return {name: sorted(uses) for name, uses in found.items()}
