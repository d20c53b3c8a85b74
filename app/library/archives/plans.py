"""What importing an archive would do, document by document, against the library as it is now. Nothing is written."""

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.database import db
from app.core.errors import InvalidInput
from app.library.archives.zips import Archive, Member
from app.library.attachments import folder, shelf
from app.library.attachments.cleaning import Cleaned
from app.library.attachments.shelf import Held
from app.library.authoring import checks
from app.library.authoring.checks import Checked
from app.library.authoring.models import Draft as DraftRow
from app.library.files import SourceFile, digest_of
from app.library.kinds import Draft
from app.library.models import Edition, Revision
from app.library.problems import Problem

MOST_TEXTS = 2_000
MOST_ATTACHMENTS = 200
MOST_BYTES = 64 * 1024 * 1024  # of texts that differ: all of them are in memory at once

Identity = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """A document that would be published. `number` is that of the published revision, None for a new document."""

    path: str
    source: bytes
    draft: Draft
    number: int | None = None

    @property
    def title(self) -> str:
        """Its title in the archive."""
        return str(self.draft.facts.title)


@dataclass
class Plan:
    """What would be done. `contested` are documents that somebody has a draft of: they are left alone."""

    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    contested: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    attachments: list[Member] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def good(self) -> list[Row]:
        """What can be published."""
        return self.new + self.changed

    @property
    def wrong(self) -> int:
        """How many files have problems."""
        return len({problem.path for problem in self.problems})

    @property
    def writes(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.good or self.attachments)


def make(archive: Archive) -> Plan:
    """Compare, and check what differs. Raises Unsafe, and InvalidInput for more than can be done in a browser."""
    plan = Plan(left_out=archive.left_out)
    coming = _compare_attachments(archive, plan)
    texts = _changed_texts(archive, plan)
    numbers = _published()
    with shelf.looking_in(lambda name: coming.get(name) or shelf.in_database(name)):
        checked = checks.check_together(texts)
        contested = _contested(checked)
        if contested:
            remaining = [(each.path, each.source) for each in checked if each.path not in contested]
            plan.contested = [_row(each, numbers) for each in checked if each.path in contested]
            checked = checks.check_together(remaining)
    for each in checked:
        plan.problems += each.problems
        if each.draft is not None and not each.problems:
            row = _row(each, numbers)
            (plan.new if row.number is None else plan.changed).append(row)
    plan.problems.sort()
    return plan


def _row(checked: Checked, numbers: dict[Identity, int]) -> Row:
    draft = checked.draft
    assert draft is not None  # noqa: S101 - only those that could be read
    return Row(checked.path, checked.source, draft, numbers.get((draft.facts.id, draft.language)))


def _changed_texts(archive: Archive, plan: Plan) -> list[tuple[str, bytes]]:
    rows = db.session.execute(select(Edition.path, Revision.digest).join(Revision, Revision.id == Edition.published_id))
    published = {row.path: row.digest for row in rows}
    texts, held = [], 0
    for member in archive.members:
        if folder.holds(member.path):
            continue
        source = archive.read(member)
        if published.get(member.path) == digest_of(source):
            plan.same += 1
            continue
        texts.append((member.path, source))
        held += len(source)
        if held > MOST_BYTES:
            raise InvalidInput(
                _l("The documents that differ hold more than 64 MB. Import fewer at a time, or use flask library sync.")
            )
        if len(texts) > MOST_TEXTS:
            raise InvalidInput(
                _l("More than 2,000 documents differ. Import fewer at a time, or use flask library sync.")
            )
    return texts


def _compare_attachments(archive: Archive, plan: Plan) -> dict[str, Held]:
    """What comes in, by name; one that is there under its name is the same or a problem."""
    present = folder.rows()
    coming: dict[str, Held] = {}
    for member in archive.members:
        if not folder.holds(member.path):
            continue
        found = examine(archive, member, present)
        if found is None:
            plan.same += 1
        elif isinstance(found, Problem):
            plan.problems.append(found)
        else:
            name = member.path.removeprefix(folder.PREFIX)
            size = len(found.content)
            coming[name] = Held(name, found.digest, found.media_type, size, found.width, found.height)
            plan.attachments.append(member)
        # Those with problems had to be decoded as well before that was known.
        if len(plan.attachments) + len(plan.problems) > MOST_ATTACHMENTS:
            raise InvalidInput(_l("More than 200 new pictures and PDFs. Import fewer at a time."))
    return coming


def examine(archive: Archive, member: Member, present: dict[str, folder.Row]) -> Cleaned | Problem | None:
    """What would be kept of an attachment; None when it is there already."""
    trouble = folder.trouble_with_name(member.path)
    if trouble is not None:
        return trouble
    file = SourceFile(member.path, archive.read(member))
    row = present.get(member.path.removeprefix(folder.PREFIX))
    if row is not None and file.digest == row.held.digest:  # clean already: once more would not give the same bytes
        kept = Cleaned(file.source, row.held.media_type, row.held.width, row.held.height)
        return None if row.retired_at is None else kept
    cleaned = folder.clean(file)
    if row is None or isinstance(cleaned, Problem):
        return cleaned
    if row.held.digest != cleaned.digest:
        return folder.other_bytes(member.path)
    return None if row.retired_at is None else cleaned


def _published() -> dict[Identity, int]:
    """The number of the published revision of each document and language."""
    rows = db.session.execute(
        select(Edition.document_id, Edition.language, Revision.number).join(
            Revision, Revision.id == Edition.published_id
        )
    )
    return {(document_id, language): number for document_id, language, number in rows}


def _contested(checked: list[Checked]) -> set[str]:
    """The paths whose document has a draft, unless the draft is this very text."""
    drafts = {
        (document_id, language): source
        for document_id, language, source in db.session.execute(
            select(DraftRow.document_id, DraftRow.language, DraftRow.source)
        )
    }
    return {
        each.path
        for each in checked
        if each.draft is not None
        and (identity := (each.draft.facts.id, each.draft.language)) in drafts
        and drafts[identity] != each.source
    }
