"""Importing an archive that was looked at: publishing what is good in it, or putting it in drafts."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library import publishing
from app.library.archives import plans, refusals, uploads, zips
from app.library.archives.plans import Plan, Row
from app.library.archives.zips import Archive, Unsafe
from app.library.attachments import folder, keeping
from app.library.attachments.cleaning import Cleaned
from app.library.attachments.models import Attachment
from app.library.authoring import beginnings, releases
from app.library.models import Edition, Revision


@dataclass(frozen=True)
class Imported:
    """How many documents were published or put in drafts, and how many attachments came in."""

    documents: int
    attachments: int


def preview(actor: Actor) -> Plan:
    """What the person's archive would do now. Raises NotFound, InvalidInput."""
    authorise(actor, Action.WRITE_LIBRARY)
    try:
        with uploads.opened(actor.id) as stream:
            return plans.make(zips.open_archive(stream))
    except Unsafe as unsafe:
        raise refusals.told(unsafe) from unsafe


def sides(actor: Actor, path: str) -> tuple[Row, str]:
    """A changed document of the archive, and the published text. Raises NotFound."""
    row = next((each for each in preview(actor).changed if each.path == path), None)
    if row is None:
        raise NotFound(path=path)
    published = db.session.execute(
        select(Revision.source)
        .join(Edition, Edition.published_id == Revision.id)
        .where(Edition.document_id == row.draft.facts.id, Edition.language == row.draft.language)
    ).scalar_one()
    return row, published.decode("utf-8", "replace")


def publish(actor: Actor, digest: str, materiality: str, note: str) -> Imported:
    """Publish everything good in the archive whose bytes these are, all or nothing; commits and forgets the archive.

    The library may have moved since the preview: everything is compared and checked again. Raises Conflict when the
    person has another archive before them, Refused when the check finds something now.
    """

    def take(plan: Plan) -> int:
        texts = [(row.path, row.source) for row in plan.good]
        return len(releases.publish_together(actor, texts, materiality, note)) if texts else 0

    if materiality not in releases.MATERIALITIES:
        raise InvalidInput(_l("Say whether the change is minor or material."), field="materiality")
    return _carry_out(actor, digest, take)


def put_in_drafts(actor: Actor, digest: str) -> Imported:
    """Put everything good in drafts, to be looked at one by one; commits and forgets the archive."""

    def take(plan: Plan) -> int:
        for row in plan.good:
            beginnings.begin_imported(actor.id, row.draft, row.source)
        db.session.commit()
        return len(plan.good)

    return _carry_out(actor, digest, take)


def _carry_out(actor: Actor, digest: str, take: Callable[[Plan], int]) -> Imported:
    authorise(actor, Action.WRITE_LIBRARY)
    found = uploads.find(actor.id)
    if found is None:
        raise Conflict(_l("This archive is not kept any more. Choose it again."))
    if found.digest != digest:
        raise Conflict(_l("You have chosen another archive since. Look at that one."))
    try:
        with uploads.opened(actor.id) as stream:
            archive = zips.open_archive(stream)
            plan = plans.make(archive)
            if not plan.writes:
                raise InvalidInput(_l("There is nothing to import in this archive."))
            attachments = _bring_in(actor, archive, plan)
            documents = take(plan)
    except Unsafe as unsafe:
        raise refusals.told(unsafe) from unsafe
    uploads.drop(actor.id)
    return Imported(documents, attachments)


def _bring_in(actor: Actor, archive: Archive, plan: Plan) -> int:
    """The attachments first: the texts that show them are checked against what is there."""
    if not plan.attachments:
        return 0
    present = folder.rows()
    brought = 0
    for member in plan.attachments:
        cleaned = plans.examine(archive, member, present)  # takes a while: nobody waits for the library meanwhile
        name = member.path.removeprefix(folder.PREFIX)
        publishing.lock_library()
        there = db.session.execute(select(Attachment.digest).filter_by(name=name)).scalar()
        # Otherwise it came in by another way since.
        if isinstance(cleaned, Cleaned) and there in (None, cleaned.digest):
            keeping.place(name, cleaned, actor.id)
            brought += 1
        db.session.commit()
    return brought
